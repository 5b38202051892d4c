"""What is decided below red about a twin holds for the report in whose place it stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.record import Reading, Span, make_id

Make = Callable[..., Reading]
NAME = "Quillon Ravenscourt"
WORDS = "Four soldiers were killed on 1 May 2024 in Sudzha"
OWN = "c3.0"


@pytest.fixture
def held(linked: Ledger, make_reading: Make) -> Iterator[Ledger]:
    """A ledger of two reports of one incident, the source of one protected."""
    more = f"{NAME} asked to speak again."
    linked.add([make_reading(NAME, WORDS, url="https://one.example/ravenscourt", more=more)])
    linked.add([make_reading("Ann Roe", WORDS, url="https://two.example/b")])
    linked.judge("protect", "quillon ravenscourt|person|", by="ed", reason="he asked for it")
    yield linked
    assert list(linked.verify()) == []


def twin_of(ledger: Ledger) -> str:
    """The claim that stands in the place of the protected source's, below red."""
    return next(c.claim for c in ledger.seen_by("amber").claims().rows if c.claim != "c8.0")


def actions(ledger: Ledger, target: str) -> list[str]:
    """What stands decided about something."""
    return [f"{j.action} by {j.by}" for j in ledger.judgements(target)]


def speaker(ledger: Ledger, claim: str) -> str:
    """Who says a claim."""
    name: str = ledger.claim(claim).chain[-1]["name"]
    return name


def decide(ledger: Ledger, action: str, target: str, **detail: Any) -> str:
    """The entry of what somebody cleared for amber decides."""
    return ledger.seen_by("amber").judge(action, target, by="bo", reason="read it", **detail).entry


@pytest.mark.parametrize("action", ["accept", "note"])
def test_a_word_about_a_twin_is_one_about_its_report(held: Ledger, action: str) -> None:
    """Whoever reads the twin sees it there, whoever the report here; it is taken back once."""
    twin = twin_of(held)
    entry = decide(held, action, twin)
    assert actions(held, OWN) == actions(held.seen_by("amber"), twin) == [f"{action} by bo"]
    held.seen_by("amber").withdraw(entry, by="bo", reason="read another")
    assert actions(held, OWN) == actions(held.seen_by("amber"), twin) == []


def test_a_claim_rejected_below_red_counts_nowhere(held: Ledger) -> None:
    """Till that is taken back, from above too."""
    decide(held, "reject", twin_of(held))
    assert [c.claim for c in held.claims().rows if not c.judgements] == ["c8.0"]
    assert [c.claim for c in held.seen_by("amber").claims().rows] == ["c8.0"]
    (own,) = held.judgements(OWN)
    held.withdraw(own.entry, by="ed", reason="it was right")
    assert actions(held, OWN) == []
    assert len(held.seen_by("amber").claims().rows) == 2
    assert actions(held.seen_by("amber"), twin_of(held)) == []


def test_a_correction_below_red_corrects_the_report(held: Ledger) -> None:
    """Taken back by who made it, after the twin was made anew, it is taken back for all."""
    decide(held, "correct", twin_of(held), field="certainty", new="confirmed")
    assert held.claim(OWN).certainty == "confirmed"
    amber = held.seen_by("amber")
    assert amber.claim(twin_of(held)).certainty == "confirmed"
    (again,) = amber.judgements(twin_of(held))
    amber.withdraw(again.entry, by="bo", reason="no")
    assert held.claim(OWN).certainty == amber.claim(twin_of(held)).certainty == "stated"


def test_numbers_differ_where_a_claim_is_gone(held: Ledger, make_reading: Make) -> None:
    """What is the first of the twin is the second of the report, and that is meant."""
    more = f"{NAME} wept."
    reading = make_reading(NAME, WORDS, url="https://three.example/c", more=more)
    start = reading.report.text.index(more)
    second = dataclasses.replace(
        reading.claims[0], id=make_id("claim", reading.report.id, "second"),
        content=(Span(start, start + len(more)),),
    )  # fmt: skip
    (added,) = held.add([dataclasses.replace(reading, claims=(*reading.claims, second))])
    own = [c.claim for c in held.claims().rows if c.report.report == added.report]
    held.judge("reject", min(own), by="ed", reason="misread")
    amber = held.seen_by("amber")
    (twin,) = [c for c in amber.claims().rows if "wept" in c.content]
    assert twin.claim.endswith(".0")
    decide(held, "accept", twin.claim)
    assert actions(held, max(own)) == ["accept by bo"]


def test_a_speaker_who_is_hidden_is_corrected_above_red(held: Ledger) -> None:
    """Neither a name that is protected nor its label can be put in from below."""
    label = speaker(held.seen_by("amber"), twin_of(held))
    for name in (label, NAME):
        with pytest.raises(UsageError, match="protected here"):
            decide(held, "correct", twin_of(held), field="speaker", new=name)
    decide(held, "correct", twin_of(held), field="speaker", new="Ann Roe")
    assert speaker(held, OWN) == "Ann Roe"


def test_what_is_no_longer_there_is_not_decided_about(held: Ledger) -> None:
    """An old twin's claim is refused, and nothing is entered."""
    twin = twin_of(held)
    held.judge("correct", OWN, by="ed", reason="read it", field="certainty", new="confirmed")
    count = held.head().entries
    with pytest.raises(UsageError, match="no longer what stands"):
        decide(held, "accept", twin)
    assert held.head().entries == count


def test_a_claim_is_added_to_the_report_as_it_is(held: Ledger) -> None:
    """Below red that is refused, with who can."""
    report = held.seen_by("amber").claim(twin_of(held)).report.report
    with pytest.raises(UsageError, match="cleared for red"):
        held.seen_by("amber").add_claim(report, {"claims": []}, by="bo", reason="missed")


def test_a_note_on_a_twin_stands_on_its_report(held: Ledger) -> None:
    """Whoever wrote it reads it too."""
    report = held.seen_by("amber").claim(twin_of(held)).report.report
    decide(held, "note", report)
    assert actions(held, "r2") == actions(held.seen_by("amber"), report) == ["note by bo"]
