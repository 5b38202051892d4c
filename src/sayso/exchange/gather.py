"""The rows of incidents as a spreadsheet holds them: a row an incident, and one a claim of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.exchange.coded.standing import Coded, standing_words
from sayso.exchange.columns import COLUMNS, Cell, Told
from sayso.exchange.leaving import Asked, Leaving, leave_incident, open_leaving
from sayso.ledger import Ledger
from sayso.record.incident import ClaimLine, FigureStated
from sayso.record.words import when_words

WORDS = {
    "claim": "the claim's handle, as in the columns of the sheet incidents",
    "incident": "the incident that it tells of",
    "report": "the report's handle",
    "publisher": "who published the report",
    "published": "when",
    "speaker": "who says it, the innermost; empty: the report itself",
    "chain": "on whose word, from the publisher inwards",
    "certainty": "how sure, by the speaker's own words",
    "polarity": "positive, or negative: it says that it is not so",
    "said": "when it was said; empty: not told",
    "standing": "stands, rejected by a person, or withdrawn by who said it",
    "figures": "the counts that it states, with what they count",
    "words": "the words",
    "offsets": "where they stand in the report's text: first-end, in characters from 0, end not in",
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it is written: the incident's id, its cells in order, the claims beneath each."""

    incident: str
    cells: tuple[Cell, ...]
    rests_on: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Export:
    """All that a file of incidents says; `words` are rows in the order of WORDS."""

    leaving: Leaving
    rows: tuple[SheetRow, ...]
    words: tuple[tuple[str | None, ...], ...]
    reports: tuple[str, ...]


def gather(ledger: Ledger, asked: Asked) -> Export:
    """The incidents that fit, each with its claims; raises UsageError for a wrong filter."""
    leaving, coded = open_leaving(ledger, asked), Coded(ledger)
    told = [_standing(each, coded, leaving) for each in leaving.told()]
    reports = dict.fromkeys(r.report for each in told for r in each.view.report_lines)
    words = tuple(line for each in told for line in claim_rows(each))
    return Export(leaving, tuple(map(_row, told)), words, tuple(reports))


def row_now(ledger: Ledger, asked: Asked, told: Told) -> SheetRow:
    """The row of an incident as an export would write it now."""
    return _row(leave_incident(ledger, asked, told))


def _standing(told: Told, coded: Coded, leaving: Leaving) -> Told:
    """An incident with how it stands to what the team coded, where rows are held."""
    if not coded.held:
        return told
    return dataclasses.replace(told, coded=leaving.hidden(standing_words(coded.of(told))))


def _row(told: Told) -> SheetRow:
    return SheetRow(
        told.view.id,
        tuple(c.take(told) for c in COLUMNS),
        tuple(tuple(dict.fromkeys(c.rests_on(told))) for c in COLUMNS),
    )


def claim_rows(told: Told) -> Iterator[tuple[str | None, ...]]:
    """A row for each claim of the incident, in the order of WORDS."""
    published = {r.report: r for r in told.view.report_lines}
    figures: dict[str, list[FigureStated]] = {}
    for figure in told.view.figures:
        figures.setdefault(figure.claim, []).append(figure)
    for claim in told.view.claims:
        report = published[claim.report]
        yield (
            claim.claim, told.view.id, claim.report, report.publisher,
            when_words(report.published), claim.speaker, " › ".join(claim.chain),
            claim.certainty, claim.polarity, when_words(claim.said), claim.standing,
            "; ".join(f"{f.counts}: {f.words.words}" for f in figures.get(claim.claim, ())),
            claim.content.words, _offsets(claim),
        )  # fmt: skip


def _offsets(claim: ClaimLine) -> str:
    return "; ".join(f"{s.start}-{s.end}" for s in claim.content.spans)
