"""Figures of the incidents that fit a question: as stated, compared, or by a named policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.incidents.figures import figure_lines
from sayso.incidents.opened import Opened, open_page
from sayso.ledger import Filters, IncidentRow, Ledger
from sayso.ledger.layout.project import source_key
from sayso.ledger.layout.terms import words_of
from sayso.linking.figures.compare import compare_all
from sayso.linking.saying.withdrawn import find_withdrawn
from sayso.linking.speakers.lines import read_lines
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
    at, speaker = filters.as_known_at, filters.speaker
    opened = open_page(ledger.incident_page(incident, as_known_at=at))
    joined = ledger.also_called(speaker, as_known_at=at) if speaker else []
    called = frozenset(key.rsplit("|", 2)[0] for key in joined)
    return _rows(incident, opened, filters, called)


def _rows(
    incident: str, opened: Opened, filters: Filters, called: frozenset[str]
) -> Iterator[FigureRow]:
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
        if _is_of(line.speaker, filters.speaker, called) and _fits(
            line, statement.ref, opened, filters
        ):
            yield FigureRow(incident, line, tuple(beside.get(line.id, ())))


def _is_of(speaker: str, asked: str | None, called: frozenset[str]) -> bool:
    """True where the name asked for stands in the speaker's, or people know it by that too."""
    if not asked or source_key(speaker) in called:
        return True
    sought, name = words_of(asked), words_of(speaker)
    return any(name[i : i + len(sought)] == sought for i in range(len(name)))


def _fits(line: FigureStated, ref: ClaimRef, opened: Opened, filters: Filters) -> bool:
    if filters.measure and line.counts != filters.measure:
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
