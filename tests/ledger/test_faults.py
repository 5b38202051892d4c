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

Property = Callable[[str, object], None]
KILLS = int(os.environ.get("SAYSO_KILLS", "20"))  # 200 in the full run of `make attack`
# what is loaded once is loaded before the fork: nearly all of a child's life is adding
NURSERY = """
import os, sys
from bench.ledger.generated import generate
from sayso.errors import LedgerLostError
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
url, spare = sys.argv[1:]
def add(at, start, n):
    with Ledger.open(at, maker="tests", linking=Linking()) as ledger:
        for batch in ledger.add_batches(generate(n, start=start, claims=4), size=3):
            if at == url:
                print("kept", *(a.report_id for a in batch), flush=True)
add(spare, 0, 3)
for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            add(url, int(line), 100_000)
        except LedgerLostError as error:
            print("told", str(error).replace("\\n", " "), flush=True)
        os._exit(1)
    print("born", child, flush=True)
    print("died", os.waitpid(child, 0)[1], flush=True)
"""


class Nursery:
    """A process that starts adders, one at a time, and says what they were told is kept."""

    def __init__(self, url: str, spare: str, root: Path) -> None:
        path = os.pathsep.join([str(root), str(root / "src")])
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, url, spare], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        self.kept: list[str] = []

    def kill_one(self, start: int, after: float, *, at_work: bool) -> None:
        """Start an adder, and end it by kill -9 after so many seconds, of its life or its work."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{start}\n")
        stdin.flush()
        word, child = stdout.readline().split()
        assert word == "born"
        if at_work:
            word, *said = stdout.readline().split()
            assert word == "kept"
            self.kept += said
        time.sleep(after)
        os.kill(int(child), signal.SIGKILL)
        assert self._until_dead() == str(int(signal.SIGKILL))

    def lose_server(self, start: int, after: float, go: Callable[[], None]) -> str:
        """Start an adder, let the server go after some seconds of its work; what it was told."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{start}\n")
        stdin.flush()
        assert stdout.readline().startswith("born")
        word, *said = stdout.readline().split()
        assert word == "kept"
        self.kept += said
        time.sleep(after)
        go()
        return self._until_dead()

    def _until_dead(self) -> str:
        """How an adder ended: the number of a signal, or the words of an error."""
        words = ""
        for line in self.process.stdout or ():
            word, *said = line.split()
            if word == "died":
                return words or said[0]
            if word == "told":
                words = " ".join(said)
            else:
                assert word == "kept"
                self.kept += said
        raise AssertionError("the nursery itself died")

    def close(self) -> None:
        """No more adders; nothing went wrong in any."""
        _, err = self.process.communicate(timeout=60)
        assert err == ""


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
def test_killed_at_random_moments(
    store: str, root: Path, tmp_path: Path, record_property: Property
) -> None:
    """After each kill -9: all that was acknowledged is there once, whole, and verify holds."""
    pick = random.Random(7)  # noqa: S311 - moments, not secrets
    Ledger.open(store).close()
    nursery = Nursery(store, f"sqlite:///{tmp_path / 'spare.db'}", root)
    for n in range(KILLS):
        nursery.kill_one(n * 1_000, pick.random() * 0.8, at_work=bool(n % 2))
    nursery.close()
    with Ledger.open(store) as ledger:
        held = all_reports(ledger)
        assert len(held) == len(set(held))
        assert set(nursery.kept) <= set(held)
        assert len(nursery.kept) >= 3 * (KILLS // 2)
        assert list(ledger.verify()) == []  # half a report, or half linked, would show here
        mains = [name for row in ledger.incidents(limit=1000) for name in row.main]
        assert len(mains) == len(set(mains))
    record_property("faults", KILLS)


def test_a_full_disk_is_said_and_the_rest_goes_on(
    tmp_path: Path, record_property: Property
) -> None:
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
    record_property("faults", 1)


@pytest.mark.parametrize("action", ["stop", "kill"])
def test_a_server_restarted_in_mid_batch(
    server: Any, action: str, monkeypatch: pytest.MonkeyPatch, record_property: Property
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
    record_property("faults", 1)


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
