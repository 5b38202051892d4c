"""PDFs: order, kinds by place and letter, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sayso.errors import CaptureError
from sayso.page import find_pages, find_reports
from sayso.record import Capture, Report

Kinds = Callable[[Report], list[tuple[str, str]]]
MakePdf = Callable[..., bytes]
CaptureOf = Callable[..., Capture]

STORY = [
    "Divers have raised the ferry that sank off the port of Larne in March, the coast",
    "guard said on Friday, and found the bodies of two of the missing in its hold. The",
    "owner of the ship had said that nobody was on board below deck when it went un-",
    "der, a claim that relatives of the crew never believed.",
]
LEAD = " ".join(STORY).replace("un- der", "under")


def _lines(put: Any, lines: list[str], y: float, x: float = 60, size: float = 11) -> list[Any]:
    return [put(x, y + i * size * 1.3, line, size) for i, line in enumerate(lines)]


@pytest.fixture
def read(capture_of: CaptureOf, make_pdf: MakePdf) -> Callable[..., Report]:
    """The one report of pages of things."""

    def read_pages(*pages: list[Any], **options: Any) -> Report:
        content = make_pdf(pages, **options)
        (report,) = find_reports(capture_of(content, "pdf", "story.pdf"))
        return report

    return read_pages


def test_lines_of_a_paragraph_are_one_block_with_their_breaks(
    read: Callable[..., Report], put: Any
) -> None:
    """A wrapped paragraph is one body; its line ends stay, a word cut by one is whole again."""
    report = read(_lines(put, STORY, 200))
    (block,) = [b for b in report.blocks if b.kind == "body"]
    whole = "\n".join(STORY).replace("un-\nder, ", "under,\n")
    assert report.text[block.start : block.end] == whole


def test_a_compounds_hyphen_stays_at_a_lines_end(read: Callable[..., Report], put: Any) -> None:
    """Where the page has the word with its hyphen inside a line, or its first half asks for it."""
    lines = [
        "The navy said that a long-range missile had hit the quay, and that two long-",
        "range drones were shot down over the bay; the self-",
        "proclaimed harbour council denied that any of its boats had been near it.",
    ]
    (block,) = [b for b in read(_lines(put, lines, 200)).blocks if b.kind == "body"]
    text = read(_lines(put, lines, 200)).text[block.start : block.end]
    assert "two long-range\ndrones" in text
    assert "the self-proclaimed\nharbour" in text


def test_a_gap_or_an_indent_begins_a_paragraph(
    read: Callable[..., Report], put: Any, kinds_in: Kinds
) -> None:
    """Paragraphs part by white space between lines, and by an indented first line."""
    second = _lines(put, STORY, 300)
    third = [
        put(75, 400, "A first line set in begins anew, though no white is above it, and so"),
        put(60, 414.3, "the reader must be told that a new paragraph starts here and not there."),
    ]
    fourth = [put(75, 428.6, "Another one follows it in the same manner, and is a paragraph of"),
              put(60, 442.9, "its own, which ends here.")]  # fmt: skip
    report = read([*_lines(put, STORY, 200), *second, *third, *fourth])
    assert [kind for kind, _ in kinds_in(report)] == ["body"] * 4


def test_columns_are_read_one_after_the_other(read: Callable[..., Report], put: Any) -> None:
    """A headline over two columns comes first, then the left column to its end, then the right."""
    left = [f"left line {i} of the story goes on" for i in range(8)]
    right = [f"right line {i} of the story goes on" for i in range(8)]
    report = read(
        [put(60, 100, "Ferry raised off Larne after nine months below", 22),
         *_lines(put, left, 160), *_lines(put, right, 160, x=330)]
    )  # fmt: skip
    places = [report.text.index(w) for w in (*left, *right)]
    assert places == sorted(places)
    assert report.title == "Ferry raised off Larne after nine months below"


def test_a_paragraph_runs_on_over_a_column(
    read: Callable[..., Report], put: Any, kinds_in: Kinds
) -> None:
    """A sentence that a column's end cuts is one paragraph."""
    left = [
        *(f"Words of line {i} that fill this column" for i in range(7)),
        "and the last of them",
    ]
    right = [
        "go on over here, said the captain of the tug.",
        *(f"More words of line {i} of the second one" for i in range(7)),
    ]
    report = read([*_lines(put, left, 160), *_lines(put, right, 160, x=330)])
    assert any("of them go on over here" in words for _, words in kinds_in(report))


