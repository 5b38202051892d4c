"""People decide about incidents: their word outranks the machine, and can be withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.ledger.generated import generate
from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger

DAY = "2031-05-0{}T12:00"
WHO = {"by": "editor", "reason": "asked around"}


@pytest.fixture
def linked(store: str) -> Iterator[Ledger]:
    """A ledger with two stories, of three reports each."""
    with Ledger.open(store, maker="tests", linking=Linking()) as ledger:
        ledger.add(generate(3, claims=4), learnt=DAY.format(1))
        ledger.add(generate(3, start=30, claims=4), learnt=DAY.format(1))
        yield ledger


def mains(ledger: Ledger) -> dict[str, list[str]]:
    """The reports that each incident is about."""
    return {r.incident: r.main for r in ledger.incidents(limit=1000) if r.main}


def incident_of(ledger: Ledger, name: str) -> str:
    """The incident that a report is about."""
    return next(id_ for id_, names in mains(ledger).items() if name in names)


def test_joined_by_a_person_stays_joined(linked: Ledger) -> None:
    """The second leads to the first, then and later; new reports do not part them again."""
    one, two = incident_of(linked, "generated-0"), incident_of(linked, "generated-30")
    made = linked.judge("join", one, other=two, at=DAY.format(3), **WHO)
    assert len(mains(linked)[one]) == 6
    view = view_incident(linked, two)
    assert (view.id, view.asked) == (one, two)
    assert [j.entry for j in view.judgements] == [made.entry]
    assert view_incident(linked, two, as_known_at=DAY.format(2)).id == two
    linked.add(generate(1, start=33, claims=4))
    assert set(mains(linked)[one]) >= {"generated-0", "generated-30"}
    assert list(linked.verify()) == []


def test_a_withdrawn_join_parts_them_again(linked: Ledger) -> None:
    """Under the ids that they had."""
    one, two = incident_of(linked, "generated-0"), incident_of(linked, "generated-30")
    before = mains(linked)
    made = linked.judge("join", one, other=two, **WHO)
    linked.withdraw(made.entry, **WHO)
    assert mains(linked) == before
    assert view_incident(linked, two).judgements == ()
    assert list(linked.verify()) == []


def test_split_by_a_person_stays_split(linked: Ledger) -> None:
    """The report has an incident of its own, which the machine does not take back."""
    one = incident_of(linked, "generated-0")
    handle = next(r.report for r in linked.reports(limit=100).rows if r.name == "generated-1")
    made = linked.judge("split", one, apart=[handle], **WHO)
    away = incident_of(linked, "generated-1")
    assert away != one
    assert sorted(mains(linked)[one]) == ["generated-0", "generated-2"]
    linked.add(generate(2, start=33, claims=4))
    assert incident_of(linked, "generated-1") == away
    linked.withdraw(made.entry, **WHO)
    assert incident_of(linked, "generated-1") == one
    assert list(linked.verify()) == []


def test_what_cannot_be_split_or_joined_is_said(linked: Ledger) -> None:
    """Nothing is kept of it."""
    one = incident_of(linked, "generated-0")
    handles = [r.report for r in linked.reports(limit=100).rows]
    head = linked.head()
    with pytest.raises(UsageError, match="nothing would be left"):
        linked.judge("split", one, apart=handles, **WHO)
    with pytest.raises(NotInLedgerError, match="none of these"):
        linked.judge("split", one, apart=["r9999"], **WHO)
    with pytest.raises(UsageError, match="one incident already"):
        linked.judge("join", one, other=one, **WHO)
    with pytest.raises(NotInLedgerError, match="no incident here"):
        linked.judge("join", one, other="incident-0", **WHO)
    assert linked.head() == head


def test_a_rejected_claim_no_longer_counts(linked: Ledger) -> None:
    """It stays on the page, marked; figures and origins are made without it."""
    id_ = incident_of(linked, "generated-0")
    before = view_incident(linked, id_)
    gone = before.figures[0].claim
    made = linked.judge("reject", gone, **WHO)
    after = view_incident(linked, id_)
    assert {c.claim: c.standing for c in after.claims}[gone] == "rejected"
    assert gone not in {f.claim for f in after.figures}
    assert gone not in {c for o in after.origins for c in o.claims}
    assert gone not in {c for cell in after.cells for c in cell.claims}
    linked.withdraw(made.entry, **WHO)
    assert view_incident(linked, id_).figures == before.figures
    assert list(linked.verify()) == []


def test_a_corrected_figure_counts_as_corrected(linked: Ledger) -> None:
    """List and page have the new value, the replay the old one."""
    id_ = incident_of(linked, "generated-0")
    figure = view_incident(linked, id_).figures[0]
    n = figure.id.rpartition(".")[2]
    linked.judge("correct", figure.claim, field=f"figure.{n}.best", new=77_777.0,
                 at=DAY.format(3), **WHO)  # fmt: skip
    now = {f.id: f.best for f in view_incident(linked, id_).figures}
    then = {f.id: f.best for f in view_incident(linked, id_, as_known_at=DAY.format(2)).figures}
    assert (now[figure.id], then[figure.id]) == (77_777.0, figure.best)
    assert list(linked.verify()) == []


def test_an_undone_join_of_sources_is_undone(linked: Ledger) -> None:
    """Two sources that were one are two, until the undoing is withdrawn."""
    for id_ in mains(linked):
        view = view_incident(linked, id_)
        joins = [j for j in view.joins if j.bound == "both"]
        if not joins:
            continue
        made = linked.judge("undo", joins[0].id, incident=id_, reports=[], **WHO)
        after = view_incident(linked, id_)
        assert joins[0].id not in {j.id for j in after.joins}
        assert after.at_most >= view.at_most
        (row,) = [r for r in linked.incidents() if r.incident == id_]
        assert row.origins == [after.at_least, after.at_most]
        linked.withdraw(made.entry, **WHO)
        assert view_incident(linked, id_).joins == view.joins
        break
    else:
        pytest.fail("no join to undo in the generated stories")
    assert list(linked.verify()) == []


def test_a_grade_stands_beside_its_source(linked: Ledger) -> None:
    """F until a person grades it; then that grade, on the page of its incident too."""
    id_ = incident_of(linked, "generated-0")
    name = view_incident(linked, id_).origins[0].name
    assert {o.grade for o in view_incident(linked, id_).origins} == {"F"}
    for source in linked.sources(name).rows:
        linked.judge("grade", source.key, grade="B", **WHO)
    graded = {o.name: o.grade for o in view_incident(linked, id_).origins}
    assert graded[name] == "B"
