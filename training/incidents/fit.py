"""A logistic model fitted to pairs, with the signs that people expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from training import logistic

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


def fit_signed(
    x: NDArray[np.float64], y: NDArray[np.float64], names: Sequence[str]
) -> tuple[float, dict[str, float]]:
    """The bias and a weight a feature, 0 for those left out."""
    kept = list(range(len(names)))
    while True:
        table = np.c_[np.ones(len(x)), x[:, kept]]
        bias, *weights = logistic.fit(table, y, [0.0] + [_RIDGE] * len(kept))
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
