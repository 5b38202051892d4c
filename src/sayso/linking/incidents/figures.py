"""The figures of an incident: tolls and stated counts, and what policies make of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.linking.figures.compare import of_the_toll
from sayso.linking.figures.policies import fill_cells
from sayso.linking.figures.stated import order_of, read_statements
from sayso.linking.incidents.mentions import Mention
from sayso.linking.incidents.parts import LEAD
from sayso.linking.incidents.people import HIT, Interval, Toll
from sayso.linking.saying.first import date_by_first_saying
from sayso.record import Claim, Counts, Reading
from sayso.record.links import Cell, ClaimRef, Spot, Statement

Cells = Mapping[str, Mapping[str, Cell]]  # by measure and policy

# Up to so many people are told of one by one; of more a report states a count, with its speaker.
_ONE_BY_ONE = 20
_TOLLS = ("killed", "wounded")
_TOLL = "toll:"  # a figure that a report's whole text tells
# Stems that tell of people being hit where no such event was read: "died of a gunshot wound".
_HIT_WORDS = (
    "gun", "guns", "gunshot", "gunfire", "gunman", "shot", "shots", "shoot", "bullet", "firearm",
    "handgun", "shotgun", "pistol", "rifle", "revolver", "stabb", "knife",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """How many were hit: by policy as told, and as sayso estimates it from all that is told.

    `estimate` holds low, best and high of killed and wounded, None for an open end: with a margin
    that was measured, and 0 where reports tell of people being hit and of none such.
    """

    cells: Cells
    estimate: Mapping[str, tuple[float | None, float | None, float | None]]


def compute_cells(
    readings: Mapping[str, Reading], mentions: Iterable[Mention], tolls: Mapping[str, Toll]
) -> Counted:
    """By measure and policy the cell of an incident that mentions speak of, and the estimate.

    Killed and wounded are taken as a report's whole text tells them (people.py), one
    statement a report, and only from reports that count where any does: a retelling that names one
    of the dead is no later count. Nor does one that is silent of the wounded say that there are
    none, where another tells of more people than it does, and none that is silent of the dead says
    so where another tells of one. Larger counts, other measures, and those of a report whose
    speakers differ or that only says *dozens*, are taken from the claims. Cells have no margin, and
    no 0 that nobody states.
    """
    held = list(mentions)
    stated = _stated(readings, held)
    by_claims = _disputed(readings, stated) | _vague(stated, held, tolls)
    counting = [m for m in held if tolls[m.id].counted] or held
    everybody = max((_people(tolls[m.id]) for m in counting), default=0)
    derived = [
        s
        for m in counting
        for s in _tell(readings[m.report], m, tolls[m.id])
        if not (s.counts == "wounded" and not s.best and _people(tolls[m.id]) < everybody)
        and (m.report, s.counts) not in by_claims
    ]
    small = {m.report for m in held if 0 <= _largest(tolls[m.id]) <= _ONE_BY_ONE}
    kept = [
        s for s in stated
        if s.counts not in _TOLLS
        or s.ref.report not in small
        or (s.ref.report, s.counts) in by_claims
    ]  # fmt: skip
    weighed = list(_not_silent([*derived, *kept]))
    tolled = [s for s in weighed if s.figure.startswith(_TOLL)]
    told = fill_cells([*_as_told(tolled, stated), *kept])
    weighed_cells = fill_cells([s for s in weighed if s.counts in _TOLLS])
    ends = {name: by_policy["most_recent"] for name, by_policy in weighed_cells.items()}
    return Counted(told, {name: (c.low, c.best, c.high) for name, c in ends.items()})


def _as_told(derived: Sequence[Statement], stated: Iterable[Statement]) -> Iterator[Statement]:
    """Tolls with the ends that the words give, and without those of 0 that nobody states.

    Who was wounded on Tuesday and is dead on Thursday is wounded no more: a later report that tells
    of people hit and of none wounded takes the earlier ones' place.
    """
    words = {(s.ref.report, s.counts, s.best): s for s in stated}
    none = {s.counts: order_of(s) for s in sorted(derived, key=order_of) if s.best == 0}
    for s in derived:
        if order_of(s) < none.get(s.counts, ("", "")):
            continue
        said = words.get((s.ref.report, s.counts, s.best))
        if said is not None:
            yield replace(s, low=said.low, high=said.high, from_=said.from_, to=said.to)
        elif s.best:
            yield replace(s, from_=s.best, to=None if s.to is None else s.best)


def _not_silent(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Those but for reports that tell of none killed, where any tells of one."""
    dead = any(s.counts == "killed" and (s.best or s.from_) for s in statements)
    return (s for s in statements if not (dead and s.counts == "killed" and _is_silent(s)))


