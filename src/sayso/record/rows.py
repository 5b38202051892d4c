"""A report's text as rows of a page: one a paragraph, no character lost and none twice."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.record import FURNITURE, BlockKind, Report, Span
from sayso.record.segments import Mark
from sayso.record.view import ClaimView

FOLD_OVER = 400  # so many characters of page furniture in a row are folded away
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


def claims_by_row(
    views: Iterable[ClaimView], marks: Iterable[Mark], rows: Sequence[Row]
) -> dict[int, list[ClaimView]]:
    """Each claim at the paragraph in which its words begin; at the last, where it has none."""
    first: dict[int, int] = {}
    for mark in marks:
        if mark.kind == "content" or mark.claim not in first:
            first.setdefault(mark.claim, mark.start)
    found: dict[int, list[ClaimView]] = {}
    for view in views:
        at = view.claim.content[0].start if view.claim.content else first.get(view.number)
        row = len(rows) - 1
        if at is not None:
            row = next((i for i, r in enumerate(rows) if at < r.stretch.end), row)
        found.setdefault(row, []).append(view)
    return found


def runs_of(rows: Sequence[Row], apart: Container[int]) -> Iterator[list[int]]:
    """Rows one by one, but pieces of furniture that follow each other together.

    Rows that have a claim beside them stand `apart`.
    """
    run: list[int] = []
    for i, row in enumerate(rows):
        if row.is_furniture and i not in apart:
            run.append(i)
            continue
        if run:
            yield run
            run = []
        yield [i]
    if run:
        yield run


def is_folded(run: Sequence[int], rows: Sequence[Row]) -> bool:
    """True for so much furniture in a row that it is folded away."""
    length = sum(len(rows[i].stretch) for i in run)
    return rows[run[0]].is_furniture and length > FOLD_OVER
