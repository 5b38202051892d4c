"""A report's words as they are read, and the way home to the text as given.

Reading wants whole sentences: no furniture, no hard wraps, one kind of quotation mark. The report
keeps its text as given. A Flow is the first, with a map back to the second.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sayso.reading.truecase import is_all_capitals, truecase
from sayso.record import Block, BlockKind, Report, Span, Spans

_DATELINE = 200  # as much of the datelines as is kept: they are looked through for a town
READ_KINDS: frozenset[BlockKind] = frozenset({"headline", "body", "quote", "caption"})
_ENDS = re.compile(r"[.!?:…]['\"’”»)\]]*$")
# What is read otherwise than it is written, and what is read instead.
_CHANGED = re.compile(
    # the hyphen goes even where the halves are a compound ("short-\nrange"): nothing here tells,
    # and most wrapped words are one word
    r"(?P<wrap>(?<=[a-z])-[ \t]*\r?\n[ \t]*(?=[a-z]))"  # sol-\ndiers, a PDF's hyphen at a line end
    r"|(?P<drop>[\u00ad\u200b-\u200f\u2060\ufeff]+)"  # soft hyphens, zero-width marks
    r"|(?P<space>\s{2,}|[^\S ])"
    r"|(?P<quote>''|``|[“”„‟«»″])"
    r"|(?P<tick>[‘’‚‛′`])"
)
_READ = {"wrap": "", "drop": "", "space": " ", "quote": '"', "tick": "'"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the flow: its kind and its place in the flow's text."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Text to read, and for each of its characters where it stands in the report.

    `starts[i]`, `ends[i]` bound character i in the text as given; `cuts` are the places in the
    flow before which furniture was left out. Spans inside the reading rooms index `text`; `home`
    turns them into spans of the report. `dateline` is what was left out before the first sentence.
    """

    text: str
    starts: list[int]
    ends: list[int]
    cuts: list[int]
    paragraphs: tuple[Paragraph, ...]
    dateline: str = ""

    def home(self, spans: Spans) -> Spans:
        """Spans of the flow as spans of the report's text, cut where furniture stands between."""
        return tuple(piece for span in spans for piece in self._pieces(span))

    def _pieces(self, span: Span) -> list[Span]:
        bounds = [span.start]
        i = bisect_right(self.cuts, span.start)
        while i < len(self.cuts) and self.cuts[i] < span.end:
            bounds.append(self.cuts[i])
            i += 1
        bounds.append(span.end)
        pieces = []
        for start, end in pairwise(bounds):
            while start < end and self.text[start].isspace():
                start += 1  # noqa: PLW2901 - trimmed, since a cut leaves a space at its edge
            while end > start and self.text[end - 1].isspace():
                end -= 1  # noqa: PLW2901
            if start < end:
                pieces.append(Span(self.starts[start], self.ends[end - 1]))
        return pieces

    def kind_at(self, index: int) -> BlockKind:
        """The kind of the paragraph that holds this character of the flow."""
        return self.paragraph_at(index).kind

    def paragraph_at(self, index: int) -> Paragraph:
        """The paragraph that holds this character of the flow."""
        return self.paragraphs[self.paragraph_index(index)]

    def paragraph_index(self, index: int) -> int:
        """Which paragraph holds this character of the flow, or the gap that follows it."""
        return max(bisect_right(self.paragraphs, index, key=lambda p: p.start) - 1, 0)


class _Writer:
    """Collects the flow's characters with their places in the report."""

    def __init__(self, text: str) -> None:
        self.given = text
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.cuts: list[int] = []

    def put(self, chars: str, start: int, end: int) -> None:
        """Add characters that together stand for `[start, end)`, one to one where lengths agree."""
        size = len(chars)
        self.chars += chars
        if size == end - start:
            self.starts += range(start, end)
            self.ends += range(start + 1, end + 1)
        else:
            self.starts += [start] * size
            self.ends += [end] * size

    def put_block(self, block: Block) -> None:
        text = self.given[block.start : block.end]
        offset = block.start + len(text) - len(text.lstrip())
        stop = block.start + len(text.rstrip())
        for match in _CHANGED.finditer(self.given, offset, stop):
            start, end = match.span()
            self.put(self.given[offset:start], offset, start)
            self.put(_READ[match.lastgroup or ""], start, end)
            offset = end
        self.put(self.given[offset:stop], offset, stop)


def _goes_on(written: str, next_words: str, *, cut: bool) -> bool:
    """True where a paragraph goes on in the next block: furniture or a page break cut it."""
    if _ENDS.search(written.rstrip()):
        return False
    return cut or next_words[:1].islower()


def make_flow(report: Report) -> Flow:
    """The flow of a report: its headline, body, quotes and captions, furniture left out."""
    writer = _Writer(report.text)
    paragraphs: list[Paragraph] = []
    cut = False
    for block in sorted(report.blocks, key=lambda b: (b.start, b.end)):
        words = report.text[block.start : block.end].strip()
        if block.kind not in READ_KINDS or not words:
            cut = cut or block.is_furniture
            continue
        last = paragraphs[-1] if paragraphs else None
        if (
            last
            and last.kind == block.kind == "body"
            and _goes_on("".join(writer.chars[last.start :]), words, cut=cut)
        ):
            writer.put(" ", writer.ends[-1], writer.ends[-1])
            writer.cuts.append(len(writer.chars))
            start = paragraphs.pop().start
        else:
            if last:
                writer.put("\n\n", writer.ends[-1], writer.ends[-1])
            start = len(writer.chars)
        writer.put_block(block)
        paragraphs.append(Paragraph(block.kind, start, len(writer.chars)))
        cut = False
    text = "".join(writer.chars)
    if is_all_capitals(text):
        text = truecase(text)
    dated = (report.text[b.start : b.end] for b in report.blocks if b.kind == "dateline")
    dateline = "\n".join(dated)[:_DATELINE]
    return Flow(text, writer.starts, writer.ends, writer.cuts, tuple(paragraphs), dateline)


def carry_home(thing: Any, flow: Flow) -> Any:
    """A noun whose spans index the flow, as the same noun with spans of the report's text."""
    if thing is None or isinstance(thing, (str, int, float)):
        return thing
    if isinstance(thing, tuple):
        if thing and isinstance(thing[0], Span):
            return flow.home(thing)
        return tuple(carry_home(item, flow) for item in thing)
    kind: Any = type(thing)
    return kind(*(carry_home(getattr(thing, name), flow) for name in _names_of(kind)))


@functools.cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind))
