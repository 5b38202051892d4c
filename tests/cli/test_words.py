"""Values in words, the same on every screen."""

from __future__ import annotations

import dataclasses
import typing

import pytest

from sayso.record import (
    Basis,
    BlockKind,
    Certainty,
    Figure,
    Place,
    Precision,
    Reading,
    SourceKind,
    Span,
    When,
)
from sayso.record.claim_words import (
    BLOCK_WORDS,
    certainty_words,
    chain_names,
    event_words,
    figure_words,
    published_words,
)
from sayso.record.view import ClaimView, view_claims
from sayso.record.words import number_words, place_words, shorten_name, when_words


@pytest.fixture
def views(reading: Reading) -> list[ClaimView]:
    """The claims of the reading made by hand."""
    return list(view_claims(reading))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("the Harbour Patrol Service (HPS)", "HPS"),
        ("a friendly coastal service", "friendly coastal service"),
        ("The Northern Ledger", "Northern Ledger"),
        ("Anders Theodor", "Anders Theodor"),
        ("an aide (who asked not to be named)", "aide (who asked not to be named)"),
        ("the", "the"),
    ],
)
def test_a_chain_shows_the_short_form(name: str, short: str) -> None:
    """No article, and the name's own short form where the report gives one."""
    assert shorten_name(name) == short


def test_a_chain_starts_with_who_brings_the_report(views: list[ClaimView]) -> None:
    """Publisher, wire, speaker, the speaker's own source; an unnamed hop says so."""
    assert chain_names(views[2]) == [
        "Northern Ledger",
        "Fjordwire",
        "HPS",
        "friendly coastal service",
    ]
    assert chain_names(views[0]) == ["Northern Ledger", "Fjordwire"]
    assert chain_names(views[5])[-1] == "(unnamed)"


def test_a_wire_that_is_its_own_publisher_stands_once(reading: Reading) -> None:
    """Fjordwire's own page carries no other wire."""
    report = dataclasses.replace(reading.report, publisher="Fjordwire")
    view = next(view_claims(dataclasses.replace(reading, report=report)))
    assert chain_names(view) == ["Fjordwire"]


def test_a_report_from_nowhere_says_so(reading: Reading) -> None:
    """Without publisher and speaker there is still a chain to show."""
    report = dataclasses.replace(reading.report, publisher=None, credit=None)
    view = next(view_claims(dataclasses.replace(reading, report=report)))
    assert chain_names(view) == ["(publisher not known)"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "the report says: purported"),
        (2, "Port officials say so"),
        (3, "the HPS says: confirmed"),  # its words, though the claim is the coastal service's
        (4, "The raiders say: not so"),
        (5, "a sailor says: not known"),
        (6, "an unnamed source says so"),
    ],
)
def test_certainty_has_an_owner(views: list[ClaimView], number: int, words: str) -> None:
    """Whose word it is stands before how sure it is."""
    assert " ".join(certainty_words(views[number - 1])) == words


def test_every_certainty_has_an_owner(reading: Reading) -> None:
    """No value of the scale is ever shown alone."""
    for certainty in typing.get_args(Certainty):
        for claim in reading.claims:
            changed = dataclasses.replace(claim, certainty=certainty)
            view = next(view_claims(dataclasses.replace(reading, claims=(changed,))))
            owner, word = certainty_words(view)
            assert owner.strip(": ")
            assert word


def test_distance_is_kept_by_who_wrote_the_verb(reading: Reading) -> None:
    """`The raiders claimed that …`: purported is the report's word, not the raiders'."""
    claim = dataclasses.replace(reading.claims[3], certainty="purported", polarity="positive")
    view = next(view_claims(dataclasses.replace(reading, claims=(claim,))))
    assert " ".join(certainty_words(view)) == "the report says: purported"


