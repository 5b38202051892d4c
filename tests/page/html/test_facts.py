"""Dates, publishers and credits of a page: which source wins, and the page that shows why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.page import find_pages
from sayso.page.facts import Dates, find_published, read_stamp
from sayso.page.facts_address import facts_of_address
from sayso.page.json_ld import read_json, read_stated
from sayso.record import Capture

CaptureOf = Callable[..., Capture]
STORY = "<p>Divers have raised the ferry that sank off the port of Larne, the coast guard said.</p>"


def start(dates: Dates) -> str | None:
    """The start of the published date."""
    when = find_published(dates)
    return when.start if when else None


def test_stamp_wins_with_its_minute_and_offset() -> None:
    """A stamp keeps its local day, minute and offset; the basis is found."""
    when = find_published(Dates(("2024-12-27T14:05:00+03:00",)))
    assert when is not None
    assert (when.start, when.precision, when.basis) == ("2024-12-27T14:05+03:00", "minute", "found")


def test_utc_stamp_gives_way_to_the_printed_local_day() -> None:
    """Seoul's Friday morning is Thursday in UTC: the day on the page and in its address counts."""
    dates = Dates(("2024-12-26T23:10:00Z",), "2024-12-27", ("Dec. 27, 2024 - 08:10",))
    assert start(dates) == "2024-12-27"


def test_same_moment_with_its_offset_is_preferred() -> None:
    """A second stamp that gives the same instant in local time gives the local day."""
    assert start(Dates(("2025-02-12T01:40:00Z", "2025-02-11T20:40:00-05:00"))) == (
        "2025-02-11T20:40-05:00"
    )


def test_stamp_of_a_move_gives_way() -> None:
    """An archive stamped on the day of its move: address and printed day agree against it."""
    dates = Dates(("2022-05-30T12:00:00-05:00",), "2019-02-24", ("February 24, 2019",))
    assert start(dates) == "2019-02-24"


def test_address_alone_and_nothing() -> None:
    """The address's day where there is no stamp; None where nothing tells; never the clock."""
    assert start(Dates((), "2010-11-23")) == "2010-11-23"
    assert find_published(Dates()) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2024-12-27T00:00:00", "2024-12-27"),
        ("1735293900", "2024-12-27T10:05Z"),
        ("2024", None),
        ("soon", None),
    ],
)
def test_stamps(words: str, expected: str | None) -> None:
    """Midnight is a day, Unix seconds a minute, a bare year no stamp."""
    when = read_stamp(words)
    assert (when.start if when else None) == expected


def test_address_of_an_agencys_author_page() -> None:
    """A paper's author page of an agency gives both, an ordinary author only the paper."""
    told = facts_of_address("https://www.themoscowtimes.com/author/afp-3")
    assert (told.publisher, told.wire, told.date) == ("The Moscow Times", "AFP", None)
    assert facts_of_address("https://www.themoscowtimes.com/author/ann-roe").wire is None
    assert facts_of_address("https://nowhere.example/2024/12/27/x") == (None, None, "2024-12-27")
    assert facts_of_address("https://nowhere.example/2024/13/45/x").date is None
    assert facts_of_address("http://[broken") == (None, None, None)


def test_json_ld_graph_and_references() -> None:
    """In a @graph, publisher and author are found by @id, and a list's entries are not the page."""
    script = """{"@graph":[{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle",
      "headline":"Other","datePublished":"2020-01-01"}]},
      {"@type":"NewsArticle","headline":"Ours &amp; yours","datePublished":"2024-05-01T10:00Z",
      "author":{"@id":"#p"},"publisher":{"@id":"#o"}},
      {"@id":"#p","@type":"Person","name":"Ann Roe"},{"@id":"#o","name":"The Paper"}]}"""
    stated = read_stated([script], "")
    assert (stated.headline, stated.published) == ("Ours & yours", "2024-05-01T10:00Z")
    assert (stated.authors, stated.publisher) == (("Ann Roe",), "The Paper")


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type":"NewsArticle","datePublished":"2024-05-01",} -->',
        '{"@type":"NewsArticle","description":"a "quote" in it","datePublished":"2024-05-01"}',
        '{"@type":"NewsArticle","datePublished":"2024-05-01"};',
        '[{"@type":"NewsArticle","datePublished":"2024-05-01"}] {"@type":"Thing"}',
    ],
)
def test_broken_json_ld_is_tolerated(script: str) -> None:
    """Comments, trailing commas, bare quotes and several values in one script are read."""
    assert read_stated([script], "").published == "2024-05-01"


def test_bottomless_json_is_left_out() -> None:
    """Nesting beyond the parser's depth gives nothing, and no error."""
    assert read_json("[" * 200_000) == []


def test_a_page_may_call_itself_at_no_address(capture_of: CaptureOf) -> None:
    """`http://[x` as its canonical link ended the reading; a publisher is not told then."""
    head = '<link rel="canonical" href="http://[x"><meta property="og:url" content="http://[y/">'
    page = f"<html><head>{head}</head><body><article>{STORY * 3}</article></body></html>"
    (found,) = find_pages(capture_of(page.encode(), "html", "story.html"))
    assert "raised the ferry" in found.report.text
    assert found.report.publisher is None
