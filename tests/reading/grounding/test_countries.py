"""Countries are found by all that stands for them, and by nothing that only looks like it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table
from sayso.reading.grounding import countries
from sayso.reading.grounding.countries import (
    country_by_code,
    find_form,
    mentions_of,
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ukraine", "UKR"), ("Turkey", "TUR"), ("Türkiye's", "TUR"), ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"), ("the Netherlands", "NLD"), ("Czechia", "CZE"), ("Burma", "MMR"),
        ("North Korean", "PRK"), ("North Koreans", "PRK"), ("Korean", "KOR"), ("Iraqis", "IRQ"),
        ("the Chinese", "CHN"), ("Danes", "DNK"), ("Chechen", "RUS"), ("Scottish", "GBR"),
        ("U.S.", "USA"), ("US", "USA"), ("The U.S.", "USA"), ("UK", "GBR"), ("UAE", "ARE"),
        ("DPRK", "PRK"), ("ROK", "KOR"), ("DRC", "COD"), ("Taiwan", "TWN"), ("Kosovo", "XKX"),
        ("Palestinian", "PSE"), ("Western Sahara", "ESH"), ("CHAD", "TCD"),
    ],
)  # fmt: skip
def test_a_name_demonym_or_abbreviation_is_its_country(words: str, code: str) -> None:
    """Names old and official, demonyms with their plurals and abbreviations are found."""
    found = find_form(words)
    assert found is not None
    assert found[0].iso3 == code
    assert found[1] in ("name", "demonym", "people")


@pytest.mark.parametrize(
    "words", ["us", "turkey", "chad", "Moscow", "the Kremlin", "", "Kurd", "."]
)
def test_other_words_are_no_country(words: str) -> None:
    """A word in small letters, a capital or a palace is no name of a country."""
    found = find_form(words)
    assert found is None or found[1] in ("capital", "metonym")


@pytest.mark.parametrize(
    ("words", "code", "form"),
    [
        ("the Kremlin", "RUS", "metonym"), ("Downing Street", "GBR", "metonym"),
        ("Blue House", "KOR", "metonym"), ("Élysée", "FRA", "metonym"),
        ("White House", "USA", "metonym"), ("Pyongyang", "PRK", "capital"),
        ("Kiev", "UKR", "capital"), ("Kyiv", "UKR", "capital"),
        ("Singapore", "SGP", "name"),
    ],
)  # fmt: skip
def test_what_stands_for_a_government_says_how(words: str, code: str, form: str) -> None:
    """Capitals and palaces are told from names; a name goes before a capital of that name."""
    found = find_form(words)
    assert found is not None
    assert (found[0].iso3, found[1]) == (code, form)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Pyongyang 's soldiers", "PRK"), ("a senior official in Seoul", "KOR"),
        ("Papua New Guinea's police", "PNG"), ("the Democratic Republic of the Congo", "COD"),
        ("the governor of New Mexico", None), ("Michael Jordan", None), ("give us the ball", None),
        ("Georgia Gov. Jane Roe", None), ("Georgia's foreign minister", "GEO"),
    ],
)  # fmt: skip
def test_the_first_country_in_a_phrase(words: str, code: str | None) -> None:
    """A country is found anywhere in a phrase, but not inside another name."""
    found = mentions_of(words)
    assert (found[0].country.iso3 if found else None) == code


def test_every_country_has_its_codes_and_its_middle() -> None:
    """Each row has an alpha-2 code of its own and lies on the globe; the codes lead back to it."""
    table = load_table("countries")
    assert len({row["iso2"] for row in table.values()}) == len(table) >= 245
    for code, row in table.items():
        assert len(code) == 3
        assert -90 <= row["lat"] <= 90
        assert -180 <= row["lon"] <= 180
        assert country_by_code(row["iso2"]) is country_by_code(code)


def test_gleditsch_ward_numbers_are_given_once() -> None:
    """No number of Gleditsch and Ward's list stands at two states."""
    numbers = [row["gw"] for row in load_table("countries").values() if "gw" in row]
    assert len(numbers) == len(set(numbers)) > 180


def test_a_broken_row_names_its_file_and_mend() -> None:
    """A country without its middle is refused with the file, the row and what to do."""
    with pytest.raises(LexiconError, match=r"countries\.toml.*AAA.*give iso2"):
        countries._country("AAA", {"iso2": "AA", "name": "Aland"})


@given(st.text(max_size=200))
def test_mentions_lie_in_the_words(words: str) -> None:
    """Whatever the text, mentions lie in it, in order, and do not overlap."""
    end = 0
    for mention in mentions_of(words):
        assert end <= mention.start < mention.end <= len(words)
        end = mention.end


@pytest.mark.parametrize("piece", ["A", "A. ", "'", "-", "U.S. ", "the "])
def test_hostile_words_cost_little(piece: str) -> None:
    """A megabyte of one piece is passed over in a few seconds at worst."""
    start = time.process_time()
    mentions_of(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 4
