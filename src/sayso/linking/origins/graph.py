"""The graph of say-so: from each line onward to where it ends.

A place in it is a source in one act of saying: edges hang on acts, not on speakers. What a ministry
had from an ally on Friday says nothing of what it says by itself on Monday.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.linking.origins.joins import Joined, make_join
from sayso.linking.speakers.identity import fold
from sayso.linking.speakers.lines import Line, Node, names_of, overlap
from sayso.record import Reading
from sayso.record.links import ClaimRef, Ground, Join, Spot

Head = str  # the node that stands for all that are joined with it
Place = tuple[Head, int]
Sink = frozenset[Head]  # one source, or the sources of a cycle without a way out


@dataclass(frozen=True, slots=True)
class Graph:
    """Sources by head, what each names as its own source in any act, and where each line ends."""

    nodes: Mapping[Head, tuple[Node, ...]]
    below: Mapping[Head, frozenset[Head]]
    ends: Mapping[ClaimRef, frozenset[Sink]]
    cited: tuple[Join, ...]

    @property
    def sinks(self) -> tuple[Sink, ...]:
        """Where the lines end, each once, in a fixed order."""
        return tuple(sorted({s for ends in self.ends.values() for s in ends}, key=sorted))


def build_graph(
    readings: Mapping[str, Reading], lines: Sequence[Line], joined: Joined, undone: frozenset[str]
) -> Graph:
    """The graph of the lines' sources, with the reports that are cited and held."""
    nodes: dict[Head, dict[str, Node]] = {}
    for node in (n for line in lines for n in line.hops):
        nodes.setdefault(joined.head(node.id), {})[node.id] = node
    acts = _acts(joined, lines)
    steps: dict[Place, set[Place]] = {}
    for line in lines:
        places = [(joined.head(n.id), acts[line.ref, i]) for i, n in enumerate(line.hops)]
        for outer, inner in itertools.pairwise(places):
            if outer[0] != inner[0]:
                steps.setdefault(outer, set()).add(inner)
    cited = []
    for line, other, join in _citing(readings, lines, undone):
        start = (joined.head(line.hops[-1].id), acts[line.ref, len(line.hops) - 1])
        to = (joined.head(other.hops[0].id), acts[other.ref, 0])
        if start != to:
            steps.setdefault(start, set()).add(to)
        cited.append(join)
    below: dict[Head, set[Head]] = {}
    for outer, inners in steps.items():
        below.setdefault(outer[0], set()).update(h for h, _ in inners if h != outer[0])
    ends = {
        line.ref: _ends((joined.head(line.hops[-1].id), acts[line.ref, len(line.hops) - 1]), steps)
        for line in lines
    }
    return Graph(
        {head: tuple(held.values()) for head, held in nodes.items()},
        {head: frozenset(inner) for head, inner in below.items()},
        ends,
        tuple({j.id: j for j in cited}.values()),
    )


def _acts(joined: Joined, lines: Sequence[Line]) -> dict[tuple[ClaimRef, int], int]:
    """The act of saying of each hop: those of one speaker whose times may be one are one."""
    spoken: dict[Head, list[tuple[Line, int]]] = {}
    for line in lines:
        for i, node in enumerate(line.hops):
            spoken.setdefault(joined.head(node.id), []).append((line, i))
    acts: dict[tuple[ClaimRef, int], int] = {}
    number = itertools.count()
    for hops in spoken.values():
        dated = sorted((h for h in hops if h[0].said), key=lambda h: (_start(h[0]), h[0].ref))
        first = act = next(number)
        for (before, _), (line, i) in itertools.pairwise([*dated[:1], *dated]):
            act = act if overlap(before.said, line.said) else next(number)
            acts[line.ref, i] = act
        for line, i in hops:  # said we do not know when: the first act as well as any
            acts.setdefault((line.ref, i), first)
    return acts


def _start(line: Line) -> str:
    return (line.said.start if line.said else None) or ""


def _citing(
    readings: Mapping[str, Reading], lines: Sequence[Line], undone: frozenset[str]
) -> Iterator[tuple[Line, Line, Join]]:
    """Lines that end in a medium whose own report is held, with a line of that report."""
    carried: dict[str, list[Line]] = {}
    for line in lines:
        for name in names_of(readings[line.ref.report].report):
            carried.setdefault(name, []).append(line)
    for line in lines:
        medium = line.hops[-1]
        for other in () if medium.is_voice else carried.get(fold(medium.who.name), ()):
            if medium.report == other.ref.report:
                continue
            spots = (*medium.spots[:1], Spot(other.ref.report, other.content))
            words = f"cites {medium.who.name}, whose own report is held here"
            join = make_join(medium.id, other.hops[-1].id, Ground("cited report", words, spots))
            if join.id not in undone:
                yield line, other, join


def _reach(start: Place, steps: Mapping[Place, Iterable[Place]]) -> set[Place]:
    seen, todo = {start}, [start]
    while todo:
        for place in steps.get(todo.pop(), ()):
            if place not in seen:
                seen.add(place)
                todo.append(place)
    return seen


def _ends(start: Place, steps: Mapping[Place, Iterable[Place]]) -> frozenset[Sink]:
    """The sinks that a place leads to: places from which one gets only to where one gets back."""
    found = set()
    for place in _reach(start, steps):
        onward = _reach(place, steps)
        if all(place in _reach(other, steps) for other in onward):
            found.add(frozenset(head for head, _ in onward))
    return frozenset(found)
