"""What changed in incidents: since an entry, since an instant, and line by line."""

from __future__ import annotations

from collections.abc import Callable

from sayso.ledger import Ledger
from sayso.record import Reading


def test_changes_are_told_once_and_in_order(
    linked: Ledger, make_reading: Callable[..., Reading]
) -> None:
    """All since the start, nothing since the head, and then what came and what was before it."""
    linked.add([make_reading("Jane Roe", "The dam at Oda has burst")])
    (first,) = linked.incident_changes(0)
    assert first.before == {}
    assert first.after["origins"] == [1, 1]
    head = linked.head().entries
    assert linked.incident_changes(head) == []
    claim = linked.claims().rows[0].claim
    linked.judge("reject", claim, by="Ada", reason="a test")
    (second,) = linked.incident_changes(head)
    assert second.incident == first.incident
    assert second.before == first.after != second.after
    both = linked.incident_changes(0)
    assert [c.entry for c in both] == [second.entry]


def test_an_instant_and_a_history_tell_the_same(
    linked: Ledger, make_reading: Callable[..., Reading]
) -> None:
    """What changed since a moment is the newest line beside that of then; history has them all."""
    linked.add([make_reading("Jane Roe", "The dam at Oda has burst")])
    (row,) = linked.incidents()
    moment = linked.head().at
    assert linked.changes_since([row.incident], moment) == {}
    linked.judge("reject", linked.claims().rows[0].claim, by="Ada", reason="a test")
    change = linked.changes_since([row.incident], moment)[row.incident]
    newest, oldest = linked.incident_history([row.incident])
    assert (newest.before, newest.after) == (change.before, change.after)
    assert oldest.before == {}
    assert oldest.after == newest.before
    (then,) = linked.incident_history([row.incident], as_known_at=moment)
    assert then == oldest
    assert len(linked.incident_history([row.incident], most=1)) == 0
