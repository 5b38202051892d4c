"""What people decided holds when a report is read anew, or its page has a new version."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from bench.ledger.generated import generate
from sayso.errors import NotInLedgerError
from sayso.incidents.figures_list import list_figures
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger
from sayso.record import Reading
from sayso.record.incident import FigureStated

Make = Callable[..., Reading]
WHO = {"by": "editor", "reason": "asked around"}


def figures(ledger: Ledger) -> list[FigureStated]:
    """The figures of all incidents."""
    return [row.figure for row in list_figures(ledger, Filters(), 100)]


def test_a_correction_outlives_rereading(linked: Ledger) -> None:
    """The figure stays as corrected, in answers and in the line, until the decision is undone."""
    readings = list(generate(1, claims=4))
    linked.add(readings)
    first = min(figure.claim for figure in figures(linked))
    field = {"field": "figure.0.best", "new": 77}
    made = linked.judge("correct", first, **WHO, **field)
    (added,) = linked.add(readings, reread=True)
    assert (added.status, added.lapsed) == ("reread", ())
    assert 77 in [figure.best for figure in figures(linked)]
    assert "77" in str([r.figures for r in linked.incidents()])
    assert list(linked.verify()) == []
    linked.add(readings, reread=True)
    assert 77 in [figure.best for figure in figures(linked)]
    linked.withdraw(made.entry, **WHO)
    assert 77 not in [figure.best for figure in figures(linked)]
    assert list(linked.verify()) == []


def test_a_rejection_finds_its_claim_in_another_reading(linked: Ledger) -> None:
    """By where it stands and who said it, whatever its number there."""
    (reading,) = generate(1, claims=4)
    linked.add([reading])
    linked.judge("reject", "c3.2", **WHO)
    fewer = dataclasses.replace(reading, claims=reading.claims[1:])
    (added,) = linked.add([fewer], reread=True)
    assert added.lapsed == ()
    (incident,) = [r.incident for r in linked.incidents() if r.main]
    rejected = [c for c in view_incident(linked, incident).claims if c.standing == "rejected"]
    assert [c.claim.partition(".")[2] for c in rejected] == ["1"]


def test_a_decision_whose_claim_is_gone_lapses_and_is_told(linked: Ledger) -> None:
    """Adding names it, the incident lists it, and it holds again when the claim is back."""
    (reading,) = generate(1, claims=4)
    linked.add([reading])
    made = linked.judge("reject", "c3.0", **WHO)
    fewer = dataclasses.replace(reading, claims=reading.claims[1:])
    (added,) = linked.add([fewer], reread=True)
    assert added.lapsed == (made.entry,)
    view = view_incident(linked, "r2")
    assert [(j.entry, j.lapsed) for j in view.judgements] == [(made.entry, True)]
    assert linked.add([reading], reread=True)[0].lapsed == ()
    view = view_incident(linked, "r2")
    assert [(j.action, j.lapsed) for j in view.judgements] == [("reject", False)]
    assert "rejected" in [c.standing for c in view.claims]
    assert list(linked.verify()) == []


def test_a_new_version_keeps_what_was_decided(linked: Ledger, make_reading: Make) -> None:
    """By the claim's words, which stand elsewhere in the new text."""
    linked.add([make_reading("Ada Moss", "Six boats sank")])
    linked.judge("correct", linked.claims().rows[0].claim, **WHO, field="certainty", new="denied")
    (added,) = linked.add([make_reading("Ada Moss", "Six boats sank", more="More came.")])
    assert (added.status, added.lapsed) == ("version", ())
    assert [c.certainty for c in linked.claims().rows] == ["denied"]
    (lost,) = linked.add([make_reading("Ada Moss", "Nine boats sank", more="More came.")])
    assert len(lost.lapsed) == 1
    assert [c.certainty for c in linked.claims().rows] == ["stated"]
    assert list(linked.verify()) == []


def test_joined_reports_stay_joined_when_read_again(linked: Ledger) -> None:
    """With all that they tell of, what stands in their background too."""
    readings = [*generate(2, claims=4), *generate(2, start=30, claims=4)]
    linked.add(readings)
    main = {r.main[0]: r.incident for r in linked.incidents() if r.main}
    one, two = main["generated-0"], main["generated-30"]
    made = linked.judge("join", one, other=two, **WHO)
    before = {(r.report, r.main) for r in view_incident(linked, one).report_lines}
    linked.add(readings, reread=True)
    view = view_incident(linked, one)
    assert {(r.report, r.main) for r in view.report_lines} == before
    assert made.entry in {j.entry for j in view.judgements}
    assert list(linked.verify()) == []


def test_a_rejected_figure_leaves_the_line(linked: Ledger) -> None:
    """At once: no list or policy shows what nobody counts any more."""
    linked.add(generate(1, claims=4))
    (row,) = [r for r in linked.incidents() if r.main]
    for claim in view_incident(linked, row.incident).claims:
        linked.judge("reject", claim.claim, **WHO)
    (after,) = [r for r in linked.incidents() if r.main]
    assert row.figures
    assert after.figures == {}


def test_people_s_words_are_listed(linked: Ledger) -> None:
    """A note on a report is among what was decided; a grade needs a source that is here."""
    linked.add(generate(1, claims=4))
    made = linked.judge("note", "r2", **WHO)
    assert [j.entry for j in view_incident(linked, "r2").judgements] == [made.entry]
    key = linked.sources().rows[0].key
    with pytest.raises(NotInLedgerError) as error:
        linked.judge("grade", key[:-2], grade="B", **WHO)
    assert repr(key) in str(error.value) + str(error.value.__dict__)


def test_an_incident_is_found_as_people_write_it(linked: Ledger, make_reading: Make) -> None:
    """In capitals, and by the handle of a page's earlier version."""
    linked.add([make_reading("Ada Moss", "Six boats sank", more=m) for m in ("", "More.", "Yet.")])
    last = view_incident(linked, linked.reports().rows[0].report).id
    assert view_incident(linked, last.partition("-")[2].upper()).id == last
    assert {view_incident(linked, r.report).id for r in linked.reports().rows} == {last}
