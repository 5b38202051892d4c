"""Tables for people in windows of any width."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.output.sheet import NARROWEST, WIDEST, Sheet, find_window, print_table

HEAD = ("incident", "when", "where", "reports")
ROW = ("7f914fed2acc54ec", "23–29 Dec 2024", "the northern harbour of Odda", "1,204")
words = st.text("abc -é\x1b\u202e", max_size=40)


def printed(width: int, rows: list[tuple[str, ...]]) -> str:
    """A table in a window."""
    sheet = Sheet(width)
    print_table(sheet, HEAD, rows)
    return sheet.text()


def test_ids_and_numbers_stay_whole() -> None:
    """An id that is cut cannot be copied; words fold at blanks, numbers stand under each other."""
    assert printed(56, [ROW, ("a6ea19f09f0df884", "Aug 2023", "Tarn", "3")]) == (
        "incident          when            where          reports\n"
        "7f914fed2acc54ec  23–29 Dec 2024  the northern     1,204\n"
        "                                  harbour of\n"
        "                                  Odda\n"
        "a6ea19f09f0df884  Aug 2023        Tarn                 3\n"
    )


def test_a_narrow_window_has_a_line_a_value() -> None:
    """Where columns would be slivers; what is empty is left out."""
    assert printed(40, [(*ROW[:1], "", *ROW[2:])]) == (
        "7f914fed2acc54ec\n  where: the northern harbour of Odda\n  reports: 1,204\n"
    )


@given(st.lists(st.tuples(words, words, words, words), min_size=1, max_size=4),
       st.integers(NARROWEST, WIDEST))  # fmt: skip
def test_no_line_is_wider_than_the_window(rows: list[tuple[str, ...]], width: int) -> None:
    """Nor is any sign in it one that a terminal obeys."""
    text = printed(width, rows)
    assert max(map(len, text.splitlines())) <= width
    assert not {"\x1b", "\u202e"} & set(text)


@pytest.mark.parametrize(("columns", "width"), [("9", NARROWEST), ("80", 80), ("500", WIDEST)])
def test_a_page_is_as_wide_as_the_window(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    """Within what can be read."""
    monkeypatch.setenv("COLUMNS", columns)
    assert find_window().width == width


def test_colours_are_for_terminals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for pipes and files, nor where NO_COLOR is set."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not find_window().colour
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert find_window().colour
    assert not find_window(to_file=True).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not find_window().colour
