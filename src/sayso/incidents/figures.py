"""The figures of an incident as somebody stated them, and what can be said of each two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.incidents.lines import Basis
from sayso.incidents.sayings import standing_utterances
from sayso.linking.figures.stated import read_statements
from sayso.linking.saying.first import date_by_first_saying
from sayso.record import words_of
from sayso.record.incident import FigureStated, Quote
from sayso.record.links import ClaimRef, Statement


@dataclass(frozen=True, slots=True)
class Told:
    """Statements as linking compares them, and the lines that show them, in one order."""

    statements: tuple[Statement, ...]
    lines: tuple[FigureStated, ...]

    ids: Mapping[tuple[ClaimRef, str], str]  # of lines, by claim and figure

    def id_of(self, statement: Statement) -> str:
        """The id of the line of a statement."""
        return self.ids[statement.ref, statement.figure]


def figure_lines(basis: Basis, numbers: Mapping[ClaimRef, str]) -> Told:
    """The figures of the claims that stand; a figure is named by its claim and its place there."""
    statements = stated_in(basis, basis.not_rejected)
    lines = tuple(_line(basis, s, numbers[s.ref]) for s in statements)
    ids = {(s.ref, s.figure): line.id for s, line in zip(statements, lines, strict=True)}
    return Told(statements, lines, ids)


def stated_in(basis: Basis, refs: Iterable[ClaimRef]) -> tuple[Statement, ...]:
    """The figures of claims as statements, each dated by its first saying; no *other* measure."""
    stated = read_statements(basis.readings.values(), refs)
    counted = [s for s in stated if s.counts != "other"]
    return date_by_first_saying(counted, basis.readings, standing_utterances(basis))


def _line(basis: Basis, s: Statement, handle: str) -> FigureStated:
    reading = basis.readings[s.ref.report]
    claim = next(c for c in reading.claims if c.id == s.ref.claim)
    figure = next(f for f in reading.figures if f.id == s.figure)
    quote = Quote(
        basis.handles[s.ref.report], s.spot.spans, words_of(reading.report.text, s.spot.spans)
    )
    return FigureStated(
        id=f"{handle}.{claim.figures.index(s.figure)}",
        claim=handle,
        speaker=s.speaker_name,
        counts=s.counts,
        words=quote,
        of=s.of,
        scope=s.scope,
        bound=figure.bound,
        said=s.said,
        low=s.low,
        best=s.best,
        high=s.high,
        reaches_from=s.from_,
        reaches_to=s.to,
    )
