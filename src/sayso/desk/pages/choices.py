"""The values that a filter's list offers, from the lexicon and the nouns."""

from __future__ import annotations

import functools
from typing import get_args

from sayso.lexicon.events import load_events
from sayso.record.reading import Certainty, Counts


@functools.cache
def event_types() -> tuple[str, ...]:
    """The types of the event ontology."""
    return tuple(sorted(load_events().types))


def measures() -> tuple[str, ...]:
    """What a figure may count."""
    return get_args(Counts)


def certainties() -> tuple[str, ...]:
    """How sure a speaker may be."""
    return get_args(Certainty)
