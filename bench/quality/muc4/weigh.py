"""Chances by signs: logistic regression over yes-or-no signs, its weights held as JSON."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

Weights = dict[str, float]
_SEEN = 10  # times a sign must be seen to weigh
_RIDGE = 8.0
_STEPS = 6
_LEAST = 0.02  # what weighs less is left out


def chance(weights: Weights, signs: Iterable[str]) -> float:
    """How likely something with these signs is one of those that the weights were fitted to."""
    total = weights[""] + sum(weights.get(s, 0.0) for s in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def fit(found: Sequence[set[str]], labels: Sequence[bool]) -> Weights:
    """The weights by which signs tell the labels, by Newton's steps with a ridge."""
    counts = Counter(s for signs in found for s in signs)
    names = sorted(s for s, n in counts.items() if n >= _SEEN)
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(found), len(names) + 1))
    table[:, -1] = 1
    for i, signs in enumerate(found):
        table[i, [place[s] for s in signs if s in place]] = 1
    ridge = np.full(len(names) + 1, _RIDGE)
    ridge[-1] = 0.01
    wanted = np.array(labels, dtype=float)
    fitted = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-np.clip(table @ fitted, -30, 30)))
        slope = table.T @ (wanted - told) - ridge * fitted
        bend = (table.T * (told * (1 - told))) @ table + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        fitted += step
        if np.abs(step).max() < 1e-3:
            break
    weights = {n: round(float(w), 2) for n, w in zip(names, fitted, strict=False)}
    return {"": round(float(fitted[-1]), 2)} | {n: w for n, w in weights.items() if abs(w) > _LEAST}
