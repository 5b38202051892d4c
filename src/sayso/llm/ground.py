"""What a model answered, as far as the text says it too: hops, claims, events and figures.

A model points at words; who that is, when, where and how many is worked out by the rooms that read
words themselves. So nothing that is not written gets in, whatever a report talked a model into.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.cues import load_cues
from sayso.lexicon.events import Ontology
from sayso.llm.answer import Answer, ClaimSaid, EventSaid, FigureSaid, SpeakerSaid
from sayso.llm.quotes import Quotable, nearest_to
from sayso.reading.attribution.find import quotation_of
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.quotes import find_quotes, quotes_in
from sayso.reading.claims.assemble import Found
from sayso.reading.claims.certainty import Finding
from sayso.reading.claims.units import Unit
from sayso.reading.events.figures import noun_phrase
from sayso.reading.events.figures_words import ONE_COUNTS
from sayso.reading.grounding.actors import ground_actor
from sayso.reading.grounding.amounts import Amount
from sayso.record import Event, Figure, Participant, Place, Span, Time, When

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.parsing.parse import Parse

PARTS = ("doer", "undergoer", "means")
UNMEASURED = 0.5  # nobody measured how often a model of somebody's own is right
_BESIDE = 1  # paragraphs between a quotation and who is named for it
_ONE = frozenset({"a", "an", "one", "another"})


@dataclass(frozen=True, slots=True)
class Known:
    """What our own rooms found in the text: all that a model can point at."""

    times: Sequence[Time]
    places: Sequence[Place]
    amounts: Sequence[Amount]
    ontology: Ontology


@dataclass(slots=True)
class Grounded:
    """What stood the look-up; `dropped` counts what did not, by what it was."""

    scene: Scene
    hops: list[Hop] = field(default_factory=list)
    claims: list[Found] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def ground(answer: Answer, parse: Parse, known: Known) -> Grounded:
    """The answer as far as the text bears it out, spans in the flow."""
    return _Grounder(parse, known).all_of(answer)


def missing(answer: Answer, text: str) -> list[str]:
    """The pieces of claims that stand nowhere in a text: what a model is asked to mend."""
    held = Quotable(text)
    return [words for claim in answer.claims for words in claim.words if not held.find(words)]


class _Grounder:
    def __init__(self, parse: Parse, known: Known) -> None:
        self.parse, self.known = parse, known
        self.text = Quotable(parse.text)
        self.out = Grounded(Scene(parse, find_quotes(parse.flow), load_cues()))
        self._hops: dict[tuple[object, ...], Hop] = {}
        self._seen: set[tuple[object, ...]] = set()
        self._figures: dict[tuple[object, ...], Figure] = {}

    def all_of(self, answer: Answer) -> Grounded:
        for said in answer.claims:
            self._claim(said)
        order = sorted(self.out.hops, key=lambda h: (h.content[0].start, -h.size))
        for hop in order:
            hop.content = _joined(map(self._with_marks, hop.content), self.parse.text)
            hop.quotation = quotation_of(self.out.scene, hop)
        self.out.hops = order
        self.out.claims.sort(key=lambda c: (c.unit.spans[0].start, c.unit.spans[-1].end))
        return self.out

    def _with_marks(self, span: Span) -> Span:
        """A span that is all of a quotation, with its marks: an attribution's content has them."""
        for quote in quotes_in(self.out.scene.quotes, span):
            left = self.parse.text[quote.inner.start : span.start].strip()
            right = self.parse.text[span.end : quote.inner.end].strip(" ,.")
            if quote.inner.covers(span) and not left and not right:
                return quote.outer
        return span

    # -- a claim and its chain -----------------------------------------------------------------

    def _claim(self, said: ClaimSaid) -> None:
        content = self._content(said)
        if content is None:
            self.out.dropped["claim whose words are not in the text"] += 1
            return
        chain = self._chain(said.speakers, content)
        if chain is None:
            self.out.dropped["claim whose speaker is not named beside it"] += 1
            return
        key = (content, tuple(chain))
        if key in self._seen:
            return
        self._seen.add(key)
        hop = self._enter(chain, content) if chain else None
        cue = chain[-1][1] if chain else None
        tokens = _tokens(self.parse, content)
        unit = Unit(content, _root(tokens))
        figures = self._all_figures(said.figures, content)
        events = self._all_events(said.events, content, cue, figures)
        self.out.claims.append(
            Found(unit, hop, self._finding(said, content, chain), events, figures)
        )

    def _content(self, said: ClaimSaid) -> tuple[Span, ...] | None:
        """Where a claim stands: of several places, that in its sentence, else the first not had."""
        around = self.text.find(said.near) if said.near else []
        pieces: list[Span] = []
        for words in said.words:
            places = self.text.find(words)
            if pieces:  # the next one, after what came before
                places = [p for p in places if p.start >= pieces[-1].end][:1]
                if places and self._paragraph(places[0]) - self._paragraph(pieces[-1]) > _BESIDE:
                    places = []
            elif len(places) > 1:
                inside = [p for p in places if any(a.meets(p) for a in around)]
                places = inside or places
                had = {key[0] for key in self._seen}
                places = [p for p in places if (p,) not in had] or places
            if not places:
                return None
            pieces.append(places[0])
        return tuple(pieces)

    def _chain(
        self, speakers: Sequence[SpeakerSaid], content: tuple[Span, ...]
    ) -> list[tuple[Span | None, Span]] | None:
        """Source and cue of each hop, outermost first; None where one is not beside what it says.

        From the inside out: each hop stands beside what it says, which is the claim and the hops
        further in.
        """
        found: list[tuple[Span | None, Span]] = []
        below = list(content)
        for said in reversed(speakers):
            hop = self._hop(said, below)
            if hop is None:
                return None
            found.insert(0, hop)
            below += [span for span in hop if span is not None]
        return found

    def _hop(self, said: SpeakerSaid, below: list[Span]) -> tuple[Span | None, Span] | None:
        hull = Span(min(s.start for s in below), max(s.end for s in below))

        def apart(span: Span) -> bool:
            return not any(span.meets(other) for other in below)

        cues = [c for c in self.text.find(said.cue) if apart(c) and self._is_beside(c, below)]
        if not said.source.strip():
            cue = nearest_to(cues, hull)
            return None if cue is None else (None, cue)
        sources = [s for s in self.text.find(said.source) if apart(s)]
        pairs = [
            (source, cue)
            for cue in cues
            for source in sources
            if not source.meets(cue) and self._sentence(source) == self._sentence(cue)
        ]
        return min(
            pairs,
            key=lambda p: (_far(p[1], hull) + _far(p[0], p[1]), p[1].start),
            default=None,
        )

    def _is_beside(self, cue: Span, below: list[Span]) -> bool:
        """True where words of saying can be of what they are to stand for.

        In one sentence with it; or it is quoted, in this paragraph or the one beside it.
        """
        if any(self._sentence(span) == self._sentence(cue) for span in below):
            return True
        first = below[0]
        quoted = any(q.outer.meets(first) for q in self.out.scene.quotes)
        apart = abs(self._paragraph(first) - self._paragraph(cue))
        return quoted and apart <= _BESIDE

    def _enter(
        self, chain: list[tuple[Span | None, Span]], content: tuple[Span, ...]
    ) -> Hop | None:
        """The innermost hop of a chain; what is said under one source and cue is one hop."""
        outer: Hop | None = None
        for depth, (source, cue) in enumerate(chain):
            held = [*content, *(s for hop in chain[depth + 1 :] for s in hop if s is not None)]
            key = (source, cue, id(outer))
            if key not in self._hops:
                self._hops[key] = self._new_hop(source, cue, outer)
                self.out.hops.append(self._hops[key])
            hop = self._hops[key]
            hop.content += [span for span in held if span not in hop.content]
            outer = hop
        return outer

    def _new_hop(self, source: Span | None, cue: Span, outer: Hop | None) -> Hop:
        cues = _tokens(self.parse, [cue])
        named = _tokens(self.parse, [source] if source else [])
        verb = _root([t for t in cues if t.pos_ in ("VERB", "AUX", "NOUN")] or cues)
        assert verb is not None  # noqa: S101 - a cue has words
        return Hop(
            "language model", verb, cues, _root(named), named, [], outer=outer, score=UNMEASURED
        )

    def _finding(
        self, said: ClaimSaid, content: tuple[Span, ...], chain: list[tuple[Span | None, Span]]
    ) -> Finding:
        """Another certainty than stated must show its words, beside the claim or the cue."""
        if said.certainty == "stated":
            return Finding("stated", said.polarity, ())
        near = [*content, *(s for hop in chain for s in hop if s is not None)]
        sentences = {self._sentence(span) for span in near}
        places = self.text.find(said.certainty_words)
        cue = nearest_to((p for p in places if self._sentence(p) in sentences), content[0])
        if cue is None:
            self.out.dropped["certainty without its words"] += 1
            return Finding("stated", said.polarity, ())
        return Finding(said.certainty, said.polarity, (cue,))

    # -- what a claim holds --------------------------------------------------------------------

    def _all_events(
        self, said: Iterable[EventSaid], content: tuple[Span, ...], cue: Span | None,
        figures: list[Figure],
    ) -> list[Event]:  # fmt: skip
        events: list[Event] = []
        for each in said:
            event = self._event(each, content, cue)
            if event is None:
                self.out.dropped["event whose words are not in its claim"] += 1
            elif all((e.type, e.trigger) != (event.type, event.trigger) for e in events):
                events.append(event)
        for figure in figures:  # what a number counts is one of the claim's events
            at = [n for n, e in enumerate(events) if self._counts(e) == figure.counts] or list(
                range(len(events))
            )
            if at:
                n = min(at, key=lambda n: _far(events[n].trigger[0], figure.span[0]))
                held = (*events[n].figures, figure.id)
                events[n] = dataclasses.replace(events[n], figures=held)
        self.out.events += events
        return events

    def _counts(self, event: Event) -> str:
        return self.known.ontology.types[event.type].counts

    def _event(self, said: EventSaid, content: tuple[Span, ...], cue: Span | None) -> Event | None:
        places = [
            p for p in self.text.find(said.trigger)
            if any(s.covers(p) for s in content) or (cue is not None and cue.meets(p))
        ]  # fmt: skip
        if not places:
            return None
        trigger = places[0]
        roles = self.known.ontology.types[said.type].roles
        people = []
        for person in said.participants:
            span = self._in_sentence(person.words, trigger)
            if span is None:
                self.out.dropped["participant that is not in the event's sentence"] += 1
                continue
            actor = ground_actor(self.parse.words(span))
            people.append(Participant(roles[PARTS.index(person.part)], (span,), actor))
        return Event(
            f"e{len(self.out.events)}-{trigger.start}-{said.type}", said.type, (trigger,),
            said.negated, said.hypothetical, tuple(people),
            self._when(said.time, trigger), self._where(said.place, trigger),
        )  # fmt: skip

    def _in_sentence(self, words: str, anchor: Span) -> Span | None:
        places = self.text.find(words) if words.strip() else []
        here = [p for p in places if self._sentence(p) == self._sentence(anchor)]
        return nearest_to(here, anchor)

    def _when(self, words: str, trigger: Span) -> When | None:
        """The time that our own grammar reads in the words, if it reads one there."""
        if not words.strip():
            return None
        place = nearest_to(self.text.find(words), trigger)
        for time in self.known.times if place else ():
            if time.start is not None and any(place and place.meets(s) for s in time.span):
                return When(time.start, time.end, time.precision, time.basis)
        self.out.dropped["time that is not one in the text"] += 1
        return None

    def _where(self, words: str, trigger: Span) -> Place | None:
        """The place that our own gazetteer finds in the words, if it finds one there."""
        if not words.strip():
            return None
        at = nearest_to(self.text.find(words), trigger)
        for place in self.known.places if at else ():
            if any(at and at.meets(s) for s in place.span):
                return place
        self.out.dropped["place that is not one in the text"] += 1
        return None

    def _all_figures(self, said: Iterable[FigureSaid], content: tuple[Span, ...]) -> list[Figure]:
        figures: list[Figure] = []
        for each in said:
            figure = self._figure(each, content)
            if figure is None:
                self.out.dropped["figure whose number is not in its claim"] += 1
            elif figure not in figures:
                figures.append(figure)
        return figures

    def _figure(self, said: FigureSaid, content: tuple[Span, ...]) -> Figure | None:
        """The number that our own reader finds in the words: a model is never asked how many."""
        places = [p for p in self.text.find(said.words) if any(s.meets(p) for s in content)]
        for place in places:
            for amount in self.known.amounts:
                if place.meets(amount.number) and not (amount.is_percent or amount.is_money):
                    noun = amount.counted
                    of = () if noun is None else (noun_phrase(self.parse, self.parse.tokens[noun]),)
                    return self._held(Figure(
                        "", (amount.span,), amount.low, amount.best, amount.high, amount.bound,
                        said.counts, of, said.scope,
                    ))  # fmt: skip
            if self._is_one(place, said):
                return self._held(
                    Figure("", (place,), 1, 1, 1, "exact", said.counts, (place,), said.scope)
                )
        return None

    def _is_one(self, place: Span, said: FigureSaid) -> bool:
        """True for "a soldier" where people are counted."""
        tokens = _tokens(self.parse, [place])
        head = _root(tokens)
        return (
            said.counts in ONE_COUNTS
            and len(tokens) > 1
            and tokens[0].lower_ in _ONE
            and head is not None
            and head.tag_ in ("NN", "NNP")
        )

    def _held(self, figure: Figure) -> Figure:
        """One figure for one number and measure, however many claims state it."""
        key = (figure.span, figure.counts)
        if key not in self._figures:
            self._figures[key] = dataclasses.replace(figure, id=f"f{len(self._figures)}")
            self.out.figures.append(self._figures[key])
        return self._figures[key]

    # -- where it stands -----------------------------------------------------------------------

    def _sentence(self, span: Span) -> int:
        return self.parse.token_at(span.start).sent.start

    def _paragraph(self, span: Span) -> int:
        return self.parse.flow.paragraph_index(span.start)


def _tokens(parse: Parse, spans: Iterable[Span]) -> list[Token]:
    """The tokens of spans, one that begins before a span (a quotation is in its middle) too."""
    found: dict[int, Token] = {}
    for span in spans:
        first = parse.token_at(span.start)
        for token in [first, *parse.tokens_of(span)]:
            if not token.is_space:
                found.setdefault(token.i, token)
    return [found[i] for i in sorted(found)]


def _root(tokens: Sequence[Token]) -> Token | None:
    """The word that the others hang on."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    nouns = [t for t in tops if not t.is_punct]
    return next(iter(nouns or tops), None)


def _far(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans in order, those that only white space, commas and "that" part as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and _is_joint(text[joined[-1].end : span.start]):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _is_joint(between: str) -> bool:
    return between.strip(" ,\n").lower() in ("", "that")
