"""Plain text: blocks by words and neighbours, and what the text says of its own making."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.page import find_reports
from sayso.page.text import read_text
from sayso.record import Capture, Report

CaptureOf = Callable[..., Capture]
Kinds = Callable[[Report], list[tuple[str, str]]]

BODY = (
    "Divers have raised the ferry that sank off the port of Larne in March, the coast guard said."
)
MORE = "The owner of the ship, who lives abroad, has not answered the questions of the court."


@pytest.fixture
def kinds(capture_of: CaptureOf, kinds_in: Kinds) -> Callable[..., list[str]]:
    """The kinds of a text's blocks."""

    def of(text: str, **facts: str) -> list[str]:
        (report,) = find_reports(capture_of(text, **facts))
        return [kind for kind, _ in kinds_in(report)]

    return of


def test_a_dump_of_a_page(kinds: Callable[..., list[str]]) -> None:
    """Menu, headline, byline, date, caption, body, related link, advert, credit: each is told."""
    text = (
        "Home World Business Opinion\n\nFerry raised off Larne after nine months\n\nBy Jane Roe\n"
        "27 December 2024\n\nThe ferry beside a crane. (Photo: Ann Poe)\n\n"
        f"{BODY}\n\nRelated article: Owner Questioned Over Repairs\n\n{MORE}\n\nAdvertisement\n\n"
        f"{MORE}\n\n(Reporting by Jane Roe; editing by Sam Poe)\n"
    )
    assert kinds(text) == [
        "navigation", "headline", "byline", "dateline", "caption", "body", "related", "body",
        "advert", "body", "credit",
    ]  # fmt: skip


def test_a_title_that_the_sender_gave_finds_its_line(kinds: Callable[..., list[str]]) -> None:
    """A headline that looks like a sentence is known by the title."""
    headline = "The ferry was raised off Larne on Friday."
    assert kinds(f"{headline}\n\n{BODY}\n\n{MORE}")[0] == "body"
    assert kinds(f"{headline}\n\n{BODY}\n\n{MORE}", title=headline.upper())[0] == "headline"


def test_a_sentence_that_furniture_cut_is_no_headline(kinds: Callable[..., list[str]]) -> None:
    """The first part of a cut sentence stays body, so that it can be read whole."""
    text = (
        f'"We have found them," the\n\nhttps://x.example/author/roe\n\ncoast guard said.\n\n{BODY}'
    )
    assert kinds(text) == ["body", "address", "body", "body"]


def test_items_under_a_related_heading(kinds: Callable[..., list[str]]) -> None:
    """Headlines in a list under "Related stories" are links, the prose after them is not."""
    text = f"{BODY}\n\nRelated stories\n\nOwner questioned\n\nPort reopens at last\n\n{MORE}"
    assert kinds(text) == ["body", "related", "related", "related", "body"]


def test_crossheads_are_headlines_and_signatures_are_not(kinds: Callable[..., list[str]]) -> None:
    """A short line between paragraphs heads the next; a name after a quotation does not."""
    assert kinds(f"{BODY}\n\nA long search\n\n{MORE}") == ["body", "headline", "body"]
    assert kinds(f"{BODY}\n\n—Jane Roe\n\n{MORE}") == ["body", "body", "body"]


def test_a_set_in_block_is_a_quote(kinds: Callable[..., list[str]]) -> None:
    """A block indented against the text, or marked by ">", is someone else's words."""
    block = "    We have found them, and we will\n    bring all of them home now."
    assert kinds(f"{BODY}\n\n{block}\n\n{MORE}\n\n{MORE}") == ["body", "quote", "body", "body"]
    assert kinds(f"{BODY}\n\n> We have found them.\n\n{MORE}")[1] == "quote"


def test_a_dateline_is_a_block_inside_its_paragraph(capture_of: CaptureOf) -> None:
    """The body begins right after the dash, the wire is the credit, no year is no date."""
    (report,) = find_reports(capture_of(f"LARNE, Dec 27 (Reuters) - {BODY}"))
    dateline, body = report.blocks
    assert report.text[dateline.end : body.end] == BODY
    assert dateline.end == body.start
    assert (report.credit, report.published) == ("Reuters", None)


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (["https://www.themoscowtimes.com/author/afp-3"], "publisher", "The Moscow Times"),
        (["https://www.themoscowtimes.com/author/afp-3"], "credit", "AFP"),
        (["https://www.themoscowtimes.com/author/jane-roe"], "byline", "Jane Roe"),
        (["https://courier.example/author/jane-roe"], "publisher", "courier.example"),
        (["https://twitter.com/author/reuters"], "credit", None),
        (["By Jane Roe and John Doe, Agence France-Presse"], "credit", "AFP"),
        (["By Jane Roe and John Doe, Agence France-Presse"], "byline", "Jane Roe and John Doe"),
        (["By Jane Roe, Larne Courier, 24 December 2024"], "publisher", "Larne Courier"),
        (["By Meridian News Agency"], "credit", "Meridian News Agency"),
        (["Volga Chronicle | 27 December 2024"], "publisher", "Volga Chronicle"),
        (["© 2024 The Larne Courier. All rights reserved."], "publisher", "The Larne Courier"),
        (["Photo: AFP"], "credit", None),
        (["Allentown, Pa."], "credit", None),
    ],
)
def test_who_made_it(
    capture_of: CaptureOf, lines: list[str], field: str, value: str | None
) -> None:
    """Publisher, credit and byline come from addresses, bylines, mastheads and credit lines."""
    text = "\n\n".join(["Ferry raised off Larne", *lines, BODY, MORE])
    (report,) = find_reports(capture_of(text))
    assert getattr(report, field) == value


