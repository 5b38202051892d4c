"""Chances by signs: logistic regression over yes-or-no signs, its weights held as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from training.logistic import fit_signs

Weights = dict[str, float]
_SEEN = 10  # times a sign must be seen to weigh
_RIDGE = 8.0
_BASE_RIDGE = 0.01  # what is never right would have no weight else
_LEAST = 0.02  # what weighs less is left out


def chance(weights: Weights, signs: Iterable[str]) -> float:
    """How likely something with these signs is one of those that the weights were fitted to."""
    total = weights[""] + sum(weights.get(s, 0.0) for s in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def fit(found: Sequence[set[str]], labels: Sequence[bool]) -> Weights:
    """The weights by which signs tell the labels; the base stands under ""."""
    made = fit_signs(found, labels, ridge=_RIDGE, seen=_SEEN, base_ridge=_BASE_RIDGE)
    weights = {name: round(weight, 2) for name, weight in made.items()}
    return {n: w for n, w in weights.items() if not n or abs(w) > _LEAST}
