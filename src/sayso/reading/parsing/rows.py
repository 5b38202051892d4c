"""Rows of numbers that are worked out once for each word, and products that no neighbour changes.

Words recur: what a network computes of a word alone is looked up the second time.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from sayso.reading.parsing.threads import one_thread

Floats = npt.NDArray[np.float32]
Number = TypeVar("Number", bound=np.generic)
MOST = 40_000  # words held; at 96 numbers a word, 15 MB
FEWEST = 32  # rows of a product
TILE = 8  # rows of a product, where rows of larger ones do not round alike
BLOCK = 256


class Rows(Generic[Number]):
    """A row of `width` numbers for each key; the held ones are dropped when there are too many."""

    def __init__(self, width: int, number: type[Number]) -> None:
        self._places: dict[int, int] = {}
        self._table = np.zeros((1024, width), dtype=number)

    def take(
        self, keys: Sequence[int], make: Callable[[list[int]], npt.NDArray[Number]]
    ) -> npt.NDArray[Number]:
        """The rows of the keys; `make` gives those at some places of `keys`, when first met."""
        places = self._places
        new = [i for i, key in enumerate(keys) if key not in places]
        if new:
            if len(places) + len(new) > MOST:
                places.clear()
            first = {key: i for i, key in enumerate(keys) if key not in places}
            self._add(list(first), make(list(first.values())))
        return self._table[[places[key] for key in keys]]

    def _add(self, keys: list[int], rows: npt.NDArray[Number]) -> None:
        start = len(self._places)
        stop = start + len(keys)
        if stop > len(self._table):
            wider = np.zeros((max(stop, 2 * start), rows.shape[1]), dtype=self._table.dtype)
            wider[:start] = self._table[:start]
            self._table = wider
        self._table[start:stop] = rows
        self._places.update(zip(keys, range(start, stop), strict=True))


def whole_tiles(weights: Floats) -> Floats:
    """Weights with columns of zeros up to a multiple of 16, for `multiply`.

    BLAS takes columns in tiles, and rounds an edge of fewer otherwise for few rows than for many.
    """
    beside = [(0, 0)] * (weights.ndim - 1)
    return np.ascontiguousarray(np.pad(weights, [*beside, (0, -weights.shape[-1] % 16)]))


@functools.cache
def rounds_alike() -> bool:
    """Whether this machine's BLAS rounds a row alike wherever it stands among many.

    It does on processors with AVX-512. Where it has AVX2 alone, OpenBLAS takes rows by twelves, the
    two halves of which round differently, and what is left over by fours. Asked once, of the BLAS
    that is there.
    """
    rng = np.random.default_rng(1)
    weights = rng.standard_normal((288, 96), dtype=np.float32)
    rows = np.repeat(rng.standard_normal((1, 288), dtype=np.float32), BLOCK, axis=0)
    counts = (FEWEST, FEWEST + 1, FEWEST + 6, 2 * FEWEST + 6, BLOCK)
    with one_thread():
        first = (rows[:FEWEST] @ weights)[0]
        return all(bool((rows[:count] @ weights == first).all()) for count in counts)


def whole(count: int, fewest: int = FEWEST) -> int:
    """To how many rows `count` must be filled up; `fewest` at least, where they round alike."""
    return max(count, fewest) if rounds_alike() else -(-count // TILE) * TILE


def by_tiles(rows: Floats) -> Floats:
    """(…, `whole` rows, width), seen as what is multiplied at once: all, or (…, tiles, 8, width).

    Eight rows are two fours, which round alike; they cost half as much again as one large product.
    """
    if rounds_alike():
        return rows
    return rows.reshape(*rows.shape[:-2], -1, TILE, rows.shape[-1])


def multiply(
    rows: Floats, weights: Floats, bias: Floats | None = None, out: Floats | None = None
) -> Floats:
    """The matrix product; a row's numbers do not depend, in any bit, on how many rows there are.

    BLAS takes other paths for a few rows, which round otherwise; so a report read alone would
    differ in its last bits from the same report read among others. Many rows go in blocks, so that
    `bias` is added while they are in the processor's cache.
    """
    count = len(rows)
    if out is None:
        out = np.empty((count, weights.shape[1]), dtype=np.float32)
    start = 0
    while start < count:
        stop = start + BLOCK if start + BLOCK + FEWEST <= count else count
        part, given = out[start:stop], rows[start:stop]
        filled = whole(stop - start)
        if filled > stop - start:
            padded = np.zeros((filled, rows.shape[1]), dtype=np.float32)
            padded[: stop - start] = given
            product = by_tiles(padded) @ weights
            part[:] = product.reshape(filled, -1)[: stop - start]
        else:
            np.matmul(by_tiles(given), weights, out=by_tiles(part))
        if bias is not None:
            part += bias
        start = stop
    return out
