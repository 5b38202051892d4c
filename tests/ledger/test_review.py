"""The queue of what to review: by doubt and weight; decided rows are out, changed ones back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text, update

from bench.ledger.generated import generate
from sayso.errors import UsageError
from sayso.incidents.view import view_incident
from sayso.ledger import IncidentRow, Ledger
from sayso.ledger.asking.review import Reviewed
from sayso.ledger.layout.doubt import cells_of, doubts_of, order_of
from sayso.ledger.store import schema
from sayso.record import When


def queue(ledger: Ledger, by: str | None = None) -> list[str]:
    """The incidents in the queue."""
    return [r.row.incident for r in ledger.review_queue(by=by, limit=1000).rows]


def test_the_queue_has_every_row_once_by_doubt(linked: Ledger) -> None:
    """Page by page the same as in one go, the greatest order first, and all that there is."""
    linked.add(generate(12, claims=4))
    whole = linked.review_queue(limit=1000).rows
    assert {r.row.incident for r in whole} == {r.incident for r in linked.incidents(limit=1000)}
    orders = [r.order for r in whole]
    assert orders == sorted(orders, reverse=True)
    paged: list[Reviewed] = []
    cursor = None
    while True:
        page = linked.review_queue(limit=2, cursor=cursor)
        paged += page.rows
        if (cursor := page.next) is None:
            break
    assert paged == list(whole)


def test_a_decision_takes_the_row_out_and_its_withdrawal_brings_it_back(linked: Ledger) -> None:
    """Accepted and rejected rows leave the queue, with who decided; undone they are back."""
    linked.add(generate(8, claims=4))
    one, two, *rest = queue(linked)
    made = [linked.judge(a, i, by="Ada", reason="read") for a, i in
            (("accept", one), ("reject", two))]  # fmt: skip
    assert queue(linked) == rest
    decided = linked.review_queue(decided=True).rows
    assert [(r.row.incident, r.decided[-1].action) for r in decided] == [
        (two, "reject"), (one, "accept"),
    ]  # fmt: skip
    assert [d.entry for d in linked.row_decisions()] == [m.entry for m in made]
    for each in made:
        linked.withdraw(each.entry, by="Ada", reason="a slip")
    assert sorted(queue(linked)) == sorted([one, two, *rest])
    assert linked.review_queue(decided=True).rows == ()
    assert list(linked.verify()) == []


def test_another_coder_has_a_queue_of_their_own(linked: Ledger) -> None:
    """What Ada decided is still to be decided by Bo."""
    linked.add(generate(4, claims=4))
    first = queue(linked)[0]
    linked.judge("accept", first, by="Ada", reason="read")
    assert first not in queue(linked, by="Ada")
    assert first in queue(linked, by="Bo")
    assert first in queue(linked, by="nobody yet")


def test_a_row_comes_back_when_a_cell_of_it_changes(linked: Ledger) -> None:
    """More reports of it that change its origins or figures bring it back; both are told apart."""
    linked.add(generate(1, claims=4))
    for each in queue(linked):
        linked.judge("accept", each, by="Ada", reason="read")
    assert queue(linked) == []
    linked.add(generate(2, start=1, claims=4))
    back = {r.row.incident: r for r in linked.review_queue(limit=1000).rows}
    known = [r for r in back.values() if r.before]
    assert known
    assert all(not r.decided and r.before[0].by == "Ada" for r in known)


def test_what_is_said_again_needs_no_second_look(linked: Ledger) -> None:
    """A reading anew that finds the same leaves what was decided decided."""
    linked.add(generate(6, claims=4))
    for each in queue(linked):
        linked.judge("accept", each, by="Ada", reason="read")
    linked.add(generate(6, claims=4), reread=True)
    assert queue(linked) == []


def test_a_copy_changes_no_cell() -> None:
    """One more report with the same text, or other words for a count, is the same row."""
    line = {
        "type": "accident", "time": None, "place": {"name": "Tarn"}, "texts": 1, "counted": 1,
        "stated": [{"counts": "killed", "speaker": "police", "low": 3, "best": 3, "high": 3,
                    "words": "three"}],
    }  # fmt: skip
    copied = line | {"counted": 2, "stated": [line["stated"][0] | {"words": "3"}]}  # type: ignore[index]
    assert cells_of(copied) == cells_of(line)
    for changed in ({"texts": 2}, {"type": "storm"}, {"denials": ["the mayor"]}):
        assert cells_of(line | changed) != cells_of(line)


def test_doubt_and_weight_make_the_order() -> None:
    """A disagreement goes before a low score, that before what is sure; more dead go first."""
    sure = {"type": "accident", "time": {"start": "2031-05-06"}, "place": {"name": "Tarn"},
            "counted": 1, "least": {"claim": 0.95}}  # fmt: skip
    unsure = sure | {"least": {"claim": 0.4, "join": 0.7}}
    disputed = unsure | {"flags": ["disagreement"]}
    deadly = disputed | {"figures": {"killed": {"lowest": [9, 9, 9], "highest": [40, 40, 40]}}}
    orders = [order_of(line) for line in (sure, unsure, disputed, deadly)]
    assert orders == sorted(orders)
    assert len(set(orders)) == 4
    assert doubts_of(sure) == ()
    assert [d.what for d in doubts_of(unsure)] == ["claim", "join"]
    assert order_of({}) == 0


def test_lines_of_before_are_put_in_order(linked: Ledger) -> None:
    """The order and the hash are functions of the line: `verify` makes them anew."""
    linked.add(generate(2, claims=4))
    table = schema.incident_line
    with linked.engine.begin() as conn:
        rows = conn.execute(text("SELECT view, doubt, cells FROM incident_line")).all()
        conn.execute(update(table).values(doubt=table.c.doubt + 1))
    assert [(order_of(v := json.loads(r.view)), cells_of(v)) for r in rows] == [
        (r.doubt, r.cells) for r in rows
    ]
    assert {t.what for t in linked.verify()} == {"its row of incident_line was changed (doubt)"}


def test_a_cursor_that_is_none_is_refused(linked: Ledger) -> None:
    """With what was given."""
    for cursor, decided in (("x", False), ("1.2.3", False), ("1", False), ("a.b", True)):
        with pytest.raises(UsageError, match="is no cursor"):
            linked.review_queue(cursor=cursor, decided=decided)


DAY = {"start": "2031-05-06", "end": "2031-05-06", "precision": "day", "basis": "given"}


def row_of(ledger: Ledger, incident: str) -> IncidentRow:
    """The row of an incident."""
    (found,) = ledger.review_rows([incident])
    return found.row


def test_a_person_says_what_a_cell_is(linked: Ledger) -> None:
    """List and page say so, and by which entry, until it is withdrawn; `verify` agrees."""
    linked.add(generate(6, claims=4))
    id_ = queue(linked)[0]
    before = row_of(linked, id_)
    for field, new in (("type", "accident"), ("time", DAY), ("killed", 9)):
        linked.judge("correct", id_, by="Ada", reason="from the register", field=field, new=new)
    row, view = row_of(linked, id_), view_incident(linked, id_)
    assert (row.type, row.time) == ("accident", DAY)
    assert {tuple(cell) for cell in row.figures["killed"].values()} == {(9, 9, 9)}
    assert (view.type, view.time) == ("accident", When(**DAY))
    assert {(c.low, c.best, c.high) for c in view.cells if c.measure == "killed"} == {(9, 9, 9)}
    made = {j.detail["field"]: j for j in linked.judgements(id_)}
    assert row.corrected == {field: j.entry for field, j in made.items()}
    assert made["type"].detail["old"] == before.type
    assert list(linked.verify()) == []
    for each in made.values():
        linked.withdraw(each.entry, by="Bo", reason="a slip")
    after = row_of(linked, id_)
    assert (after.type, after.time, after.figures) == (before.type, before.time, before.figures)
    assert after.corrected == {}
    assert list(linked.verify()) == []


def test_a_corrected_cell_stays_through_reports_and_readings(linked: Ledger) -> None:
    """More reports of the incident, and a reading anew, leave what a person said."""
    linked.add(generate(2, claims=4))
    ids = queue(linked)
    for each in ids:
        linked.judge("correct", each, by="Ada", reason="known", field="type", new="accident")
    linked.add(generate(4, start=2, claims=4))
    linked.add(generate(2, claims=4), reread=True)
    assert {row.type for row in linked.incidents(limit=1000) if row.incident in ids} == {"accident"}


@pytest.mark.parametrize(
    ("field", "new"),
    [("origins", 3), ("killed", -1), ("killed", True), ("killed", "9"), ("type", ""),
     ("time", {"start": "2031"}), ("place", "Tarn")],
)  # fmt: skip
def test_a_value_that_no_row_has_is_refused(linked: Ledger, field: str, new: object) -> None:
    """Nothing is entered."""
    linked.add(generate(2, claims=4))
    id_ = queue(linked)[0]
    with pytest.raises(UsageError):
        linked.judge("correct", id_, by="Ada", reason="x", field=field, new=new)
    assert linked.judgements(id_) == ()
