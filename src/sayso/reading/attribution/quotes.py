"""Quotation marks: which stretches of a flow stand between them, odd and missing marks included."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.record import Span

if TYPE_CHECKING:
    from sayso.reading.flow import Flow, Paragraph

_DOUBLE = re.compile(r'"')
# A British paper's 'single marks'. Opening: no word before, a word after; closing: the reverse.
_SINGLE = re.compile(r"(?<![\w'])'(?=[\w\[])|(?<=[\w.,!?\])…])'(?!\w)")
_SHORT = 60  # characters of a quotation in a quotation
_WORDS = re.compile(r"\w+(?:['’.-]\w+)*")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation: `outer` with its marks, `inner` without; `open_end`: no mark closes it."""

    outer: Span
    inner: Span
    open_end: bool = False

    def words_in(self, text: str) -> int:
        """How many words are quoted."""
        return len(_WORDS.findall(text, self.inner.start, self.inner.end))


def find_quotes(flow: Flow) -> list[Quoted]:
    """The quotations of a flow in order, none over a paragraph's end.

    A quotation that goes on over paragraphs opens each of them and is closed in the last only
    (`"First. ¶ "Second," she said.`): each paragraph's part is a quotation of its own, the ones
    without a closing mark run to the paragraph's end.
    """
    quotes: list[Quoted] = []
    for paragraph in flow.paragraphs:
        quotes += _in_paragraph(flow.text, paragraph)
    return quotes


def _in_paragraph(text: str, paragraph: Paragraph) -> list[Quoted]:
    marks = [m.start() for m in _DOUBLE.finditer(text, paragraph.start, paragraph.end)]
    if marks:
        return _pair(text, marks, paragraph)
    return _pair_single(text, paragraph)


def _pair(text: str, marks: list[int], paragraph: Paragraph) -> list[Quoted]:
    """Pair marks by what stands beside them; a second opening mark closes nothing."""
    quotes = []
    opened: int | None = None
    within = False  # between the marks of a short quotation in a quotation
    for n, at in enumerate(marks):
        if opened is None:
            opened = at
        elif within:
            within = False
        elif _opens(text, at, paragraph) and not _closes(text, at, paragraph):
            # two opening marks: `"The "safe zone" is not safe," he said`, where a pair closes
            # within a few words and another mark is left to close the whole; else one is missing
            within = n + 2 < len(marks) and marks[n + 1] - at < _SHORT
            continue
        else:
            quotes.append(Quoted(Span(opened, at + 1), Span(opened + 1, at)))
            opened = None
    if opened is not None and _opens(text, opened, paragraph):
        end = paragraph.end
        quotes.append(Quoted(Span(opened, end), Span(opened + 1, end), open_end=True))
    return quotes


def _opens(text: str, at: int, paragraph: Paragraph) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    return (before.isspace() or before in "([—–-'") and not after.isspace()


def _closes(text: str, at: int, paragraph: Paragraph) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    return not before.isspace()


def _pair_single(text: str, paragraph: Paragraph) -> list[Quoted]:
    quotes = []
    opened: int | None = None
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        opening = at + 1 < paragraph.end and (text[at + 1].isalnum() or text[at + 1] == "[")
        if opening and opened is None:
            opened = at
        elif not opening and opened is not None:
            # the apostrophe of `the rebels' leader` closes nothing where another mark follows
            ends_words = text[at - 1] in ".,!?…" or not _another_close(text, at, paragraph)
            if ends_words:
                quotes.append(Quoted(Span(opened, at + 1), Span(opened + 1, at)))
                opened = None
    return quotes


def _another_close(text: str, at: int, paragraph: Paragraph) -> bool:
    """True where a mark after punctuation closes later, before another one opens."""
    rest = text[at + 1 : min(paragraph.end, at + 600)]
    closing = re.search(r"(?<=[.,!?…])'(?!\w)", rest)
    opening = re.search(r"(?<![\w'])'(?=\w)", rest)
    return bool(closing) and not (opening and closing and opening.start() < closing.start())


def quote_at(quotes: list[Quoted], index: int) -> Quoted | None:
    """The quotation that holds a character, or None; `quotes` stand in order, none in another."""
    at = bisect_right(quotes, index, key=_start_of) - 1
    return quotes[at] if at >= 0 and index < quotes[at].outer.end else None


def quotes_in(quotes: list[Quoted], span: Span) -> Iterator[Quoted]:
    """The quotations that share a character with a span."""
    at = max(bisect_right(quotes, span.start, key=_start_of) - 1, 0)
    while at < len(quotes) and quotes[at].outer.start < span.end:
        if quotes[at].outer.end > span.start:
            yield quotes[at]
        at += 1


def _start_of(quote: Quoted) -> int:
    return quote.outer.start
