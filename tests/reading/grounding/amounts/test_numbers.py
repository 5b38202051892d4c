"""Numbers as digits and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.grounding.amounts.find import parse_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-three", 23), ("two dozen", 24), ("half a million", 500_000),
        ("1.2 million", 1_200_000), ("three-and-a-half million", 3_500_000),
        ("5.7  million", 5_700_000), ("a hundred", 100), ("10k", 10_000), ("12,000", 12_000),
        ("12.000", 12_000), ("1.500", 1.5), ("two lakh", 200_000), ("1,20,000", 120_000),
        ("two hundred and twelve thousand", 212_000), ("a quarter of a million", 250_000),
        ("a million and a half", 1_500_000), ("half a dozen", 6), ("3bn", 3_000_000_000),
        ("three crore", 30_000_000), ("a third", 1 / 3), ("two thirds", 2 / 3), ("half", 0.5),
        ("one hundred thousand", 100_000), ("zero", 0),
    ],
)  # fmt: skip
def test_a_number_is_read_in_words_and_digits(words: str, value: float) -> None:
    """Each way of writing a number gives its value."""
    assert parse_number(words) == pytest.approx(value)


@pytest.mark.parametrize(
    "words", ["", "a", "and", "soldier", "five six", "1,2", "dozens", "9" * 60]
)
def test_what_is_no_number_is_none(words: str) -> None:
    """Words that make no number have no value, and neither has a row of sixty digits."""
    assert parse_number(words) is None


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def _spell(n: int) -> str:
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" and {_spell(n % 100)}" if n % 100 else "")
    return f"{_spell(n // 1000)} thousand" + (f" {_spell(n % 1000)}" if n % 1000 else "")


@given(st.integers(0, 999_999))
def test_spelled_numbers_are_read_back(n: int) -> None:
    """Whatever the number, spelling it and reading it gives the same; so do grouped digits."""
    assert parse_number(_spell(n)) == n
    assert parse_number(f"{n:,}") == n


@given(st.text(max_size=60))
def test_any_words_are_read(words: str) -> None:
    """No text breaks the reading."""
    value = parse_number(words)
    assert value is None or value >= 0
