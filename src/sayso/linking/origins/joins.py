"""Which sources are one, by rule, with the ground of each join; a person may undo any."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.linking.origins.offices import same_offices
from sayso.linking.speakers.identity import Identity, fold
from sayso.linking.speakers.lines import Line, Node, names_of
from sayso.linking.speakers.same import (
    BY_HAND,
    agree,
    are_apart,
    describes_lead,
    fits_lead,
    joined_by_hand,
    one_upstream,
    same_speaker,
)
from sayso.record import Reading, Span, Spans, make_id, words_of
from sayso.record.links import Copy, Ground, Join, JoinBound, Passage, Spot

_WORDS = re.compile(r"\w+")
_QUOTED = 6  # words in a row that two speakers do not say by chance
_CARRIED = 80  # characters: "a gunman opened fire on a wedding in Peshawar" is anybody's sentence
_COPIED = 0.3  # containment from which a quotation was carried with the text around it


def make_join(
    a: str, b: str, ground: Ground, bound: JoinBound = "both", entry: str | None = None
) -> Join:
    """A join; its id stands for the two sources and the rule, whatever their order."""
    return Join(make_id("join", ground.kind, *sorted((a, b))), a, b, bound, ground, entry)


class Joined:
    """Sources that are one, as joins are made; `undone` joins are passed over.

    So are those that would make one of what a person said is not, by whatever way round.
    """

    def __init__(self, nodes: Sequence[Node], undone: frozenset[str]) -> None:
        self._head = {n.id: n.id for n in nodes}
        self._named = {n.id: [n.who] for n in nodes if n.who.alias}  # whom people spoke of, by head
        self._undone = undone
        self.joins: list[Join] = []

    def head(self, node: str) -> str:
        """The one that stands for all joined with it."""
        while self._head[node] != node:
            self._head[node] = self._head[self._head[node]]
            node = self._head[node]
        return node

    def join(self, join: Join) -> None:
        """Make two sources one, where they are not yet and nobody undid it."""
        a, b = sorted((self.head(join.a), self.head(join.b)))
        if a == b or join.id in self._undone:
            return
        one, other = self._named.get(a, []), self._named.get(b, [])
        if any(are_apart(x, y) for x in one for y in other):
            return
        self._head[b] = a
        if other:
            self._named[a] = one + other
        self.joins.append(join)


def join_sources(
    readings: Mapping[str, Reading],
    lines: Sequence[Line],
    copies: Iterable[Copy],
    undone: frozenset[str],
) -> Joined:
    """The sources of the lines, joined by the rules that hold in both bounds.

    The order is that of how much a ground shows: two texts that are one before two names.
    """
    nodes = list({n.id: n for line in lines for n in line.hops}.values())
    joined = Joined(nodes, undone)
    for found in itertools.chain(
        _joined_by_hand(nodes),
        _same_text(lines, copies),
        _same_words(readings, lines),
        _cited_through(readings, lines),
        _one_voice(nodes),
        _leads(lines),
        _one_speaker(nodes),
        (_speaker_join(*found) for found in same_offices(readings, lines)),
        _upstreams(lines, joined),
    ):
        joined.join(found)
    return joined


def _joined_by_hand(nodes: Sequence[Node]) -> Iterator[Join]:
    """Sources that people joined, before all rules; of each group with one that stands for it."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        if node.who.alias:
            groups.setdefault(node.who.alias.group, []).append(node)
    for group, held in groups.items():
        first = min(held, key=lambda n: (n.who.alias is None or n.who.alias.key != group, n.id))
        other = next((n for n in held if joined_by_hand(first.who, n.who)), first)
        for node in held:
            with_ = first if joined_by_hand(first.who, node.who) else other
            if ties := joined_by_hand(with_.who, node.who):
                words = "; ".join(tie.words for tie in ties)
                ground = Ground(BY_HAND, words, (*with_.spots[:1], *node.spots[:1]))
                yield make_join(with_.id, node.id, ground, entry=ties[0].entry)


