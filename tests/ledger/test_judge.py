"""What people decide: kept, replayed, withdrawn, never undone in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.ledger.generated import generate
from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import Filters, Ledger
from sayso.record import Reading, Span

Make = Callable[..., Reading]
DAY = "2024-05-0{}T12:00"


@pytest.fixture
def claim(ledger: Ledger, make_reading: Make) -> str:
    """A claim learnt on May 1."""
    ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt=DAY.format(1))
    return ledger.claims().rows[0].claim


def test_a_correction_keeps_old_new_and_reason(ledger: Ledger, claim: str) -> None:
    """The claim shows the new value, the judgement all three, a replay the old one."""
    done = ledger.judge(
        "correct", claim, by="editor", reason="read the tape", at=DAY.format(2),
        field="certainty", new="denied",
    )  # fmt: skip
    assert (done.detail["old"], done.detail["new"], done.reason) == (
        "stated", "denied", "read the tape",
    )  # fmt: skip
    (now,) = ledger.claims().rows
    assert (now.certainty, now.claim, now.judgements) == ("denied", claim, (done,))
    assert ledger.claims(Filters(certainty="stated")).rows == ()
    assert [c.claim for c in ledger.claims(Filters(certainty="denied")).rows] == [claim]
    (then,) = ledger.claims(Filters(as_known_at=DAY.format(1))).rows
    assert (then.certainty, then.judgements) == ("stated", ())
    assert list(ledger.verify()) == []


def test_a_correction_withdrawn_brings_the_old_value_back(ledger: Ledger, claim: str) -> None:
    """And between the two, the corrected value is what was known."""
    done = ledger.judge(
        "correct", claim, by="editor", reason="the tape", at=DAY.format(2),
        field="certainty", new="denied",
    )  # fmt: skip
    ledger.withdraw(done.entry, by="editor", reason="wrong tape", at=DAY.format(4))
    values = {
        day: [c.certainty for c in ledger.claims(Filters(as_known_at=DAY.format(day))).rows]
        for day in (1, 3, 5)
    }
    assert values == {1: ["stated"], 3: ["denied"], 5: ["stated"]}
    assert ledger.claims().rows[0].judgements == ()
    assert list(ledger.verify()) == []


def test_figures_and_events_can_be_corrected(ledger: Ledger) -> None:
    """`figure.0.best` and `event.0.type` of a claim; the new value is found, the old not."""
    ledger.add(generate(1))
    claim = next(c for c in ledger.claims().rows if c.events[0]["type"] != "arrest")
    ledger.judge("correct", claim.claim, by="e", reason="r", field="figure.0.best", new=7)
    ledger.judge("correct", claim.claim, by="e", reason="r", field="event.0.type", new="arrest")
    found = {c.claim: c for c in ledger.claims(Filters(type="arrest")).rows}
    assert found[claim.claim].figures[0].best == 7
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("field", "new"),
    [("certainty", "sure"), ("figure.0.best", 1), ("colour", "red"), ("certainty", "stated")],
)
def test_a_correction_that_does_not_fit_is_refused(
    ledger: Ledger, claim: str, field: str, new: object
) -> None:
    """A value of the wrong kind, a thing that is not there, a field there is not, no change."""
    head = ledger.head()
    with pytest.raises((UsageError, NotInLedgerError)):
        ledger.judge("correct", claim, by="e", reason="r", field=field, new=new)
    assert ledger.head() == head


def test_a_rejected_claim_stays_marked(ledger: Ledger, claim: str) -> None:
    """It is shown with its judgement, and left out where asked."""
    done = ledger.judge("reject", claim, by="editor", reason="a misreading")
    assert ledger.claims().rows[0].judgements == (done,)
    assert ledger.claims(Filters(rejected=False)).rows == ()
    assert len(ledger.claims(Filters(rejected=True)).rows) == 1
    ledger.withdraw(done.entry, by="editor", reason="it was right")
    assert len(ledger.claims(Filters(rejected=False)).rows) == 1


def test_a_source_stands_at_f_until_graded(ledger: Ledger, claim: str) -> None:
    """A grade is signed, dated and replayed."""
    (source,) = ledger.sources("moss").rows
    assert (source.grade, source.reports, source.claims) == ("F", 1, 1)
    ledger.judge("grade", source.key, by="editor", reason="ten years", grade="B", at=DAY.format(3))
    assert ledger.sources("moss").rows[0].grade == "B"
    assert ledger.sources("moss", as_known_at=DAY.format(2)).rows[0].grade == "F"
    with pytest.raises(UsageError):
        ledger.judge("grade", source.key, by="editor", reason="?", grade="Z")
    assert claim


@pytest.mark.parametrize("target", ["c1.0", "c99.0", "c3.9", "r99", "c3"])
def test_what_is_not_there_cannot_be_judged(ledger: Ledger, claim: str, target: str) -> None:
    """Nothing is entered about a claim or a report that the ledger does not hold."""
    assert claim == "c3.0"
    head = ledger.head()
    if target == "c3":  # no claim, so it could be a source's key: those are free
        return
    with pytest.raises(NotInLedgerError):
        ledger.judge("accept", target, by="e", reason="r")
    assert ledger.head() == head


def test_a_judgement_needs_a_person_and_a_reason(ledger: Ledger, claim: str) -> None:
    """Neither may be empty."""
    for by, reason in (("", "r"), ("e", " ")):
        with pytest.raises(UsageError):
            ledger.judge("accept", claim, by=by, reason=reason)


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("figure.0.best", float("nan")), ("figure.0.best", float("inf")), ("figure.0.low", -3),
        ("figure.0.high", 2.5), ("figure.0.best", True), ("event.0.type", "picnic"),
        ("event.0.type", None),
    ],
)  # fmt: skip
def test_a_value_that_nothing_has_is_refused(ledger: Ledger, field: str, new: object) -> None:
    """No page could show it: NaN people, half a person, a type outside the ontology."""
    ledger.add(generate(1))
    claim = next(c for c in ledger.claims().rows if c.figures)
    before = ledger.head()
    with pytest.raises(UsageError, match=r"no number of people|no type"):
        ledger.judge("correct", claim.claim, by="e", reason="r", field=field, new=new)
    assert ledger.head() == before


def test_a_correction_without_a_value_erases_nothing(ledger: Ledger) -> None:
    """Only `new: null` opens an end; a key that was forgotten does not."""
    ledger.add(generate(1))
    claim = next(c for c in ledger.claims().rows if c.figures)
    with pytest.raises(UsageError, match="needs its new value"):
        ledger.judge("correct", claim.claim, by="e", reason="r", field="figure.0.high")


def test_one_claim_is_given_to_another_speaker(ledger: Ledger, make_reading: Make) -> None:
    """Her other claim stays hers, whatever is decided on the one; all of it can be undone."""
    one = make_reading("Ada Moss", "Six boats sank")
    more = replace(one.claims[0], id="claim-2", content=(Span(0, 9),))
    ledger.add([replace(one, claims=(*one.claims, more))])
    first, other = sorted(c.claim for c in ledger.claims().rows)

    def speakers() -> list[str | None]:
        return [ledger.claim(handle).chain[-1]["name"] for handle in (first, other)]

    done = ledger.judge("correct", first, by="e", reason="r", field="speaker", new="Bo Field")
    assert speakers() == ["Bo Field", "Ada Moss"]
    assert done.detail["old"] == "Ada Moss"
    again = ledger.judge("correct", first, by="e", reason="r", field="speaker", new="Cy Holm")
    assert speakers() == ["Cy Holm", "Ada Moss"]
    assert {s.name for s in ledger.sources().rows} >= {"Cy Holm", "Ada Moss"}
    assert list(ledger.verify()) == []
    ledger.withdraw(again.entry, by="e", reason="r")
    assert speakers() == ["Bo Field", "Ada Moss"]
    ledger.judge("correct", other, by="e", reason="r", field="speaker", new="Bo Field")
    assert speakers() == ["Bo Field", "Bo Field"]
    ledger.withdraw(done.entry, by="e", reason="r")
    assert speakers() == ["Ada Moss", "Bo Field"]
    assert list(ledger.verify()) == []


def test_a_source_whose_key_begins_like_a_claim_is_graded(
    ledger: Ledger, make_reading: Make
) -> None:
    """`c.j. north|person|` is no handle; its grade is taken back like any other."""
    ledger.add([make_reading("C.J. North", "Six boats sank")])
    (source,) = ledger.sources("north").rows
    assert source.key.startswith("c.j. north|")
    made = ledger.judge("grade", source.key, by="e", reason="r", grade="B")
    ledger.judge("note", source.key, by="e", reason="a skipper")
    assert ledger.sources("north").rows[0].grade == "B"
    ledger.withdraw(made.entry, by="e", reason="r")
    assert ledger.sources("north").rows[0].grade == "F"
    assert list(ledger.verify()) == []


@pytest.mark.parametrize("number", ["0{}", "00{}", "\u0660{}"])
def test_a_handle_is_written_out(ledger: Ledger, number: str) -> None:
    """A marking of `r04` was acknowledged, and r4 stayed as it was; so with claims and entries."""
    (added,) = ledger.add(generate(1))
    claim = ledger.claims().rows[0].claim
    marked = ledger.judge(
        "mark", f"r{number.format(added.report[1:])}", by="Ada", reason="x", marking="red"
    )
    assert marked.target == added.report
    assert [row.marking for row in ledger.reports().rows] == ["red"]
    made = ledger.judge("reject", f"c{number.format(claim[1:])}", by="Ada", reason="x")
    assert made.target == claim
    assert [j.entry for j in ledger.judgements(claim)] == [made.entry]
    ledger.withdraw(f"e{number.format(made.entry[1:])}", by="Ada", reason="x")
    assert ledger.judgements(claim) == ()
    assert list(ledger.verify()) == []
