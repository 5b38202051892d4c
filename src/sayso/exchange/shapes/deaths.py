"""Deaths of an incident by who they were, as UCDP parts them; together they are the best count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.exchange.columns import Told
from sayso.exchange.shapes.sides import Party, Sides, class_of
from sayso.lexicon.events import Ontology
from sayso.record.incident import ActorLine, FigureStated, IncidentView, PolicyCell


@dataclass(frozen=True, slots=True)
class Deaths:
    """The deaths of each side, of civilians, of who is not told; the claims that say who."""

    a: float = 0
    b: float = 0
    civilians: float = 0
    unknown: float = 0
    claims: tuple[str, ...] = ()


def deaths_cell(told: Told) -> PolicyCell | None:
    """The incident's own deaths by the policy; None where nobody tells of one.

    A count since the beginning of a war, told beside the incident, is not the incident's.
    """
    cell = told.cell_of("killed")
    if cell is None or not any(c.best for c in told.view.cells if c.measure == "killed"):
        return None
    stated = [f for f in told.view.figures if f.counts == "killed" and f.claim in cell.claims]
    return None if stated and all(map(_is_cumulative, stated)) else _as_stated(told.view, cell)


def _as_stated(view: IncidentView, cell: PolicyCell) -> PolicyCell:
    """The cell with ends that somebody states: *four people* is 4 to 4.

    The ledger gives a small toll an end on each side, for it may have been misread or may grow;
    that is no estimate of a source.
    """
    report_of = {c.claim: c.report for c in view.claims}
    totals: dict[tuple[str, str], FigureStated] = {}  # a speaker's other figures are parts of it
    for f in view.figures:
        if f.counts == "killed" and f.claim in cell.claims and not _is_cumulative(f):
            key = report_of[f.claim], f.speaker
            totals[key] = max(totals.get(key, f), f, key=_least)
    lows = [_least(f) for f in totals.values()]
    highs = [f.reaches_to if f.reaches_to is not None else _least(f) for f in totals.values()]
    if cell.best is None or not totals:
        return cell
    return replace(
        cell,
        low=min(cell.best, max(cell.low or 0, min(lows))),
        high=None if cell.high is None else max(cell.best, min(cell.high, max(highs))),
    )


def _least(figure: FigureStated) -> float:
    return figure.best or figure.reaches_from or figure.low or 0


def _is_cumulative(figure: FigureStated) -> bool:
    return figure.scope == "cumulative"


def part_deaths(
    cell: PolicyCell, lines: Sequence[ActorLine], sides: Sides, ontology: Ontology
) -> Deaths:
    """The best count parted by who the dead were.

    Where all who are called dead are of one kind, all are; where the words count each kind and
    that makes up the whole, by these counts; else who they were is unknown.
    """
    total = cell.best or 0
    dead = [x for x in lines if x.event == "death" and x.role == _dead(ontology)]
    dead = [x for x in dead if set(x.claims) & set(cell.claims)] or dead
    claims = tuple(dict.fromkeys(c for line in dead for c in line.claims)) or cell.claims
    counts: dict[str, float | None] = {}
    for line in dead:
        kind = _kind(line, sides, ontology)
        known = counts.get(kind)
        counts[kind] = line.count if known is None else max(known, line.count or 0)
    if len(counts) == 1 and "unknown" not in counts:
        return Deaths(**{next(iter(counts)): total}, claims=claims)
    told = {kind: count for kind, count in counts.items() if count is not None}
    if counts and len(told) == len(counts) and sum(told.values()) == total:
        return Deaths(**told, claims=claims)
    return Deaths(unknown=total, claims=claims)


def _dead(ontology: Ontology) -> str:
    return ontology.types["death"].roles[1]


def _kind(line: ActorLine, sides: Sides, ontology: Ontology) -> str:
    """Which side a line's dead were of, civilians, or unknown."""
    group = class_of(line, ontology)
    if group is None or group == "civilians":
        return group or "unknown"
    found = [k for k, side in (("a", sides.a), ("b", sides.b)) if side and _of(line, side, group)]
    return found[0] if len(found) == 1 else "unknown"


def _of(line: ActorLine, side: Party, group: str) -> bool:
    if side.group != group:
        return False
    if line.country and side.country:
        return line.country == side.country
    if group == "state":  # "soldiers", and one of the sides is a state
        return line.country is None
    return (line.name or line.words).casefold() in {n.casefold() for n in side.names}
