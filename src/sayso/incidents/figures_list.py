"""Figures of the incidents that fit a question: as stated, compared, or by a named policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.incidents.figures import figure_lines
from sayso.incidents.opened import Opened, open_page
from sayso.ledger import Filters, IncidentRow, Ledger
from sayso.ledger.terms import words_of
from sayso.linking.figures_compare import compare_all
from sayso.linking.lines import read_lines
from sayso.linking.withdrawn import find_withdrawn
from sayso.record.incident import Compared, FigureStated
from sayso.record.links import ClaimRef

STEP = 20  # incidents looked at beyond what is asked for


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as stated, in its incident, with what can be said of it beside the others."""

    incident: str
    figure: FigureStated
    comparisons: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class CellRow:
    """What a policy makes of a measure in an incident."""

    incident: str
    type: str | None
    measure: str
    policy: str
    low: float | None
    best: float | None
    high: float | None
    counted: int


def list_figures(ledger: Ledger, filters: Filters, limit: int) -> list[FigureRow]:
    """Figures of the incidents that fit; measure, speaker and certainty also hold for each."""
    found: list[FigureRow] = []
    for row in ledger.incidents(filters, limit=min(1_000, limit + STEP)):
        found += figures_of(ledger, row.incident, filters)
        if len(found) >= limit:
            break
    return found[:limit]


def figures_of(ledger: Ledger, incident: str, filters: Filters) -> Iterator[FigureRow]:
    """The figures of one incident that fit, each with what can be said of it beside the others."""
    opened = open_page(ledger.incident_page(incident, as_known_at=filters.as_known_at))
    return _rows(incident, opened, filters)


def _rows(incident: str, opened: Opened, filters: Filters) -> Iterator[FigureRow]:
    basis = opened.basis
    told = figure_lines(basis, opened.numbers)
    beside: dict[str, list[Compared]] = {}
    texts = {id_: reading.report.text for id_, reading in basis.readings.items()}
    lines = read_lines(basis.readings, sorted(set(basis.not_rejected)))
    withdrawn = {ref for ref, _ in find_withdrawn(basis.readings, lines)}
    # what was taken back neither grew nor disagrees
    standing = [s for s in told.statements if s.ref not in withdrawn]
    for each in compare_all(standing, texts):
        if each.a.counts == each.b.counts:
            a, b = told.id_of(each.a), told.id_of(each.b)
            for id_ in (a, b):
                beside.setdefault(id_, []).append(Compared(a, b, each.verdict, each.words))
    for statement, line in zip(told.statements, told.lines, strict=True):
        if _fits(line, statement.ref, opened, filters):
            yield FigureRow(incident, line, tuple(beside.get(line.id, ())))


def _fits(line: FigureStated, ref: ClaimRef, opened: Opened, filters: Filters) -> bool:
    if filters.measure and line.counts != filters.measure:
        return False
    if filters.speaker:
        asked, name = words_of(filters.speaker), words_of(line.speaker)
        if not any(name[i : i + len(asked)] == asked for i in range(len(name))):
            return False
    if filters.certainty is None:
        return True
    claims = opened.basis.readings[ref.report].claims
    return any(c.id == ref.claim and c.certainty == filters.certainty for c in claims)


def list_cells(rows: Iterable[IncidentRow], policy: str, measure: str | None) -> Iterator[CellRow]:
    """What a policy makes of each measure of incidents."""
    for row in rows:
        for counts, cells in row.figures.items():
            if policy in cells and measure in (None, counts):
                low, best, high = cells[policy]
                yield CellRow(row.incident, row.type, counts, policy, low, best, high, row.counted)
