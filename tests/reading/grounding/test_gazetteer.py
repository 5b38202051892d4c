"""The gazetteer answers from its three layers, small, fast and without writing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sayso.errors import LexiconError
from sayso.reading.grounding import gazetteer as module
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.names import drop_possessive, fold_name


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer()


@pytest.mark.parametrize(
    ("name", "place", "kind", "country"),
    [
        ("Kursk", "geonames:538555", "adm1", "RUS"), ("Kursk", "geonames:538560", "city", "RUS"),
        ("Kyiv", "geonames:703448", "city", "UKR"), ("Kiev", "geonames:703448", "city", "UKR"),
        ("Donbas", "sayso:donbas", "region", "UKR"), ("Donbass", "sayso:donbas", "region", "UKR"),
        ("Ukraine", "geonames:690791", "country", "UKR"),
        ("Darfur", "sayso:darfur", "region", "SDN"),
        ("Crimea", "geonames:703883", "region", "UKR"), ("Red Sea", "sayso:red_sea", "water", None),
        ("Helmand", "geonames:1140043", "adm1", "AFG"),
        ("the Middle East", "sayso:middle_east", "area", None),
        ("St. Louis", "geonames:4407066", "city", "USA"),
        ("Sana'a", "geonames:71137", "city", "YEM"),
    ],
)  # fmt: skip
def test_names_lead_to_places(
    gazetteer: Gazetteer, name: str, place: str, kind: str, country: str | None
) -> None:
    """Countries, divisions, towns, regions and seas are found by the names of English news."""
    found = {e.id: e for e in gazetteer.find(name)}
    assert place in found
    assert (found[place].kind, found[place].country) == (kind, country)


def test_case_accents_and_possessives_do_not_matter(gazetteer: Gazetteer) -> None:
    """`KANDAHAR`, `Kandahār` and `Kandahar's` are asked alike."""
    plain = gazetteer.find("Kandahar")
    assert plain
    assert gazetteer.find("KANDAHAR") == gazetteer.find("Kandahār") == plain
    assert gazetteer.find("Kandahar's") == plain


@pytest.mark.parametrize("name", ["North Korean", "", "x", "Qwertzuiop", "A" * 100_000, "\0", "'"])
def test_other_words_lead_nowhere(gazetteer: Gazetteer, name: str) -> None:
    """A demonym, nothing, nonsense and a hostile name have no place."""
    assert gazetteer.find(name) == ()


def test_country_names_go_first(gazetteer: Gazetteer) -> None:
    """Where a country, a state and towns share a name the country is the first candidate."""
    kinds = [e.kind for e in gazetteer.find("Georgia")]
    assert kinds[:2] == ["country", "adm1"]


def test_states_by_abbreviation_letter_for_letter(gazetteer: Gazetteer) -> None:
    """`Ky.` and `OH` are states; `ky.` and `Oh` are not."""
    kentucky = gazetteer.find_state("Ky.")
    assert kentucky is not None
    assert kentucky.name == "Kentucky"
    assert gazetteer.find_state("OH") is not None
    assert gazetteer.find_state("Oh") is gazetteer.find_state("ky.") is None


def test_a_town_knows_its_division(gazetteer: Gazetteer) -> None:
    """Sudzha lies in Kursk Oblast, whose own division it is."""
    (sudzha,) = [e for e in gazetteer.find("Sudzha") if e.country == "RUS"]
    oblast = gazetteer.by_number(sudzha.admin1 or 0)
    assert oblast is not None
    assert oblast.number == 538555
    assert gazetteer.admin1_name(sudzha) == gazetteer.admin1_name(oblast) == "Kursk Oblast"
    assert abs((sudzha.lat or 0) - 51.19) < 0.01


def test_no_place_has_no_number(gazetteer: Gazetteer) -> None:
    """A number that the file lacks is no place."""
    assert gazetteer.by_number(1) is None


def test_it_opens_at_once_and_stays_under_its_size(gazetteer: Gazetteer) -> None:
    """Opening takes under 20 ms and the file is at most 25 MB."""
    start = time.process_time()
    Gazetteer().close()
    assert time.process_time() - start < 0.02
    assert gazetteer.path.stat().st_size <= 25_000_000


def test_memory_stays_bounded(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long run over ever new names forgets the old ones."""
    monkeypatch.setattr(module, "_REMEMBERED", 50)
    for number in range(300):
        gazetteer.find(f"Nowhere {number}")
    assert len(gazetteer._names) <= 52


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    """Where the file is missing the error names it and the mend."""
    with pytest.raises(LexiconError, match="build_gazetteer"):
        Gazetteer(tmp_path / "none.sqlite")


def test_a_broken_supplement_row_says_what_to_do() -> None:
    """A place without coordinates is refused with its file, its key and how to write it."""
    with pytest.raises(LexiconError, match=r"places\.toml.*my_hill.*at ="):
        module._supplement_entry("my_hill", "site", {"name": "My Hill"})


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Luhans’k", "luhansk"), ("Saint-Denis", "saint denis"), ("St. Louis", "saint louis"),
        ("Łódź", "lodz"), ("İzmir", "izmir"), ("São Tomé", "sao tome"), ("Mt. Hood", "mount hood"),
        ("St", "st"),
    ],
)  # fmt: skip
def test_names_are_folded(name: str, folded: str) -> None:
    """Accents, apostrophes, hyphens and short forms are folded away."""
    assert fold_name(name) == folded


def test_possessives_are_dropped() -> None:
    """`the Philippines'` and `Kyiv's` lose their ending and their article."""
    assert drop_possessive("the Philippines'") == "Philippines"
    assert drop_possessive("Kyiv’s") == "Kyiv"
    assert drop_possessive("Wales") == "Wales"
