"""RTF: text, links, what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.errors import CaptureError
from sayso.page import find_reports
from sayso.record import Capture, Report

CaptureOf = Callable[..., Capture]
Kinds = Callable[[Report], list[tuple[str, str]]]
STORY = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0\fs24 {\b Ferry raised off Larne}\par "
    r"By Jane Roe\par\par LARNE, Dec 27 (Reuters) - Divers have raised the ferry, the coast "
    r"guard\rquote s office said. \ldblquote We found them,\rdblquote  it said.\par\par Nine were "
    r'lost, {\field{\*\fldinst{HYPERLINK "https://x.example/a"}}{\fldrslt{the ministry said}}}, '
    r"at the caf\'e9 of the port.\par}"
)


def test_a_story(capture_of: CaptureOf, kinds_in: Kinds) -> None:
    """Marks, quotation signs and accents become characters; a link's address stays out."""
    (report,) = find_reports(capture_of(STORY, "rtf", "story.rtf"))
    assert [kind for kind, _ in kinds_in(report)] == [
        "headline", "byline", "dateline", "body", "body",
    ]  # fmt: skip
    assert "“We found them,” it said." in report.text
    assert "lost, the ministry said, at the café" in report.text


def test_what_is_no_rtf_is_refused(capture_of: CaptureOf) -> None:
    """Text that only has the name of an RTF."""
    with pytest.raises(CaptureError, match=r"^story\.rtf: not an RTF file; "):
        find_reports(capture_of("Ferry raised.", "rtf", "story.rtf"))


def test_a_number_of_no_character_is_refused(capture_of: CaptureOf) -> None:
    r"""`\u` with a number that no C program holds is damage; `make attack` found a crash."""
    with pytest.raises(CaptureError, match=r"damaged RTF"):
        find_reports(capture_of(r"{\rtf1 The minister \u-99999999999 said so.}", "rtf", "a.rtf"))


def test_halves_of_characters_are_joined(capture_of: CaptureOf) -> None:
    r"""Two `\u` are one sign beyond 16 bits; one alone is none, and no id can be made of it."""
    words = r"{\rtf1 The port is open \u55357?\u56490?, the mayor \u55537?said on Monday in Oslo.}"
    (report,) = find_reports(capture_of(words, "rtf", "a.rtf"))
    assert "open 💪, the mayor \ufffdsaid" in report.text
