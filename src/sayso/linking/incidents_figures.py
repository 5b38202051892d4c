"""The figures of an incident: tolls and stated counts, and what policies make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sayso.linking.figures import read_statements
from sayso.linking.incidents_mentions import Mention
from sayso.linking.incidents_people import Interval, Toll
from sayso.linking.policies import fill_cells
from sayso.record import Counts, Reading
from sayso.record.links import Cell, ClaimRef, Spot, Statement

# Up to so many people are told of one by one; of more a report states a count, with its speaker.
_ONE_BY_ONE = 20


def compute_cells(
    readings: Mapping[str, Reading], mentions: Iterable[Mention], tolls: Mapping[str, Toll]
) -> Mapping[str, Mapping[str, Cell]]:
    """By measure and policy the cell of an incident that mentions speak of.

    Killed and wounded are taken as a report's whole text tells them (incidents_people), one
    statement a report, and only from reports that count where any does: a retelling that names one
    of the dead is no later count. Larger counts, and other measures, are taken from the claims.
    """
    held = list(mentions)
    refs = [ClaimRef(m.report, c) for m in held for c in m.claims]
    counting = [m for m in held if tolls[m.id].counted] or held
    derived = [s for m in counting for s in _tell(readings[m.report], m, tolls[m.id])]
    told = {
        (s.ref.report, s.counts) for m in held for s in _tell(readings[m.report], m, tolls[m.id])
    }
    reports = {m.report for m in held}
    stated = read_statements((readings[r] for r in reports), refs)
    kept = [s for s in stated if (s.ref.report, s.counts) not in told]
    return fill_cells([*derived, *kept])


def _tell(reading: Reading, mention: Mention, toll: Toll) -> Iterator[Statement]:
    if toll.killed:
        yield from _statement(reading, mention, "killed", toll.killed)
    if toll.wounded:
        yield from _statement(reading, mention, "wounded", toll.wounded)


def _statement(
    reading: Reading, mention: Mention, counts: Counts, told: Interval
) -> Iterator[Statement]:
    """A report's toll as a statement in the report's own name, dated as the report."""
    low, best, high = (float(n) for n in told)
    if best > _ONE_BY_ONE:
        return
    yield Statement(
        ref=ClaimRef(reading.report.id, mention.claims[0] if mention.claims else ""),
        figure=f"toll:{counts}",
        counts=counts,
        of="",
        people=None,
        scope="incident",
        speaker=reading.report.id,
        speaker_name=reading.report.publisher or reading.report.name,
        said=reading.report.published,
        low=best,
        best=best,
        high=best,
        from_=low,
        to=high,
        spot=Spot(reading.report.id, mention.spans),
    )
