"""Names hidden in texts, nouns and addresses."""

from __future__ import annotations

import time

import pytest

from sayso.exchange.masking import (
    find_in_address,
    hide,
    hide_in,
    people_named,
    private_names,
)
from sayso.record import Place, Reading, Report, Source, SourceKind, Span, When
from sayso.record.incident import Quote, StateLine

NAMES = ("Ana O’Brien", "José Garçao", "Kim Li", "Nils Aldermoor")
BLOCKS = "█" * 14


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Nils Aldermoor said", f"{BLOCKS} said"),
        ("NILS  ALDERMOOR", f"{BLOCKS}█"),
        ("by%20Nils%20Aldermoor", f"by%20{BLOCKS}██"),
        ("nils-aldermoor.txt", f"{BLOCKS}.txt"),
        ("Mr Aldermoor, ALDERMOOR", "Mr █████████, █████████"),
        ("José Garçao’s", "███████████’s"),
        ("Aldermoors and aldermoor", "Aldermoors and aldermoor"),
        ("Kim Lind", "Kim Lind"),
        ("Li said", "Li said"),
    ],
)
def test_a_name_is_hidden(text: str, hidden: str) -> None:
    """Whatever its case and what stands between its words; a family name with its capital."""
    assert hide(NAMES)(text) == hidden
    assert len(hidden) == len(text)


def test_a_name_is_hidden_in_the_key_of_a_source() -> None:
    """Keys are folded, without accents: what people said of who speaks names them."""
    hidden = hide({"Nils Åldermoor"})
    assert hidden("nils aldermoor|person|NOR") == f"{'█' * 14}|person|NOR"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ivan Petrenko said his neighbour Olha Kovalenko, 34, died.", {"Olha Kovalenko"}),
        ("Kovalenko's son Danylo was wounded.", {"Danylo"}),
        ("Police identified the dead woman as Olha Kovalenko.", {"Olha Kovalenko"}),
        (
            "The farmer Želimir Šarić and Kofi Mensah (34) were shot.",
            {"Želimir Šarić", "Kofi Mensah"},
        ),
        ("A shell killed a resident Monday.", set()),
        ("The driver and a nurse fled to Port Vila.", set()),
    ],
)
def test_words_beside_a_name_make_it_private(text: str, names: set[str]) -> None:
    """A neighbour, a son, an age, who was identified: hidden, though no event names them."""
    none = None
    report = Report("r", "r", text, none, none, none, none, none, none, ())
    assert set(people_named(Reading(report))) == names


def told_of(n: int, *sources: Source) -> Reading:
    """A reading of some who speak."""
    text = " ".join(s.name for s in sources)
    return Reading(Report(f"r{n}", f"r{n}", text, *[None] * 6, ()), sources=sources)


def speaker(name: str, kind: SourceKind) -> Source:
    """One who speaks."""
    return Source(f"s-{name}", name, kind, named=True, actor=None, mentions=())


def test_an_officials_family_name_is_hers_in_her_report_alone() -> None:
    """The mayor, called Marrow further down, is public; the baker Marrow of another report is not.

    Nor is her son, nor whoever is quoted through a friend.
    """
    mayor = speaker("Mayor Ilse Marrow", "official")
    named = told_of(1, mayor, speaker("Marrow", "person"), speaker("Ilse Marrow", "person"))
    assert private_names([named]) == set()
    assert private_names([named, told_of(2, speaker("Marrow", "person"))]) == {"Marrow"}
    son = speaker("Tom Marrow", "witness")
    assert private_names([told_of(3, mayor, son, speaker("Marrow", "person"))]) == {
        "Tom Marrow", "Marrow",
    }  # fmt: skip
    friend = speaker("a friend of Olha Kovalenko", "group")
    told = told_of(4, friend, speaker("Olha Kovalenko", "person"))
    assert private_names([told]) == {"Olha Kovalenko"}


@pytest.mark.parametrize("part", ["son Aa ", "farmer Aa Bb ", "named Aa as ", "Aa Bb, 3", "Aa "])
def test_a_hostile_text_costs_no_more_than_its_length(part: str) -> None:
    """Three times the text takes about three times as long to look through."""
    spent = []
    for size in (100_000, 300_000):
        report = Report("r", "r", part * (size // len(part)), *[None] * 6, ())
        start = time.process_time()
        list(people_named(Reading(report)))
        spent.append(time.process_time() - start)
    assert spent[1] < 6 * spent[0] + 0.5


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        ("https://x.example/talk-with-nils-aldermoor", True),
        ("https://x.example/jos%C3%A9-gar%C3%A7ao", True),
        ("https://x.example/jose-garcao-speaks", True),
        ("https://x.example/nilsaldermoorspeaks", True),
        ("https://x.example/kim-li", True),
        ("https://x.example/bakers-speak?id=12", False),
    ],
)
def test_an_address_holds_a_name(address: str, *, holds: bool) -> None:
    """As words, in codes, without accents, run together."""
    assert find_in_address(NAMES)(address, NAMES) is holds


def test_a_noun_is_hidden_all_through() -> None:
    """Texts however deep; our own words, numbers and places in the text stay."""
    place = Place((Span(0, 4),), "Aldermoor Bridge", None, None, None, 1.0, 2.0, "point")
    when = When("2024-05-02", None, "day", "stated")
    quote = Quote("r2", (Span(1, 5),), "Aldermoor died")
    state = StateLine("dead", 3, "exact", when, None, ("c1.0",), ("Nils Aldermoor",), (quote,))
    hidden = hide(NAMES)
    assert hide_in(place, hidden).name == "█████████ Bridge"
    assert hide_in(place, hidden).lat == 1.0
    shown = hide_in(state, hidden)
    assert (shown.speakers, shown.quotes[0].words) == ((BLOCKS,), "█████████ died")
    assert (shown.state, shown.when, shown.claims) == (state.state, state.when, state.claims)


def test_many_names_cost_a_text_no_more_than_few() -> None:
    """Ten thousand names are looked up word by word."""
    many = hide(f"Nils{n} Aldermoor{n}" for n in range(10_000))
    text = "The health ministry said that four people were killed. " * 20
    start = time.process_time()
    for _ in range(200):
        assert many(text) == text
    assert time.process_time() - start < 2
