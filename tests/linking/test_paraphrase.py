from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.paraphrase import features, is_same, score_same

ONE = "The court in Lima sentenced the former minister to six years in prison on Friday."


@pytest.mark.parametrize(
    "other",
    [
        ONE,
        "On Friday the court in Lima sentenced the former minister to six years in prison.",
        "The former minister was sentenced to six years in prison by the court in Lima on Friday.",
    ],
)
def test_the_same_claim_in_other_words(other: str) -> None:
    """Another order and the passive leave the claim what it is."""
    assert is_same(ONE, other)


@pytest.mark.parametrize(
    "other",
    [
        "A storm tore the roof from a school on the coast of Peru during the night.",
        "The former minister owned four houses in Lima, two of which he sold before the trial.",
    ],
)
def test_another_claim(other: str) -> None:
    """What shares a place or a person only is another claim."""
    assert not is_same(ONE, other)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts(a: str, b: str) -> None:
    """Any texts have a score in 0..1, the same when they are turned round."""
    assert 0 <= score_same(a, b) <= 1
    assert features(a, b) == features(b, a)
