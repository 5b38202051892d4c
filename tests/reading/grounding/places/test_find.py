"""Places: found where they are meant, resolved to the one that is meant."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import read_places, stated_unknown
from sayso.reading.parsing.parse import Parse
from sayso.record import Place, Span

Reads = Callable[[str], list[Place]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer()


@pytest.fixture(scope="module")
def places(parse: Callable[[str], Parse], gazetteer: Gazetteer) -> Reads:
    """A function from a text to the places read in it."""
    return lambda text: read_places(parse(text), gazetteer).named


def found(places: list[Place]) -> list[tuple[str | None, str | None, str | None]]:
    """Name, country and id of each place."""
    return [(p.name, p.country, p.gazetteer_id) for p in places]


def test_a_region_by_its_word_and_later_without_it(places: Reads) -> None:
    """`The Kursk region` is the oblast, and so is the bare `Kursk` that follows."""
    text = "Fighting went on in the Kursk region. Trains to Kursk were stopped near Sudzha."
    assert found(places(text)) == [
        ("Kursk region", "RUS", "geonames:538555"),
        ("Kursk region", "RUS", "geonames:538555"),
        ("Sudzha", "RUS", "geonames:486816"),
    ]


def test_a_bare_name_is_the_town(places: Reads) -> None:
    """Without a word for the level `Kandahar` is the town, not the province around it."""
    (place,) = places("A car bomb went off in Kandahar on Monday.")
    assert (place.country, place.precision, place.admin1) == ("AFG", "town", "Kandahār")


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Police in Toledo, Ohio, made an arrest.", "Toledo", "USA", "Ohio"),
        ("Police in Toledo, Spain, made an arrest.", "Toledo", "ESP", "Castilla-La Mancha"),
        ("Rebels shelled the Syrian city of Aleppo.", "Aleppo", "SYR", "Aleppo Governorate"),
        ("Clashes broke out in Ukraine's eastern city of Pokrovsk.", "Pokrovsk", "UKR",
         "Donetsk Oblast"),
        ("The army left Pokrovsk. Kyiv sent help to the Ukrainian garrison.", "Pokrovsk", "UKR",
         "Donetsk Oblast"),
        ("FRANKFORT, Ky. (AP) -- Rivers rose again.", "FRANKFORT", "USA", "Kentucky"),
        ("U.S. and Chinese envoys met in Geneva.", "Geneva", "CHE", "Genève"),
    ],
)  # fmt: skip
def test_the_words_beside_a_name_tell_which(
    places: Reads, text: str, name: str, country: str, admin1: str
) -> None:
    """A holder, an adjective, a dateline's state and the other places decide between namesakes."""
    place = next(p for p in places(text) if p.name == name)
    assert (place.country, place.admin1) == (country, admin1)


@pytest.mark.parametrize(
    ("text", "country", "admin1"),
    [
        ("Shells killed two people in Odda, Nigeria, on Monday.", "NGA", None),
        ("Shells killed two people in Tawila, North Darfur, on Monday.", "SDN",
         "North Darfur State"),
        ("Shells killed two people in the Sudanese town of Tawila on Monday.", "SDN", None),
    ],
)  # fmt: skip
def test_a_namesake_elsewhere_is_not_meant(
    places: Reads, text: str, country: str, admin1: str | None
) -> None:
    """Odda, Nigeria is no town of Norway's: it lies where the words say, at no point known."""
    place = places(text)[0]
    assert place.name in ("Odda", "Tawila")
    assert (place.country, place.admin1, place.precision) == (country, admin1, "town")
    assert (place.gazetteer_id, place.lat, place.lon) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Envoys met in Doha, Egypt and Jordan on Monday.", "Doha", "QAT"),  # a list
        ("People from El Fasher in Chad wept.", "El Fasher", "SDN"),  # who fled is elsewhere
        ("A bomb killed three people in Sirte, Egypt said.", "Sirte", "LBY"),  # who speaks
        ("A strike killed three people in Khiam, Israel has said.", "Khiam", "LBN"),
    ],
)
def test_a_country_beside_a_name_may_hold_it_not(
    places: Reads, text: str, name: str, country: str
) -> None:
    """What stands beside a known town is another place, where the town cannot lie in it."""
    place = next(p for p in places(text) if p.name == name)
    assert place.country == country
    assert place.gazetteer_id is not None


def test_two_of_one_name_in_one_report(places: Reads) -> None:
    """Toledo, Ohio and Toledo, Spain in one report stay two."""
    read = places("Floods hit Toledo, Ohio. A week later, fire struck Toledo, Spain.")
    countries = [p.country for p in read if p.name == "Toledo"]
    assert countries == ["USA", "ESP"]


@pytest.mark.parametrize(
    "text",
    [
        "The Kyiv Independent wrote about it.",
        "Paris Hilton sang.",
        "North Korean soldiers and Ukrainian officials talked.",
        "Sen. Mary Lincoln spoke; Lincoln left early.",
        "Mr. Jordan went home.",
        "The EU and NATO gave no answer to Reuters.",
        "Most fled on Sunday, and in May the Coast Guard came.",
    ],
)
def test_other_names_are_no_places(places: Reads, text: str) -> None:
    """Papers, people, peoples, organisations and common words are not places."""
    assert places(text) == []


