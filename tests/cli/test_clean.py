"""Text from outside is shown, never obeyed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.clean import clean_line, name_odd


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("pay\u202egnp.exe", "pay<U+202E>gnp.exe"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\x00b\x7f", "a␀b␡"),
        ("one\r\ntwo\tthree", "one  two three"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("\U000e0041hidden", "<U+E0041>hidden"),
        ("łódź — “plain” 你好", "łódź — “plain” 你好"),
    ],
)
def test_acting_characters_are_made_visible(text: str, shown: str) -> None:
    """An escape sequence or an override stands there as a sign, and plain text as it was."""
    assert clean_line(text) == shown


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    """Whatever comes in, no control, no bidirectional mark, no separator, no surrogate goes out."""
    for char in clean_line(text):
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(char) not in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        )  # fmt: skip


def test_an_odd_character_has_a_name() -> None:
    """What is shown in its place can be looked up."""
    assert name_odd("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert name_odd("\x1b") == "U+001B control"
