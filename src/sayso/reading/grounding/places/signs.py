"""Whether a name is a place's, weighed: the rules' verdict beside all that stands around the name.

`lexicon/places_signs.toml` holds the weights of a logistic rule, one for each sign, made by
`training/build_places.py` from marked texts. A rule of evidence.py is one sign among others:
it may be wrong where all else speaks against it.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sayso.lexicon.load import load_table
from sayso.reading.grounding.places.words import (
    ASSAULTS,
    BODIES,
    COMMON,
    DIRECTIONS,
    LEVELS,
    OTHERS,
    PEOPLE,
    PLACE_PREPOSITIONS,
    PLACE_VERBS,
    PREPOSITIONS,
    ROADS,
    SITES,
    TITLES,
)

if TYPE_CHECKING:
    from sayso.reading.grounding.places.found import Mention, Words

_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("in", PLACE_PREPOSITIONS), ("prep", PREPOSITIONS), ("title", TITLES),
    ("direction", DIRECTIONS), ("other", OTHERS), ("body", BODIES), ("level", frozenset(LEVELS)),
    ("site", SITES), ("people", PEOPLE),
)  # fmt: skip
_MARKS = frozenset({",", ".", "(", ")", "-", "--", "–", "—", ":", ";", '"', "'", "/", "&", "'s"})
_PLAIN = frozenset({"the", "a", "of", "and", "for", "who", "said", "was", "is", "has", "had"})


class Around:
    """What a report says of all its names: which are sure places, where those lie."""

    def __init__(self, names: Sequence[Mention], verdicts: Sequence[str]) -> None:
        self.times = Counter(m.name.casefold() for m in names)
        sure = [m for m, v in zip(names, verdicts, strict=True) if v == "sure"]
        self.sure = Counter(m.name.casefold() for m in sure)
        self.other = Counter(
            m.name.casefold() for m, v in zip(names, verdicts, strict=True) if v == "other"
        )
        self.regions = {e.admin1 or e.number for m in sure for e in m.entries[:2] if e.country}
        self.countries = Counter(m.entries[0].country for m in sure if m.entries)


def signs_of(
    words: Words, mention: Mention, verdict: str, rule: str, around: Around, *, held: bool
) -> Iterator[str]:
    """The names of what bears on whether a mention is a place's."""
    first, last = mention.first, mention.last
    kind = words.types[first] or "none"
    before = "in" if _leads_to_place(words, first - 1) else _class_of(words, first - 1)
    after = _class_of(words, last + 1)
    yield f"rule {rule} {verdict}"
    yield f"type {kind}"
    yield f"before {before}"
    yield f"after {after}"
    yield f"type {kind} before {before}"
    yield f"type {kind} after {after}"
    yield f"verdict {verdict} after {after}"
    yield f"verdict {verdict} type {kind}"
    yield f"verdict {verdict} before {before}"
    if words.goes_on[first]:
        yield f"inside {kind}"
    if words.goes_on[last + 1 : last + 2] == [True]:
        yield f"goes on {kind}"
    yield f"tag {words.tags[first]}"
    yield f"words {min(last - first + 1, 3)}"
    yield from _of_entries(mention, around)
    name = mention.name.casefold()
    if mention.name.isupper():
        yield "capitals"
    if words.opens[first]:
        yield "opens"
    if name in COMMON:
        yield "common"
    if held:
        yield "held"
    if mention.level:
        yield f"level {mention.level}"
    yield f"sure elsewhere {min(around.sure[name] - (verdict == 'sure'), 2)}"
    yield f"other elsewhere {min(around.other[name] - (verdict == 'other'), 2)}"
    yield f"times {min(around.times[name], 3)}"


def _of_entries(mention: Mention, around: Around) -> Iterator[str]:
    if not mention.entries:
        yield "unlisted loose" if mention.is_loose else "unlisted"
        return
    top = mention.entries[0]
    yield f"kind {top.kind}"
    people = max(e.population for e in mention.entries)
    yield f"size {int(math.log10(people)) if people > 9 else 0} {top.kind}"
    yield f"namesakes {min(int(math.log2(len(mention.entries))), 5)}"
    if any((e.admin1 or e.number) in around.regions for e in mention.entries):
        yield "near"
    elif any(around.countries[e.country] for e in mention.entries):
        yield "same country"


def _leads_to_place(words: Words, at: int) -> bool:
    """True for what tells as much as "in Gao".

    "Shelled Gao", "the shelling of Gao", "west of Gao", "20 km from Gao", "the road to Gao".
    """
    low, before = words.lower(at), words.lower(at - 1)
    if low in {"of", "on"}:
        hit = before in ASSAULTS or before.removesuffix("s") in ASSAULTS
        return hit or (low == "of" and before in DIRECTIONS)
    far = low == "from" and at > 0 and words.types[at - 1] == "QUANTITY"
    return far or low in PLACE_VERBS or (low in {"to", "from"} and before in ROADS)


def _class_of(words: Words, at: int) -> str:
    """What the word beside a name is."""
    if not 0 <= at < len(words):
        return "edge"
    low = words.lower(at)
    if low in _MARKS:
        return low
    big = words.is_name(at)
    for name, members in _CLASSES:
        if low.rstrip(".") in members or low in members:
            return f"{name} big" if big else name
    if low in _PLAIN:
        return low
    if words.opens[at]:
        return "open"
    if big:
        return f"name {words.types[at]}"
    return words.tags[at]


@functools.cache
def _weights() -> dict[str, float]:
    return {
        str(name): float(weight) for name, weight in load_table("places_signs")["signs"].items()
    }


def weigh(signs: Iterable[str]) -> float:
    """The chance that a name with these signs is a place's."""
    weights = _weights()
    total = sum(weights.get(sign, 0.0) for sign in {"all", *signs})
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