@pytest.mark.parametrize(
    ("name", "kind", "verb"),
    [
        ("Port officials", "official", "say"),
        ("authorities in Bergen", "official", "say"),
        ("Witnesses", "witness", "say"),
        ("Reuters", "agency", "says"),
        ("the United States", "official", "says"),
        ("the Coastal Relief Forces", "group", "say"),
        ("U.S. and Norwegian officials", "official", "say"),
        ("police", "official", "say"),
        ("sources close to the fleet", "unnamed", "say"),
        ("Anders Moss, who leads the dockers", "person", "says"),
        ("the press", "media", "says"),
    ],
)
def test_a_verb_agrees_with_its_speaker(
    reading: Reading, name: str, kind: SourceKind, verb: str
) -> None:
    """Officials say, Reuters says."""
    source = dataclasses.replace(reading.sources[0], name=name, kind=kind)
    view = list(view_claims(dataclasses.replace(reading, sources=(source,))))[1]
    assert certainty_words(view)[1] == f"{verb} so"


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2024-12-27", "2024-12-27", "day", "27 Dec 2024"),
        ("2024-08-01", "2024-08-31", "month", "Aug 2024"),
        ("2024-01-01", "2024-12-31", "year", "2024"),
        ("2024-12-16", "2024-12-22", "week", "16–22 Dec 2024"),
        ("2024-12-30", "2025-01-05", "week", "30 Dec 2024 – 5 Jan 2025"),
        ("2024-08-01", None, "day", "since 1 Aug 2024"),
        (None, "2024-08-01", "day", "until 1 Aug 2024"),
        (None, None, "unknown", ""),
        ("2024-12-27T14:05+02:00", "2024-12-27T14:05+02:00", "minute", "27 Dec 2024, 14:05"),
        ("2024", "2024", "year", "2024"),
        ("2024-05", "2024-05", "month", "May 2024"),
    ],
)
def test_an_interval_reads_as_people_write_it(
    start: str | None, end: str | None, precision: Precision, words: str
) -> None:
    """A day, a month, a week, an open end; the end is inclusive."""
    assert when_words(When(start, end, precision, "stated")) == words


def _figure(span: Span, **said: object) -> Figure:
    values: dict[str, object] = {
        "low": 3,
        "best": 3,
        "high": 3,
        "bound": "exact",
        "counts": "killed",
    }
    return Figure("f", (span,), **(values | said))  # type: ignore[arg-type]


def test_a_figure_keeps_its_hedge() -> None:
    """The words of the text, of whom, and what they count."""
    text = "nearly 3,000 recruits; three; dozens of guards; a guard"
    of = (Span(13, 21),)
    below = _figure(Span(0, 12), low=None, best=3000, high=3000, bound="below",
                    counts="killed_or_wounded", of=of)  # fmt: skip
    assert figure_words(below, text) == "nearly 3,000 recruits killed or wounded"
    assert figure_words(_figure(Span(23, 28)), text) == "3 killed (“three”)"
    assert figure_words(_figure(Span(23, 28)), text, brief=True) == "3 killed"
    vague = _figure(Span(30, 36), low=None, best=None, high=None, bound="vague")
    assert figure_words(vague, text) == "dozens killed"
    overlapping = _figure(Span(48, 55), best=1, of=(Span(50, 55),))
    assert figure_words(overlapping, text) == "1 killed (“a guard”)"


def test_a_figure_over_time_says_since_when() -> None:
    """A cumulative count is told from an incident's."""
    since = When("2024-08-01", "2024-08-31", "month", "stated")
    total = _figure(Span(0, 3), scope="cumulative", since=since)
    assert figure_words(total, "900 since August") == "900 killed, in all since Aug 2024"
    assert figure_words(_figure(Span(0, 3), scope="cumulative"), "900") == "900 killed, in all"


def test_numbers_are_written_for_people() -> None:
    """Thousands parted, no .0."""
    assert number_words(3000.0) == "3,000"
    assert number_words(2.5) == "2.5"


def test_a_place_said_to_be_unknown_says_so(reading: Reading) -> None:
    """Unknown is a value, not an empty cell."""
    unknown = Place((), None, None, None, None, None, None, "stated_unknown")
    assert place_words(unknown) == "place said to be not known"
    assert place_words(reading.places[0]) == "Odda pier, NOR"
    assert place_words(None) == ""


def test_a_published_date_carries_its_basis(reading: Reading) -> None:
    """A date is never shown as if it were certain how it is known."""
    assert published_words(reading.report) == "11 Mar 2025, as found on the page"
    bare = dataclasses.replace(reading.report, published=None)
    assert published_words(bare) == "publication date not known"
    for basis in typing.get_args(Basis):
        when = When("2025-03-11", "2025-03-11", "day", basis)
        assert "," in published_words(dataclasses.replace(reading.report, published=when))


def test_an_event_that_did_not_happen_says_so(reading: Reading) -> None:
    """A negated event is marked wherever it is named."""
    assert event_words(reading.events[2]) == "injury (negated)"


def test_every_kind_of_block_has_a_word() -> None:
    """A new kind of block must be named before it can be shown."""
    assert set(BLOCK_WORDS) == set(typing.get_args(BlockKind))
