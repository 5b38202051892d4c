"""Bylines and credit lines: who is named, and what only looks like a name."""

from __future__ import annotations

import pytest

from sayso.page.html.dates import dates_in, is_clock
from sayso.page.html.names import is_byline, is_credit_line, is_names_only, names_in


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Roe", ("Ann Roe",)),
        ("By Ann Roe in Kyiv and Jo van Dam in Seoul", ("Ann Roe", "Jo van Dam")),
        ("Ann Roe, Defence Editor", ("Ann Roe",)),
        ("By Idriss K.", ("Idriss K.",)),
        ("Ann Roe | Reuters", ("Ann Roe", "Reuters")),
        ("By Ann Roe | SUMY, Ukraine | December 27, 2024", ("Ann Roe",)),
        ("By Ann Roe | Jo van Dam | 3 May 2024", ("Ann Roe", "Jo van Dam")),
    ],
)
def test_names_as_printed(line: str, names: tuple[str, ...]) -> None:
    """Names without "By", place and post."""
    assert names_in(line) == names


def test_bylines_are_not_sentences() -> None:
    """A lone agency is a byline; "By Friday the town had fallen" opens a sentence."""
    assert is_byline("By Ann Roe")
    assert is_byline("Reuters")
    assert not is_byline("By morning the governor said that the town was lost.")
    assert is_names_only("Nino Abash in Tbilisi and Tom Arkwright in Yerevan")


def test_credit_lines() -> None:
    """A sign-off credits the text, a slash the picture, a sentence nobody."""
    assert is_credit_line("(With inputs from PTI)", in_caption=False)
    assert is_credit_line("— AFP", in_caption=False)
    assert is_credit_line("REUTERS/Ann Roe", in_caption=True)
    assert not is_credit_line("Reuters said that the line was cut.", in_caption=False)


def test_dates_in_a_line() -> None:
    """Two dates in a line are both found; a sentence that holds a date is no date line."""
    assert len(dates_in("Posted : Dec. 27, 2024 - 08:10 Updated : Dec. 27, 2024 - 17:45")) == 2
    assert dates_in("On 27 December 2024 the army said that it had left") == []
    assert is_clock("2 hours ago")
    assert not is_clock("15:02 was the time of the blast")
