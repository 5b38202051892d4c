"""The lower bound: which origins may be one already counted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.linking.origins.graph import Graph, Head, Sink
from sayso.linking.origins.joins import make_join
from sayso.linking.speakers.lines import Node
from sayso.linking.speakers.same import are_apart, could_be, may_be_words
from sayso.record.links import Ground, Join

_EXACT = 10  # unnamed sources that are grouped in the best way; beyond it, in a good one


@dataclass
class Cover:
    """The lower bound, the joins that only it makes, and what is said of each joined sink."""

    count: int = 0
    joins: list[Join] = field(default_factory=list)
    may_be: dict[Sink, str] = field(default_factory=dict)


def cover(graph: Graph, undone: frozenset[str]) -> Cover:
    """The least number of origins: unnamed and vaguer sources joined with those they could be.

    A report's own voice counts for nothing here: whoever wrote it may have it from anyone.
    """
    found = Cover()
    below: dict[Head, set[Head]] = {h: set(inner) for h, inner in graph.below.items()}
    left: list[Sink] = []
    cited = {head for inner in graph.below.values() for head in inner}
    for sink in graph.sinks:
        nodes = [n for head in sink for n in graph.nodes[head]]
        if all(n.is_voice for n in nodes) and not sink & cited:
            found.may_be[sink] = "a report's own voice: it may have this from anyone"
        elif len(sink) > 1:
            found.count += 1
        elif any(n.who.is_told_apart for n in nodes):
            _count_named(graph, sink, below, undone, found)
        elif not _absorb(graph, sink, below, undone, found):
            left.append(sink)
    groups = _group(graph, left, below, undone)
    found.count += len(groups)
    for group in groups:
        for sink in group[1:]:
            _may_be(found, graph, sink, next(iter(group[0])))
    return found


def _count_named(
    graph: Graph,
    sink: Sink,
    below: Mapping[Head, set[Head]],
    undone: frozenset[str],
    found: Cover,
) -> None:
    """A named source counts, unless it named a source of its own for the same at another time."""
    (head,) = sink
    for deeper in sorted(below.get(head, ())):
        node, other = graph.nodes[head][0], graph.nodes[deeper][0]
        words = f"{node.who.name} names {other.who.name} as its source in another act of saying"
        ground = Ground("may be", words, (*node.spots[:1], *other.spots[:1]))
        join = make_join(node.id, other.id, ground, "at_least")
        if join.id not in undone:
            found.joins.append(join)
            found.may_be[sink] = "may be one already counted"
            return
    found.count += 1


def _absorb(
    graph: Graph,
    sink: Sink,
    below: dict[Head, set[Head]],
    undone: frozenset[str],
    found: Cover,
) -> bool:
    """True where the unnamed source could be a source told apart, and is counted with it."""
    (head,) = sink
    for other in _told_apart(graph):
        if other == head or _leads_to(other, head, below) or _leads_to(head, other, below):
            continue  # nobody is their own source
        pair = _could_be(graph, head, other)
        if pair and _may_be(found, graph, sink, other, undone, pair):
            below.setdefault(head, set()).add(other)
            return True
    return False


def _told_apart(graph: Graph) -> Iterator[Head]:
    """The sources that an unnamed one may be: institutions before persons, which are not named."""
    told = [
        (min(n.who.form != "institution" for n in nodes), head)
        for head, nodes in graph.nodes.items()
        if any(n.who.is_told_apart and not n.is_voice for n in nodes)
    ]
    return (head for _, head in sorted(told))


def _could_be(graph: Graph, head: Head, other: Head) -> tuple[Node, Node] | None:
    if _are_apart(graph, head, other):
        return None
    pairs = itertools.product(graph.nodes[head], graph.nodes[other])
    fitting = ((a, b) for a, b in pairs if could_be(a.who, b.who))
    # every wording of the unnamed source must fit, and a wording that is an institution's shows it
    if not all(any(could_be(a.who, b.who) for b in graph.nodes[other]) for a in graph.nodes[head]):
        return None
    return min(fitting, key=lambda p: (p[1].who.form != "institution", p[1].id), default=None)


def _are_apart(graph: Graph, a: Head, b: Head) -> bool:
    """True where a person said that one of the first is none of the second."""
    pairs = itertools.product(graph.nodes[a], graph.nodes[b])
    return any(are_apart(one.who, other.who) for one, other in pairs)


def _leads_to(head: Head, other: Head, below: Mapping[Head, Iterable[Head]]) -> bool:
    seen, todo = {head}, [head]
    while todo:
        for inner in below.get(todo.pop(), ()):
            if inner == other:
                return True
            if inner not in seen:
                seen.add(inner)
                todo.append(inner)
    return False


def _may_be(
    found: Cover,
    graph: Graph,
    sink: Sink,
    other: Head,
    undone: frozenset[str] = frozenset(),
    pair: tuple[Node, Node] | None = None,
) -> bool:
    (head,) = sink
    one, two = pair or (graph.nodes[head][0], graph.nodes[other][0])
    words = may_be_words(one.who, two.who)
    join = make_join(one.id, two.id, _ground(words, one, two), "at_least")
    if join.id in undone:
        return False
    found.joins.append(join)
    found.may_be[sink] = words
    return True


def _ground(words: str, one: Node, two: Node) -> Ground:
    return Ground("may be", words, (*one.spots[:1], *two.spots[:1]))


def _group(
    graph: Graph,
    sinks: Sequence[Sink],
    below: Mapping[Head, Iterable[Head]],
    undone: frozenset[str],
) -> list[list[Sink]]:
    """Unnamed sources in as few groups as may be, all of a group such that each could be each."""
    heads = {sink: next(iter(sink)) for sink in sinks}

    def fits(a: Sink, b: Sink) -> bool:
        one, two = graph.nodes[heads[a]][0], graph.nodes[heads[b]][0]
        if one.report == two.report and (one.who.apart or two.who.apart):
            return False  # "a second official": the report itself says that they are two
        if _leads_to(heads[a], heads[b], below) or _leads_to(heads[b], heads[a], below):
            return False
        if make_join(one.id, two.id, _ground("", one, two)).id in undone:
            return False
        if _are_apart(graph, heads[a], heads[b]):
            return False
        return could_be(one.who, two.who) or could_be(two.who, one.who)

    best: list[list[Sink]] = []

    def place(index: int, groups: list[list[Sink]]) -> None:
        nonlocal best
        if best and len(groups) >= len(best):
            return
        if index == len(sinks):
            best = [list(g) for g in groups]
            return
        sink = sinks[index]
        for group in groups:
            if all(fits(sink, other) for other in group):
                group.append(sink)
                place(index + 1, groups)
                group.pop()
                if len(sinks) > _EXACT:
                    return
        groups.append([sink])
        place(index + 1, groups)
        groups.pop()

    place(0, [])
    return best
