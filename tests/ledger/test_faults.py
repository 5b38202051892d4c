"""Killed, full, restarted, crowded: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.ledger.generated import generate
from sayso.errors import LedgerBusyError, LedgerError, LedgerFullError, LedgerLostError
from sayso.ledger import Ledger
from sayso.ledger.entries.commit import Commit

KILLS = int(os.environ.get("SAYSO_KILLS", "30"))  # 200 in the full run
ADDER = """
import sys
from bench.ledger.generated import generate
from sayso.ledger import Ledger
from sayso.incidents.batch import Linking
url, start = sys.argv[1], int(sys.argv[2])
with Ledger.open(url, maker="tests", linking=Linking()) as ledger:
    ledger.add(generate(1, start=start + 999, claims=4))  # all that is loaded once is loaded
    print("ready", flush=True)
    for batch in ledger.add_batches(generate(100_000, start=start, claims=4), size=3):
        print(*(a.report_id for a in batch), flush=True)
"""


def start_adder(url: str, start: int, root: Path, **options: object) -> subprocess.Popen[str]:
    """A process that adds and prints what it was told is kept."""
    path = os.pathsep.join([str(root), str(root / "src")])
    return subprocess.Popen(
        [sys.executable, "-c", ADDER, url, str(start)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}, **options,
    )  # fmt: skip


def all_reports(ledger: Ledger) -> list[str]:
    """The ids of all reports held."""
    ids: list[str] = []
    cursor = None
    while True:
        page = ledger.reports(limit=1000, cursor=cursor)
        ids += [r.report_id for r in page.rows]
        if (cursor := page.next) is None:
            return ids


@pytest.mark.slow
def test_killed_at_random_moments(store: str, root: Path) -> None:
    """After each kill -9: all that was acknowledged is there once, whole, and verify holds."""
    pick = random.Random(7)  # noqa: S311 - moments, not secrets
    acknowledged: list[str] = []
    kills = KILLS if store.startswith("sqlite") else max(3, KILLS // 10)
    Ledger.open(store).close()
    for n in range(kills):
        adder = start_adder(store, n * 1_000, root)
        assert adder.stdout is not None
        assert adder.stdout.readline() == "ready\n"
        time.sleep(pick.random() * 1.5)
        adder.send_signal(signal.SIGKILL)
        out, err = adder.communicate(timeout=60)
        assert err == ""
        whole = out.split("\n")[:-1]  # a line cut off was not read to its end
        acknowledged += [id_ for line in whole for id_ in line.split()]
    with Ledger.open(store) as ledger:
        held = all_reports(ledger)
        assert len(held) == len(set(held))
        assert set(acknowledged) <= set(held)
        assert acknowledged
        assert list(ledger.verify()) == []  # half a report, or half linked, would show here
        mains = [name for row in ledger.incidents(limit=1000) for name in row.main]
        assert len(mains) == len(set(mains))


def test_a_full_disk_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A file that may not grow: a clear error, what was acknowledged stays, then on."""
    path = tmp_path / "sayso.db"
    with Ledger.open(f"sqlite:///{path}") as ledger:
        ledger.add(generate(20))
        before = len(all_reports(ledger))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        log = path.with_name("sayso.db-wal")
        old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        most = max(log.stat().st_size, path.stat().st_size) + 50_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        try:
            with pytest.raises(LedgerFullError, match="make room"):
                ledger.add(generate(2_000, start=20))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, old)
        kept = len(all_reports(ledger))
        assert kept >= before
        assert list(ledger.verify()) == []
        ledger.add(generate(30, start=kept))
        assert len(all_reports(ledger)) == kept + 30
        assert list(ledger.verify()) == []


@pytest.mark.parametrize("action", ["stop", "kill"])
def test_a_server_restarted_in_mid_batch(
    server: Any, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL goes away inside a transaction: a clear error, nothing half there, then on."""
    if server.control is None:
        pytest.skip("the server is not ours to restart")
    close = Commit.close

    def goes_away(commit: Commit) -> None:
        commit.flush()  # rows are written, the link is not
        server.control(action)
        close(commit)

    with Ledger.open(server.database()) as ledger:
        ledger.add(generate(3))
        with monkeypatch.context() as patch:
            patch.setattr(Commit, "close", goes_away)
            try:
                with pytest.raises(LedgerLostError, match="went away"):
                    ledger.add(generate(50, start=3))
            finally:
                server.control("start")
        assert len(all_reports(ledger)) == 3
        ledger.add(generate(5, start=3))
        assert len(all_reports(ledger)) == 8
        assert list(ledger.verify()) == []


def test_many_readers_and_writers_at_once(store: str) -> None:
    """Threads that add and ask at once: no error reaches any, and all is there at the end."""
    errors: list[BaseException] = []
    Ledger.open(store).close()
    done = threading.Event()

    def write(start: int) -> None:
        with Ledger.open(store) as ledger:
            ledger.add(generate(20, start=start, claims=3), learnt="2024-01-01")

    def read() -> None:
        with Ledger.open(store) as ledger:
            while not done.is_set():
                ledger.claims()
                ledger.sources()

    def guarded(work: Callable[..., None], *args: int) -> None:
        try:
            work(*args)
        except BaseException as error:  # noqa: BLE001 - told to the test
            errors.append(error)

    readers = [threading.Thread(target=guarded, args=(read,)) for _ in range(3)]
    writers = [threading.Thread(target=guarded, args=(write, n * 100)) for n in range(4)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert errors == []
    with Ledger.open(store) as ledger:
        assert len(all_reports(ledger)) == 80
        assert list(ledger.verify()) == []


def test_the_same_report_from_many_writers_is_kept_once(store: str) -> None:
    """Four threads add the same reports at the same time."""
    Ledger.open(store).close()
    statuses: list[str] = []

    def write() -> None:
        with Ledger.open(store) as ledger:
            statuses.extend(a.status for a in ledger.add(generate(5)))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == ["new"] * 5 + ["same"] * 15


def test_a_writer_that_waits_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock held by another: an error in words, and nothing is half done."""
    monkeypatch.setattr("sayso.ledger.store.engines.BUSY_SECONDS", 0.1)
    url = f"sqlite:///{tmp_path / 'sayso.db'}"
    with Ledger.open(url) as first, Ledger.open(url) as second:
        with first.postings(), pytest.raises(LedgerBusyError, match="in use"):
            second.add(generate(1))
        assert second.add(generate(1))[0].status == "new"


def test_an_error_in_the_input_keeps_what_came_before(ledger: Ledger) -> None:
    """Batches before it are kept; the one it broke is not."""

    def readings() -> object:
        yield from generate(4)
        raise LedgerError("the input broke", "mend it")

    with pytest.raises(LedgerError, match="the input broke"):
        for _ in ledger.add_batches(readings(), size=3):  # type: ignore[arg-type]
            pass
    assert len(all_reports(ledger)) == 3
    assert list(ledger.verify()) == []
