"""What of a report travels: its words by the publisher's rule, no private name in any of it."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable

import pytest

from sayso.exchange.partners import travel
from sayso.exchange.partners.travel import keep_of, kept_sentences, travelling
from sayso.intake import make_capture
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import Reading, words_of
from sayso.record.wire import from_wire, to_wire

STORY = (
    "Shell kills four at depot in Porto\n\nPORTO, May 2, 2024 (Fjordwire) - Four people were "
    "killed and 9 wounded when a shell hit a depot in Porto on Thursday, the health ministry "
    "said. The harbour lay still all morning.\n\n“I saw four bodies in the yard,” Nils "
    "Aldermoor, a baker, told reporters. Aldermoor said the depot had burned. A security source "
    "with a grey hat said that two men were arrested.\n"
)
Keep = Callable[[str], Reading]


@pytest.fixture(scope="module")
def story(reader: Reader) -> Reading:
    """The reading of the story."""
    (report,) = find_reports(make_capture("depot.txt", STORY.encode()))
    return reader.read(report)


@pytest.fixture
def kept(story: Reading, monkeypatch: pytest.MonkeyPatch) -> Keep:
    """A function from a publisher's rule to the reading as it travels by it."""

    def travel_by(keep: str) -> Reading:
        monkeypatch.setattr(travel, "keep_of", lambda _: keep)
        return travelling(story, "8f3a")

    return travel_by


@pytest.mark.parametrize("keep", ["full", "quotes", "none"])
def test_no_private_name_travels(kept: Keep, keep: str) -> None:
    """Neither in the text nor beside it; no block of its length either, and nobody is named."""
    made = kept(keep)
    assert "Aldermoor" not in repr(made)
    assert "█" not in repr(made)
    (hidden,) = [s for s in made.sources if "[person 8f3a-1]" in s.name]
    assert not hidden.named
    assert hidden.mentions


@pytest.mark.parametrize("keep", ["full", "quotes", "none"])
def test_each_claim_travels_with_what_it_holds(kept: Keep, story: Reading, keep: str) -> None:
    """All claims in their order, each value on words of the new text; it is a reading on the wire.

    The report has an id that is no function of the old text.
    """
    made = kept(keep)
    assert [c.certainty for c in made.claims] == [c.certainty for c in story.claims]
    for claim in made.claims:
        assert words_of(made.report.text, claim.content).strip()
    counted = {(f.counts, f.best) for f in made.figures}
    assert counted == {("killed", 4), ("wounded", 9), ("arrested", 2)}
    for figure in made.figures:
        assert words_of(made.report.text, figure.span).strip()
    assert from_wire(to_wire(made)) == made
    assert made.report.id != story.report.id
    assert not {c.id for c in made.claims} & {c.id for c in story.claims}


def test_the_whole_text_where_the_publisher_allows_it(kept: Keep) -> None:
    """Nothing is missing but the name."""
    made = kept("full")
    assert "The harbour lay still" in made.report.text
    assert made.report.title == "Shell kills four at depot in Porto"


def test_only_the_sentences_of_claims(kept: Keep, story: Reading) -> None:
    """What is no claim's stays, and the headline, which says it in other words."""
    text = kept("quotes").report.text
    assert "Four people were killed" in text
    assert "harbour lay still" not in text
    assert "Shell kills" not in text
    assert kept("quotes").report.title is None
    spans = kept_sentences(story)
    assert all(a.end < b.start for a, b in itertools.pairwise(spans))


def test_no_word_of_the_publishers(kept: Keep) -> None:
    """A draft of fields: no description, no sentence, no address, no title."""
    made = kept("none")
    for words in ("grey hat", "I saw", "were killed", "baker", "depot"):
        assert words not in made.report.text
    assert "the health ministry says: stated: death" in made.report.text
    assert made.report.title is None
    assert made.report.url is None


def test_two_statements_of_one_person_have_no_label_in_common(story: Reading) -> None:
    """Whoever holds both cannot tell that they are one."""
    one, other = travelling(story, "8f3a"), travelling(story, "77b0")
    names = {s.name for s in one.sources if s.name.startswith("[")}
    assert not names & {s.name for s in other.sources}


@pytest.mark.parametrize(
    ("publisher", "credit", "url", "keep"),
    [
        ("The Hill Courier", None, None, "quotes"),
        ("Wikinews", None, None, "full"),
        (None, None, "https://en.wikinews.org/wiki/A", "full"),
        ("Wikinews", "AFP", None, "quotes"),
        ("Wikinews", None, "http://[no address", "full"),
    ],
)
def test_the_stricter_rule_holds(
    story: Reading, publisher: str | None, credit: str | None, url: str | None, keep: str
) -> None:
    """Of the paper's and the wire's; a publisher whom nobody knows is quoted."""
    report = dataclasses.replace(story.report, publisher=publisher, credit=credit, url=url)
    assert keep_of(report) == keep
