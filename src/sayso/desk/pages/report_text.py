"""A report's text as its page shows it: paragraphs of marked pieces, claims beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.desk.pages.cards import Card, card_of
from sayso.ledger.asking.report_page import CopyOf, ReportPage
from sayso.record import Span
from sayso.record.claim_words import BLOCK_WORDS
from sayso.record.clean import ODD, name_odd
from sayso.record.rows import Row, claims_by_row, find_rows, is_folded, runs_of
from sayso.record.segments import Segment, find_marks, sweep
from sayso.record.view import ClaimView, view_claims

MOST_COPIES = 10  # whose passages are marked; the others are listed
HALF = 0.5  # so much of a paragraph is shared that it is called so
_ODD = re.compile(f"([{ODD}])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under the same marks: their kinds, the claims they belong to, who shares them.

    `begins` are the claims whose words begin here, `odd` the name of a character that would act.
    """

    text: str
    kinds: str = ""
    claims: str = ""
    shared: str = ""
    begins: tuple[str, ...] = ()
    start: int = 0
    odd: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text: what it is, its pieces, the claims beside it, who else has it."""

    kind: str
    label: str
    dim: bool
    blank: bool
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    shared: tuple[CopyOf, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs that stand together; `folded` names what kinds of furniture are folded away."""

    paragraphs: tuple[Paragraph, ...]
    folded: str = ""


def runs_of_report(page: ReportPage) -> list[Run]:
    """The whole text, no character lost and none twice."""
    reading = page.reading
    views = list(view_claims(reading))
    marks, rows = find_marks(reading, views), find_rows(reading.report)
    copies = page.copies[:MOST_COPIES]
    edges = {edge for r in rows for edge in (r.stretch.start, r.stretch.end)}
    edges |= {edge for c in copies for p in c.copy.passages for edge in (p.a.start, p.a.end)}
    segments = list(sweep(marks, edges))
    beside = claims_by_row(views, marks, rows)
    pieces = _pieces(page, segments, rows, views, copies)
    found = []
    for run in runs_of(rows, beside):
        paragraphs = tuple(
            _paragraph(rows[i], pieces[i], [card_of(page, v) for v in beside.get(i, [])], copies)
            for i in run
        )
        folded = is_folded(run, rows)
        kinds = dict.fromkeys(BLOCK_WORDS[k] for i in run if (k := rows[i].kind)) if folded else {}
        found.append(Run(paragraphs, ", ".join(kinds)))
    return found


def _paragraph(
    row: Row, pieces: list[Piece], cards: list[Card], copies: Sequence[CopyOf]
) -> Paragraph:
    blank = not any(piece.text.strip() or piece.odd for piece in pieces)
    plain = blank or row.is_furniture
    shared = () if plain else tuple(c for c in copies if _covered(row.stretch, c) >= HALF)
    label = BLOCK_WORDS.get(row.kind, "") if row.kind else ""
    return Paragraph(
        row.kind or "between", label, row.is_furniture, blank, tuple(pieces), tuple(cards), shared
    )


def _covered(stretch: Span, copy: CopyOf) -> float:
    """How much of a stretch another report shares."""
    both = sum(
        max(0, min(p.a.end, stretch.end) - max(p.a.start, stretch.start))
        for p in copy.copy.passages
    )
    return both / max(1, len(stretch))


def _pieces(
    page: ReportPage, segments: Sequence[Segment], rows: Sequence[Row],
    views: Sequence[ClaimView], copies: Sequence[CopyOf],
) -> list[list[Piece]]:  # fmt: skip
    """The pieces of each row."""
    begins: dict[int, list[str]] = {}
    for view in views:
        if view.claim.content:
            start = view.claim.content[0].start
            begins.setdefault(start, []).append(page.handle(view.number - 1))
    found: list[list[Piece]] = [[] for _ in rows]
    row = 0
    for segment in segments:
        while segment.start >= rows[row].stretch.end:
            row += 1
        found[row] += _pieces_of(page, segment, tuple(begins.get(segment.start, ())), copies)
    return found


def _pieces_of(
    page: ReportPage, segment: Segment, begins: tuple[str, ...], copies: Sequence[CopyOf]
) -> Iterator[Piece]:
    """A segment, cut at characters that would act on the screen."""
    kinds = " ".join(dict.fromkeys(m.kind for m in segment.marks))
    claims = " ".join(dict.fromkeys(page.handle(m.claim - 1) for m in segment.marks if m.claim))
    own = Span(segment.start, segment.end)
    shared = " ".join(
        c.other.report for c in copies if any(p.a.covers(own) for p in c.copy.passages)
    )
    at = segment.start
    for part in _ODD.split(page.reading.report.text[segment.start : segment.end]):
        odd = name_odd(part) if _ODD.fullmatch(part) else None
        if part or begins:
            yield Piece(part, kinds, claims, shared, begins, at, odd)
        at, begins = at + len(part), ()