def _is_silent(statement: Statement) -> bool:
    return statement.best == 0 and statement.figure.startswith(_TOLL)


def _stated(readings: Mapping[str, Reading], mentions: Iterable[Mention]) -> list[Statement]:
    """What the claims of mentions count of the whole of the incident's people."""
    refs = [ClaimRef(m.report, c) for m in mentions for c in m.claims]
    held = {ref.report: readings[ref.report] for ref in refs}
    counted = [s for s in read_statements(held.values(), refs) if s.counts != "other"]
    told = date_by_first_saying(counted, held)
    return list(of_the_toll(told, {id_: r.report.text for id_, r in held.items()}))


def _disputed(readings: Mapping[str, Reading], stated: Iterable[Statement]) -> set[tuple[str, str]]:
    """The reports, each with the measure, whose speakers count differently.

    *Four died, the hospital said; the mayor spoke of three* is two counts and not one. One victim
    spoken of is no count of all.
    """
    most: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for s in stated:
        claim = next(c for c in readings[s.ref.report].claims if c.id == s.ref.claim)
        if claim.attribution and s.best is not None and s.best > 1:
            told = most[s.ref.report, s.counts]
            told[s.speaker] = max(s.best, told.get(s.speaker, 0))
    return {key for key, told in most.items() if len(set(told.values())) > 1}


def _vague(
    stated: Iterable[Statement], mentions: Iterable[Mention], tolls: Mapping[str, Toll]
) -> set[tuple[str, str]]:
    """The reports, each with the measure, that state a vague amount of more than are told singly.

    *Dozens of people were killed* tells of no one by themselves, and is no count of one. Not what
    stands further down: *one of several deaths over the weekend* looks at others.
    """
    told: dict[tuple[str, str], int] = {}
    for m in mentions:
        for counts, interval in (("killed", tolls[m.id].killed), ("wounded", tolls[m.id].wounded)):
            key = m.report, counts
            told[key] = max(told.get(key, 0), interval[1] if interval else 0)
    return {
        key
        for s in stated
        if s.vague and s.scope == "incident" and s.spot.spans[0].start < LEAD
        if (s.from_ or 0) > told.get(key := (s.ref.report, s.counts), 0)
    }


def _tell(reading: Reading, mention: Mention, toll: Toll) -> Iterator[Statement]:
    """A report's toll as statements; none where it is too large to be told one by one.

    That nobody was killed, or wounded, is told only by a report of people being hit: one of a
    flood that killed nine says nothing of the hurt.
    """
    told: list[tuple[Counts, Interval | None]] = [
        ("killed", toll.killed), ("wounded", toll.wounded)
    ]  # fmt: skip
    if _largest(toll) > _ONE_BY_ONE:
        return
    for counts, interval in told:
        if interval and (interval[1] or _tells_of_hits(mention)):
            yield _statement(reading, mention, counts, interval)


def _people(toll: Toll) -> int:
    """Of how many people hit a report tells."""
    return sum(told[1] for told in (toll.killed, toll.wounded) if told)


def _largest(toll: Toll) -> int:
    """The larger of the two numbers; -1 where nothing is told."""
    return max((t[1] for t in (toll.killed, toll.wounded) if t), default=-1)


def _tells_of_hits(mention: Mention) -> bool:
    return bool(mention.types & HIT) or any(w in mention.wording.words for w in _HIT_WORDS)


def _statement(reading: Reading, mention: Mention, counts: Counts, told: Interval) -> Statement:
    """A report's toll as a statement in the report's own name, dated as the report."""
    low, best, high = told
    return Statement(
        ref=ClaimRef(reading.report.id, _claim_that_tells(reading, mention, counts, best)),
        figure=f"{_TOLL}{counts}",
        counts=counts,
        of="",
        people=None,
        scope="incident",
        speaker=reading.report.id,
        speaker_name=reading.report.publisher or reading.report.name,
        said=reading.report.published,
        low=best,
        best=best,
        high=None if high is None else best,
        from_=low,
        to=high,
        spot=Spot(reading.report.id, mention.spans),
    )


_TELLING = {"killed": "death", "wounded": "injury"}


def _claim_that_tells(reading: Reading, mention: Mention, counts: Counts, best: int) -> str:
    """The claim that a toll rests on most: it states the number, or tells of such people."""
    held = set(mention.claims)
    numbers = {f.id for f in reading.figures if f.counts == counts and f.best == best}
    types = {e.id: e.type for e in reading.events}

    def told(claim: Claim) -> int:
        if numbers & set(claim.figures):
            return 3
        own = {types[e] for e in claim.events if e in types}
        return 2 if _TELLING[counts] in own else int(bool(own & HIT))

    claims = sorted((c for c in reading.claims if c.id in held), key=told, reverse=True)
    return claims[0].id if claims else ""
