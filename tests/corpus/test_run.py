"""Runs: the same dataset whatever does the work, however often it was broken off."""

from __future__ import annotations

import errno
import gzip
import json
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from sayso.corpus.engines.engine import Task
from sayso.corpus.engines.local import LocalEngine
from sayso.corpus.inputs import Meter, list_inputs
from sayso.corpus.run import FIRST, LAST, SINCE, State, blocks_of
from sayso.corpus.target import Target
from sayso.errors import UsageError
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading
from sayso.record.wire import to_wire

Rows = dict[str, list[dict[str, Any]]]
Fill = Callable[..., State]
OF_REPORT = ("row", "report", "n")  # what every table has before its noun's own columns


@pytest.fixture(scope="module")
def whole(
    fill: Fill,
    here: Any,
    lines: Path,
    tmp_path_factory: pytest.TempPathFactory,
    dataset: Callable[[Path], Rows],
) -> Rows:
    """What an unbroken run makes of the lines."""
    out = tmp_path_factory.mktemp("whole") / "out"
    fill(out, lines, engine=here())
    return dataset(out)


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "parquet"])
def test_blocks_grow_and_shrink(form: str, tmp_path: Path) -> None:
    """None is large at the end, whatever the packing, and each time they are the same."""
    words = "Two men died in Oda. " * 20
    rows = [{"id": f"a{n}", "text": f"Report {n}. {words}"} for n in range(1500)]
    place = tmp_path / f"in.{form}"
    if form == "parquet":
        parquet.write_table(pa.Table.from_pylist(rows), place)
    else:
        lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
        place.write_bytes(gzip.compress(lines) if form.endswith("gz") else lines)
    inputs = list_inputs([str(place)])
    once, again = ([len(b) for b in blocks_of(inputs, Meter())] for _ in range(2))
    assert once == again
    assert sum(once) == len(rows)
    assert once[:SINCE] == [FIRST] * SINCE
    assert max(once[-8:]) == LAST
    if form != "jsonl.gz":  # which is so small that all of it is read ahead
        assert max(once) >= 64


def test_names_that_are_no_text(
    fill: Fill, here: Any, tmp_path: Path, dataset: Callable[[Path], Rows]
) -> None:
    """Half a character in an id, bytes in a file's name that are no UTF-8: each report has its row.

    The dataset holds U+FFFD for them, and the run can be begun again.
    """
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"a\xff.txt")).write_text("Two men died in Oda on Monday.")
    except OSError:
        pytest.skip("file names are UTF-8 here")
    row = {"id": "b\udc00", "title": "c\udc00", "text": "Three men died in Gao on Monday."}
    (folder / "b.jsonl").write_text(json.dumps(row) + "\n")
    for _ in range(2):
        fill(tmp_path / "out", folder, engine=here())
    found = dataset(tmp_path / "out")["reports"]
    assert [(r["name"], r["status"]) for r in found] == [
        ("a\ufffd.txt", "read"),
        ("b\ufffd", "read"),
    ]
    assert found[1]["title"] == "c\ufffd"


def test_rows_say_what_the_wire_says(whole: Rows, lines: Path) -> None:
    """Each report has its row; what was read is what `sayso read` prints."""
    read = [r for r in read_all([str(lines)], Ask(reader="rules")) if isinstance(r, Reading)]
    reports = whole["reports"]
    assert [r["name"] for r in reports] == [r.report.name for r in read]
    assert [r["row"] for r in reports] == list(range(40))
    for reading, row in zip(read, reports, strict=True):
        wire = to_wire(reading)
        assert row["status"] == ("copy" if int(row["name"][1:]) % 5 == 4 else "read")
        assert {k: row[k] for k in ("id", "text", "published", "blocks")} == {
            k: wire["report"][k] for k in ("id", "text", "published", "blocks")
        }
        for name in ("claims", "events", "figures", "attributions", "sources", "times", "places"):
            held = [r for r in whole[name] if r["row"] == row["row"]]
            assert [h["n"] for h in held] == list(range(len(held)))
            assert {h["report"] for h in held} <= {row["id"]}
            said = [{k: v for k, v in h.items() if k not in OF_REPORT} for h in held]
            assert said == (wire[name] if row["status"] == "read" else [])


