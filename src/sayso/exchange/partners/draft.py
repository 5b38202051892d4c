"""A text that sayso writes itself from what was read, and the reading over it.

It goes to a partner where the publisher's words may not: a plain line a claim, made of fields
alone. Names of people, institutions and places are facts; how a text describes somebody who is not
named is its own words, so that an unnamed source is told of by kind and country.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from sayso.record import Actor, Attribution, Block, Claim, Event, Figure, Reading, Span
from sayso.record.reading import Source
from sayso.record.report import report_id
from sayso.record.rewrite import rewrite
from sayso.record.span import Spans
from sayso.record.view import path_of
from sayso.record.words import number_words, when_words

Reword = Callable[[str], str]
NOBODY = "the report itself"
OFFICES = frozenset({"official", "agency", "media", "group", "document"})
SHORT = 6  # words: "the health ministry" is an office, more is how a text describes somebody


def draft(reading: Reading, reword: Reword) -> Reading:
    """The reading over the drafted text; `reword` is asked of every name."""
    return _Draft(rewrite(_fieldless(reading), (), reword)).made()


def _fieldless(reading: Reading) -> Reading:
    """Without mentions of times and places: an event has its own by value."""
    return dataclasses.replace(reading, times=(), places=())


class _Draft:
    """The text as it grows, and where in it each thing stands."""

    def __init__(self, reading: Reading) -> None:
        self.old = reading
        self.text = ""
        self.sources = {s.id: s for s in reading.sources}
        self.events = {e.id: e for e in reading.events}
        self.figures = {f.id: f for f in reading.figures}
        self.said: dict[str, Attribution] = {}
        self.told: dict[str, Event] = {}
        self.counted: dict[str, Figure] = {}
        self.mentions: dict[str, list[Spans]] = {}
        self.claims: list[Claim] = []

    def made(self) -> Reading:
        """The reading over the text."""
        for claim in self.old.claims:
            self._claim(claim)
        report = self.old.report
        report = dataclasses.replace(
            report, text=self.text, title=None, blocks=(Block("body", 0, len(self.text)),),
            id=report_id(self.text, report.publisher, report.url, report.published),
        )  # fmt: skip
        sources = tuple(
            dataclasses.replace(s, name=_source_words(s), mentions=tuple(self.mentions[s.id]))
            for s in self.old.sources
            if s.id in self.mentions
        )
        return dataclasses.replace(
            self.old, report=report, sources=sources, attributions=tuple(self.said.values()),
            claims=tuple(self.claims), events=tuple(self.told.values()),
            figures=tuple(self.counted.values()),
        )  # fmt: skip

    def _put(self, words: str) -> Spans:
        start = len(self.text)
        self.text += words
        return (Span(start, len(self.text)),)

    def _claim(self, claim: Claim) -> None:
        """One line: on whose word, how sure, what."""
        path = path_of(self.old, claim)
        heads = [self._hop(each) for each in path] or [(self._put(NOBODY), ())]
        self._put(" says: " if not path else "")
        start = len(self.text)
        sure = self._put(claim.certainty)
        if claim.polarity == "negative":
            self._put(", not so")
        self._put(": ")
        for n, id_ in enumerate(claim.events):
            self._put("; " if n else "")
            self._event(self.events[id_])
        figures = [f for f in claim.figures if f not in self.counted]
        for n, id_ in enumerate(figures):
            self._put("; " if n or claim.events else "")
            self._figure(self.figures[id_])
        if not claim.events and not figures:
            self._put("what no field holds")
        content = (Span(start, len(self.text)),)
        self._put(".\n")
        for said, (source, cue) in zip(path, heads, strict=False):
            first = self.said.get(said.id) or dataclasses.replace(
                said, source=source, cue=cue, content=(), to=(), quotation="indirect"
            )
            self.said[said.id] = dataclasses.replace(first, content=(*first.content, *content))
        self.claims.append(dataclasses.replace(claim, content=content, certainty_cue=sure))

    def _hop(self, said: Attribution) -> tuple[Spans, Spans]:
        """Where who speaks stands, and the verb."""
        source = self.sources.get(said.source_id or "")
        where = self._put(_source_words(source) if source else "somebody unnamed")
        if source:
            self.mentions.setdefault(source.id, []).append(where)
        self._put(" ")
        cue = self._put("says:")
        self._put(" ")
        return where, cue

    def _event(self, event: Event) -> None:
        trigger = self._put(event.type.replace("_", " "))
        who = []
        for each in event.participants:
            actor = _plain(each.actor)
            if actor:
                self._put(f", {each.role} ")
                who.append(dataclasses.replace(each, text=self._put(actor.name), actor=actor))
        place = event.place
        if place and place.name:
            self._put(", in ")
            place = dataclasses.replace(place, span=self._put(place.name))
        elif place:
            place = dataclasses.replace(place, span=())
        if event.time:
            self._put(", ")
            self._put(when_words(event.time))
        self.told.setdefault(
            event.id,
            dataclasses.replace(event, trigger=trigger, participants=tuple(who), place=place),
        )
        for id_ in event.figures:
            if id_ not in self.counted:
                self._put(", ")
                self._figure(self.figures[id_])

    def _figure(self, figure: Figure) -> None:
        where = self._put(_count_words(figure))
        self._put(f" {figure.counts.replace('_', ' ')}")
        self.counted[figure.id] = dataclasses.replace(figure, span=where, of=())


def _source_words(source: Source) -> str:
    """A name or an office as it stands; else what kind of source it is, of which country."""
    if source.name.startswith("["):  # our label, without what the text goes on to say of them
        return source.name[: source.name.find("]") + 1]
    if source.named or (source.kind in OFFICES and len(source.name.split()) <= SHORT):
        return source.name
    country = f" ({source.actor.country})" if source.actor and source.actor.country else ""
    return f"an unnamed source: {source.kind}{country}"


def _plain(actor: Actor | None) -> Actor | None:
    """An actor by kind and country; None where neither is known."""
    if actor is None or not (actor.kind or actor.country):
        return None
    words = f"{actor.kind or 'others'} ({actor.country})" if actor.country else str(actor.kind)
    return dataclasses.replace(actor, name=words)


def _count_words(figure: Figure) -> str:
    """The bound and the numbers: what the words said is not told, what they bound is."""
    numbers = [n for n in (figure.low, figure.best, figure.high) if n is not None]
    counts = " to ".join(number_words(n) for n in dict.fromkeys(numbers)) or "a number of"
    return (
        counts
        if figure.bound in ("exact", "range") or not numbers
        else (f"{figure.bound} {counts}")
    )
