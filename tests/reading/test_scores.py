"""Chances from signs: what the shipped table gives."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.scores import Kind, load_weights, rate

KINDS: tuple[Kind, ...] = ("events", "times", "places")


@pytest.mark.parametrize("kind", KINDS)
def test_signs_add_up_in_log_odds(kind: Kind) -> None:
    """A finding without signs has the base; each sign moves it by its weight."""
    weights = load_weights(kind)
    assert rate(kind, []) == round(1 / (1 + math.exp(-weights[""])), 2)
    worst, best = (min, max)  # by weight
    for choose, is_moved in ((worst, float.__lt__), (best, float.__gt__)):
        sign = choose((s for s in weights if s), key=lambda s: weights[s])
        assert is_moved(rate(kind, [sign]), rate(kind, []))


@given(st.sampled_from(KINDS), st.lists(st.text(max_size=9), max_size=20))
def test_a_score_is_a_chance_whatever_the_signs(kind: Kind, signs: list[str]) -> None:
    """Between 0 and 1, two decimals; signs that the table lacks change nothing."""
    score = rate(kind, signs)
    assert 0 <= score <= 1
    assert score == round(score, 2)
    known = [s for s in signs if s in load_weights(kind)]
    assert score == rate(kind, known)