def test_a_browser_s_print_lines_are_furniture(
    read: Callable[..., Report], put: Any, kinds_in: Kinds
) -> None:
    """The print date is not the published date; the address in the foot is the report's."""
    page = [
        put(24, 16, "1/2/25, 9:05 AM", 8), put(300, 16, "Ferry raised - Larne Courier", 8),
        put(60, 80, "Ferry raised off Larne", 24),
        put(60, 120, "Published December 27, 2024", 9),
        *_lines(put, STORY, 160),
        put(24, 770, "https://www.courier.example/ferry-raised", 8), put(580, 770, "1/1", 8),
    ]  # fmt: skip
    report = read(page)
    assert report.published is not None
    assert (report.published.start, report.published.basis) == ("2024-12-27", "found")
    assert report.url == "https://www.courier.example/ferry-raised"
    assert ("navigation", "1/2/25, 9:05 AM") in kinds_in(report)
    assert ("navigation", "1/1") in kinds_in(report)


def test_without_a_date_on_the_page_the_print_date_is_not_taken(
    read: Callable[..., Report], put: Any
) -> None:
    """A date that only the printer or the file knows leaves the published date unknown."""
    report = read([put(24, 16, "1/2/25, 9:05 AM", 8), *_lines(put, STORY, 160)])
    assert report.published is None


def test_running_heads_are_navigation(
    read: Callable[..., Report], put: Any, kinds_in: Kinds
) -> None:
    """What repeats in the margin of the pages, numbers aside, is no text."""
    pages = [[put(60, 30, f"LARNE COURIER {n}", 9), *_lines(put, STORY, 160)] for n in range(1, 4)]
    report = read(*pages)
    kinds = kinds_in(report)
    assert [kind for kind, words in kinds if words.startswith("LARNE")] == ["navigation"] * 3
    assert sum(kind == "body" for kind, _ in kinds) == 3


def test_small_letters_under_a_picture_are_its_caption(
    read: Callable[..., Report], put: Any, picture: Any, kinds_in: Kinds
) -> None:
    """A caption needs no word that says so: its place and letter do."""
    caption = "The ferry rises beside a crane"
    report = read(
        [put(60, 60, "Ferry raised off Larne", 24), picture(60, 100, 300, 150),
         put(60, 256, caption, 8.5), *_lines(put, STORY, 300)]
    )  # fmt: skip
    assert ("caption", caption) in kinds_in(report)


def test_a_line_that_is_all_link_leads_elsewhere(
    read: Callable[..., Report], put: Any, kinds_in: Kinds
) -> None:
    """A linked headline in mid-text is related, though nothing says "Related"."""
    other = "Owner of ferry fleet questioned over repairs"
    report = read(
        [*_lines(put, STORY, 100),
         put(60, 190, other, 11, link="https://courier.example/owner"),
         *_lines(put, STORY, 230)]
    )  # fmt: skip
    assert ("related", other) in kinds_in(report)


def test_an_author_s_link_gives_the_wire(read: Callable[..., Report], put: Any) -> None:
    """A byline that links to an agency's page credits the agency."""
    report = read(
        [put(60, 60, "Ferry raised off Larne", 24),
         put(60, 100, "Newsroom", 9, link="https://courier.example/author/reuters"),
         *_lines(put, STORY, 130)]
    )  # fmt: skip
    assert report.credit == "Reuters"


@pytest.mark.parametrize(
    ("options", "what"),
    [({"encrypted": True}, "encrypted"), ({}, "without text")],
)
def test_what_can_t_be_read_is_said(
    capture_of: CaptureOf, make_pdf: MakePdf, picture: Any, options: dict[str, bool], what: str
) -> None:
    """Encrypted and picture-only PDFs are refused with file, reason and what to do."""
    content = make_pdf([[picture(60, 60, 400, 400)]], **options)
    with pytest.raises(CaptureError, match=rf"^scan\.pdf: .*{what}.*; \w"):
        find_reports(capture_of(content, "pdf", "scan.pdf"))


def test_a_page_without_text_among_others_is_a_warning(
    capture_of: CaptureOf, make_pdf: MakePdf, put: Any, picture: Any
) -> None:
    """The other pages are read, and the page that wasn't is named."""
    content = make_pdf([_lines(put, STORY, 100), [picture(60, 60, 400, 400)]])
    (page,) = find_pages(capture_of(content, "pdf", "story.pdf"))
    assert page.warnings == ("no text on page 2 (pictures?)",)


@pytest.mark.parametrize("cut", [9, 200, 900])
def test_a_damaged_pdf_is_refused(
    capture_of: CaptureOf, make_pdf: MakePdf, put: Any, cut: int
) -> None:
    """A PDF that breaks off is no crash and no half report."""
    content = make_pdf([_lines(put, STORY, 100)])[:cut]
    with pytest.raises(CaptureError, match=r"story\.pdf: a .*PDF"):
        find_reports(capture_of(content, "pdf", "story.pdf"))
