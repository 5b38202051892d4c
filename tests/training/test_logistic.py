"""The one fit behind every table of weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.logistic import fit, fit_signs


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 200), st.sampled_from([0.1, 1.0, 8.0]))
def test_no_step_makes_it_better(seed: int, rows: int, ridge: float) -> None:
    """At the weights the slope of the penalised loss is nothing, whatever the rows."""
    rng = np.random.default_rng(seed)
    table = np.c_[np.ones(rows), rng.normal(size=(rows, 3))]
    right = (table[:, 1] - table[:, 2] + rng.normal(size=rows) > 0).astype(float)
    right[:2] = [0, 1]
    drawn = np.array([0.01, ridge, ridge, ridge])
    weights = fit(table, right, drawn)
    slope = table.T @ (right - 1 / (1 + np.exp(-table @ weights))) - drawn * weights
    assert np.abs(slope).max() < 1e-6


def test_the_base_is_the_share_that_is_right() -> None:
    """A base alone, not drawn to nothing, says how many are right: one in four is log 1/3."""
    right = np.array([1.0, 0, 0, 0] * 10)
    assert fit(np.ones((40, 1)), right, 0.0)[0] == pytest.approx(np.log(1 / 3))


def test_a_ridge_draws_weights_towards_nothing() -> None:
    """What is told apart without fail keeps a finite weight, smaller under a stronger ridge."""
    table = np.repeat([[1.0, 0.0], [1.0, 1.0]], 20, axis=0)
    right = table[:, 1]
    loose, tight = (abs(fit(table, right, [0.0, r])[1]) for r in (0.1, 10.0))
    assert 0 < tight < loose < 30


def test_what_is_always_right_breaks_nothing() -> None:
    """Rows that are all right give a high base and no error."""
    assert 10 < fit(np.ones((5, 1)), np.ones(5), 0.0)[0] < 100


def test_signs_weigh_as_they_tell_and_rare_ones_not_at_all() -> None:
    """A sign of what is right weighs up, one of what is wrong down, one seen too seldom never."""
    found = [{"good"}, {"bad"}, {"good", "bad"}, set(), {"good"}, {"bad", "once"}] * 4
    found[5:] = [signs - {"once"} for signs in found[5:]]
    right = ["good" in signs for signs in found]
    weights = fit_signs(found, right, ridge=1.0, seen=2)
    assert set(weights) == {"", "good", "bad"}
    assert weights["good"] > 1
    assert weights["bad"] < 0
