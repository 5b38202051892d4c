"""What left the ledger is listed with what became since of the reports that it told of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import ExportRow, Ledger
from sayso.ledger.asking.outdated import LOOK, WHATS, WORDS
from sayso.record import Reading

Make = Callable[..., Reading]
WHO: dict[str, Any] = {"by": "ann", "reason": "looked again"}
ONE, TWO = "https://one.example/a", "https://two.example/b"
WORDS_ONE = "Four soldiers were killed on 1 May 2024 in Sudzha"


@pytest.fixture
def held(linked: Ledger, make_reading: Make) -> Iterator[Ledger]:
    """A ledger of two reports of one incident, each of which left in a file of its own."""
    linked.add([make_reading("Ann Roe", WORDS_ONE, url=ONE)])
    linked.add([make_reading("Maud Ellery", WORDS_ONE, url=TWO)])
    for report in ("r2", second(linked)):
        linked.note_export(f"{report}.csv", "csv", [report], by="bo")
    assert linked.export_list(outdated=True).rows == ()
    yield linked
    assert list(linked.verify()) == []


def second(ledger: Ledger) -> str:
    """The later of the two reports."""
    return max((r.report for r in ledger.reports().rows), key=lambda r: int(r[1:]))


def whats(ledger: Ledger, report: str) -> set[str]:
    """What changed in what left of a report."""
    return {c.what for row in ledger.export_list(outdated=True).rows
            for c in row.changes if row.reports == (report,)}  # fmt: skip


def claim_of(ledger: Ledger, report: str) -> str:
    """The handle of the report's claim, as last read."""
    return ledger.report_page(report).handle(0)


def test_each_change_has_its_words() -> None:
    """None is shown by its code."""
    assert set(WHATS) == set(WORDS)


@pytest.mark.parametrize(
    ("action", "detail", "what"),
    [("reject", {}, "rejected"),
     ("correct", {"field": "certainty", "new": "denied"}, "corrected")],
)  # fmt: skip
def test_a_decision_outdates_what_left_before_it(
    held: Ledger, action: str, detail: dict[str, Any], what: str
) -> None:
    """Only the file that told of it; who and when are told; taken back, it is as it was."""
    made = held.judge(action, claim_of(held, "r2"), **WHO, **detail)
    (row,) = held.export_list(outdated=True).rows
    assert (row.reports, row.by, row.format) == (("r2",), "bo", "csv")
    (change,) = row.changes
    assert (change.entry, change.at, change.by) == (made.entry, made.at, "ann")
    assert (change.what, change.report) == (what, "r2")
    held.note_export("after.csv", "csv", ["r2"], by="bo")
    assert len(held.export_list(outdated=True).rows) == 1
    held.withdraw(made.entry, **WHO)
    (row,) = held.export_list(outdated=True).rows  # the later file rests on what no longer holds
    assert [c.what for c in row.changes] == ["taken_back"]
    assert len(held.export_list().rows) == 3


def test_words_that_change_nothing_outdate_nothing(held: Ledger) -> None:
    """A note, an acceptance and a grade."""
    claim = claim_of(held, "r2")
    held.judge("accept", claim, **WHO)
    held.judge("note", claim, **WHO)
    held.judge("note", "r2", **WHO)
    held.judge("grade", held.sources("Ann").rows[0].key, grade="B", **WHO)
    assert held.export_list(outdated=True).rows == ()


def test_a_newer_version_a_new_reading_and_a_claim_added_by_hand(
    held: Ledger, make_reading: Make
) -> None:
    """Of a page's versions the one that was told of; decisions that are carried on count once."""
    wire = {
        "claims": [{"id": "claim-0123456789abcdef", "content": [[0, 4]], "attribution": None,
                    "certainty": "stated", "polarity": "positive", "certainty_cue": [],
                    "events": [], "figures": []}],
    }  # fmt: skip
    other = second(held)
    held.add_claim(other, wire, **WHO)
    assert whats(held, other) == {"claim_added"}
    held.judge("reject", claim_of(held, "r2"), **WHO)
    held.note_export("new.csv", "csv", ["r2"], by="bo")
    held.add([make_reading("Ann Roe", WORDS_ONE, url=ONE, more="So she was told.")])
    newest, oldest = (r for r in held.export_list(outdated=True).rows if r.reports == ("r2",))
    assert [c.what for c in newest.changes] == ["new_version"]
    assert {c.what for c in oldest.changes} == {"rejected", "new_version"}


def test_markings_bind_all_versions(held: Ledger, make_reading: Make) -> None:
    """That the page is marked by its older version is told of the newer one too."""
    held.add([make_reading("Ann Roe", WORDS_ONE, url=ONE, more="So she was told.")])
    new = second(held)
    held.note_export("new.csv", "csv", [new], by="bo")
    held.judge("mark", "r2", marking="amber", **WHO)
    assert whats(held, new) == {"marked"}
    assert whats(held, "r2") == {"new_version", "marked"}