def test_a_copy_names_the_one_that_was_read(whole: Rows) -> None:
    """The text came before: it is read once."""
    ids = {r["name"]: r["id"] for r in whole["reports"]}
    copies = {r["name"]: r["copy_of"] for r in whole["reports"] if r["copy_of"]}
    assert copies == {f"a{n}": ids[f"a{n - 1}"] for n in range(4, 40, 5)}


def test_the_same_text_of_another_day_is_read(
    fill: Fill, here: Any, tmp_path: Path, dataset: Callable[[Path], Rows]
) -> None:
    """*Monday* is another day there."""
    path = tmp_path / "days.jsonl"
    rows = [{"text": "Nine died in Tarn on Monday.", "published": f"2024-05-{d}"} for d in (6, 7)]
    rows = [{**r, "published": d} for r, d in zip(rows, ("2024-05-06", "2024-05-14"), strict=True)]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    fill(tmp_path / "out", path, engine=here())
    assert [r["status"] for r in dataset(tmp_path / "out")["reports"]] == ["read", "read"]


@pytest.mark.parametrize("after", [1, 3, 5, 8])
def test_a_run_that_was_broken_off_goes_on(
    after: int,
    *,
    fill: Fill,
    here: Any,
    lines: Path,
    tmp_path: Path,
    whole: Rows,
    dataset: Callable[[Path], Rows],
) -> None:
    """The same dataset as of an unbroken run, and half a shard is none."""
    out, seen = tmp_path / "out", 0

    def stop(_: State) -> None:
        nonlocal seen
        seen += 1
        if seen == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(out, lines, engine=here(), tell=stop)
    done = sorted((out / "_done").iterdir())
    if len(done) > 1:  # a shard in the middle lacks the word that it is done, and is half there
        done[0].unlink()
        (out / "claims" / done[0].with_suffix(".parquet").name).write_bytes(b"PAR1 half")
    (out / "claims" / ".00000000.parquet.1.part").write_bytes(b"half")
    state = fill(out, lines, engine=here())
    assert state.counts.total() == 40
    assert dataset(out) == whole
    assert not list(out.glob("*/.*.part"))
    again = here()
    assert fill(out, lines, engine=again).went_on == 40
    assert again.done == 0


def test_ten_kills_lose_and_double_nothing(
    fill: Fill, lines: Path, tmp_path: Path, whole: Rows, dataset: Callable[[Path], Rows]
) -> None:
    """Processes of the local engine, killed while they work and while they wait."""
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while len(killed) < 10 and not over.is_set():
            for child in active_children():
                if child.pid and child.is_alive():
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
                    break
            time.sleep(0.4)

    engine = LocalEngine(2, "rules")
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        state = fill(tmp_path / "out", lines, engine=engine)
    finally:
        over.set()
        killer.join()
    assert killed
    rows = dataset(tmp_path / "out")
    assert [r["name"] for r in rows["reports"]] == [r["name"] for r in whole["reports"]]
    assert state.counts.total() == 40
    # one that was hit twice while it was tried alone is set aside, as it would be for its own sake
    aside = {r["row"] for r in rows["reports"] if r["status"] == "refused"}
    assert len(aside) <= (len(killed) - 2) // 2  # two for its block, two for itself
    if not aside:
        assert rows == whole


def _is_of(task: Task, name: str) -> bool:
    return any(
        name in (getattr(r, "name", ""), getattr(getattr(r, "capture", None), "name", ""))
        for given in task.given
        for r in [*getattr(given, "rows", ()), *(given if isinstance(given, list) else ())]
        if not getattr(r, "refused", None)
    ) or any(getattr(getattr(g, "report", None), "name", "") == name for g in task.given)


