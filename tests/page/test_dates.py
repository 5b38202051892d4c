"""Publication dates as pages write them."""

from __future__ import annotations

import pytest

from sayso.page.dates import is_update, read_date, split_date


@pytest.mark.parametrize(
    ("words", "start", "precision"),
    [
        ("Thursday, January 24, 2019\u00a0", "2019-01-24", "day"),
        ("2024-12-27", "2024-12-27", "day"),
        ("Fri, 27 Dec 2024 10:15:00 +0000", "2024-12-27T10:15Z", "minute"),
        ("2024-12-27T23:30:00.5-0500", "2024-12-27T23:30-05:00", "minute"),
        ("Published: 27 December 2024 at 10:15 GMT", "2024-12-27T10:15Z", "minute"),
        ("Dec. 27, 2024, 3:15 PM ET", "2024-12-27T15:15", "minute"),
        ("December 27, 2024 Friday", "2024-12-27", "day"),
        ("Thu Sep 5 2013", "2013-09-05", "day"),
        ("4 FEB 90", "1990-02-04", "day"),
        ("27.12.2024 18:30", "2024-12-27T18:30", "minute"),
        ("27/12/2024", "2024-12-27", "day"),
        ("12/27/2024", "2024-12-27", "day"),
        ("2024-02", "2024-02-01", "month"),
        ("2024", "2024-01-01", "year"),
    ],
)
def test_dates_are_read(words: str, start: str, precision: str) -> None:
    """Each manner of writing gives its first day or minute, and how exact that is."""
    when = read_date(words)
    assert when is not None
    assert (when.start, when.precision, when.basis) == (start, precision, "found")


def test_an_interval_s_end_is_its_last_day() -> None:
    """A leap year's February ends on the 29th."""
    when = read_date("February 2024")
    assert when is not None
    assert when.end == "2024-02-29"


@pytest.mark.parametrize(
    "words",
    ["03/04/2024", "February 31, 2024", "Dec 27", "Friday", "12:30", "1999 people", "", "25:99",
     "2024-13-01", "1234", "0001-01-01", "0024-05-06", "0099/12/31", "27 December 2024 and more"],
)  # fmt: skip
def test_what_is_no_date_or_two_is_not_read(words: str) -> None:
    """A day that two readers take in two ways, half a date, a number: none is a date."""
    assert read_date(words) is None


def test_the_callers_date_keeps_its_basis() -> None:
    """A date that the caller gives is `given`."""
    when = read_date("2024-12-27", "given")
    assert when is not None
    assert when.basis == "given"


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("Volga Chronicle | 27 December 2024", "Volga Chronicle"),
        ("December 27, 2024 - Larne", "Larne"),
        ("By Jane Roe, Larne Courier, 24 December 2024", "By Jane Roe, Larne Courier"),
        ("27 December 2024", ""),
    ],
)
def test_what_stands_beside_a_date(line: str, beside: str) -> None:
    """A line's other words, the date taken off its beginning or end."""
    found = split_date(line)
    assert found is not None
    assert found[0] == beside


def test_an_update_is_told_from_the_first_publication() -> None:
    """A line that says "updated" is no first publication."""
    assert is_update("Last updated Dec. 27, 2024")
    assert not is_update("Published Dec. 27, 2024")
