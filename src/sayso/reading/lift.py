"""The last stage: spans of the flow become spans of the report, and each thing gets its id."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.reading.flow import carry_home
from sayso.record import (
    Attribution,
    Claim,
    Event,
    Figure,
    Place,
    Reading,
    Report,
    Span,
    Spans,
    Time,
    When,
    make_id,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Hop
    from sayso.reading.attribution.sources import Person, SourceFinder
    from sayso.reading.claims.assemble import Found
    from sayso.reading.parsing.parse import Parse


@dataclass(frozen=True, slots=True)
class Draft:
    """What the rules found, before ids: hops with their speakers and times, claims, events."""

    hops: list[Hop]
    finder: SourceFinder
    people: dict[int, Person]
    said: dict[int, When]
    claims: list[Found]
    events: list[Event]
    figures: list[Figure]


class _Lifter:
    def __init__(self, report: Report, parse: Parse, draft: Draft) -> None:
        self.report, self.parse, self.draft = report, parse, draft
        self.ids: dict[int, str] = {}
        self.source_ids = self._source_ids()
        self.event_ids: dict[str, str] = {}
        self.figure_ids: dict[str, str] = {}

    def home(self, spans: Spans) -> Spans:
        return self.parse.flow.home(spans)

    def spans_of(self, tokens: list[Token]) -> Spans:
        if not tokens:
            return ()
        return self.home((self.parse.span_of(tokens),))

    def make(self, kind: str, *parts: object) -> str:
        return make_id(kind, self.report.id, *(_plain(p) for p in parts))

    def figures(self) -> tuple[Figure, ...]:
        lifted = []
        for figure in self.draft.figures:
            mine = carry_home(figure, self.parse.flow)
            new = self.make("figure", mine.span, mine.counts)
            self.figure_ids[figure.id] = new
            lifted.append(dataclasses.replace(mine, id=new))
        return tuple(lifted)

    def events(self) -> tuple[Event, ...]:
        lifted = []
        for event in self.draft.events:
            mine = carry_home(event, self.parse.flow)
            new = self.make("event", mine.type, mine.trigger)
            self.event_ids[event.id] = new
            figures = tuple(self.figure_ids[f] for f in event.figures)
            lifted.append(dataclasses.replace(mine, id=new, figures=figures))
        return tuple(lifted)

    def attributions(self) -> tuple[Attribution, ...]:
        lifted = []
        for hop in sorted(self.draft.hops, key=_depth):
            drawn = hop.drawn if hop.drawn and hop.outer is None else hop.content
            content = self.home(tuple(drawn))
            source = self.spans_of(hop.named or [*hop.source, *hop.clause])
            cue = self.spans_of(hop.cue)
            within = self.ids.get(id(hop.outer)) if hop.outer else None
            new = self.make("attribution", source, cue, content, within)
            self.ids[id(hop)] = new
            person = self.draft.people.get(id(hop))
            lifted.append(
                Attribution(
                    new, source, self.source_ids.get(id(person)) if person else None, cue, content,
                    within, self.spans_of(hop.to), hop.quotation,
                    self.draft.said.get(id(hop)), hop.score,
                )
            )  # fmt: skip
        return tuple(sorted(lifted, key=_place_of))

    def _source_ids(self) -> dict[int, str]:
        ids = {}
        for person in self.draft.finder.people:
            mentions = [self.spans_of(m) for m in person.mentions]
            ids[id(person)] = self.make("source", mentions)
        return ids

    def sources(self) -> tuple[object, ...]:
        spoken = {id(p) for p in self.draft.people.values()}
        people = [p for p in self.draft.finder.people if id(p) in spoken]
        found = self.draft.finder.to_sources(people, self.source_ids)
        return tuple(
            dataclasses.replace(s, mentions=tuple(self.home(m) for m in s.mentions)) for s in found
        )

    def claims(self) -> tuple[Claim, ...]:
        lifted = []
        for found in self.draft.claims:
            content = self.home(found.unit.spans)
            attribution = self.ids[id(found.hop)] if found.hop else None
            lifted.append(
                Claim(
                    self.make("claim", content, attribution), content, attribution,
                    found.finding.certainty, found.finding.polarity,
                    self.home(found.finding.cue),
                    tuple(self.event_ids[e.id] for e in found.events),
                    tuple(self.figure_ids[f.id] for f in found.figures),
                )
            )  # fmt: skip
        return tuple(lifted)


def _depth(hop: Hop) -> int:
    depth, at = 0, hop.outer
    while at is not None and depth < 20:  # a guard, chains are short
        depth, at = depth + 1, at.outer
    return depth


def _place_of(attribution: Attribution) -> tuple[int, int]:
    spans = attribution.source + attribution.cue + attribution.content
    return (min(s.start for s in spans), max(s.end for s in spans))


def _plain(part: object) -> object:
    if isinstance(part, Span):
        return [part.start, part.end]
    if isinstance(part, (tuple, list)):
        return [_plain(p) for p in part]
    return part


def lift(
    report: Report,
    parse: Parse,
    draft: Draft,
    times: list[Time],
    places: list[Place],
    warnings: list[str],
) -> Reading:
    """The reading, all spans of the report's text as given, all ids hashes of what they name."""
    lifter = _Lifter(report, parse, draft)
    figures = lifter.figures()
    events = lifter.events()
    attributions = lifter.attributions()
    return Reading(
        report,
        lifter.sources(),  # type: ignore[arg-type]
        attributions,
        lifter.claims(),
        events,
        figures,
        tuple(carry_home(t, parse.flow) for t in times),
        tuple(carry_home(p, parse.flow) for p in places),
        tuple(warnings),
    )
