"""From a report to its reading: the stages in their order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.lexicon.cues import load_cues
from sayso.lexicon.events import load_events
from sayso.reading.attribution.find import find_hops
from sayso.reading.attribution.learned.tagger import Found, LearnedTagger
from sayso.reading.attribution.sources import SourceFinder
from sayso.reading.attribution.speech import find_speech_times
from sayso.reading.claims.assemble import Assembler
from sayso.reading.claims.own_deeds import with_own_deeds
from sayso.reading.claims.speakers_apart import without_speakers
from sayso.reading.events.find import find_events
from sayso.reading.flow import make_flow
from sayso.reading.grounding.actors.find import ground_actor
from sayso.reading.grounding.amounts.find import read_amounts
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import read_places
from sayso.reading.grounding.times.find import infer_published, read_times
from sayso.reading.lift import Draft, lift
from sayso.reading.parsing.model import Model, load_model
from sayso.reading.parsing.parse import Parse, parse_flows
from sayso.reading.parsing.threads import one_thread
from sayso.record import Actor, Event, Figure, Reading, Report, Time, refuse_long

if TYPE_CHECKING:
    from sayso.reading.attribution.hops import Hop
    from sayso.reading.attribution.sources import Person

ENGLISH = "en"
TOGETHER = 8  # reports parsed together: more cost no less, and hold more memory
_CHARACTERS = 40_000  # and no more than so many, unless one report alone has them


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report, its parse, and what the learned reader finds in it; None where it doesn't read."""

    report: Report
    parse: Parse | None
    learned: list[Found] | None


def group_reports(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """The reports in their order, in groups that are well parsed together."""
    group: list[Report] = []
    size = 0
    for report in reports:
        if group and (len(group) == TOGETHER or size + len(report.text) > _CHARACTERS):
            yield group
            group, size = [], 0
        group.append(report)
        size += len(report.text)
    if group:
        yield group


class Reader:
    """Holds what is loaded once (model, lexicon, gazetteer) and reads report after report."""

    def __init__(self, model: Model | None = None, *, learned: bool = True) -> None:
        """`learned` false reads by rules alone; so does a model that the weights do not fit."""
        self.model = model or load_model()
        self.cues = load_cues()
        self.ontology = load_events()
        self.gazetteer = Gazetteer()
        self.learned = LearnedTagger.load() if learned and self.model.quick else None

    def read(self, report: Report) -> Reading:
        """The reading of one report: what is in it, or a warning why it was not read."""
        return self.finish(self.prepare([report])[0])

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The reading of each report in order, as `read` gives it; together they cost less."""
        for group in group_reports(reports):
            for prepared in self.prepare(group):
                yield self.finish(prepared)

    def prepare(self, reports: Sequence[Report]) -> list[Parsed]:
        """Reports parsed together, and what the learned reader finds in them: for `finish`.

        Raises PageError for one that is longer than any report.
        """
        english = [r for r in reports if r.language in (None, ENGLISH)]
        for report in english:
            refuse_long(report.name, report.text)
        with one_thread():
            parses = parse_flows([make_flow(report) for report in english], self.model)
            learned = self.learned.find_all(parses) if self.learned else [None] * len(parses)
        found = iter(zip(parses, learned, strict=True))
        return [
            Parsed(report, *next(found)) if report.language in (None, ENGLISH)
            else Parsed(report, None, None)
            for report in reports
        ]  # fmt: skip

    def finish(self, prepared: Parsed) -> Reading:
        """The reading of a prepared report, by rules."""
        report, parse = prepared.report, prepared.parse
        warnings = list(_warnings_of(report))
        if parse is None:
            return Reading(report, warnings=tuple(warnings))
        times = read_times(parse.text, report.published)
        if report.published is None:
            published, notes = infer_published(parse.text, times)
            warnings += notes
            if published is not None:
                report = dataclasses.replace(report, published=published)
                times = read_times(parse.text, published)
        places, seat = read_places(parse, self.gazetteer)
        amounts = read_amounts(parse)
        events, figures = find_events(parse, self.ontology, times, places, amounts, seat)
        draft = self._attribute(prepared, times, events, figures)
        return lift(report, parse, draft, times, places, warnings)

    def _attribute(
        self, prepared: Parsed, times: list[Time], events: list[Event], figures: list[Figure]
    ) -> Draft:
        assert prepared.parse is not None  # noqa: S101 - `finish` has looked
        hops, scene = find_hops(prepared.parse, self.cues, prepared.learned)
        events, figures = without_speakers(events, figures, hops)
        finder = SourceFinder(scene, ground_actor)
        people = finder.join([h for h in hops if h.says])
        people |= finder.join([h for h in hops if not h.says])  # never a pronoun's antecedent
        events = with_own_deeds(scene, hops, events, people, lambda hop: self._actor(hop, people))
        akin = _Kinship(events, {id(h): self._actor(h, people) for h in hops})
        said = find_speech_times(scene, hops, times, people, akin)
        claims = Assembler(scene, hops, events, figures).claims()
        return Draft(hops, finder, people, said, claims, events, figures)

    def _actor(self, hop: Hop, people: dict[int, Person]) -> Actor | None:
        if id(hop) not in people:
            return None
        return ground_actor(" ".join(t.text for t in hop.source))


class _Kinship:
    """Whether two hops are one institution on one matter."""

    def __init__(self, events: list[Event], actors: dict[int, Actor | None]) -> None:
        self.events = events
        self.actors = actors

    def __call__(self, hop: Hop, other: Hop) -> bool:
        mine, theirs = self.actors[id(hop)], self.actors[id(other)]
        if mine is None or theirs is None or mine.country is None:
            return False
        if mine.country != theirs.country or not {mine.kind, theirs.kind} <= _STATE:
            return False
        return bool(self._types(hop) & self._types(other))

    def _types(self, hop: Hop) -> set[str]:
        return {e.type for e in self.events if hop.covers(e.trigger[0].start)}


_STATE = {"government", "intelligence", "military", "police", "legislature", "judiciary"}


def _warnings_of(report: Report) -> Iterator[str]:
    if report.language not in (None, ENGLISH):
        yield f"not read: the report is in another language ({report.language}), not English"
    if report.excerpt:
        yield "only an excerpt: the page shows a teaser or a consent wall"
