"""The published date of a report that gives none."""

from __future__ import annotations

import pytest

from sayso.reading.grounding.times.find import infer_published, read_times
from sayso.record import When


def _infer(text: str) -> tuple[When | None, list[str]]:
    return infer_published(text, read_times(text, None))


def test_a_weekday_and_a_day_leave_the_years_that_fit() -> None:
    """The day after a 26 December is a Friday in some years: they are listed, none is chosen."""
    published, (warning,) = _infer(
        "Police said Friday that a man who was shot on Dec. 26th had just died."
    )
    assert published is None
    assert warning == (
        "published date not given; Dec. 27 is a Friday in 2030, 2024, 2019, 2013, 2002"
    )


def test_the_speech_may_stand_behind_its_day() -> None:
    """The weekday of the saying counts wherever it stands in the sentence."""
    _, (warning,) = _infer("A man who was shot on March 3 has just died, police said Tuesday.")
    assert warning.startswith("published date not given; March 4 is a Tuesday in ")


def test_a_weekday_beside_its_day_is_a_constraint_too() -> None:
    """A mention that holds both ("Friday, Dec. 27") needs no act of saying."""
    _, (warning,) = _infer("Talks will end on Friday, Dec. 27.")
    assert "Dec. 27 is a Friday in 2030, 2024, 2019" in warning


def test_a_year_in_the_text_that_leaves_one_candidate_infers_it() -> None:
    """A day with its year leaves one; so do a past year and a coming one on both sides of it."""
    for text in (
        "Police said Friday that a man who was shot on Dec. 26, 2024 had just died.",
        "Talks end on Friday, Dec. 27. A law passed in 2022 will change by 2026.",
    ):
        published, warnings = _infer(text)
        assert published == When("2024-12-27", "2024-12-27", "day", "inferred")
        assert len(warnings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "He said Monday that rain fell on March 3.",
        "Police said Tuesday that just 3 people came on March 3.",
        "It rained on Friday.",
    ],
)
def test_without_a_tie_all_is_left_open(text: str) -> None:
    """A weekday that is bound to no day allows every year: nothing is listed."""
    assert _infer(text) == (
        None, ["published date not given; dates that depend on it are left open"],
    )  # fmt: skip


def test_days_that_fit_no_year_are_said() -> None:
    """Two days that never fit together are a warning, not a guess."""
    published, (warning,) = _infer("It opens Friday, Dec. 27. It closes Friday, Dec. 28.")
    assert published is None
    assert "no year" in warning


def test_a_text_without_open_dates_needs_no_warning() -> None:
    """Where every date is whole, nothing depends on the published one."""
    assert _infer("The dam broke on 3 May 2011.") == (None, [])