@pytest.mark.parametrize("stage", ["find", "read"])
def test_what_kills_its_process_twice_is_set_aside(
    stage: str,
    *,
    fill: Fill,
    here: Any,
    lines: Path,
    tmp_path: Path,
    whole: Rows,
    dataset: Callable[[Path], Rows],
) -> None:
    """And stops nothing: all the others are as they would be."""
    finds = stage == "find"
    engine = here(lambda t: _is_of(t, "a7") and (t.key[0].startswith("find") == finds))
    state = fill(tmp_path / "out", lines, engine=engine)
    assert state.counts["refused"] == 1
    rows = dataset(tmp_path / "out")
    (aside,) = [r for r in rows["reports"] if r["status"] == "refused"]
    assert aside["row"] == 7
    assert "in.jsonl, line 8: set aside, its process was killed twice" in aside["refused"]
    others = [r for r in rows["claims"] if r["row"] != 7]
    assert others == [r for r in whole["claims"] if r["row"] != 7]


def test_a_process_that_hangs_is_taken_for_lost() -> None:
    """By its silence; what beats is given all the time it takes."""
    engine = LocalEngine(1, "rules", patience=1.0)
    engine.submit(Task("hangs", _hang, (30.0,)))
    try:
        lost = engine.next()
    finally:
        engine.close()
    assert getattr(lost, "why", "") == "its process said nothing for 1 seconds"


def _hang(seconds: float, _beat: Callable[[], None]) -> None:
    time.sleep(seconds)


def test_two_runs_on_one_folder(fill: Fill, here: Any, lines: Path, tmp_path: Path) -> None:
    """The second is refused while the first is at it; a lock that was left blocks nobody."""
    out = tmp_path / "out"
    out.mkdir()
    (out / ".lock").write_text("4711")

    def second(_: State) -> None:
        with pytest.raises(UsageError, match="another run is filling it"):
            fill(out, lines, engine=here())

    assert fill(out, lines, engine=here(), tell=second).counts["read"] == 32


def test_a_folder_of_something_else(fill: Fill, here: Any, lines: Path, tmp_path: Path) -> None:
    """Other inputs, or other things: nothing is mixed, nothing overwritten."""
    fill(tmp_path / "out", lines, engine=here())
    other = tmp_path / "other.jsonl"
    other.write_text('{"text": "Nine died in Tarn, officials said."}\n')
    with pytest.raises(UsageError, match="a corpus of other inputs"):
        fill(tmp_path / "out", other, engine=here())
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "thesis.docx").write_bytes(b"my only copy")
    with pytest.raises(UsageError, match=r"other things in it \(thesis.docx\)"):
        fill(strange, lines, engine=here())


def test_a_full_disk_ends_the_run_and_the_next_goes_on(
    *,
    fill: Fill,
    here: Any,
    lines: Path,
    tmp_path: Path,
    whole: Rows,
    dataset: Callable[[Path], Rows],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the words of the system, and what to do."""
    written = 0
    real = parquet.write_table

    def write(*args: Any, **kwargs: Any) -> None:
        nonlocal written
        written += 1
        if written == 12:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr("sayso.corpus.target.parquet.write_table", write)
        with pytest.raises(UsageError, match=r"No space left on device\); make room"):
            fill(tmp_path / "out", lines, engine=here())
    fill(tmp_path / "out", lines, engine=here())
    assert dataset(tmp_path / "out") == whole


@pytest.mark.parametrize("what", ["keys", "copies"])
def test_a_full_disk_is_told_wherever_it_is_met(
    what: str,
    *,
    fill: Fill,
    here: Any,
    lines: Path,
    tmp_path: Path,
    whole: Rows,
    dataset: Callable[[Path], Rows],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By SQLite, which has an error of its own, and while near copies are written."""
    real = parquet.write_table

    def keep(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def write(table: Any, place: Path, **kwargs: Any) -> None:
        if place.parent.name == "copies":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(table, place, **kwargs)

    with monkeypatch.context() as patch:
        if what == "keys":
            patch.setattr("sayso.corpus.keys.Keys.first", keep)
        else:
            patch.setattr("sayso.corpus.near.parquet.write_table", write)
        with pytest.raises(UsageError, match=r"cannot be written \(.*(full|left.*)\); make room"):
            fill(tmp_path / "out", lines, engine=here())
    assert not list((tmp_path / "out").glob("*/.*.part"))
    fill(tmp_path / "out", lines, engine=here())
    assert dataset(tmp_path / "out") == whole


def test_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "out").write_text("a file")
    with (
        pytest.raises(UsageError, match="cannot be written"),
        Target(tmp_path / "out").held({}),
    ):
        pass
