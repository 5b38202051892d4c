"""Claims out of acts of saying, the report's own sentences, and the events in them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

from sayso.reading.claims.certainty import Finding, is_guarded, judge
from sayso.reading.claims.units import Unit, split_units, to_unit
from sayso.record import Event, Figure, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Hop, Scene

# "News of the capture came …": the event is what the news is about, not what the sentence states
_NEWS = {"news", "word", "report", "announcement", "statement", "claim", "rumour", "rumor", "talk",
         "comment", "remark", "coverage", "reporting"}  # fmt: skip


# "rejected the report": an attitude, no claim unless its object is an event (ruling 7)
_ATTITUDES = {"reject", "dismiss", "condemn", "dispute", "mention", "cite", "promise",
              "pledge", "confirm", "verify", "acknowledge", "admit"}  # fmt: skip


_LONGEST_TRIGGER = 200  # characters of an event's words, of which the first may stand before a cue


@dataclass(frozen=True, slots=True)
class Found:
    """A claim before it has its id: the unit, its hop, certainty, and what it holds."""

    unit: Unit
    hop: Hop | None
    finding: Finding
    events: list[Event]
    figures: list[Figure]


class _Places:
    """Where some things begin in the text, to ask which of them begin in a stretch."""

    def __init__(self, starts: list[int]) -> None:
        self._order = sorted(range(len(starts)), key=lambda n: starts[n])
        self._starts = [starts[n] for n in self._order]

    def within(self, spans: Iterable[Span]) -> list[int]:
        """The things that begin inside one of the spans, in the order that they were given in."""
        found: set[int] = set()
        for span in spans:
            first = bisect_left(self._starts, span.start)
            found.update(self._order[first : bisect_left(self._starts, span.end)])
        return sorted(found)


class Assembler:
    """Takes a report's hops, events and figures to its claims."""

    def __init__(
        self, scene: Scene, hops: list[Hop], events: list[Event], figures: list[Figure]
    ) -> None:
        self.scene = scene
        self.hops = hops = [h for h in hops if h.says]
        self.tokens = scene.parse.tokens
        news = {id(e): e for e in events if self._is_news_of(e)}
        of_news = {f for e in news.values() for f in e.figures}
        self.events = [e for e in events if id(e) not in news]
        self.figures = [f for f in figures if f.id not in of_news]
        self._statements = {e.trigger[0].start for e in self.events if e.type != "other"} | {
            f.span[0].start for f in self.figures
        }
        self._triggers = {e.trigger[0].start for e in self.events}
        self._footprints = {id(h): self._footprint(h) for h in hops}
        self._inner: defaultdict[int, list[Hop]] = defaultdict(list)
        for hop in self.hops:
            self._inner[id(hop.outer)].append(hop)
        self._events_at = _Places([e.trigger[0].start for e in self.events])
        self._figures_at = _Places([f.span[0].start for f in self.figures])

    def claims(self) -> list[Found]:
        """The claims in text order: those of each speaker, and the report's own."""
        found = [c for hop in self.hops for c in self._of_hop(hop)]
        found += self._own_voice()
        found.sort(key=lambda c: (c.unit.spans[0].start, c.unit.spans[-1].end))
        return self._without_repeated_headline(found)

    # -- contents ------------------------------------------------------------------------------

    def _of_hop(self, hop: Hop) -> list[Found]:
        if (
            hop.rule == "announce"
            and hop.verb.lemma_ in _ATTITUDES
            and not self._events_at.within(hop.content)
            and not self._is_pronoun(hop)  # "rejects this"
        ):
            return []
        inner = self._inner[id(hop)]
        if any(h.rule == "citing" for h in inner):
            return []  # the cited source says it; the hop in between has no claim of its own
        tokens = self._tokens_of(hop.content)
        direct = hop.quotation == "direct"
        if inner:
            taken = set().union(*(self._footprints[id(h)] for h in inner))
            quoting = {self.tokens[i].sent.start for i in taken}
            tokens = [t for t in tokens if t.i not in taken]
            units = split_units(tokens, self._holds, whole_sentences=direct)
            # what is left of a sentence that quotes another must state something itself
            units = [u for u in units if u[0].sent.start not in quoting or self._states_more(u)]
        else:
            units = split_units(tokens, self._holds, whole_sentences=direct)
        units = self._join_eventless(units)
        claims = []
        for n, unit_tokens in enumerate(units):
            unit = to_unit(self.scene, unit_tokens)
            if unit is not None:
                claims.append(self._claim(unit, hop, first=n == 0))
        return claims

    def _is_pronoun(self, hop: Hop) -> bool:
        """True for a content that is what was said before: "The company rejects | this"."""
        words = self._tokens_of(hop.content)
        return bool(words) and words[0].pos_ == "PRON" and words[0].tag_ != "PRP$"

    def _join_eventless(self, units: list[list[Token]]) -> list[list[Token]]:
        """Runs of sentences without an event are one claim (ruling 5)."""
        joined: list[list[Token]] = []
        for held, group in groupby(units, key=self._holds):
            run = list(group)
            joined += run if held else [list(chain.from_iterable(run))]
        return joined

    def _states_more(self, tokens: list[Token]) -> bool:
        """True for what a speaker says beside the one that they quote, if it holds an event."""
        return self._holds(tokens) and any(
            t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "compound", "acl") for t in tokens
        )

    # -- own voice -----------------------------------------------------------------------------

    def _own_voice(self) -> list[Found]:
        taken: set[int] = set().union(*self._footprints.values())
        found = []
        for sentence in self.tokens.sents:
            tokens = [t for t in sentence if t.i not in taken and not t.is_space]
            if not any(t.is_alpha for t in tokens):
                continue
            for unit_tokens in split_units(tokens, self._holds, relatives=True):
                if not self._states(unit_tokens):
                    continue
                unit = to_unit(self.scene, unit_tokens)
                if unit is not None:
                    found.append(self._claim(unit, None, first=True))
        return found

    def _states(self, tokens: list[Token]) -> bool:
        """True where the report's own words state an event, a figure, or what is not known."""
        if not self._holds(tokens) and not is_guarded(self.scene, tokens):
            return False
        if any(t.pos_ in ("VERB", "AUX") for t in tokens):
            return True
        # a caption or a headline has no verb; a scrap beside a quotation is no statement
        kind = self.scene.parse.flow.kind_at(tokens[0].idx)
        return kind in ("caption", "headline") or len(tokens) >= len(tokens[0].sent) - 3

    # -- what a unit holds ---------------------------------------------------------------------

    def _claim(self, unit: Unit, hop: Hop | None, *, first: bool) -> Found:
        at = self._events_at.within(unit.spans)
        if hop is not None and first:
            cue = Span(hop.cue[0].idx, hop.cue[-1].idx + len(hop.cue[-1]))
            near = Span(max(0, cue.start - _LONGEST_TRIGGER), cue.end)
            at += [
                n
                for n in self._events_at.within([near])
                if n not in at and cue.meets(self.events[n].trigger[0])
            ]
        events = [self.events[n] for n in at]
        figures = [self.figures[n] for n in self._figures_at.within(unit.spans)]
        finding = judge(self.scene, unit, hop, events)
        voice = None if hop is not None and hop.own_error else hop  # the report corrects itself
        return Found(unit, voice, finding, events, figures)

    def _holds(self, tokens: list[Token]) -> bool:
        """True for tokens in which an event or a figure begins."""
        return any(t.idx in self._statements for t in tokens)

    def _footprint(self, hop: Hop) -> set[int]:
        """The tokens that an act of saying takes up: source, cue, addressee and content."""
        taken = {t.i for span in hop.content for t in self.scene.parse.tokens_of(span)}
        taken |= {t.i for t in (*hop.source, *hop.cue, *hop.to)}
        if hop.speaker is not None:
            taken |= {
                c.i for c in hop.speaker.children if c.dep_ == "case"
            }  # "the army | 's claim"
        if hop.rule != "quotation alone":
            taken |= {
                t.i
                for child in hop.verb.children
                if child.dep_ in ("prep", "npadvmod", "advmod", "dative", "mark", "punct", "aux")
                for t in child.subtree
                if not self._is_event(t)
            }
        return taken

    def _is_event(self, token: Token) -> bool:
        return token.idx in self._triggers

    def _tokens_of(self, spans: list[Span]) -> list[Token]:
        seen: dict[int, Token] = {}
        for span in spans:
            for token in self.scene.parse.tokens_of(span):
                if not token.is_space:
                    seen.setdefault(token.i, token)
        return [seen[i] for i in sorted(seen)]

    def _is_news_of(self, event: Event) -> bool:
        token = self.scene.parse.token_at(event.trigger[0].start)
        while (
            token.dep_ in ("pobj", "prep", "poss", "compound", "amod") and token.head.i != token.i
        ):
            token = token.head
            if token.lemma_.lower() in _NEWS and token.dep_ in ("nsubj", "nsubjpass"):
                return True
        return False

    def _without_repeated_headline(self, found: list[Found]) -> list[Found]:
        """A headline's claims stand only where the body does not repeat them (gold/GUIDE.md).

        *Army denies striking market*, of which no event is read, is repeated by a denial.
        """
        kind = self.scene.parse.flow.kind_at
        body = [c for c in found if kind(c.unit.spans[0].start) != "headline"]
        types = {e.type for c in body for e in c.events}
        denies = any(c.finding.certainty == "denied" for c in body)
        return [
            c
            for c in found
            if kind(c.unit.spans[0].start) != "headline"
            or not {e.type for e in c.events} <= types
            or (c.finding.certainty == "denied" and not denies)
        ]
