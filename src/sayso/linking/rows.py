"""One row an incident, as `sayso link` prints it: reports, type, time, place, figures, origins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sayso.linking.incidents.figures import Cells, compute_cells
from sayso.linking.incidents.link import IncidentLinker
from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.linking.incidents.people import Toll, read_toll
from sayso.linking.incidents.together import link_together
from sayso.linking.origins.count import count_origins
from sayso.record import Place, Reading, When
from sayso.record.links import ClaimRef, Copy, OriginCount

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """Readings linked: the linker, the readings by their report's id, and all names of each."""

    linker: IncidentLinker
    readings: Mapping[str, Reading]
    names: Mapping[str, list[str]]
    tolls: Mapping[str, Toll]


def link_readings(readings: Iterable[Reading]) -> Linked:
    """Readings linked in one go; their order on the command line changes nothing."""
    names: dict[str, list[str]] = defaultdict(list)
    held: dict[str, Reading] = {}
    for reading in readings:
        held.setdefault(reading.report.id, reading)
        names[reading.report.id].append(reading.report.name)
    mentions = [m for r in held.values() for m in read_mentions(r)]
    linker = IncidentLinker()
    link_together(linker, mentions)
    tolls = {m.id: read_toll(held[m.report], m) for m in mentions}
    return Linked(linker, held, {r: sorted(n) for r, n in names.items()}, tolls)


def rows_of(linked: Linked) -> Iterator[Row]:
    """The rows, those of the earliest reports first."""
    for incident in linked.linker.incidents():
        reports = dict.fromkeys(m.report for m in incident.mentions)
        facts = facts_of(incident.mentions, linked.readings, linked.tolls)
        yield {
            "incident": incident.id,
            "reports": sorted(n for r in reports for n in linked.names[r]),
            "main": sorted(n for m in incident.mentions if m.main for n in linked.names[m.report]),
            **facts.row,
            "estimate": {
                measure: [_plain(n) for n in ends] for measure, ends in facts.estimate.items()
            },
        }


def _telling(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that say what, when, where and how many: of those about it, not who denies it.

    Who only denies tells of it where nobody else does.
    """
    main = [m for m in mentions if m.main]
    return [m for m in main if m.stance != "denies"] or main


@dataclass(frozen=True, slots=True)
class Facts:
    """What an incident's row says but for its names; the origins and the cells behind it.

    `estimate` is sayso's own of the killed and the wounded: low, best, high, by measure.
    """

    row: Row
    origins: OriginCount
    cells: Cells
    estimate: Mapping[str, tuple[float | None, float | None, float | None]]


def facts_of(
    mentions: Sequence[Mention],
    readings: Mapping[str, Reading],
    tolls: Mapping[str, Toll],
    *,
    copies: Iterable[Copy] | None = None,
    undone: frozenset[str] = frozenset(),
) -> Facts:
    """The facts of an incident that mentions speak of: the same for rows, lists and its page.

    `copies` are found where they are not given, `undone` the ids of joins that a person undid.
    """
    reports = dict.fromkeys(m.report for m in mentions)
    claims = [ClaimRef(m.report, c) for m in mentions for c in m.claims]
    origins = count_origins([readings[r] for r in reports], claims, copies=copies, undone=undone)
    withdrawn = frozenset(origins.withdrawn)
    telling = _telling([m for m in mentions if _stands(m, readings, withdrawn)] or mentions)
    telling = telling or list(mentions)
    counted = compute_cells(readings, *_without(withdrawn, telling, readings, tolls))
    row = {
        "type": _commonest(m.type for m in telling),
        "time": _when(telling),
        "place": _where(telling),
        "figures": {
            measure: {name: [_plain(n) for n in (c.low, c.best, c.high)] for name, c in row.items()}
            for measure, row in counted.cells.items()
        },
        "origins": [origins.at_least, origins.at_most],
    }
    return Facts(row, origins, counted.cells, counted.estimate)


def _stands(
    mention: Mention, readings: Mapping[str, Reading], withdrawn: Collection[ClaimRef]
) -> bool:
    """False where all that a mention tells was taken back."""
    claims = {c.id: c for c in readings[mention.report].claims}
    told = {c for c in mention.claims if c in claims and claims[c].events}
    return not told or any(ClaimRef(mention.report, c) not in withdrawn for c in told)


def _without(
    withdrawn: Collection[ClaimRef],
    mentions: Iterable[Mention],
    readings: Mapping[str, Reading],
    tolls: Mapping[str, Toll],
) -> tuple[list[Mention], Mapping[str, Toll]]:
    """Mentions without the claims and events that were taken back, and their tolls."""
    kept, counted = [], dict(tolls)
    for mention in mentions:
        back = {c for c in mention.claims if ClaimRef(mention.report, c) in withdrawn}
        if not back:
            kept.append(mention)
        elif _stands(mention, readings, withdrawn):
            claims = [c for c in readings[mention.report].claims if c.id in back]
            lost = {e for c in claims for e in c.events}
            own = replace(
                mention,
                claims=tuple(c for c in mention.claims if c not in back),
                events=tuple(e for e in mention.events if e not in lost),
            )
            counted[own.id] = read_toll(readings[own.report], own)
            kept.append(own)
    return kept, counted


def _plain(number: float | None) -> float | None:
    if number is None:
        return None
    return int(number) if float(number).is_integer() else round(number, 3)


def _commonest(values: Iterable[str | None]) -> str | None:
    votes = Counter(v for v in values if v is not None)
    return max(votes, key=lambda v: (votes[v], v)) if votes else None


def _when(mentions: Iterable[Mention]) -> Row | None:
    """The time that most mentions give, the more exact one of two."""
    votes: Counter[When] = Counter(m.when for m in mentions if m.when)
    if not votes:
        return None
    days = Counter({w: sum(n for v, n in votes.items() if _day(v) == _day(w)) for w in votes})
    best = max(votes, key=lambda w: (days[w], votes[w], w.precision == "minute", str(w.start)))
    return asdict(best)


def _day(when: When) -> str:
    return (when.start or "")[:10]


def _where(mentions: Iterable[Mention]) -> Row | None:
    """The place that most mentions give."""
    places: dict[tuple[str | None, str | None], list[Place]] = defaultdict(list)
    for mention in mentions:
        if mention.place:
            places[mention.place.name, mention.place.gazetteer_id].append(mention.place)
    if not places:
        return None
    best = max(places, key=lambda k: (len(places[k]), str(k)))
    row = asdict(places[best][0])
    for of_one_mention in ("span", "reads_as", "score"):
        row.pop(of_one_mention)
    return row
