"""Nothing tells when a report came, or went, that somebody may not see."""

from __future__ import annotations

from collections.abc import Callable

from sayso.ledger import Ledger
from sayso.record import Reading

Make = Callable[..., Reading]
WORDS = "Four soldiers were killed on 1 May 2024 in Sudzha"


def told(ledger: Ledger) -> object:
    """The incident as it is listed, with when it changed, and its history."""
    rows = ledger.incidents()
    return rows, ledger.incident_history([r.incident for r in rows])


def test_a_hidden_report_that_joins_changes_nothing_below(
    linked: Ledger, make_reading: Make
) -> None:
    """Neither the instant of the last change, nor an event; for the first and for later ones."""
    linked.add([make_reading("Ann Roe", WORDS, url="https://one.example/")])
    seen = linked.seen_by("amber")
    before, head = told(seen), linked.head().entries
    for n in range(3):
        more = make_reading(f"Bo Finch{n}", WORDS, url=f"https://two.example/{n}")
        linked.add([more], marking="red")
        assert told(seen) == before
        assert seen.incident_changes(head) == []
    assert len(linked.incidents()[0].handles) == 4
    assert [c.incident for c in linked.incident_changes(head)] == [linked.incidents()[0].incident]
    linked.add([make_reading("Cy Dell", WORDS, url="https://three.example/")])
    assert told(seen) != before
    (change,) = seen.incident_changes(head)
    assert (change.before["counted"], change.after["counted"]) == (1, 2)
    assert list(linked.verify()) == []


def test_the_reason_of_an_erasure_is_marked_as_its_report_was(
    linked: Ledger, make_reading: Make
) -> None:
    """Of a red report nobody below red reads in the log that it is gone, nor why."""
    (red,) = linked.add([make_reading("Ann Roe", WORDS)], marking="red")
    (green,) = linked.add([make_reading("Bo Li", WORDS, url="https://b.example/")], marking="green")
    linked.erase(red.report, by="ed", why="the source was in danger")
    linked.erase(green.report, by="ed", why="a publisher asked")
    assert "danger" in repr(linked.log(limit=100))
    assert "danger" not in repr(linked.seen_by("amber+strict").log(limit=100))
    assert "asked" in repr(linked.seen_by("green").log(limit=100))
    assert "asked" not in repr(linked.seen_by("clear").log(limit=100))
    assert list(linked.verify()) == []
