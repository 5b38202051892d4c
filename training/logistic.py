"""Logistic regression by Newton's steps: few weights, quickly fitted, plain enough to be shipped.

One fit serves every table of weights that sayso ships or its bench keeps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 50  # far more than are ever needed: a handful, where the ridge holds the weights
_STILL = 1e-8
_FAR = 30.0  # log-odds beyond which a chance is 0 or 1


def fit(table: Floats, right: Floats, ridge: float | Sequence[float] | Floats) -> Floats:
    """A weight a column: the least log loss, with half the ridge times the squares of the weights.

    `ridge` is one number or one a column; a column of ones with a ridge of 0 is the base.
    """
    drawn = np.broadcast_to(np.asarray(ridge, dtype=float), table.shape[1:])
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -_FAR, _FAR)))
        slope = table.T @ (right - chance) - drawn * weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(drawn)
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < _STILL:
            break
    return weights


def fit_signs(
    found: Sequence[Collection[str]],
    right: Sequence[bool],
    *,
    ridge: float,
    seen: int,
    base_ridge: float = 0.0,
    free: str = "",
) -> dict[str, float]:
    """A weight for each sign that was seen at least `seen` times, and the base under "".

    A sign is there or it isn't. The base is what a thing without any sign has. Signs that begin
    with `free` are drawn no more than the base.
    """
    counts = Counter(sign for signs in found for sign in set(signs))
    names = sorted(sign for sign, n in counts.items() if n >= seen)
    at = {name: i for i, name in enumerate(names, start=1)}
    table = np.zeros((len(found), len(names) + 1))
    table[:, 0] = 1
    for row, signs in zip(table, found, strict=True):
        row[[at[sign] for sign in signs if sign in at]] = 1
    drawn = [base_ridge if free and name.startswith(free) else ridge for name in names]
    weights = fit(table, np.array(right, dtype=float), [base_ridge, *drawn])
    return dict(zip(["", *names], weights.tolist(), strict=True))
