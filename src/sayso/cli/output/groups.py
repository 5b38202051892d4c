"""Claims grouped by what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.record import Event
from sayso.record.view import ClaimView
from sayso.record.words import place_words, when_words


def by_event(views: Iterable[ClaimView]) -> Iterator[tuple[Event | None, list[ClaimView]]]:
    """Claims under their first event, events alike in type, time and place taken together.

    In the order in which the report comes to them; claims of no event last.
    """
    groups: dict[tuple[str, ...], tuple[Event | None, list[ClaimView]]] = {}
    for view in views:
        first = view.events[0] if view.events else None
        groups.setdefault(_key(first), (first, []))[1].append(view)
    yield from sorted(groups.values(), key=lambda group: group[0] is None)


def _key(event: Event | None) -> tuple[str, ...]:
    if event is None:
        return ()
    return (event.type, when_words(event.time), place_words(event.place))
