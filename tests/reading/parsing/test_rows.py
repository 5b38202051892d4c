"""Rows worked out once, products that no neighbour changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.parsing import rows
from sayso.reading.parsing.rows import Rows, multiply
from sayso.reading.parsing.threads import one_thread


@given(st.lists(st.integers(0, 30), max_size=60))
def test_each_key_has_its_row_and_is_worked_out_once(keys: list[int]) -> None:
    """Rows come in the order of the keys, and a key met before is not made again."""
    made: list[int] = []
    table = Rows(2, np.float32)

    def make(places: list[int]) -> np.ndarray:
        made.extend(keys[i] for i in places)
        return np.array([[keys[i], -keys[i]] for i in places], dtype=np.float32)

    for _ in range(2):
        assert table.take(keys, make)[:, 0].tolist() == keys
    assert sorted(made) == sorted(set(keys))


def test_rows_stay_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many words are held they are dropped, and those wanted are still right."""
    monkeypatch.setattr(rows, "MOST", 10)
    table = Rows(1, np.float32)
    for start in range(0, 200, 4):
        keys = list(range(start, start + 8))
        found = table.take(keys, lambda at, k=keys: np.array([[k[i]] for i in at], dtype="f"))
        assert found[:, 0].tolist() == keys
    assert len(table._places) <= 10


@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("count", [1, 2, 5, 31, 32, 33, 70, 300])
def test_a_row_of_a_product_is_the_same_alone(
    *, count: int, alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last bit, however many rows are multiplied together, on any processor's BLAS."""
    numbers = np.random.default_rng(1).standard_normal((300, 288), dtype=np.float32)
    weights = np.random.default_rng(2).standard_normal((288, 96), dtype=np.float32)
    with one_thread():
        if alike and not rows.rounds_alike():
            pytest.skip("this processor's BLAS rounds rows by where they stand")
        monkeypatch.setattr(rows, "rounds_alike", lambda: alike)
        few, all_ = multiply(numbers[:count], weights), multiply(numbers, weights)
    assert np.array_equal(few, all_[:count])
    assert np.allclose(few, numbers[:count] @ weights, atol=1e-3)
