"""A twin stands in the incident of its report: ids are the same above and below red."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sayso.ledger import Ledger
from sayso.ledger.store import schema
from sayso.record import Reading

Make = Callable[..., Reading]
NAME = "Quillon Ravenscourt"
KEY = "quillon ravenscourt|person|"
ONE = "Four soldiers were killed on 1 May 2024 in Sudzha"
OTHER = "Gunmen abducted thirty villagers on 9 July 2024 in Kassala"


@pytest.fixture
def two(linked: Ledger, make_reading: Make) -> Iterator[Ledger]:
    """A ledger of three reports, two of one incident and one of another, by a source to protect."""
    linked.add([make_reading("Ann Roe", ONE, url="https://one.example/a")])
    linked.add([make_reading("Bo Finch", ONE, url="https://two.example/b")])
    linked.add([make_reading(NAME, OTHER, url="https://three.example/c")])
    yield linked
    assert list(linked.verify()) == []


def protect(ledger: Ledger) -> None:
    """Nobody below red reads the name."""
    ledger.judge("protect", KEY, by="ed", reason="he asked for it")


def ids(ledger: Ledger) -> dict[str, int]:
    """The incidents, each with the number of its reports."""
    return {row.incident: len(row.handles) for row in ledger.incidents(limit=50)}


def same_everywhere(ledger: Ledger) -> dict[str, int]:
    """The incidents, which are the same for all."""
    whole = ids(ledger)
    for clearance in ("clear", "green", "amber", "amber+strict"):
        assert ids(ledger.seen_by(clearance)) == whole, clearance
    return whole


def join_all(ledger: Ledger) -> None:
    """One incident of all, by hand."""
    first, second = ids(ledger)
    ledger.judge("join", first, other=second, by="ed", reason="one raid")


def test_a_twin_is_placed_where_a_person_placed_its_report(two: Ledger) -> None:
    """Though by its words it would open an incident of its own."""
    join_all(two)
    protect(two)
    assert list(same_everywhere(two).values()) == [3]


def test_a_twin_goes_where_its_report_goes(two: Ledger) -> None:
    """Joined by a person, parted again, and the parting taken back."""
    protect(two)
    assert len(same_everywhere(two)) == 2
    join_all(two)
    (incident,) = same_everywhere(two)
    report = next(r.report for r in two.reports().rows if r.url == "https://three.example/c")
    apart = two.judge("split", incident, apart=[report], by="ed", reason="two raids")
    assert sorted(same_everywhere(two).values()) == [1, 2]
    two.withdraw(apart.entry, by="ed", reason="one after all")
    assert list(same_everywhere(two).values()) == [3]


def test_who_parts_a_twin_parts_its_report(two: Ledger) -> None:
    """Below red the twin is named, above its report: both go."""
    protect(two)
    join_all(two)
    (incident,) = same_everywhere(two)
    seen = two.seen_by("amber")
    known = {"https://one.example/a", "https://two.example/b"}
    twin = next(r.report for r in seen.reports().rows if r.url not in known)
    seen.judge("split", incident, apart=[twin], by="bo", reason="two raids")
    assert sorted(same_everywhere(two).values()) == [1, 2]


def test_a_twin_opens_no_incident(two: Ledger, make_reading: Make) -> None:
    """Nor does one whose report comes later."""
    protect(two)
    two.add([make_reading(NAME, "Nine fled on 2 June 2024 from Goma", url="https://four.example/")])
    twins = {t.report for t in two.whole.connect().execute(schema.twin.select())}
    with two.whole.connect() as conn:
        opened = {r.num for r in conn.execute(schema.incident.select())}
        first = {
            min(
                m.reading
                for m in conn.execute(schema.member.select().where(schema.member.c.incident == num))
            )
            for num in opened
        }
        of = {r.entry: r.report for r in conn.execute(schema.reading.select())}
    assert twins.isdisjoint(of[reading] for reading in first)
    assert sum(same_everywhere(two).values()) == 4
