"""A report's text as rows of a page: one a paragraph, no character lost and none twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.record import FURNITURE, BlockKind, Report, Span

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the text to show as one paragraph; `kind` None where no block covers it."""

    kind: BlockKind | None
    stretch: Span

    @property
    def is_furniture(self) -> bool:
        """True for what stands on the page but is not of the report."""
        return self.kind in FURNITURE


def find_rows(report: Report) -> list[Row]:
    """Rows that together are the text: its blocks, what lies between them, cut at blank lines."""
    return [
        Row(kind, piece)
        for kind, stretch in _stretches(report)
        for piece in _paragraphs(report.text, stretch)
    ]


def _stretches(report: Report) -> Iterator[tuple[BlockKind | None, Span]]:
    """Blocks and the gaps between them; of two blocks that overlap, the first keeps the words."""
    at = 0
    for block in sorted(report.blocks, key=lambda b: (b.start, b.end)):
        start, end = max(block.start, at), min(block.end, len(report.text))
        if start >= end:
            continue
        if at < start:
            yield None, Span(at, start)
        yield block.kind, Span(start, end)
        at = end
    if at < len(report.text):
        yield None, Span(at, len(report.text))


def _paragraphs(text: str, stretch: Span) -> Iterator[Span]:
    at = stretch.start
    for gap in _BLANK_LINE.finditer(text, stretch.start, stretch.end):
        if text[at : gap.start()].strip() and gap.end() < stretch.end:
            yield Span(at, gap.end())
            at = gap.end()
    yield Span(at, stretch.end)
