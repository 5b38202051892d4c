"""How far times are to be trusted: by how they are named."""

from __future__ import annotations

import pytest

from sayso.reading.grounding.times.find import read_signed_times, read_times
from sayso.record import When

TODAY = When("2025-03-12", "2025-03-12", "day", "given")


@pytest.mark.parametrize(
    ("sure", "doubtful"),
    [
        ("The ferry sank on March 3, 2025.", "The ferry sank a week earlier."),
        ("The ferry sank yesterday.", "The ferry sank days after the storm."),
        ("The ferry sank on Tuesday.", "The ferry will sail by Tuesday."),
    ],
)
def test_what_needs_more_is_trusted_less(sure: str, doubtful: str) -> None:
    """A full date is surer than one that hangs on another, a past weekday than a coming one."""
    (high,), (low,) = read_times(sure, TODAY), read_times(doubtful, TODAY)
    assert high.score is not None
    assert low.score is not None
    assert 0 < low.score < high.score < 1


def test_the_signs_of_a_time_are_told_beside_it() -> None:
    """The recipe gets what the score was made of, with the times that everyone gets."""
    text = "Rescuers reached the ferry on March 3, 2025."
    ((time, signs),) = read_signed_times(text, TODAY)
    assert [time] == read_times(text, TODAY)
    assert {"full_date", "year", "grain day", "basis stated"} <= set(signs)
