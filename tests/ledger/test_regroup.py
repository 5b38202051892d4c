"""People decide about incidents: their word outranks the machine, and can be withdrawn."""

from __future__ import annotations

import dataclasses
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


# -- where the id of a joined incident leads ------------------------------------------------------


def handles(ledger: Ledger) -> dict[str, str]:
    """The reports by name; of a page the last version."""
    return {r.name: r.report for r in reversed(ledger.reports(limit=100).rows)}


def names_of(ledger: Ledger, id_: str, day: int | None = None) -> tuple[str, list[str]]:
    """To which incident an id leads, and the reports that it is about."""
    view = view_incident(ledger, id_, as_known_at=DAY.format(day) if day else None)
    return view.id, sorted(r.name for r in view.report_lines if r.main)


@pytest.fixture
def joined(linked: Ledger) -> tuple[Ledger, str, str, str]:
    """Two stories joined on May 3: the ledger, the first, the second, the entry of the join."""
    one, two = incident_of(linked, "generated-0"), incident_of(linked, "generated-30")
    made = linked.judge("join", one, other=two, at=DAY.format(3), **WHO)
    return linked, one, two, made.entry


FIRST = ["generated-0", "generated-1", "generated-2"]
SECOND = ["generated-30", "generated-31", "generated-32"]


def test_split_off_again_an_incident_answers_for_itself(
    joined: tuple[Ledger, str, str, str],
) -> None:
    """In lists, by its first id, in replays; and the undoing of the split leads it back."""
    ledger, one, two, _ = joined
    of = handles(ledger)
    made = ledger.judge("split", one, apart=[of[n] for n in SECOND], at=DAY.format(5), **WHO)
    assert names_of(ledger, two) == (two, SECOND)
    assert names_of(ledger, one) == (one, FIRST)
    assert sorted(mains(ledger)[two]) == SECOND
    assert names_of(ledger, two, 4) == (one, FIRST + SECOND)
    assert names_of(ledger, two, 2) == (two, SECOND)
    ledger.withdraw(made.entry, at=DAY.format(7), **WHO)
    assert names_of(ledger, two) == (one, FIRST + SECOND)
    assert names_of(ledger, two, 6) == (two, SECOND)
    assert two not in mains(ledger)
    assert list(ledger.verify()) == []


def test_split_off_one_by_one_the_last_takes_the_id(joined: tuple[Ledger, str, str, str]) -> None:
    """As long as one of its reports is left there, its id leads to where that is."""
    ledger, one, two, _ = joined
    of = handles(ledger)
    ledger.judge("split", one, apart=[of["generated-30"]], **WHO)
    assert names_of(ledger, two)[0] == one
    ledger.judge("split", one, apart=[of["generated-31"], of["generated-32"]], **WHO)
    assert names_of(ledger, two) == (two, ["generated-31", "generated-32"])
    assert names_of(ledger, one) == (one, FIRST)
    assert list(ledger.verify()) == []


def test_placed_in_a_third_an_id_leads_there(joined: tuple[Ledger, str, str, str]) -> None:
    """Not to where none of its reports is."""
    ledger, one, two, _ = joined
    ledger.add(generate(2, start=60, claims=4))
    third, of = incident_of(ledger, "generated-60"), handles(ledger)
    apart = [of[n] for n in SECOND]
    made = ledger.judge("split", one, apart=apart, into=third, at=DAY.format(8), **WHO)
    assert names_of(ledger, two)[0] == third
    assert names_of(ledger, two, 6)[0] == one
    ledger.withdraw(made.entry, **WHO)
    assert names_of(ledger, two)[0] == one
    assert list(ledger.verify()) == []


def test_joined_on_and_on_and_parted(joined: tuple[Ledger, str, str, str]) -> None:
    """What leads through two incidents answers for itself as well."""
    ledger, one, two, _ = joined
    ledger.add(generate(2, start=60, claims=4))
    third, of = incident_of(ledger, "generated-60"), handles(ledger)
    ledger.judge("join", third, other=one, **WHO)
    assert names_of(ledger, two)[0] == names_of(ledger, one)[0] == third
    ledger.judge("split", third, apart=[of[n] for n in SECOND], **WHO)
    assert names_of(ledger, two) == (two, SECOND)
    assert names_of(ledger, one)[0] == third
    ledger.judge("split", third, apart=[of[n] for n in FIRST], **WHO)
    assert names_of(ledger, one) == (one, FIRST)
    assert list(ledger.verify()) == []


def test_a_new_version_is_parted_with_its_incident(store: str) -> None:
    """It stands for the one that it took the place of, when a join is undone or split again."""
    with Ledger.open(store, maker="tests", linking=Linking()) as ledger:
        ledger.add(generate(2, claims=4))
        (page,) = generate(1, start=30, claims=4)
        report = dataclasses.replace(page.report, url="https://paper.example/p")
        ledger.add([dataclasses.replace(page, report=report)])
        one, two = incident_of(ledger, "generated-0"), incident_of(ledger, "generated-30")
        made = ledger.judge("join", one, other=two, **WHO)
        changed = dataclasses.replace(
            report, id=report.id[:-4] + "beef", text=report.text + "\nMore is awaited.\n"
        )
        (added,) = ledger.add([dataclasses.replace(page, report=changed)])
        assert added.status == "version"
        assert names_of(ledger, two) == (one, ["generated-0", "generated-1", "generated-30"])
        ledger.withdraw(made.entry, **WHO)
        assert names_of(ledger, two) == (two, ["generated-30"])
        ledger.judge("join", one, other=two, **WHO)
        ledger.judge("split", one, apart=[added.report], **WHO)
        assert names_of(ledger, two) == (two, ["generated-30"])
        assert list(ledger.verify()) == []


def test_a_join_by_reports_outlives_their_erasure(linked: Ledger) -> None:
    """Two incidents named by reports: what was joined stays joined when one of these is erased."""
    of = handles(linked)
    made = linked.judge("join", of["generated-0"], other=of["generated-30"], **WHO)
    one = incident_of(linked, "generated-1")
    assert (made.target, len(mains(linked)[one])) == (one, 6)
    linked.erase(of["generated-0"], by="desk", why="a court")
    assert sorted(mains(linked)[one]) == sorted((FIRST + SECOND)[1:])
    assert list(linked.verify()) == []
