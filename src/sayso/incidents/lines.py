"""An incident's line: type, time, place, states, figures and origins, as linking makes them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sayso.ledger.entries.copies import copy_id
from sayso.linking.figures.states import states
from sayso.linking.incidents.mentions import Mention
from sayso.linking.incidents.people import read_toll
from sayso.linking.rows import Facts, facts_of
from sayso.record import Reading
from sayso.record.links import ClaimRef, Copy, Passage

Line = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Basis:
    """What an incident rests on: its mentions, the readings by report, what people set aside.

    `rejected` are claims that a person rejected, `undone` the ids of joins that one undid.
    """

    mentions: tuple[Mention, ...]
    readings: Mapping[str, Reading]
    rejected: frozenset[ClaimRef] = frozenset()
    undone: frozenset[str] = frozenset()
    handles: Mapping[str, str] = dataclasses.field(default_factory=dict)  # of reports, by their id

    @property
    def standing(self) -> tuple[Mention, ...]:
        """The mentions without the claims that were rejected."""
        return tuple(
            dataclasses.replace(
                m, claims=tuple(c for c in m.claims if ClaimRef(m.report, c) not in self.rejected)
            )
            for m in self.mentions
        )

    @property
    def not_rejected(self) -> list[ClaimRef]:
        """The claims that no person rejected; some may have been taken back."""
        return [ClaimRef(m.report, c) for m in self.standing for c in m.claims]

    def standing_refs(self, withdrawn: Collection[ClaimRef]) -> list[ClaimRef]:
        """The claims that stand and that nobody took back."""
        return [ref for ref in self.not_rejected if ref not in withdrawn]

    @property
    def events(self) -> dict[str, Collection[str]]:
        """By report the events that are of the incident."""
        found: dict[str, set[str]] = {}
        for mention in self.mentions:
            found.setdefault(mention.report, set()).update(mention.events)
        return dict(found)


def facts_about(basis: Basis, copies: Iterable[Copy]) -> Facts:
    """Type, time, place, figures and origins of an incident, and the cells behind the figures."""
    mentions = basis.standing
    tolls = {m.id: read_toll(basis.readings[m.report], m) for m in mentions}
    return facts_of(mentions, basis.readings, tolls, copies=copies, undone=basis.undone)


def make_line(basis: Basis, facts: Facts) -> Line:
    """The line that the ledger keeps, without the reports' names."""
    refs = basis.standing_refs(facts.origins.withdrawn)
    told = states(basis.readings.values(), refs, basis.events)
    return facts.row | {
        "state": [state.words for state in told],
        "texts": facts.origins.texts,
        "counted": len({m.report for m in basis.mentions}),
    }


def in_report(mention: Mention, reading: Reading) -> Mention:
    """A mention as the ledger keeps it, with its report's own id."""
    return dataclasses.replace(mention, report=reading.report.id)


def basis_of(
    members: Iterable[tuple[Mention, Reading]],
    rejected: Iterable[ClaimRef],
    undone: frozenset[str],
    handles: Mapping[str, str],
) -> Basis:
    """The basis of an incident from its members."""
    pairs = list(members)
    readings = {reading.report.id: reading for _, reading in pairs}
    return Basis(tuple(m for m, _ in pairs), readings, frozenset(rejected), undone, handles)


def copies_of(basis: Basis, held: Iterable[Copy]) -> tuple[Copy, ...]:
    """The copies among the reports of an incident that nobody undid, by the reports' own ids.

    `held` are those that the ledger holds, by handles.
    """
    own = {handle: id_ for id_, handle in basis.handles.items()}
    return tuple(
        _turned(dataclasses.replace(c, a=own[c.a], b=own[c.b]))
        for c in held
        if copy_id(c.a, c.b) not in basis.undone
    )


def _turned(copy: Copy) -> Copy:
    """The copy told from the lesser id, as in memory: the order of adding changes nothing."""
    if copy.a < copy.b:
        return copy
    passages = tuple(Passage(p.b, p.a) for p in sorted(copy.passages, key=lambda p: p.a.start))
    return Copy(copy.b, copy.a, copy.share_b, copy.share_a, passages)
