"""How far a finding is to be trusted as read: a chance, measured on marked text, not a feeling.

What bears on it are signs, each there or not; `lexicon/scores.toml` holds for each kind of finding
how much a sign weighs, and under "" what one without signs has (`training/build_scores.py`).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from typing import Literal

from sayso.lexicon.load import load_table

Kind = Literal["events", "times", "places"]


@functools.cache
def load_weights(kind: Kind) -> dict[str, float]:
    """The weights of a kind of finding, by sign."""
    return {str(sign): float(weight) for sign, weight in load_table("scores")[kind].items()}


def rate(kind: Kind, signs: Iterable[str]) -> float:
    """The chance that a finding with these signs is right; signs of no weight do not matter."""
    weights = load_weights(kind)
    total = weights[""]
    for sign in signs:
        total += weights.get(sign, 0.0)
    return round(1 / (1 + math.exp(-total)), 2)
