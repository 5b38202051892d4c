"""The log: who did what, newest first, by person, kind and thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.ledger.generated import generate
from sayso.errors import UsageError
from sayso.ledger import Ledger

WHO = {"by": "Ana", "reason": "read twice"}


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    """A ledger of three reports and a decision."""
    with Ledger.open(store, maker="tests") as opened:
        opened.add(generate(3, claims=2))
        claim = opened.claims().rows[0].claim
        opened.judge("reject", claim, **WHO)
        yield opened


def test_all_acts_newest_first(ledger: Ledger) -> None:
    """Reports and decisions; readings where asked for, lines and mentions never."""
    lines = ledger.log().rows
    assert [line.act for line in lines].count("report") == 3
    first = lines[0]
    assert (first.act, first.action, first.by, first.person) == ("judgement", "reject", "Ana", True)
    assert first.reason == "read twice"
    assert first.target is not None
    assert first.target.startswith("c")
    assert {line.act for line in lines} == {"report", "judgement"}


def test_by_person_kind_and_thing(ledger: Ledger) -> None:
    """Each filter leaves the rest out; a report's log holds what was decided about its claims."""
    assert {line.by for line in ledger.log(by="Ana").rows} == {"Ana"}
    assert {line.act for line in ledger.log(act="reading").rows} == {"reading"}
    report = ledger.claims().rows[0].report.report
    assert {line.act for line in ledger.log(about=report).rows} == {
        "report", "reading", "judgement",
    }  # fmt: skip


def test_a_withdrawal_and_an_erasure_are_told(ledger: Ledger) -> None:
    """With why; of what was erased no word is left."""
    entry = ledger.log(act="judgement").rows[0].entry
    ledger.withdraw(entry, by="Bo", reason="was right")
    assert ledger.log().rows[0].action == "withdrew"
    assert ledger.log().rows[0].target == entry
    report = ledger.claims().rows[0].report.report
    ledger.erase(report, by="Ana", why="asked for")
    erased = [line for line in ledger.log().rows if line.act == "erased"]
    assert "asked for" in {line.reason for line in erased}
    (old,) = [line for line in ledger.log().rows if line.entry == entry]
    assert (old.words, old.reason) == ("erased since", None)


def test_pages_and_the_past(ledger: Ledger) -> None:
    """A cursor goes on; as known before anything, the log is empty."""
    first = ledger.log(limit=2)
    rest = ledger.log(limit=100, cursor=first.next)
    assert [*first.rows, *rest.rows] == list(ledger.log().rows)
    assert ledger.log(as_known_at="1999-01-01").rows == ()


def test_what_cannot_be_asked(ledger: Ledger) -> None:
    """A kind, a handle, a number of rows."""
    for asked in ({"act": "line"}, {"about": "x9"}, {"limit": 0}, {"cursor": "'; --"}):
        with pytest.raises(UsageError):
            ledger.log(**asked)  # type: ignore[arg-type]
