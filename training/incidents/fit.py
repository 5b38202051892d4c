"""A logistic model fitted to pairs, by Newton's method, with the signs that people expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


# A feature whose weight comes out with the other sign stands in for another one; it is left out,
# so that every weight shown beside a decision says what it seems to say.
FOR = frozenset({
    "words", "titles", "names shared", "names covered", "ages shared", "town shared",
    "region shared", "same day", "type", "core shared",
    "scene shared",
})  # fmt: skip
AGAINST = frozenset({
    "ages differ", "towns differ", "regions differ", "countries differ", "published apart",
    "days apart", "families differ", "furniture shared", "own passages", "one outlet",
    "attack days differ", "told before", "people apart", "scenes differ",
})  # fmt: skip
_RIDGE = 1.0
_STEPS = 40


def fit_signed(
    x: NDArray[np.float64], y: NDArray[np.float64], names: Sequence[str]
) -> tuple[float, dict[str, float]]:
    """The bias and a weight a feature, 0 for those left out."""
    kept = list(range(len(names)))
    while True:
        bias, *weights = newton(x[:, kept], y)
        wrong = [
            k
            for k, w in zip(kept, weights, strict=True)
            if (names[k] in FOR and w < 0) or (names[k] in AGAINST and w > 0)
        ]
        if not wrong:
            found = {names[k]: float(w) for k, w in zip(kept, weights, strict=True)}
            return float(bias), {name: found.get(name, 0.0) for name in names}
        by_weight = dict(zip(kept, weights, strict=True))
        kept.remove(max(wrong, key=lambda k: abs(by_weight[k]) * x[:, k].std()))


def newton(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bias and weights with the least ridge-penalised log loss."""
    rows = np.c_[np.ones(len(x)), x]
    ridge = _RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 1e-6
    beta = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        hessian = (rows * (p * (1 - p) + 1e-9)[:, None]).T @ rows + ridge
        step: NDArray[np.float64] = np.linalg.solve(hessian, rows.T @ (y - p) - ridge @ beta)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    return beta
