"""Readings that were read before, taken in by lines: the same incidents, and each bad line told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.incidents import bulk
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.pipeline.pool import Pool
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading
from sayso.record.wire import to_wire

Grouping = set[frozenset[tuple[str, bool]]]


@pytest.fixture(scope="module")
def readings(root: Path) -> list[Reading]:
    """The text reports of our stories."""
    files = sorted(str(p) for p in (root / "examples" / "stories").glob("*/*.txt"))
    return [r for r in read_all(files, Ask()) if isinstance(r, Reading)]


@pytest.fixture
def lines(readings: list[Reading], tmp_path: Path) -> Path:
    """Their readings, a line each."""
    path = tmp_path / "read.jsonl"
    path.write_text("".join(json.dumps(to_wire(r)) + "\n" for r in readings), "utf-8")
    return path


def taken_in(files: Sequence[Path], jobs: int) -> Iterator[bulk.Outcome]:
    """What becomes of each line, made ready by so many processes."""
    chunks = bulk.chunks_of([str(f) for f in files])
    for found in Pool(bulk.prepare_chunk, bulk.lose_chunk, jobs).map(chunks):
        yield from found


def test_the_incidents_are_those_of_one_by_one(
    lines: Path,
    readings: list[Reading],
    tmp_path: Path,
    grouping: Callable[[Ledger], Grouping],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Prepared by two processes, a chunk of five lines each, and entered two hundred at a time."""
    monkeypatch.setattr(bulk, "CHUNK", 5)
    with Ledger.open(f"sqlite:///{tmp_path / 'one.db'}", linking=Linking()) as ledger:
        for reading in readings:
            ledger.add([reading])
        expected = grouping(ledger)
    with Ledger.open(f"sqlite:///{tmp_path / 'bulk.db'}", linking=Linking()) as ledger:
        ready = [p for p in taken_in([lines], 2) if not isinstance(p, str)]
        added = [a.name for batch in ledger.add_batches(ready, size=200) for a in batch]
        assert added == [r.report.name for r in readings]
        assert grouping(ledger) == expected
        assert list(ledger.verify()) == []


def _broken(reading: Reading) -> list[tuple[str, str]]:
    """(line, what is said of it)."""
    wire = to_wire(reading)
    span = json.loads(json.dumps(wire))
    span["claims"][0]["content"] = [[0, 10**9]]
    other = json.loads(json.dumps(wire))
    other["report"]["text"] += " And more."
    return [
        ("{", "no reading of sayso.reading/1"),
        ("[" * 100_000, "nested too deep"),
        ('{"id": "a", "text": "It rained."}', "schema: expected 'sayso.reading/1'"),
        (json.dumps(span), "a span that is not in its text"),
        (json.dumps(other), "not the id of this text"),
        (json.dumps({**wire, "claims": 7}), "reading.claims: expected a list"),
        ("é".encode("latin-1").decode("utf-8", "surrogateescape"), "can't decode"),
    ]


def test_a_bad_line_is_told_and_stops_no_other(
    readings: list[Reading],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By its file and number, with what is wrong."""
    monkeypatch.setattr(bulk, "LONGEST", 400_000)
    broken = _broken(readings[0])
    rows = [*(line for line, _ in broken), "x" * 400_001, "", json.dumps(to_wire(readings[1]))]
    path = tmp_path / "mixed.jsonl"
    path.write_bytes("\n".join(rows).encode("utf-8", "surrogateescape"))
    url = f"sqlite:///{tmp_path / 'l.db'}"
    command = ["add", "--from", "readings", str(path), str(tmp_path / "none"), "--ledger", url]
    assert run(command) == 1
    out, err = capsys.readouterr()
    said = err.splitlines()
    assert len(said) == len(broken) + 2
    for n, ((_, words), line) in enumerate(zip(broken, said, strict=False), 1):
        assert f"mixed.jsonl, line {n}: " in line
        assert words in line
    assert "line 8: longer than" in said[-2]
    assert "none: no such file" in said[-1]
    assert [line.split()[0] for line in out.splitlines()] == ["new"]


@pytest.mark.parametrize(
    "words", [["--published", "2024-01-01"], ["--publisher", "The Gazette"], ["-"]]
)
def test_what_cannot_be_said_of_a_reading_is_refused(
    words: list[str], lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When and by whom a report was published is said when it is read."""
    url = f"sqlite:///{tmp_path / 'l.db'}"
    assert run(["add", "--from", "readings", str(lines), "--ledger", url, *words]) == 2
    assert "reading" in capsys.readouterr().err
    assert not (tmp_path / "l.db").exists()
