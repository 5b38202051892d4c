"""The network in numpy does what the formulas say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.attribution.learned.net import CHUNK, CONTEXT, Lstm, Words, chunks_of, softmax


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def _plain(rows: np.ndarray, w: dict[str, np.ndarray], side: str) -> np.ndarray:
    """One direction of an LSTM for one row, gate by gate, as the textbooks have it."""
    size = w[f"x.weight_hh_l0{side}"].shape[1]
    state = cell = np.zeros(size)
    out = []
    for row in rows:
        gates = w[f"x.weight_ih_l0{side}"] @ row + w[f"x.weight_hh_l0{side}"] @ state
        gates += w[f"x.bias_ih_l0{side}"] + w[f"x.bias_hh_l0{side}"]
        enter, forget, new, leave = np.split(gates, 4)
        cell = _sigmoid(forget) * cell + _sigmoid(enter) * np.tanh(new)
        state = _sigmoid(leave) * np.tanh(cell)
        out.append(state)
    return np.array(out)


def test_the_lstm_is_the_textbook_s() -> None:
    """Both directions of every row equal a plain step-by-step LSTM with torch's gate order."""
    dice = np.random.default_rng(5)
    shapes = {"weight_ih": (12, 4), "weight_hh": (12, 3), "bias_ih": (12,), "bias_hh": (12,)}
    weights = {
        f"x.{name}_l0{side}": dice.normal(size=shape).astype(np.float32)
        for name, shape in shapes.items()
        for side in ("", "_reverse")
    }
    rows = dice.normal(size=(2, 7, 4)).astype(np.float32)
    got = Lstm(weights, "x")(rows.reshape(14, 4), np.arange(14).reshape(2, 7))
    for row, out in zip(rows, got, strict=True):
        there, back = _plain(row, weights, ""), _plain(row[::-1], weights, "_reverse")[::-1]
        assert out == pytest.approx(np.concatenate([there, back], axis=1), abs=1e-5)


def test_a_place_beyond_the_text_reads_zeros() -> None:
    """Padding is a row of zeros, and changes what comes after it as zeros do."""
    dice = np.random.default_rng(6)
    weights = {
        f"x.{name}_l0{side}": dice.normal(size=shape).astype(np.float32)
        for name, shape in {
            "weight_ih": (8, 3), "weight_hh": (8, 2), "bias_ih": (8,), "bias_hh": (8,)
        }.items()
        for side in ("", "_reverse")
    }  # fmt: skip
    rows = dice.normal(size=(2, 3)).astype(np.float32)
    zeros = np.concatenate([rows, np.zeros((1, 3), dtype=np.float32)])
    lstm = Lstm(weights, "x")
    assert lstm(rows, np.array([[-1, 0, 1]])) == pytest.approx(lstm(zeros, np.array([[2, 0, 1]])))


@given(st.integers(1, 1000))
def test_each_token_is_encoded_once(length: int) -> None:
    """The chunks' cores hold every token of a text once, in order, with what stands around them."""
    chunks = chunks_of(length)
    cores = chunks[:, CONTEXT:-CONTEXT].ravel()
    assert cores[cores >= 0].tolist() == list(range(length))
    assert chunks.shape[1] == CHUNK + 2 * CONTEXT
    assert chunks.max() < length


def test_a_word_out_of_the_table_has_no_vector() -> None:
    """Known words get their row, others the empty one, whatever the upper half of the hash."""
    table = np.array([[0, 0], [10, -20]], dtype=np.int8)
    scale = np.array([0.5, 0.1], dtype=np.float32)
    words = Words(np.array([7], dtype=np.uint32), np.array([1], dtype=np.uint16), table, scale)
    got = words.vectors(np.array([7 + (3 << 32), 8], dtype=np.uint64))
    assert got == pytest.approx(np.array([[5.0, -2.0], [0.0, 0.0]]))


def test_chances_sum_to_one_even_for_huge_scores() -> None:
    """No overflow: a score of 1000 is certain, not an error."""
    got = softmax(np.array([[1000.0, 0.0], [0.0, 0.0]], dtype=np.float32))
    assert got == pytest.approx(np.array([[1.0, 0.0], [0.5, 0.5]]))
