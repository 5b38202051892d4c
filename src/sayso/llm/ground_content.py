"""What a claim holds: its events and figures, as far as the text bears them out."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.events import Ontology
from sayso.lexicon.telling import Telling, load_telling
from sayso.llm.answer import ClaimSaid, EventSaid, FigureSaid
from sayso.llm.quotes import Quotable, nearest_to
from sayso.reading.events.figures import noun_phrase
from sayso.reading.events.figures_words import NO_ONE, ONE_COUNTS, SINGULAR_PRONOUNS
from sayso.reading.grounding.actors.find import ground_actor
from sayso.reading.grounding.amounts.find import Amount
from sayso.record import Counts, Event, Figure, Participant, Place, Span, Time, When

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.parsing.parse import Parse

PARTS = ("doer", "undergoer", "means")
_APART = 6  # words of a trigger that stand apart


@dataclass(frozen=True, slots=True)
class Known:
    """What our own rooms found in the text: all that a model can point at."""

    times: Sequence[Time]
    places: Sequence[Place]
    amounts: Sequence[Amount]
    ontology: Ontology


@dataclass(slots=True)
class ContentGrounder:
    """Looks up the events and figures of one report's claims; `dropped` counts what is not there.

    One event, or one number, is the same thing in every claim that holds it.
    """

    parse: Parse
    known: Known
    text: Quotable
    dropped: Counter[str]
    events: dict[tuple[object, ...], Event] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    telling: Telling = field(default_factory=load_telling)
    _figures: dict[tuple[object, ...], Figure] = field(default_factory=dict)

    def events_of(
        self, said: ClaimSaid, content: tuple[Span, ...], cue: Span | None, figures: list[Figure]
    ) -> list[Event]:
        """The events of a claim; what a number of it counts is one of them."""
        found: dict[tuple[object, ...], Event] = {}
        for each in said.events:
            event = self._event(each, content, cue)
            if event is None:
                self.dropped["event whose words are not in its claim"] += 1
            else:  # one that two claims tell of is one event
                found[_key(event)] = self.events.get(_key(event), event)
        for figure in figures:
            fits = [k for k, e in found.items() if self._counts(e) == figure.counts]
            near = fits or list(found)
            if near:
                key = min(near, key=lambda k: found[k].trigger[0].gap(figure.span[0]))
                held = tuple(dict.fromkeys((*found[key].figures, figure.id)))
                found[key] = dataclasses.replace(found[key], figures=held)
        self.events |= found
        return list(found.values())

    def _counts(self, event: Event) -> str:
        return self.known.ontology.types[event.type].counts

    def _event(self, said: EventSaid, content: tuple[Span, ...], cue: Span | None) -> Event | None:
        trigger = self._trigger(said.trigger, content, cue)
        if not trigger:
            return None
        roles = self.known.ontology.types[said.type].roles
        people = []
        for person in said.participants:
            span = self._in_sentence(person.words, trigger[0])
            if span is None:
                self.dropped["participant that is not in the event's sentence"] += 1
                continue
            actor = ground_actor(self.parse.words(span))
            people.append(Participant(roles[PARTS.index(person.part)], (span,), actor))
        return Event(
            f"e{trigger[0].start}-{trigger[-1].end}-{said.type}", said.type, trigger,
            said.negated, said.hypothetical, tuple(people),
            self._when(said.time, trigger[0]), self._where(said.place, trigger[0]),
        )  # fmt: skip

    def _trigger(self, words: str, content: tuple[Span, ...], cue: Span | None) -> tuple[Span, ...]:
        """Where an event's word stands in the claim or its cue; several apart, in their order."""

        def inside(span: Span) -> bool:
            return any(s.covers(span) for s in content) or (cue is not None and cue.meets(span))

        places = [p for p in self.text.find(words) if inside(p)]
        if places:
            return (places[0],)
        pieces: list[Span] = []
        for word in words.split()[:_APART]:  # "took … hostage"
            after = pieces[-1].end if pieces else 0
            found = next((p for p in self.text.find(word) if p.start >= after and inside(p)), None)
            if found is None or (
                pieces and sentence_of(self.parse, found) != sentence_of(self.parse, pieces[0])
            ):
                return ()
            pieces.append(found)
        return tuple(pieces)

    def _in_sentence(self, words: str, anchor: Span) -> Span | None:
        places = self.text.find(words) if words.strip() else []
        here = [p for p in places if sentence_of(self.parse, p) == sentence_of(self.parse, anchor)]
        return nearest_to(here, anchor)

    def _when(self, words: str, trigger: Span) -> When | None:
        """The time that our own grammar reads in the words, if it reads one there."""
        if not words.strip():
            return None
        place = nearest_to(self.text.find(words), trigger)
        for time in self.known.times if place else ():
            if time.start is not None and any(place and place.meets(s) for s in time.span):
                return When(time.start, time.end, time.precision, time.basis)
        self.dropped["time that is not one in the text"] += 1
        return None

    def _where(self, words: str, trigger: Span) -> Place | None:
        """The place that our own gazetteer finds in the words, if it finds one there."""
        if not words.strip():
            return None
        at = nearest_to(self.text.find(words), trigger)
        for place in self.known.places if at else ():
            if any(at and at.meets(s) for s in place.span):
                return place
        self.dropped["place that is not one in the text"] += 1
        return None

    def figures_of(self, claim: ClaimSaid, content: tuple[Span, ...]) -> list[Figure]:
        """The figures of a claim."""
        types = self.known.ontology.types
        told = [types[event.type].counts for event in claim.events]
        figures: list[Figure] = []
        for each in claim.figures:
            figure = self._figure(each, content, told)
            if figure is None:
                self.dropped["figure whose number is not in its claim"] += 1
            elif figure not in figures:
                figures.append(figure)
        return figures

    def _figure(
        self, said: FigureSaid, content: tuple[Span, ...], told: Sequence[str]
    ) -> Figure | None:
        """The number that our own reader finds in the words: a model is never asked how many."""
        places = [p for p in self.text.find(said.words) if any(s.meets(p) for s in content)]
        for place in places:
            for amount in self.known.amounts:
                counts = said.counts == "other" or not (amount.is_percent or amount.is_money)
                if place.meets(amount.number) and counts:
                    noun = amount.counted
                    of = () if noun is None else (noun_phrase(self.parse, self.parse.tokens[noun]),)
                    return self._held(Figure(
                        "", (amount.span,), amount.low, amount.best, amount.high, amount.bound,
                        said.counts, of, said.scope,
                    ))  # fmt: skip
            if self._is_one(place, said.counts, told):
                return self._held(
                    Figure("", (place,), 1, 1, 1, "exact", said.counts, (place,), said.scope)
                )
        return None

    def _is_one(self, place: Span, counts: Counts, told: Sequence[str]) -> bool:
        """True for words of one person ("a soldier", "he") to whom the claim's event happened."""
        tokens = tokens_of(self.parse, [place])
        head = root_of(tokens)
        if head is None or counts not in ONE_COUNTS or counts not in told:
            return False
        if head.lower_ in SINGULAR_PRONOUNS:
            return True
        if head.tag_ not in ("NN", "NNP") or any(t.lower_ in NO_ONE for t in tokens):
            return False
        lemma = head.lemma_.lower()
        people = self.known.ontology.classes.get("people", frozenset())
        if lemma in self.telling.collective:
            return False
        return lemma in people or any(t.ent_type_ == "PERSON" for t in tokens)

    def _held(self, figure: Figure) -> Figure:
        """One figure for one number and measure, however many claims state it."""
        key = (figure.span, figure.counts)
        if key not in self._figures:
            self._figures[key] = dataclasses.replace(figure, id=f"f{len(self._figures)}")
            self.figures.append(self._figures[key])
        return self._figures[key]


def _key(event: Event) -> tuple[object, ...]:
    return event.type, event.trigger


def sentence_of(parse: Parse, span: Span) -> int:
    """The first token of the sentence in which a span begins."""
    return parse.token_at(span.start).sent.start


def tokens_of(parse: Parse, spans: Iterable[Span]) -> list[Token]:
    """The tokens of spans, one that begins before a span (a quotation is in its middle) too."""
    found: dict[int, Token] = {}
    for span in spans:
        first = parse.token_at(span.start)
        for token in [first, *parse.tokens_of(span)]:
            if not token.is_space:
                found.setdefault(token.i, token)
    return [found[i] for i in sorted(found)]


def root_of(tokens: Sequence[Token]) -> Token | None:
    """The word that the others hang on."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    nouns = [t for t in tops if not t.is_punct]
    return next(iter(nouns or tops), None)
