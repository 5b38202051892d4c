"""Faults that need a machine of their own: a small disk, a server that goes and comes, a clock."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from bench.ledger.generated import generate
from sayso.incidents.batch import Linking
from sayso.ledger import Filters, Ledger
from sayso.ledger.layout import instants
from tests.ledger.test_faults import Nursery, Property, all_reports

DISK_FULL = """
import json, sys
from pathlib import Path
from bench.ledger.generated import generate
from sayso.errors import LedgerFullError
from sayso.ledger import Ledger
from tests.ledger.test_faults import all_reports
disk = Path(sys.argv[1])
ballast = disk / "ballast"
ballast.write_bytes(bytes(600_000))
kept, said, beyond = [], "", 0
with Ledger.open(f"sqlite:///{disk / 'sayso.db'}", maker="tests") as ledger:
    try:
        for batch in ledger.add_batches(generate(100_000, claims=4), size=3):
            kept += [a.report_id for a in batch]
    except LedgerFullError as error:
        said = str(error)
    lost = set(kept) - set(all_reports(ledger))
    broken = [repr(each) for each in ledger.verify()]
    ballast.unlink()  # room is made, as the error says
    beyond = len(ledger.add(generate(5, start=200_000, claims=4)))
    broken += [repr(each) for each in ledger.verify()]
    held = all_reports(ledger)
print(json.dumps({"said": said, "kept": len(kept), "lost": len(lost), "broken": broken,
                  "beyond": beyond, "twice": len(held) - len(set(held))}))
"""


def test_a_disk_that_is_full(tmp_path: Path, root: Path, record_property: Property) -> None:
    """A disk of three megabytes: words, all that was acknowledged, and on where room is made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not shutil.which("unshare"):
        pytest.skip("a disk of one's own needs unshare (util-linux)")
    mount = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=3m none "$0" && exec "$@"']
    if subprocess.run([*mount, str(disk), "true"], capture_output=True, check=False).returncode:
        pytest.skip("a disk of one's own cannot be mounted here")
    path = os.pathsep.join([str(root), str(root / "src")])
    done = subprocess.run(
        [*mount, str(disk), sys.executable, "-c", DISK_FULL, str(disk)], cwd=root, text=True,
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert "disk is full" in told.pop("said")
    assert told.pop("kept") > 10
    assert told == {"lost": 0, "broken": [], "beyond": 5, "twice": 0}
    record_property("faults", 1)


@pytest.mark.slow
def test_a_server_that_goes_and_comes_while_it_is_written(
    server: Any, root: Path, tmp_path: Path, record_property: Property
) -> None:
    """PostgreSQL ends at random moments of intake: who adds is told, what was kept is there."""
    if server.control is None:
        pytest.skip("the server is not ours to restart")
    pick = random.Random(11)  # noqa: S311 - moments, not secrets
    times = max(3, int(os.environ.get("SAYSO_KILLS", "20")) // 20)
    url = server.database()
    Ledger.open(url).close()
    nursery = Nursery(url, f"sqlite:///{tmp_path / 'spare.db'}", root)
    for n in range(times):
        words = nursery.lose_server(
            n * 1_000, pick.random(), lambda n=n: server.control("kill" if n % 2 else "stop")
        )
        server.control("start")
        assert "went away" in words or "cannot be reached" in words
    nursery.close()
    with Ledger.open(url) as ledger:
        held = all_reports(ledger)
        assert len(held) == len(set(held))
        assert set(nursery.kept) <= set(held)
        assert nursery.kept
        assert list(ledger.verify()) == []
    server.drop()
    record_property("faults", times)


class _Clock(datetime):
    """A clock that a test sets."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """What it shows."""
        return datetime.now(tz) + cls.ahead


@pytest.mark.parametrize("back", [timedelta(seconds=2), timedelta(days=1), timedelta(days=4000)])
def test_a_clock_that_is_set_back(
    store: str, back: timedelta, monkeypatch: pytest.MonkeyPatch, record_property: Property
) -> None:
    """Nothing is lost or twice, what was known before stays so, and time goes on from there."""
    monkeypatch.setattr(instants, "datetime", _Clock)
    monkeypatch.setattr(_Clock, "ahead", timedelta())
    with Ledger.open(store, linking=Linking()) as ledger:
        ledger.add(generate(3, claims=3))
        then = ledger.head().at  # a later moment has no entry that could tell it apart
        before = ledger.claims(Filters(as_known_at=then), limit=1000).rows
        heads = [then]
        _Clock.ahead = -back
        for n in range(3):
            statuses = [a.status for a in ledger.add(generate(2, start=3 + n, claims=3))]
            assert statuses == ["new" if n == 0 else "same", "new"]
            heads.append(ledger.head().at)
        (claim, *_) = before
        entry = ledger.judge("note", claim.claim, by="ed", reason="the clock is back")
        ledger.withdraw(entry.entry, by="ed", reason="it was a test")
        _Clock.ahead = timedelta()
        ledger.add(generate(1, start=9, claims=3))
        heads.append(ledger.head().at)
        assert all(a <= b for a, b in itertools.pairwise(heads))
        assert ledger.claims(Filters(as_known_at=then), limit=1000).rows == before
        held = all_reports(ledger)
        assert len(held) == len(set(held)) == 8
        assert list(ledger.verify()) == []
    record_property("faults", 2)  # set back, and forward again
