"""Two lists of stretches of one text, matched by the characters that they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.record.span import Spans

HALF = 0.5  # of the characters of two claims that they share, from which on they are one


def share_of(a: Spans, b: Spans) -> float:
    """The characters that two stretches share, as a part of those of both together; 0 to 1."""
    return _share(_places(a), _places(b))


def match_by_words(
    a: Sequence[Spans], b: Sequence[Spans], least: float = HALF
) -> list[tuple[int, int]]:
    """Places in a and b of what is one: it shares `least` and something; the best fits first.

    Each is taken once; of equal fits the first in a, then in b.
    """
    mine, theirs = [_places(spans) for spans in a], [_places(spans) for spans in b]
    fits = sorted(
        ((-_share(x, y), i, j) for i, x in enumerate(mine) for j, y in enumerate(theirs)),
    )
    found: list[tuple[int, int]] = []
    left, free = set(range(len(a))), set(range(len(b)))
    for share, i, j in fits:
        if share == 0 or -share < least:
            break
        if i in left and j in free:
            left.discard(i)
            free.discard(j)
            found.append((i, j))
    return found


def _places(spans: Spans) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def _share(a: set[int], b: set[int]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0
