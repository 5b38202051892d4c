"""What tells how far a place is to be trusted: that the words name one, and that it is this one.

`Kyiv` alone says enough; `Springfield` has many namesakes and needs a state beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.reading.grounding.gazetteer import Entry
from sayso.reading.grounding.places.found import Mention

_STEPS = (0.6, 0.8, 0.9, 0.97, 0.99)  # of chances and shares
_MANY = 8


def signs_of(
    mention: Mention, entry: Entry | None, share: float, home: str | None, *, acts: bool
) -> Iterator[str]:
    """The names of what bears on whether a place is read right.

    `share` is that of `entry` among all that the name may mean, `home` the report's country.
    """
    yield f"name {_step(mention.chance)}"
    if mention.level is not None:
        yield f"level {mention.level}"
    if mention.within is not None:
        yield "held"
    if acts:
        yield "acts"
    if entry is None:
        yield "loose" if mention.is_loose else "unlisted"
        return
    yield f"share {_step(share)}"
    yield entry.kind
    if len(mention.entries) > _MANY:
        yield "many namesakes"
    if home is not None:
        yield "at home" if entry.country == home else "abroad"


def _step(chance: float) -> int:
    return sum(chance > step for step in _STEPS)