def test_an_author_whom_sources_speak_to_is_an_agency(capture_of: CaptureOf) -> None:
    """An agency that no table knows, by its author's page and "told Meridian"."""
    page = "https://courier.example/author/meridian-2"
    (told,) = find_reports(capture_of(f"{BODY}\n\n{page}\n\nA diver told Meridian so.\n\n{MORE}"))
    (untold,) = find_reports(capture_of(f"{BODY}\n\n{page}\n\nA diver told nobody.\n\n{MORE}"))
    assert (told.credit, untold.credit) == ("Meridian", None)


def test_a_first_publication_wins_over_an_update(capture_of: CaptureOf) -> None:
    """The date of the first publication, else that of the update."""
    lines = "Updated 28 December 2024\n\nPublished 27 December 2024"
    (report,) = find_reports(capture_of(f"Ferry raised\n\n{lines}\n\n{BODY}"))
    assert report.published is not None
    assert report.published.start == "2024-12-27"


def test_a_teaser_is_an_excerpt(capture_of: CaptureOf) -> None:
    """A little text and a wall; a whole report with a line that sells is none."""
    wall = "Subscribe to continue reading this article"
    (teaser,) = find_reports(capture_of(f"{BODY}\n\n{wall}"))
    (whole,) = find_reports(capture_of("\n\n".join([*[BODY, MORE] * 12, wall])))
    assert teaser.excerpt
    assert not whole.excerpt


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [BODY, "By Jane Roe", "Related:", "Related: x", "KYIV (AFP) - ", "https://x.example/a",
             "> ", "27 December 2024", "© AFP", "██ x", "A photo of", "\n", "\n\n", "\r\n", "  "]
        ) | st.text(max_size=20),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_blocks_lie_in_the_text(text: str) -> None:
    """Whatever comes: blocks are ordered, do not overlap, and hold every word of the text."""
    found = read_text(text)
    at = 0
    for block in found.blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()
    assert found.text == text


def test_the_first_report(shared: Path) -> None:
    """The report that started the project: caption, both pieces of furniture, publisher, wire."""
    text = (shared / "seed" / "report.txt").read_text(encoding="utf-8")
    found = read_text(text)
    assert (found.publisher, found.credit, found.byline) == ("The Moscow Times", "AFP", "AFP")
    kinds = [b.kind for b in found.blocks]
    assert kinds[:2] == ["caption", "body"]
    assert {k: kinds.count(k) for k in ("caption", "address", "related")} == {
        "caption": 1, "address": 1, "related": 1,
    }  # fmt: skip
    assert kinds.count("body") == len(kinds) - 3


@pytest.mark.parametrize(
    "dress",
    [
        "\n\n".join,
        "\r\n\r\n".join,
        "\n".join,
        lambda parts: "\n".join("\t" + p for p in parts),
        lambda parts: "\n\n".join(textwrap.fill(p, 60) for p in parts),
        lambda parts: "\n".join(textwrap.fill("    " + p, 72) for p in parts),
        lambda parts: textwrap.indent("\n\n".join(textwrap.fill(p, 72) for p in parts), " " * 8),
    ],
    ids=["blank", "crlf", "line", "tab", "wrapped", "indented", "set-in"],
)
def test_one_text_in_many_dresses(dress: Callable[[list[str]], str]) -> None:
    """However a dump is wrapped and spaced, its parts are the same and of the same kinds."""
    parts = [
        "A photo showing the raised ferry beside a crane of the port.", BODY, MORE,
        "https://courier.example/author/afp-3", MORE, "Related article: Owner Held", BODY, MORE,
    ]  # fmt: skip
    text = dress(parts)
    found = read_text(text)
    assert [" ".join(text[b.start : b.end].split()) for b in found.blocks] == parts
    assert [b.kind for b in found.blocks] == [
        "caption", "body", "body", "address", "body", "related", "body", "body",
    ]  # fmt: skip
    assert found.credit == "AFP"


def test_lines_with_a_blank_one_between_are_no_headlines(kinds: Callable[..., list[str]]) -> None:
    """In a double-spaced text, the first half of the first sentence is not the headline."""
    text = textwrap.fill(BODY + " " + MORE, 60).replace("\n", "\n\n")
    assert set(kinds(text)) == {"body"}