def carried(span: Span, passages: Iterable[Passage], *, from_a: bool) -> Span | None:
    """Where a copy has a stretch of the text, by the passage that holds most of it."""
    for passage in passages:
        here, there = (passage.a, passage.b) if from_a else (passage.b, passage.a)
        inside = min(here.end, span.end) - max(here.start, span.start)
        if inside * 3 >= len(span) * 2 and len(here):
            scale = len(there) / len(here)  # the two differ by white space and furniture at most
            start = there.start + round((span.start - here.start) * scale)
            start = max(there.start, start)
            return Span(start, max(start, min(there.end, start + round(len(span) * scale))))
    return None


def _same_text(lines: Sequence[Line], copies: Iterable[Copy]) -> Iterator[Join]:
    """Sources of claims that stand in a shared passage, hop by hop."""
    by_report: dict[str, list[Line]] = {}
    for line in lines:
        by_report.setdefault(line.ref.report, []).append(line)
    for copy in sorted(copies, key=lambda c: (c.a, c.b)):
        passages = [p for p in copy.passages if len(p.a) >= _CARRIED]
        for one in by_report.get(copy.a, ()):
            there = carried(one.content[0], passages, from_a=True) if one.content else None
            other = there and next(
                (o for o in by_report.get(copy.b, ()) if _is_at(o.content, there)), None
            )
            # a sentence that both quote is one statement, not one text
            if other and not (one.is_direct and other.is_direct and copy.containment < _COPIED):
                yield from _hop_by_hop(one, other)


def _is_at(content: Spans, place: Span) -> bool:
    if not content:
        return False
    inside = min(content[0].end, place.end) - max(content[0].start, place.start)
    return inside * 2 > max(len(content[0]), len(place))


def _hop_by_hop(one: Line, other: Line) -> Iterator[Join]:
    spots = (Spot(one.ref.report, one.content), Spot(other.ref.report, other.content))
    ground = Ground("same text", "the same text stands in both reports", spots)
    for a, b in zip(reversed(one.hops), reversed(other.hops), strict=False):
        # a copy that left the speaker out has it from whoever speaks in the other
        if a.is_voice or b.is_voice or _may_be_one(a, b):
            yield make_join(a.id, b.id, ground)


def _may_be_one(a: Node, b: Node) -> bool:
    return a.who.form == b.who.form and agree(a.who.country, b.who.country)


def _same_words(readings: Mapping[str, Reading], lines: Sequence[Line]) -> Iterator[Join]:
    """Speakers of different reports who are quoted with the same words: one statement."""
    held: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        if not line.is_direct or line.hops[0].is_voice:
            continue
        seen = set()
        for run in _runs(words_of(readings[line.ref.report].report.text, line.content)):
            others = held.setdefault(run, [])
            for other in others[:1]:  # with the first that said it, and so with all
                if other.ref not in seen and _may_have_said(other.hops[0], line.hops[0]):
                    seen.add(other.ref)
                    yield _quoted_alike(other, line)
            others.append(line)


def _may_have_said(a: Node, b: Node) -> bool:
    if a.report == b.report or not agree(a.who.country, b.who.country):
        return False
    # "its spokesman" in one report has the words of a colonel by name in the other
    vaguer = "vague" in (a.who.form, b.who.form)
    return vaguer or _may_be_one(a, b) or same_speaker(a.who, b.who) is not None


def _quoted_alike(one: Line, other: Line) -> Join:
    a, b = one.hops[0], other.hops[0]
    spots = (Spot(a.report, one.content), Spot(b.report, other.content))
    return make_join(
        a.id, b.id, Ground("same words", f"both quote the same sentence of {a.who.name}", spots)
    )


def _runs(words: str) -> Iterator[tuple[str, ...]]:
    found = _WORDS.findall(words.lower())
    return (tuple(found[i : i + _QUOTED]) for i in range(len(found) - _QUOTED + 1))


def _cited_through(readings: Mapping[str, Reading], lines: Sequence[Line]) -> Iterator[Join]:
    """The source that a paper is cited for, and that of its own report, where that is held.

    *The Ledger, citing two officials, reported* and, in the Ledger, *two security officials said*.
    """
    carried: dict[str, list[Line]] = {}
    for line in lines:
        for name in names_of(readings[line.ref.report].report):
            carried.setdefault(name, []).append(line)
    for line in lines:
        for medium, inner in itertools.pairwise(line.hops):
            for other in carried.get(fold(medium.who.name), ()):
                source = other.hops[0]
                if medium.report != source.report and _is_cited_for(inner, source):
                    words = f"cites {medium.who.name}, whose own report is held here"
                    spots = (*medium.spots[:1], Spot(other.ref.report, other.content))
                    yield make_join(inner.id, source.id, Ground("cited report", words, spots))


