"""The dateline that opens a wire story."""

from __future__ import annotations

import pytest

from sayso.page.dateline import find_dateline, find_opening, is_dateline


@pytest.mark.parametrize(
    ("words", "rest", "wire"),
    [
        ("KYIV, Dec 27 (Reuters) - Two men were held.", "Two men were held.", "Reuters"),
        ("SEOUL, Jan. 3 (Yonhap) -- Two men were held.", "Two men were held.", "Yonhap"),
        ("Paris (AFP) – Two men were held.", "Two men were held.", "AFP"),
        ("MOSCOW, January 5 /TASS/. Two men were held.", "Two men were held.", "TASS"),
        ("(AP) — Two men were held.", "Two men were held.", "AP"),
        ("NEW DELHI: Two men were held.", "Two men were held.", None),
        ("SAVANNAH, Tenn. — Two men were held.", "Two men were held.", None),
        ("GUATEMALA CITY, 4 FEB 90 (ACAN-EFE) -- [TEXT] TWO MEN.", "TWO MEN.", "ACAN-EFE"),
        ("MARDA (AP) _ Two men were held.", "Two men were held.", "AP"),
        ("OSLO, Feb 2, AP - Two men were held.", "Two men were held.", "AP"),
        ("OSLO (AA) Two men were held.", " Two men were held.", "AA"),
    ],
)
def test_datelines_are_found(words: str, rest: str, wire: str | None) -> None:
    """The body begins after place, date, wire and dash."""
    found = find_dateline(words)
    assert found is not None
    assert (words[found.length :], found.wire) == (rest, wire)


@pytest.mark.parametrize(
    "words",
    [
        "Kyiv said on Friday that two men were held.",
        "The NIS (National Intelligence Service) said so.",
        "UPDATE: Two men were held.",
        "NATO — the alliance of thirty-two — said so.",
        "THE DEAD HAVE NAMES — and families.",
        "Thursday, January 24, 2019 - the day that it ended.",
        "I saw it — all of it.",
        "UNHCR (Geneva) said that two men were held.",
        "Anadolu (AA) said two men were held.",
    ],
)
def test_first_sentences_are_no_datelines(words: str) -> None:
    """A sentence, a kicker, an alliance: nothing of them is taken away from the body."""
    found = find_dateline(words)
    assert found is None or found.wire == "National Intelligence Service"


def test_a_dateline_s_year_dates_the_report() -> None:
    """A day without a year is no published date; with one it is."""
    with_year = find_dateline("BEND, Ore. (June 15, 2014) — Two men were held.")
    without = find_dateline("KYIV, Dec 27 (Reuters) - Two men were held.")
    assert with_year is not None
    assert with_year.published is not None
    assert with_year.published.start == "2014-06-15"
    assert without is not None
    assert without.published is None


@pytest.mark.parametrize(
    ("words", "wire"),
    [
        ("MARDA, Norway (Northlight) — Two men were held.", "Northlight"),
        ("Marda (Anadolu) — Two men were held.", "Anadolu"),
        ("Holm (Labour) - the mayor - was held.", None),
    ],
)
def test_an_agency_that_no_list_has_is_known_by_capitals(words: str, wire: str | None) -> None:
    """A town in capitals makes what stands in brackets an agency; a name alone does not."""
    found = find_opening(words)
    assert (found.wire if found else None) == wire


@pytest.mark.parametrize(
    ("words", "holds"),
    [("OSLO (AA)", True), ("OSLO, Feb 2 (Reuters)", True), ("Mayor Holm (Labour)", False),
     ("Two men were held (AA).", False), ("Blast kills three in Oslo (AA)", False)],
)  # fmt: skip
def test_a_dateline_on_a_line_of_its_own(words: str, holds: bool) -> None:  # noqa: FBT001
    """Town and known agency on a line of their own are a dateline, not a headline."""
    assert is_dateline(words) is holds
