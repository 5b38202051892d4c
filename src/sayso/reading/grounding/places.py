"""Places: where the words of a report say that something is."""

from __future__ import annotations

from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.parse import Parse
from sayso.record import Place, Span, When


def read_places(
    parse: Parse, gazetteer: Gazetteer, *, published: When | None = None
) -> list[Place]:
    """The mentions of places in a report, in order, each resolved; spans are of the flow."""
    return []


def stated_unknown(span: Span) -> Place:
    """The place of which the text says that it is not known."""
    return Place(span, None, None, None, None, None, None, "stated_unknown")