def test_joins_and_splits_of_the_incident(held: Ledger) -> None:
    """By people, and told of both sides."""
    other = second(held)
    row = held.incidents()[0].incident
    held.judge("split", row, apart=[other], **WHO)
    assert whats(held, "r2") == whats(held, other) == {"split"}
    for report in ("r2", other):
        held.note_export("apart.csv", "csv", [report], by="bo")
    ids = [held.incident_page(r).id for r in ("r2", other)]
    held.judge("join", ids[0], other=ids[1], **WHO)
    newest = held.export_list(outdated=True, limit=2).rows
    assert all("joined" in {c.what for c in r.changes} for r in newest)
    assert all("split" not in {c.what for c in r.changes} for r in newest)


def test_what_its_publisher_takes_back(held: Ledger, make_reading: Make) -> None:
    """Since the report that says so, in all that told of the incident; not in what left later."""
    back = "The Paper has withdrawn its report on the soldiers killed in Sudzha."
    new = make_reading("Bo Lind", WORDS_ONE, url=None, more=back)
    (added,) = held.add([new])
    assert whats(held, "r2") == {"withdrawn"}
    held.note_export("new.csv", "csv", [added.report], by="bo")
    assert whats(held, added.report) == set()


def test_what_was_erased(held: Ledger) -> None:
    """An erased report leaves its handle; a name that went is told of the reports that held it."""
    held.erase_names(["Ann Roe", "Roe"], by="ann", why="asked for")
    assert "name_erased" in whats(held, "r2")
    other = second(held)
    held.erase(other, by="ann", why="asked for")
    assert "erased" in whats(held, other)
    row = next(r for r in held.export_list(outdated=True).rows if r.reports == (other,))
    assert {c.report for c in row.changes} == {other}


def test_a_protected_source_and_what_those_below_red_took_along(held: Ledger) -> None:
    """Red is told of both files by the report's handle; those below of neither that one names."""
    key = next(s.key for s in held.sources("Maud").rows)
    other = second(held)
    made = held.judge("protect", key, **WHO)
    assert "protected" in whats(held, other)
    below = held.seen_by("amber")
    twin = next(r.report for r in below.reports().rows if r.report != "r2")
    below.note_export("twin.csv", "csv", [twin], by="cy")
    held.judge("reject", claim_of(held, other), **WHO)
    newest = held.export_list().rows[0]
    assert (newest.by, newest.reports) == ("cy", (other,))
    assert {c.what for c in newest.changes} == {"rejected"}
    seen = below.export_list().rows
    assert [r.reports for r in seen] == [(twin,), ("r2",)]
    assert {c.what for c in seen[0].changes} == {"read_anew"}  # the twin says it without the claim
    assert other not in repr(seen)
    assert made.entry not in repr(seen)


def test_what_is_marked_above_a_clearance_is_not_listed_for_it(held: Ledger) -> None:
    """Neither the file nor what became of it."""
    held.judge("mark", second(held), marking="red", **WHO)
    assert [r.reports for r in held.seen_by("amber").export_list().rows] == [("r2",)]
    assert len(held.export_list().rows) == 2


def test_pages_go_on_where_the_last_one_ended(held: Ledger) -> None:
    """None is met twice, none left out; a page of the outdated may be empty and lead on."""
    held.judge("reject", claim_of(held, "r2"), **WHO)
    for n in range(LOOK + 3):
        held.note_export(f"{n}.csv", "csv", ["r2"] if n % 50 == 0 else [], by="bo")
    held.judge("reject", claim_of(held, second(held)), **WHO)
    every, cursor = list[ExportRow](), None
    while True:
        page = held.export_list(limit=30, cursor=cursor)
        every += page.rows
        if (cursor := page.next) is None:
            break
    assert len(every) == LOOK + 5
    assert all(int(a.entry[1:]) > int(b.entry[1:]) for a, b in pairwise(every))
    first = held.export_list(outdated=True, limit=2)
    rest = held.export_list(outdated=True, limit=2, cursor=first.next)
    found = [*first.rows, *rest.rows]
    assert [r.entry for r in found] == [r.entry for r in every if r.changes]
    assert (rest.next, {r.reports for r in found}) == (None, {("r2",), (second(held),)})


def test_what_cannot_be_asked_is_said(held: Ledger) -> None:
    """No rows, or a cursor that is none."""
    with pytest.raises(UsageError):
        held.export_list(limit=0)
    with pytest.raises((UsageError, NotInLedgerError)):
        held.export_list(cursor="x")