def _is_cited_for(inner: Node, source: Node) -> bool:
    """True for two that are only described and may be one; those by name are joined by it."""
    a, b = inner.who, source.who
    if a.is_told_apart or b.is_told_apart or a.apart or b.apart:
        return False
    return agree(a.country, b.country) and agree(a.kind, b.kind) and bool(a.words & b.words)


def _one_voice(nodes: Sequence[Node]) -> Iterator[Join]:
    """Voices of one agency or one paper."""
    held: dict[str, Node] = {}
    for node in nodes:
        if not node.is_voice:
            continue
        first = held.setdefault(node.key, node)
        if first is not node:
            ground = Ground(
                "credited", f"both credited to {node.who.name}", first.spots + node.spots
            )
            yield make_join(first.id, node.id, ground)


def _leads(lines: Sequence[Line]) -> Iterator[Join]:
    """Within one report, a vaguer lead and the fitting source that it goes on to quote."""
    outer: dict[str, dict[str, Node]] = {}
    for line in lines:
        outer.setdefault(line.ref.report, {})[line.hops[0].id] = line.hops[0]
    for sources in outer.values():
        ordered = sorted(sources.values(), key=lambda n: n.first)
        for lead in ordered:
            after = [n for n in ordered if _goes_on(n, lead)]
            # *Soldiers say* above, *two soldiers of the unit* below, where nobody by name fits
            fitting = [n for n in after if fits_lead(lead.who, n.who)]
            fitting += [n for n in after if describes_lead(lead.who, n.who)]
            if fitting:
                source = fitting[0]
                words = f"{lead.who.name} leads to {source.who.name}, whom the report then quotes"
                ground = Ground("vaguer lead", words, (lead.spots[0], source.spots[0]))
                yield make_join(lead.id, source.id, ground)


def _goes_on(source: Node, lead: Node) -> bool:
    """True where the report names the source after the lead: once more, or for the first time."""
    last = max((s.start for spot in source.spots for s in spot.spans), default=-1)
    return source is not lead and last > lead.first


def _one_speaker(nodes: Sequence[Node]) -> Iterator[Join]:
    """Sources with one name, one institution, or one description.

    Descriptions join only across reports: within one, the reader has joined what is one.
    """
    alike: dict[Identity, list[Node]] = {}
    for node in nodes:
        if not node.is_voice:
            alike.setdefault(node.who, []).append(node)
    for who, held in alike.items():
        found = same_speaker(who, who)
        for other in held[1:] if found else ():
            if found and (who.is_told_apart or other.report != held[0].report):
                yield _speaker_join(held[0], other, found)
    for a, b in itertools.combinations(alike, 2):
        found = same_speaker(a, b)
        one, two = alike[a][0], alike[b][0]
        if found and (found[0] != "described alike" or one.report != two.report):
            yield _speaker_join(one, two, found)


def _speaker_join(a: Node, b: Node, found: tuple[str, str]) -> Join:
    kind, words = found
    if a.key or b.key:
        kind, words = "own page", f"an institution's own page is {a.who.name} speaking"
    return make_join(a.id, b.id, Ground(kind, words, (*a.spots[:1], *b.spots[:1])))


def _upstreams(lines: Sequence[Line], joined: Joined) -> Iterator[Join]:
    """The sources that one speaker names, under two wordings."""
    below: dict[str, dict[str, Node]] = {}
    for line in lines:
        for outer, inner in itertools.pairwise(line.hops):
            below.setdefault(joined.head(outer.id), {})[inner.id] = inner
    for sources in below.values():
        for a, b in itertools.combinations(sources.values(), 2):
            found = one_upstream(a.who, b.who)
            if found:
                yield make_join(a.id, b.id, Ground(*found, (*a.spots[:1], *b.spots[:1])))
