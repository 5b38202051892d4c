"""From a capture to its reports: what the caller gave, what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sayso.errors import CaptureError, PageError, UsageError
from sayso.page import find_pages, find_reports
from sayso.record import LONGEST_REPORT, Capture

CaptureOf = Callable[..., Capture]
BODY = "Divers have raised the ferry that sank off the port of Larne, the coast guard said."


def test_the_callers_word_wins(capture_of: CaptureOf) -> None:
    """Options win over a line's facts, and facts over the text."""
    text = f"Volga Chronicle | 27 December 2024\n\n{BODY}"
    facts = {"published": "2024-12-28", "publisher": "Ledger", "title": "T", "url": "u"}
    (found,) = find_reports(capture_of(text))
    (told,) = find_reports(capture_of(text, **facts))
    (asked,) = find_reports(capture_of(text, **facts), published="2024-12", publisher="Argus")
    assert [r.published.start for r in (found, told, asked) if r.published] == [
        "2024-12-27", "2024-12-28", "2024-12-01",
    ]  # fmt: skip
    assert [r.published.basis for r in (found, told, asked) if r.published] == [
        "found", "given", "given",
    ]  # fmt: skip
    assert [r.publisher for r in (found, told, asked)] == ["Volga Chronicle", "Ledger", "Argus"]
    assert asked.title == "T"


def test_no_date_is_taken_from_the_clock(capture_of: CaptureOf) -> None:
    """Where nothing tells, the published date is not known."""
    (report,) = find_reports(capture_of(BODY))
    assert report.published is None


def test_a_wire_s_own_page_carries_no_wire(capture_of: CaptureOf) -> None:
    """Reuters does not carry Reuters; another paper does."""
    text = f"LARNE (Reuters) - {BODY}"
    (own,) = find_reports(capture_of(text), publisher="Reuters")
    (other,) = find_reports(capture_of(text), publisher="Larne Courier")
    assert (own.credit, other.credit) == (None, "Reuters")


def test_a_json_line_s_text_stays_as_given(capture_of: CaptureOf) -> None:
    """Line ends, leading space, odd characters: code point by code point."""
    text = f"\ufeff \r\n {BODY}\r\u2028{BODY} \u00a0\n\n"
    (report,) = find_reports(capture_of(text, "jsonl", name="a-1"))
    assert (report.text, report.name) == (text, "a-1")


def test_another_language_is_kept(capture_of: CaptureOf) -> None:
    """Publisher, date and blocks of a German report are kept, and its language is said."""
    text = "Taucher haben die Fähre gehoben, die im März vor dem Hafen gesunken war. " * 5
    (report,) = find_reports(capture_of(text), published="2024-12-27", publisher="Kurier")
    assert (report.language, report.publisher) == ("de", "Kurier")
    assert report.blocks


@pytest.mark.parametrize("words", ["soon", "27/13/2024", "03/04/2024"])
def test_a_published_option_that_is_no_date(capture_of: CaptureOf, words: str) -> None:
    """The option's error is one of usage, a line's is that line's."""
    with pytest.raises(UsageError, match="--published"):
        find_reports(capture_of(BODY), published=words)
    with pytest.raises(PageError, match=r"published .* is not a date"):
        find_reports(capture_of(BODY, published=words))


@pytest.mark.parametrize(("words", "day"), [("31/12/2024", "2024-12-31"),
                                            ("April 3, 2024", "2024-04-03")])  # fmt: skip
def test_a_line_of_json_gives_its_date_in_iso(
    capture_of: CaptureOf, words: str, day: str
) -> None:  # fmt: skip
    """As --published does; the error says how to write it. A feed's item writes as it likes."""
    line = Capture("a1", BODY.encode(), "jsonl", "0", facts={"published": words})
    with pytest.raises(PageError, match=f"not a date in ISO 8601.*write {day}"):
        find_reports(line)
    (report,) = find_reports(capture_of(BODY, published=words))
    assert report.published is not None
    assert report.published.start == day


def test_a_lines_error_names_file_and_line() -> None:
    """A date that is none, or a text without body, is found by its line."""
    facts = {"published": "soon"}
    line = Capture("a1", BODY.encode(), "jsonl", "0", facts=facts, at="feed.jsonl, line 3")
    with pytest.raises(PageError, match=r"^feed\.jsonl, line 3 \(a1\): published 'soon'"):
        find_pages(line)
    with pytest.raises(PageError, match=r"^feed\.jsonl, line 4 \(a2\): no body"):
        find_pages(Capture("a2", b"***", "jsonl", "0", at="feed.jsonl, line 4"))


def test_what_was_said_at_intake_is_said_of_the_report() -> None:
    """A capture's warnings stand before the finder's."""
    (page,) = find_pages(Capture("a1", BODY.encode(), "jsonl", "0", warnings=("twice",)))
    assert page.warnings[0] == "twice"


def test_a_stray_nul_is_a_space(capture_of: CaptureOf) -> None:
    """One for one, so that no offset moves, and the reading says so."""
    (page,) = find_pages(capture_of(BODY + "\0" + BODY))
    assert page.report.text == BODY + " " + BODY
    assert page.warnings == ("1 NUL characters read as spaces",)


@pytest.mark.parametrize("text", ["***\n\nAdvertisement\n", "https://x.example/a\n", "1 2 3\n"])
def test_a_page_without_body_is_refused(capture_of: CaptureOf, text: str) -> None:
    """Furniture alone is no report."""
    with pytest.raises(PageError, match=r"^story\.txt: no body"):
        find_reports(capture_of(text))


def test_more_than_a_report_is_refused_at_once(capture_of: CaptureOf) -> None:
    """Far too much text is refused before time is spent on it."""
    start = time.process_time()
    with pytest.raises(PageError, match="split it"):
        find_reports(capture_of("By A\n" * LONGEST_REPORT))
    assert time.process_time() - start < 5


def test_a_form_that_is_not_read_yet(capture_of: CaptureOf) -> None:
    """An archive of web pages is refused in words."""
    with pytest.raises(CaptureError, match="WARC is not read"):
        find_reports(capture_of("WARC/1.0", "warc"))


def test_a_bundle_s_report_without_body_is_left_out_aloud(capture_of: CaptureOf) -> None:
    """The others are read, and the first of them carries the warning."""
    text = (
        f"1 of 2 DOCUMENTS\n\nLENGTH: 1 words\n\n2 of 2 DOCUMENTS\n\nLENGTH: 14 words\n\n{BODY}\n"
    )
    (page,) = find_pages(capture_of(text))
    assert page.report.name == "story.txt#2"
    assert "story.txt#1" in page.warnings[0]


def test_ids_do_not_hang_on_names(capture_of: CaptureOf) -> None:
    """One text under two names is one report."""
    (a,) = find_reports(capture_of(BODY, name="a.txt"))
    (b,) = find_reports(capture_of(BODY, name="b.txt"))
    assert a.id == b.id
    assert (a.name, b.name) == ("a.txt", "b.txt")
