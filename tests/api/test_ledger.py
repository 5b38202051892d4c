"""A ledger from Python: what is added is linked, and answers are tables."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

import sayso
from tests.api.conftest import STORY

MORE = "A bridge fell in Bergen on Monday, police said."


def test_what_is_added_is_kept_and_linked(tmp_path: Path) -> None:
    """Texts, readings and files; the same again changes nothing; two reports are one incident."""
    with sayso.Ledger(tmp_path / "n.db") as ledger:
        (first,) = ledger.add(STORY, published="2024-12-30", publisher="Fjord News")
        assert first.status == "new"
        other = sayso.read(
            STORY + " Boats went out.", published="2024-12-31", publisher="Odda Post"
        )
        assert [a.status for a in ledger.add([other, other])] == ["new", "same"]
        rows = ledger.incidents("boats")
        assert [len(row.reports) for row in rows] == [2]
        assert ledger.reading(first.report).report.text == STORY
        incident = ledger.incident(first.report)
        assert incident.reports == 2
        assert incident.to_dict()["schema"] == "sayso.incident/1"


def test_as_known_at(tmp_path: Path) -> None:
    """What came in later was not known before."""
    with sayso.Ledger(tmp_path / "n.db") as ledger:
        ledger.add(STORY, published="2024-12-30")
        time.sleep(0.01)
        then = datetime.now(UTC)
        time.sleep(0.01)
        ledger.add("A bridge fell in Bergen on Monday, police said.", published="2024-12-31")
        assert len(ledger.reports()) == 2
        assert len(ledger.reports(as_known_at=then)) == 1
        assert len(ledger.claims("bridge", as_known_at=then)) == 0
        assert len(ledger.claims("bridge")) == 1
        with pytest.raises(sayso.UsageError, match="yet to come"):
            ledger.claims(as_known_at="2999-01-01")


def test_one_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    """It is warned of; where nothing can be read, that is an error."""
    with sayso.Ledger(tmp_path / "n.db") as ledger:
        with pytest.warns(UserWarning, match="not added: .*no such file"):
            added = ledger.add([STORY, tmp_path / "none.txt", sayso.read(MORE), "", MORE])
        assert [each.status for each in added] == ["new", "new", "same"]
        assert [(each.why.partition(";")[0], each.after) for each in added.refused] == [
            ("no such file", 1), ("its text is empty", 2)
        ]  # fmt: skip
        assert repr(added) == "<Additions: 2 new, 1 same, 2 refused>"
        with pytest.raises(sayso.SaysoError, match="no such file"):
            ledger.add(tmp_path / "none.txt")


def test_a_ledger_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is made, or not; a path, an address, what $SAYSO_LEDGER says."""
    with pytest.raises(sayso.LedgerError):
        sayso.Ledger(tmp_path / "no.db", create=False)
    with pytest.raises(sayso.LedgerError, match="is no ledger"):
        sayso.Ledger("")
    monkeypatch.setenv("SAYSO_LEDGER", f"sqlite:///{tmp_path}/env.db")
    with sayso.Ledger() as ledger:
        assert repr(ledger) == "<Ledger of 0 entries>"
    assert (tmp_path / "env.db").exists()


def test_each_answer_is_a_table(strike: sayso.Ledger) -> None:
    """In three libraries, with as many rows as the answer has, and all tables of an incident."""
    answers = (strike.claims(), strike.figures(), strike.sources(), strike.reports(),
               strike.incidents())  # fmt: skip
    for answer in answers:
        assert len(answer) > 0
        assert len(answer.to_pandas()) == answer.to_polars().height == len(answer)
        assert answer.to_arrow().num_rows == len(answer)
    (row, *_) = sorted(strike.incidents(), key=lambda r: -len(r.stated))
    incident = strike.incident(row.incident)
    for table in ("incidents", "figures", "cells", "states", "mentions", "origins", "joins",
                  "utterances", "copies", "judgements"):  # fmt: skip
        frame = incident.to_pandas(table)
        assert list(frame.columns) == incident.to_polars(table).columns
    assert incident.flags == tuple(row.flags)
    assert len(incident.to_pandas("origins")) == len(incident.origins) + len(incident.denials)
    assert incident.to_pandas()["killed_best"][0] == 127


def test_filters_and_limits(strike: sayso.Ledger) -> None:
    """Filters are those of the command line; a limit is one; a policy makes the figure."""
    assert len(strike.claims(limit=3)) == 3
    assert len(strike.claims(limit=0)) == 0
    killed = strike.figures(measure="killed")
    assert {row.figure.counts for row in killed} == {"killed"}
    assert len(strike.figures(measure="killed", limit=2)) == 2
    lowest = strike.incidents(measure="killed", policy="lowest").to_pandas()["killed_best"].max()
    highest = strike.incidents(measure="killed", policy="highest").to_pandas()["killed_best"].max()
    assert lowest < highest
    with pytest.raises(sayso.UsageError, match="policy 'mean' is none of"):
        strike.incidents(policy="mean")  # type: ignore[arg-type]
    with pytest.raises(sayso.NotInLedgerError):
        strike.incident("incident-0000000000000000")
    assert strike.sources("watch")[0].name == "Darfur Lawyers' Watch"


def test_a_ledger_that_nobody_closes_is_whole_in_its_file(tmp_path: Path) -> None:
    """A program of ten lines closes nothing, and its file is copied and sent all the same."""
    code = (
        "import sayso; ledger = sayso.Ledger('l.db', reader=sayso.Reader('rules'));"
        "ledger.add('On Monday the army said that five soldiers were killed in Kursk.')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["l.db"]
    with sayso.Ledger(tmp_path / "l.db") as ledger:
        assert len(ledger.reports()) == 1
