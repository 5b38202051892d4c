"""Deciding from Python: the judgements of `sayso judge`, signed, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso

FERRY = "A ferry sank off Odda on Monday, killing nine people, the harbour master said."
AGAIN = "The ferry that sank off Odda on Monday killed 11 people, the coast guard said."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sayso.Ledger]:
    """Two reports on one incident."""
    with sayso.Ledger(tmp_path / "j.db") as ledger:
        ledger.add(FERRY, published="2024-12-31", publisher="Fjord News")
        ledger.add(AGAIN, published="2024-12-31", publisher="Odda Post")
        yield ledger


def killed(ledger: sayso.Ledger) -> list[float]:
    """The counts of the killed that stand."""
    return sorted(row.figure.best for row in ledger.figures(measure="killed") if row.figure.best)


def test_a_figure_is_corrected_and_taken_back(ledger: sayso.Ledger) -> None:
    """As with the command: an exact count takes its ends along; undo brings the old one back."""
    (claim, *_) = ledger.claims("nine", measure="killed")
    (made,) = ledger.judge(
        "correct", claim.claim, values={"figure.0.best": 8}, reason="the text says eight", by="Ada"
    )
    assert (made.action, made.target, made.by) == ("correct", claim.claim, "Ada")
    assert killed(ledger) == [8.0, 11.0]
    (gone,) = ledger.judge("undo", made.entry, reason="it says nine", by="Bo")
    assert (gone.action, gone.target, gone.by) == ("undo", made.entry, "Bo")
    assert gone.at > made.at
    assert killed(ledger) == [9.0, 11.0]


def test_incidents_are_split_and_joined(ledger: sayso.Ledger) -> None:
    """And who decides is told by the environment where nobody says."""
    (row,) = ledger.incidents(measure="killed")
    assert len(row.handles) == 2
    ledger.judge("split", row.incident, row.handles[1], reason="another ferry", by="Ada")
    assert len(ledger.incidents(measure="killed")) == 2
    one, other = (row.incident for row in ledger.incidents(measure="killed"))
    ledger.judge("join", one, other, reason="one ferry", by="Ada")
    (row,) = ledger.incidents(measure="killed")
    assert [j.action for j in ledger.incident(row.incident).judgements] == ["split", "join"]


def test_who_decides(ledger: sayso.Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """`by`, else $SAYSO_USER."""
    monkeypatch.setenv("SAYSO_USER", "Cyd")
    (source, *_) = ledger.sources("harbour")
    (made,) = ledger.judge("grade", source.key, "b", reason="knows the coast")
    assert made.by == "Cyd"
    assert ledger.sources("harbour")[0].grade == "B"


def test_what_cannot_be_decided_is_said(ledger: sayso.Ledger) -> None:
    """An action that is none, too much, too little, no reason; what is not seen is not there."""
    (claim, *_) = ledger.claims("nine")
    with pytest.raises(sayso.UsageError, match="'bless' is none of accept, reject"):
        ledger.judge("bless", claim.claim, reason="w", by="Ada")  # type: ignore[arg-type]
    with pytest.raises(sayso.UsageError, match="accept takes one thing"):
        ledger.judge("accept", claim.claim, "c1.1", reason="w", by="Ada")
    with pytest.raises(sayso.UsageError, match="each field with its new value"):
        ledger.judge("correct", claim.claim, reason="w", by="Ada")
    with pytest.raises(sayso.UsageError, match="new values: goes with correct, not with accept"):
        ledger.judge("accept", claim.claim, values={"certainty": "denied"}, reason="w", by="Ada")
    with pytest.raises(sayso.UsageError, match="needs who makes it and a reason"):
        ledger.judge("accept", claim.claim, reason=" ", by="Ada")
    with pytest.raises(sayso.NotInLedgerError):
        ledger.judge("accept", "c999.0", reason="w", by="Ada")
    ledger.judge("mark", claim.report.report, "red", reason="she asked", by="Ada")
    with (
        sayso.Ledger(ledger.url, clearance="green") as open_,
        pytest.raises(sayso.NotInLedgerError),
    ):
        open_.judge("accept", claim.claim, reason="w", by="Ada")
