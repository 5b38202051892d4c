"""Statements dated by their first saying: Tuesday's sentence reprinted later is Tuesday's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.linking.figures.stated import order_of
from sayso.linking.saying.utterances import find_utterances
from sayso.record import Reading, When
from sayso.record.links import AttributionRef, Statement, Utterance

_Count = tuple[str, float | None, float | None, float | None]


def date_by_first_saying(
    statements: Sequence[Statement],
    readings: Mapping[str, Reading],
    utterances: Iterable[Utterance] | None = None,
) -> tuple[Statement, ...]:
    """The statements, each with the day on which its act of saying first gave that count.

    A report that reprints what was said before it says nothing anew. `utterances` are found among
    the readings, by the reports' ids, where they are not given.
    """
    by_act: dict[AttributionRef, list[Statement]] = {}
    for statement in statements:
        act = _act_of(statement, readings)
        if act is not None:
            by_act.setdefault(act, []).append(statement)
    reports = {act.report for act in by_act}
    if len(reports) < 2:
        return tuple(statements)
    if utterances is None:
        utterances = find_utterances(readings[r] for r in sorted(reports))
    first = dict(_first(utterances, by_act))
    return tuple(replace(s, said=first.get((s.ref, s.figure), s.said)) for s in statements)


def _act_of(statement: Statement, readings: Mapping[str, Reading]) -> AttributionRef | None:
    """The attribution whose words state it, None for a report's own voice."""
    claims = readings[statement.ref.report].claims
    own = next((c.attribution for c in claims if c.id == statement.ref.claim), None)
    return AttributionRef(statement.ref.report, own) if own else None


def _first(
    utterances: Iterable[Utterance], by_act: Mapping[AttributionRef, Sequence[Statement]]
) -> Iterator[tuple[tuple[object, str], When | None]]:
    """For each statement of an utterance the day of the first that gives the same count."""
    for utterance in utterances:
        alike: dict[_Count, list[Statement]] = {}
        for act in utterance.attributions:
            for s in by_act.get(act, ()):
                alike.setdefault((s.counts, s.low, s.best, s.high), []).append(s)
        for held in alike.values():
            dated = [s for s in held if s.said and s.said.start]
            if dated:
                said = min(dated, key=order_of).said
                yield from (((s.ref, s.figure), said) for s in held)
