"""Holders of one office: *the mayor of Oda* and *the town's mayor, Ada Holm*, where it is Oda."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.linking.speakers.identity import fold
from sayso.linking.speakers.lines import Line, Node
from sayso.record import Reading

_OFFICE = re.compile(r"\b(mayor|governor)\b", re.IGNORECASE)
_NOT_IT = re.compile(
    r"\b(?:deputy|vice|former|ex|aides?|spokes\w+|office|mayors|governors)\b", re.IGNORECASE
)
_OF = re.compile(r"\b(?:mayor|governor) of (?:the )?([A-ZÀ-Þ][\w’-]+)")
_BEFORE = re.compile(
    r"\b([A-ZÀ-Þ][\w-]+)(?:['’]s)?(?: (?:regional|provincial))? (?:mayor|governor)\b"
)
_ARTICLES = frozenset("the its a an regional provincial local".split())


@dataclass(frozen=True, slots=True)
class _Holder:
    node: Node
    office: str
    place: str


def same_offices(
    readings: Mapping[str, Reading], lines: Sequence[Line]
) -> Iterator[tuple[Node, Node, tuple[str, str]]]:
    """Sources of different reports that hold one office of one place, one of them by name.

    Two by name are one by their names, not by what they hold.
    """
    nodes = {n.id: n for line in lines for n in line.hops if not n.is_voice}
    holders = [h for n in nodes.values() if (h := _holder(readings[n.report], n))]
    for a, b in itertools.combinations(holders, 2):
        named = bool(a.node.who.person) + bool(b.node.who.person)
        if a.node.report != b.node.report and named == 1 and _is_one(a, b):
            words = f"one office by place: {a.node.who.name}; {b.node.who.name}"
            yield a.node, b.node, ("same speaker", words)


def _is_one(a: _Holder, b: _Holder) -> bool:
    return (a.office, a.place) == (b.office, b.place)


def _holder(reading: Reading, node: Node) -> _Holder | None:
    name = node.who.name
    found = _OFFICE.search(name)
    if found is None or _NOT_IT.search(name) or node.who.plural:
        return None
    office = found[1].lower()
    told = _OF.search(name) or _BEFORE.search(name)
    place = told[1] if told and told[1].lower() not in _ARTICLES else _place(reading, office)
    return _Holder(node, office, fold(place)) if place else None


def _place(reading: Reading, office: str) -> str | None:
    """The only town, or for a governor the only region, that a report puts its events in."""
    places = [e.place for e in reading.events if e.place]
    names = Counter(
        name
        for p in places
        if (name := p.name if office == "mayor" and p.precision == "town" else
            (p.admin1 or "").split(" ")[0] if office == "governor" else None)
    )  # fmt: skip
    return next(iter(names)) if len(names) == 1 else None