def test_names_that_the_model_takes_for_people(places: Reads) -> None:
    """Towns whose names are nobody's are found whatever the small model makes of them."""
    text = "Shells hit Avdiivka. Families fled Khan Younis. Troops took Omdurman and Wad Madani."
    assert [p.name for p in places(text)] == ["Avdiivka", "Khan Younis", "Omdurman", "Wad Madani"]


def test_regions_and_seas_of_our_own(places: Reads) -> None:
    """Informal regions, contested places and seas come from the supplement."""
    read = places("From the Donbas to the Golan Heights, from Darfur to the Red Sea, guns spoke.")
    assert [(p.name, p.country, p.precision) for p in read] == [
        ("Donbas", "UKR", "region"),
        ("Golan Heights", "SYR", "region"),
        ("Darfur", "SDN", "region"),
        ("Red Sea", None, "area"),
    ]


def test_a_site_is_placed_where_it_stands(places: Reads) -> None:
    """A cathedral keeps its own name and the id of its town, and the town's precision."""
    read = places("A bomb went off outside Jolo Cathedral in Mindanao, Philippines.")
    assert found(read)[0] == ("Jolo Cathedral", "PHL", "geonames:1710141")
    assert read[0].precision == "town"


def test_an_unlisted_village_takes_its_holder(places: Reads) -> None:
    """A village that no gazetteer lists is resolved to the state that the words put it in."""
    read = places("Gunmen raided the village of Zungawa Qoli in Nigeria's Borno state.")
    assert found(read)[0] == ("Zungawa Qoli", "NGA", "geonames:2346794")


def test_an_unlisted_village_without_a_holder(places: Reads) -> None:
    """Without a holder it keeps its name, and the country where all places lie in one."""
    read = places("Shells fell on the village of Xovanka Qola. Kharkiv and Sumy were dark.")
    assert found(read)[0] == ("Xovanka Qola", "UKR", None)
    assert read[0].lat is None


def test_the_fullest_name_and_the_common_one(places: Reads) -> None:
    """A dateline's capitals give way to the name; a country keeps its common name."""
    read = places("SEOUL, South Korea (AP) -- Police in Seoul said the Republic of Korea won.")
    assert {p.name for p in read} == {"Seoul", "South Korea"}


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Pyongyang said that it would send more men.", "government"),
        ("Moscow's troops moved west.", "government"),
        ("The raid was ordered by Ankara.", "government"),
        ("Washington accused Tehran of lying.", "government"),
        ("Fire broke out in Pyongyang.", "place"),
        ("The envoy left Moscow.", "place"),
        ("Russia's Belgorod region was hit.", "place"),
        ("Officials met in the city of Ankara.", "place"),
    ],
)
def test_a_name_that_acts_is_its_government(places: Reads, text: str, reading: str) -> None:
    """A capital or country that says, sends or owns soldiers is read as its government."""
    assert {p.reads_as for p in places(text)} == {reading}


def test_stated_unknown() -> None:
    """A place said to be unknown has a span, no name, and says so."""
    place = stated_unknown(Span(3, 8))
    assert (place.span, place.name, place.precision) == ((Span(3, 8),), None, "stated_unknown")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_spans_lie_in_the_text(places: Reads, text: str) -> None:
    """Whatever the text, the places lie in it in order and do not overlap."""
    end = 0
    for place in places(f"In Kyiv, {text}, near Ohio"):
        (span,) = place.span
        assert end <= span.start < span.end
        end = span.end


def test_a_report_costs_little(parse: Callable[[str], Parse], gazetteer: Gazetteer) -> None:
    """The places of a 600-word report are read in well under a tenth of a second."""
    line = "Shells hit Kharkiv and Sumy, officials in Kyiv told Reuters on Friday near Lviv. "
    read = parse(line * 43)
    read_places(read, gazetteer)
    start = time.process_time()
    read_places(read, gazetteer)
    assert time.process_time() - start < 0.1


def test_a_page_of_names_costs_little(parse: Callable[[str], Parse], gazetteer: Gazetteer) -> None:
    """Ten thousand capitalised words in a row are no trouble."""
    read = parse("Aba Bab Cac Dad " * 2_500)
    start = time.process_time()
    read_places(read, gazetteer)
    assert time.process_time() - start < 5


def test_toponyms_of_others(
    shared: Path, parse: Callable[[str], Parse], gazetteer: Gazetteer
) -> None:
    """On a slice of GeoVirus nine in ten names that match are resolved to their place."""
    import json  # noqa: PLC0415 - only here

    right = matched = 0
    lines = (shared / "data/place/geovirus.jsonl").read_text(encoding="utf-8").split("\n")
    for line in lines[:40]:
        row = json.loads(line)
        read = parse(row["text"])
        for place in read_places(read, gazetteer).named:
            (span,) = read.flow.home(place.span)
            for gold in row["toponyms"]:
                if span.start < gold["end"] and gold["start"] < span.end:
                    matched += 1
                    near = place.lat is not None and place.lon is not None
                    right += near and (
                        abs(place.lat - gold["lat"]) < 3 and abs(place.lon - gold["lon"]) < 5
                    )
                    break
    assert matched > 200
    assert right / matched > 0.85
