"""The features of a pair in words: what speaks for one incident, and what against it."""

from __future__ import annotations

from collections.abc import Mapping

_LEAST = 0.1  # of log-odds: less says nothing

# What each feature of score.py says of a pair; the sign of what it added says for whom.
_SAYS: Mapping[str, str] = {
    "words": "alike in their words",
    "titles": "alike in their headlines",
    "names shared": "names in common",
    "names covered": "most of the shorter one's names stand in the other",
    "ages shared": "an age in common",
    "ages differ": "ages on both sides, none in common",
    "own passages": "what they share are their page's own words",
    "furniture shared": "what they share stands in many reports",
    "one outlet": "one outlet, which seldom tells of an incident twice",
    "town shared": "a town in common",
    "towns differ": "no town in common",
    "region shared": "a region in common",
    "regions differ": "no region in common",
    "countries differ": "no country in common",
    "scene shared": "put in the same town",
    "scenes differ": "put in different towns",
    "published apart": "published days apart",
    "same day": "on the same day",
    "days apart": "on days apart",
    "day unknown": "a day is not known",
    "type": "of the same type",
    "families differ": "of different kinds",
    "core shared": "the same sides did or underwent it",
    "attack days differ": "the attacks are put on different days",
    "told before": "one was published before the day of the other",
    "people apart": "the one counts many times more people",
    "one only planned": "one only tells of what is planned or feared",
    "no attack day shared": "no day of an attack in common",
    "attacked elsewhere": "each puts it in a town that the other does not name",
    "months apart": "months apart",
    "copied line": "nearly the same sentence",
}
# What is only less against it than the rest speaks for nothing: that no day is known.
_NEVER_FOR = frozenset({"day unknown", "published apart", "days apart", "one outlet"})


def grounds_of(features: Mapping[str, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for one incident and what against it, each in words, what weighs most first."""
    ordered = sorted(features.items(), key=lambda kv: (-abs(kv[1]), kv[0]))
    said = [(name, added) for name, added in ordered if abs(added) >= _LEAST]
    return (
        tuple(_SAYS.get(n, n) for n, added in said if added > 0 and n not in _NEVER_FOR),
        tuple(_SAYS.get(n, n) for n, added in said if added < 0),
    )
