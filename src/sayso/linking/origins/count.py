"""Origins: where lines of say-so end, counted as an interval with the ground of every join.

A directed graph: report → utterance → source → its own source, and report → report where one cites
another. Its sinks are the origins; a cycle without a way out is one. The rules: docs/origins.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sayso.linking.copies import find_copies
from sayso.linking.origins.at_least import Cover, cover
from sayso.linking.origins.denials import find_denying, list_denials
from sayso.linking.origins.graph import Graph, Sink, build_graph
from sayso.linking.origins.joins import join_sources, make_join
from sayso.linking.origins.named import chain_of, fullest, kind_of
from sayso.linking.origins.words import say_count, say_withdrawn
from sayso.linking.saying.withdrawn import find_withdrawn
from sayso.linking.speakers.lines import CAUSES, Line, read_lines
from sayso.record import Reading, make_id
from sayso.record.links import ClaimRef, Copy, Ground, Join, Origin, OriginCount


def count_origins(
    readings: Iterable[Reading],
    group: Iterable[ClaimRef],
    *,
    copies: Iterable[Copy] | None = None,
    undone: frozenset[str] = frozenset(),
    withdrawn: Mapping[ClaimRef, Ground] | None = None,
) -> OriginCount:
    """The origins of a group of claims, `[at least, at most]`, each join with its ground.

    `copies` and what was `withdrawn` are found here where they are not given; `undone` holds the
    ids of joins that a person undid. The order of readings and claims changes nothing.
    """
    held = {r.report.id: r for r in sorted(readings, key=lambda r: r.report.id)}
    lines = read_lines(held, sorted(set(group)))
    shared = tuple(copies) if copies is not None else find_copies(r.report for r in held.values())
    back = dict(find_withdrawn(held, lines)) if withdrawn is None else withdrawn
    taken = {line.ref: back[line.ref] for line in lines if line.ref in back}
    standing = [line for line in lines if line.ref not in taken]
    affirming = _without_echo(_of_the_matter(standing))
    denying = find_denying(standing, held)
    joined = join_sources(held, [*affirming, *denying], shared, undone)
    graph = build_graph(held, affirming, joined, undone)
    least = cover(graph, undone)
    reports = sorted({line.ref.report for line in lines})
    origins = tuple(_origin(graph, least, sink, affirming, held) for sink in graph.sinks)
    return OriginCount(
        at_least=least.count,
        at_most=len(graph.sinks),
        reports=len(reports),
        texts=count_texts(reports, shared),
        origins=origins,
        denials=list_denials(joined, affirming, denying, held),
        withdrawn=tuple(taken),
        joins=(*joined.joins, *graph.cited, *_cycles(graph), *least.joins, *_taken_back(taken)),
        words=say_count(least.count, len(graph.sinks), len(reports), origins)
        + say_withdrawn(_who_took_back(lines, taken)),
    )


_A_STORY = 3  # reports that tell of one thing; in fewer nothing is beside the matter


def _of_the_matter(lines: Sequence[Line]) -> list[Line]:
    """The lines without those of another attack that one report mentions in a story of several.

    In a story of a capture that seven reports tell, *bloggers claim that he was beaten* is another
    matter; who says that he died is not.
    """
    telling: dict[str, set[str]] = {}
    for line in lines:
        for family in line.families:
            telling.setdefault(family, set()).add(line.ref.report)
    if max((len(reports) for reports in telling.values()), default=0) < _A_STORY:
        return list(lines)
    beside = {f for f, reports in telling.items() if f in CAUSES and len(reports) == 1}
    return [x for x in lines if not x.families or x.families - beside]


def _without_echo(lines: Sequence[Line]) -> list[Line]:
    """The lines that say it; a report's own voice only where nothing attributed in it says it.

    *The match will be played again, the association said* stands in the report of an incident and
    says nothing of it: lines without an event count only where nobody speaks of one. Nor does
    *11,000 soldiers were sent* say anything of a strike that is denied; where *the ministry denied
    sending any*, it does.
    """
    affirming = [line for line in lines if line.stance == "affirms"]
    if any(line.tells for line in lines):
        affirming = [line for line in affirming if line.tells]
    elif denying := [line for line in lines if line.stance == "denies"]:
        denied = frozenset().union(*(line.around for line in denying))
        affirming = [line for line in affirming if line.around & denied]
    spoken = {line.ref.report for line in affirming if not line.hops[0].is_voice}
    return [x for x in affirming if not (x.hops[0].is_voice and x.ref.report in spoken)]


def count_texts(reports: Sequence[str], copies: Iterable[Copy]) -> int:
    """How many distinct texts the reports are: one text where each holds most of the other."""
    head = {r: r for r in reports}
    for copy in copies:
        if copy.a in head and copy.b in head and min(copy.share_a, copy.share_b) >= 0.5:
            old, new = head[copy.b], head[copy.a]
            head = {r: new if h == old else h for r, h in head.items()}
    return len(set(head.values()))


def _origin(
    graph: Graph, least: Cover, sink: Sink, lines: Sequence[Line], held: Mapping[str, Reading]
) -> Origin:
    nodes = [n for head in sorted(sink) for n in graph.nodes[head]]
    resting = [line for line in lines if sink in graph.ends[line.ref]]
    best = fullest(nodes)
    name, kind = best.who.name, "voice" if best.is_voice else kind_of(best, held)
    if len(sink) > 1:
        names = sorted({fullest(graph.nodes[head]).who.name for head in sink})
        name, kind = f"{', '.join(names)}: each cites another", "cycle"
    return Origin(
        id=make_id("origin", *sorted(n.id for n in nodes)),
        name=name,
        kind=kind,
        named=best.who.is_told_apart and not best.is_voice,
        actor=best.who.actor,
        claims=tuple(line.ref for line in resting),
        chain=chain_of(max(resting, key=lambda x: (len(x.hops), x.ref)), held),
        spots=tuple(spot for node in nodes for spot in node.spots),
        may_be=least.may_be.get(sink),
    )


def _who_took_back(lines: Sequence[Line], withdrawn: Mapping[ClaimRef, Ground]) -> list[str]:
    """The names of those whose words were taken back; not of who only tells of it."""
    said = (
        line.hops[0].who.name for line in lines
        if line.ref in withdrawn and withdrawn[line.ref].spots[0].report != line.ref.report
    )  # fmt: skip
    return list(dict.fromkeys(said))


def _cycles(graph: Graph) -> list[Join]:
    """For each cycle without a way out the join that makes its sources one origin."""
    joins = []
    for sink in graph.sinks:
        nodes = [n for head in sorted(sink) for n in graph.nodes[head]]
        if len(sink) > 1:
            words = "they cite each other in a circle, and nobody in it names a source outside"
            spots = tuple(spot for n in nodes for spot in n.spots[:1])
            joins.append(make_join(nodes[0].id, nodes[-1].id, Ground("cycle", words, spots)))
    return joins


def _taken_back(withdrawn: Mapping[ClaimRef, Ground]) -> list[Join]:
    """Withdrawn claims as joins of the claim with what takes it back, so that a person can undo."""
    return [
        make_join(f"{ref.report}|{ref.claim}", ground.spots[0].report, ground)
        for ref, ground in withdrawn.items()
    ]
