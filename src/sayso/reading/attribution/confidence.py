"""How far an act of saying is to be trusted as read: a chance, measured, not a feeling.

`lexicon/confidence.toml` holds the weights of a logistic rule: one for each rule of ours, one for
each sign that a reading often goes wrong by. It is made by `training/build_confidence.py` from
marked texts; there the chance is that the source is exact and the content mostly right.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.lexicon.load import load_table

if TYPE_CHECKING:
    from sayso.reading.attribution.hops import Hop

_FAR = 5  # words between source and cue
_SHORT = 60  # characters of content
_LONG = 3  # words of a source
_LOOSE = frozenset({"conj", "relcl", "ccomp", "xcomp", "pcomp", "acl", "advcl", "dep"})
_BELIEFS = frozenset(
    {"believe", "think", "know", "feel", "hope", "want", "expect", "fear", "doubt"}
)


@functools.cache
def _weights() -> dict[str, float]:
    table = load_table("confidence")
    rules = {f"rule {name}": float(weight) for name, weight in table["rules"].items()}
    return {**rules, **{name: float(weight) for name, weight in table["signs"].items()}}


def signs_of(hop: Hop) -> Iterator[str]:
    """The names of what bears on whether a hop is read right."""
    yield f"rule {hop.rule}"
    if hop.inherited:
        yield "inherited"
    if not hop.source:
        yield "no source"
    elif min(abs(s.i - c.i) for s in hop.source for c in hop.cue) >= _FAR:
        yield "far"
    if len(hop.source) >= _LONG:
        yield "long source"
    if hop.size < _SHORT:
        yield "short content"
    if len(hop.content) > 1:
        yield "in pieces"
    if hop.verb.dep_ in _LOOSE:
        yield "not the main clause"
    if hop.verb.lemma_.lower() in _BELIEFS:
        yield "belief"


def rate_hops(hops: list[Hop]) -> None:
    """Sets the score of each hop, those of the rules that stand alone: nesting is not measured."""
    weights = _weights()
    for hop in hops:
        total = 0.0 if f"rule {hop.rule}" in weights else weights.get("rule other", 0.0)
        total += sum(weights.get(sign, 0.0) for sign in signs_of(hop))
        hop.score = round(1 / (1 + math.exp(-total)), 3)
