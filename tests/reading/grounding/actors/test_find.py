"""Actors: the country and the kind that a phrase tells, and the fullest name."""

from __future__ import annotations

import time
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table
from sayso.reading.grounding.actors import roles as actors_roles
from sayso.reading.grounding.actors.find import ground_actor
from sayso.reading.grounding.countries import country_by_code
from sayso.record import Actor, ActorKind


@pytest.mark.parametrize(
    ("words", "name", "country", "kind"),
    [
        ("Seoul", "South Korea", "KOR", "government"),
        ("Ukraine's", "Ukraine", "UKR", "government"),
        ("the Kremlin", "Russia", "RUS", "government"),
        ("the White House", "United States", "USA", "government"),
        ("French President Jeanne Dubois", "Jeanne Dubois", "FRA", "government"),
        ("Jeanne Dubois, the foreign minister of France", "Jeanne Dubois", "FRA", "government"),
        ("Moscow's troops", "Moscow's troops", "RUS", "military"),
        ("North Korean soldiers", "North Korean soldiers", "PRK", "military"),
        ("authorities in Minsk", "authorities in Minsk", "BLR", "government"),
        ("a Polish intelligence official", "Polish intelligence official", "POL", "intelligence"),
        ("NIS", "National Intelligence Service", "KOR", "intelligence"),
        ("South Korea 's National Intelligence Service ( NIS )", "National Intelligence Service",
         "KOR", "intelligence"),
        ("Indian lawmaker A. B. Rao", "A. B. Rao", "IND", "legislature"),
        ("the Houthis", "Houthi movement", "YEM", "rebels"),
        ("Hamas officials", "Hamas", "PSE", "rebels"),
        ("Taliban spokesman Abdul Karim", "Abdul Karim", "AFG", "rebels"),
        ("the Hamas-run health ministry", "Hamas-run health ministry", "PSE", "government"),
        ("Kenyan police", "Kenyan police", "KEN", "police"),
        ("a court in Tunis", "court in Tunis", "TUN", "judiciary"),
        ("the Syrian side", "Syrian side", "SYR", "government"),
        ("Syrian government forces", "Syrian government forces", "SYR", "military"),
        ("the U.S. ambassador to Ukraine", "U.S. ambassador to Ukraine", "USA", "government"),
        ("Reuters", "Reuters", "GBR", "agency"),
        ("the BBC", "BBC", "GBR", "media"),
        ("Iranian state media", "Iranian state media", "IRN", "media"),
        ("the Russians", "Russians", "RUS", None),
    ],
)  # fmt: skip
def test_who_a_phrase_names(words: str, name: str, country: str, kind: str | None) -> None:
    """Governments by capital or palace, people by name, groups by name, the rest by role."""
    assert ground_actor(words) == Actor(name, country, typing.cast("ActorKind | None", kind))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("officials", "government"), ("rebel forces", "rebels"), ("security forces", "police"),
        ("residents", "civilians"), ("witnesses", "civilians"), ("lawmakers", "legislature"),
        ("doctors", "medical"), ("aid workers", "aid"), ("Doctors Without Borders", "aid"),
        ("the United Nations", "international"), ("NATO", "international"),
        ("soldiers in Ukraine", "military"), ("Islamic State fighters", "rebels"),
        ("an allied country's intelligence agency", "intelligence"), ("army spokesman", "military"),
        ("gang members", "criminals"), ("the opposition", "party"), ("priests", "religious"),
        ("analysts", "academic"), ("two oil companies", "business"),
    ],
)  # fmt: skip
def test_a_role_without_a_country(words: str, kind: str) -> None:
    """A role tells its kind and leaves the country open; soldiers may be abroad."""
    found = ground_actor(words)
    assert found is not None
    assert (found.country, found.kind) == (None, kind)


@pytest.mark.parametrize("words", ["the table", "Jane Roe", "", "who", "a spokesman", "it", "\0"])
def test_what_tells_neither(words: str) -> None:
    """Words that tell neither country nor kind are no actor."""
    assert ground_actor(words) is None


def test_the_context_gives_a_state_its_country() -> None:
    """`The army` is the army of the country at hand; `residents` are not a state's."""
    army, residents = ground_actor("the army", "UKR"), ground_actor("residents", "UKR")
    assert army is not None
    assert residents is not None
    assert (army.country, residents.country) == ("UKR", None)


def test_the_table_holds_known_countries_and_kinds() -> None:
    """Each organisation's country is one of the table; each kind is one of record's."""
    for group in actors_roles._groups()[0].values():
        assert group.country is None or country_by_code(group.country) is not None
    table = load_table("roles")
    kinds = set(typing.get_args(ActorKind))
    assert set(table["role"]) | set(table["wide"]) <= kinds


def test_an_unknown_kind_is_refused() -> None:
    """A kind that record doesn't know is refused, and the kinds are named."""
    with pytest.raises(LexiconError, match=r"roles\.toml.*wizards.*military"):
        actors_roles._as_kind("wizards", "group.x")


@given(st.text(max_size=300))
def test_no_words_crash_it(words: str) -> None:
    """Whatever the words, an actor has a name, a country or a kind."""
    found = ground_actor(words)
    if found is not None:
        assert found.name
        assert found.country or found.kind


@pytest.mark.parametrize("piece", ["a", "army ", "' ", "the ", "Hamas-"])
def test_hostile_phrases_cost_little(piece: str) -> None:
    """A megabyte of one piece is refused at once."""
    start = time.process_time()
    ground_actor(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ada Moss, president of the dockers' union", None),
        ("the president of the chess club", None),
        ("the president of Mali", "government"),
        ("the president of the Central African Republic", "government"),
    ],
)
def test_who_heads_what_is_no_states_is_of_no_government(words: str, kind: str | None) -> None:
    """The president of a union governs nothing; that of a country does."""
    actor = ground_actor(words)
    assert (actor.kind if actor else None) == kind
