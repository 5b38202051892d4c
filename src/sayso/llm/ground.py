"""What a model answered, as far as the text says it too: hops, claims, events and figures.

A model points at words; who that is, when, where and how many is worked out by the rooms that read
words themselves. So nothing that is not written gets in, whatever a report talked a model into.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.cues import load_cues
from sayso.llm.answer import Answer, ClaimSaid, SpeakerSaid
from sayso.llm.ground_content import ContentGrounder, Known, root_of, sentence_of, tokens_of
from sayso.llm.quotes import Quotable, nearest_to
from sayso.reading.attribution.find import quotation_of
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.quotes import find_quotes, quotes_in
from sayso.reading.claims.assemble import Found
from sayso.reading.claims.certainty import Finding
from sayso.reading.claims.units import Unit
from sayso.record import Event, Figure, Span

if TYPE_CHECKING:
    from sayso.reading.parsing.parse import Parse

UNMEASURED = 0.5  # nobody measured how often a model of somebody's own is right
_BESIDE = 1  # paragraphs between a quotation and who is named for it


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
        self.parse = parse
        self.text = Quotable(parse.text)
        self.out = Grounded(Scene(parse, find_quotes(parse.flow), load_cues()))
        self._hops: dict[tuple[object, ...], Hop] = {}
        self._seen: set[tuple[object, ...]] = set()
        self.inner = ContentGrounder(parse, known, self.text, self.out.dropped)

    def all_of(self, answer: Answer) -> Grounded:
        for said in answer.claims:
            self._claim(said)
        order = sorted(self.out.hops, key=lambda h: (h.content[0].start, -h.size))
        for hop in order:
            hop.content = _joined(map(self._with_marks, hop.content), self.parse.text)
            hop.quotation = quotation_of(self.out.scene, hop)
        self.out.hops = order
        self.out.events, self.out.figures = list(self.inner.events.values()), self.inner.figures
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
        tokens = tokens_of(self.parse, content)
        unit = Unit(content, root_of(tokens))
        figures = self.inner.figures_of(said, content)
        events = self.inner.events_of(said, content, cue, figures)
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
            key=lambda p: (p[1].gap(hull) + p[0].gap(p[1]), p[1].start),
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
        cues = tokens_of(self.parse, [cue])
        named = tokens_of(self.parse, [source] if source else [])
        verb = root_of([t for t in cues if t.pos_ in ("VERB", "AUX", "NOUN")] or cues)
        assert verb is not None  # noqa: S101 - a cue has words
        return Hop(
            "language model", verb, cues, root_of(named), named, [], outer=outer, score=UNMEASURED
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

    def _sentence(self, span: Span) -> int:
        return sentence_of(self.parse, span)

    def _paragraph(self, span: Span) -> int:
        return self.parse.flow.paragraph_index(span.start)


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
