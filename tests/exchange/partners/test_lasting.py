"""Partners over time: what is erased, late, long or told by itself breaks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sayso.exchange.partners import inbox, outbox
from sayso.exchange.partners.compare import agree
from sayso.exchange.partners.inbox import last_taken, taken
from sayso.exchange.partners.names import IDS, id_for
from sayso.exchange.partners.outbox import send, settle, take_back
from sayso.ledger.entries import partnered
from sayso.record import Reading
from tests.exchange.partners.conftest import House
from tests.ledger.conftest import said_by

WORDS = "Four soldiers were killed on 1 May 2024 in Sudzha"
KEY = "quillon ravenscourt|person|"


def held(house: House, readings: Sequence[Reading], **more: Any) -> list[str]:
    """The handles of readings, added."""
    return [added.report for added in house.ledger.add(readings, **more)]


def test_what_was_erased_here_can_be_taken_back_there(a: House, b: House) -> None:
    """The pull goes on behind it."""
    reports = held(a, [said_by("Ann Roe", WORDS), said_by("Bo Li", "Nine fled", url=None)])
    b.takes(a.share("South", reports[0]))
    (came,) = [t.report for t in taken(b.ledger, b.partner("North")) if t.report]
    b.ledger.erase(came, by="ed", why="asked for")
    take_back(a.ledger, a.partner("South"), reports[:1])
    assert b.takes(a.share("South", reports[1])) == ["withdraw", "report"]
    assert last_taken(b.ledger, b.partner("North")) == 3


def test_of_a_page_the_version_that_holds_is_told(a: House) -> None:
    """Not one that came later and is older."""
    url = "https://one.example/page"
    (first,) = held(a, [said_by("Ann Roe", WORDS, url=url, published="2024-05-03")])
    (older,) = held(a, [said_by("Ann Roe", "Two fled", url=url, published="2024-05-01")])
    assert int(older[1:]) > int(first[1:])
    assert partnered.family_of(a.ledger.whole, older).shown == first
    assert partnered.family_of(a.ledger.whole, first).shown == first


@pytest.mark.usefixtures("b")
def test_what_is_told_by_itself_is_noted_as_what_left(a: House) -> None:
    """A correction that goes out with the next look is in the list of what left."""
    (report,) = held(a, [said_by("Ann Roe", WORDS)])
    a.share("South", report)
    (claim,) = [c.claim for c in a.ledger.claims().rows]
    a.ledger.judge("correct", claim, by="ed", reason="x", field="certainty", new="confirmed")
    settle(a.ledger, a.partner("South"))
    rows = a.ledger.export_list().rows
    assert [(row.by, row.reports) for row in rows] == [("sayso", (report,)), ("ann", (report,))]
    settle(a.ledger, a.partner("South"))
    assert len(a.ledger.export_list().rows) == 2


@pytest.mark.usefixtures("b")
def test_a_source_that_is_erased_is_kept_for_no_partner(a: House) -> None:
    """Neither the id under which it went, nor that it was to be compared."""
    (report, _) = held(
        a, [said_by("Quillon Ravenscourt", WORDS), said_by("Ann Roe", "Nine", url=None)]
    )
    own = id_for(a.ledger, a.partner("South"), KEY)
    id_for(a.ledger, a.partner("South"), "ann roe|person|")
    agree(a.ledger, a.partner("South"), KEY, "source-1")
    a.ledger.erase(report, by="ed", why="asked for")
    assert "ravenscourt" not in repr(a.ledger.kept("compared"))
    (ids,) = a.ledger.kept("compared", f"{IDS}-{a.partner('South').id}")
    assert own not in ids.value
    assert list(ids.value.values()) == ["ann roe|person|"]


def test_a_number_costs_no_look_at_all_that_came_before(
    a: House, b: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what was sent and taken, the rows behind the number are read."""
    reports = held(a, [said_by(f"Ann R{n}oe", WORDS, url=None) for n in range(30)])
    send(a.ledger, a.partner("South"), reports, by="ann")
    b.takes(a.bundle("South"))
    (more,) = held(a, [said_by("Bo Finch", "Nine fled from Goma", url=None)])
    send(a.ledger, a.partner("South"), [more], by="ann")
    read = []

    def count(*args: Any, **named: Any) -> Any:
        found = partnered.row_after(*args, **named)
        read.append(len(found))
        return found

    monkeypatch.setattr(inbox, "row_after", count)
    monkeypatch.setattr(outbox, "row_after", count)
    assert b.takes(a.bundle("South", 30)) == ["report"]
    assert sum(read) <= 2
