"""Readings made by hand: a report is a list of sayings, its text their sentences."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from sayso.linking.rows import link_readings, rows_of
from sayso.reading.reader import Reader
from sayso.record import (
    Actor,
    Attribution,
    Block,
    Claim,
    Event,
    Figure,
    Participant,
    Reading,
    Report,
    Source,
    Span,
    When,
    report_id,
)
from sayso.record.links import ClaimRef

Dated = tuple[str, str]  # when a report was published, and its text
Row = dict[str, Any]
Link = Callable[..., list[Row]]
ReadDated = Callable[[Iterable[Dated]], list[Reading]]


def day(date: str) -> When:
    """One day, given."""
    return When(date, date, "day", "given")


@dataclass
class Story:
    """A report in the making."""

    name: str
    publisher: str | None = "Harbour Gazette"
    credit: str | None = None
    published: str | None = "2024-05-02"
    text: str = ""

    def __post_init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.attributions: list[Attribution] = []
        self.claims: list[Claim] = []
        self.events: list[Event] = []
        self.figures: list[Figure] = []

    def _write(self, words: str) -> tuple[Span, ...]:
        start = len(self.text)
        self.text += words
        return (Span(start, start + len(words)),)

    def _source(
        self, name: str, kind: str, country: str | None, actor_kind: str | None, own: str
    ) -> tuple[Source, tuple[Span, ...]]:
        mention = self._write(name)
        bare = name.removeprefix("the ").removeprefix("a ").removeprefix("an ")
        actor = Actor(own or bare, country, actor_kind) if country or actor_kind else None  # type: ignore[arg-type]
        held = self.sources.get(name)
        source = (
            replace(held, mentions=(*held.mentions, mention))
            if held
            else Source(f"s-{len(self.sources)}", name, kind, True, actor, (mention,))  # type: ignore[arg-type]
        )
        self.sources[name] = source
        return source, mention

    def says(
        self,
        name: str | None,
        content: str,
        *,
        kind: str = "official",
        country: str | None = None,
        actor_kind: str | None = None,
        actor_name: str = "",
        through: str | None = None,
        through_kind: str = "agency",
        said: str | None = None,
        quotation: str = "indirect",
        certainty: str = "stated",
        event: str = "capture",
        counts: str = "killed",
        figure: tuple[float | None, float | None, float | None, str] | None = None,
        figure_words: str = "",
        scope: str = "incident",
        people: tuple[str | None, str | None] | None = None,
    ) -> Story:
        """Add a sentence: who says it (None: the report itself), through whom, and what."""
        outer: str | None = None
        if name is not None:
            source, mention = self._source(name, kind, country, actor_kind, actor_name)
            outer = self._attribute(source, mention, None, said, quotation)
        if through is not None:
            deeper, mention = self._source(through, through_kind, None, None, "")
            outer = self._attribute(deeper, mention, outer, None, quotation)
        span = self._write(content)
        for i, a in enumerate(self.attributions):
            if not a.content:
                self.attributions[i] = replace(a, content=span)
        self._write(". ")
        n = len(self.claims)
        counted = self._figure(span, counts, figure, figure_words, scope)
        patient = Participant("dead", span, Actor("", *people)) if people else None  # type: ignore[arg-type]
        self.events.append(
            Event(
                f"e-{n}", event, span, participants=(patient,) if patient else (), figures=counted
            )
        )
        polarity = "negative" if certainty == "denied" else "positive"
        self.claims.append(
            Claim(f"c-{n}", span, outer, certainty, polarity, (), (f"e-{n}",), counted)  # type: ignore[arg-type]
        )
        return self

    def _attribute(
        self,
        source: Source,
        mention: tuple[Span, ...],
        within: str | None,
        said: str | None,
        quotation: str,
    ) -> str:
        self._write(" ")
        cue = self._write("said that ")
        own = f"a-{len(self.attributions)}"
        self.attributions.append(
            Attribution(
                own,
                mention,
                source.id,
                cue,
                (),
                within,
                (),
                quotation,  # type: ignore[arg-type]
                day(said) if said else None,
            )
        )
        return own

    def _figure(
        self,
        span: tuple[Span, ...],
        counts: str,
        figure: tuple[float | None, float | None, float | None, str] | None,
        words: str,
        scope: str,
    ) -> tuple[str, ...]:
        if figure is None:
            return ()
        own = f"f-{len(self.figures)}"
        at = self.text.index(words, span[0].start) if words else span[0].start
        place = (Span(at, at + len(words)),) if words else span
        low, best, high, bound = figure
        self.figures.append(Figure(own, place, low, best, high, bound, counts, (), scope))  # type: ignore[arg-type]
        return (own,)

    def reading(self) -> Reading:
        """The reading of what was written so far."""
        published = day(self.published) if self.published else None
        report = Report(
            report_id(self.text, self.publisher, self.name, published),
            self.name,
            self.text,
            None,
            self.publisher,
            self.credit,
            None,
            None,
            published,
            (Block("body", 0, len(self.text)),),
            "en",
        )
        return Reading(
            report,
            tuple(self.sources.values()),
            tuple(self.attributions),
            tuple(self.claims),
            tuple(self.events),
            tuple(self.figures),
        )


def all_claims(readings: list[Reading]) -> list[ClaimRef]:
    """References to all claims of readings."""
    return [ClaimRef(r.report.id, c.id) for r in readings for c in r.claims]


@pytest.fixture
def story() -> type[Story]:
    """Makes a report by hand."""
    return Story


@pytest.fixture
def refs_of() -> Callable[[list[Reading]], list[ClaimRef]]:
    """References to all claims of readings."""
    return all_claims


@pytest.fixture(scope="session")
def read_dated(reader: Reader) -> ReadDated:
    """A function from dated texts, named 0, 1, 2 …, to their readings."""

    def run(reports: Iterable[Dated]) -> list[Reading]:
        readings = []
        for number, (published, text) in enumerate(reports):
            when = When(published, published, "day", "given")
            own = report_id(text, None, str(number), when)
            body = (Block("body", 0, len(text)),)
            report = Report(own, str(number), text, None, None, None, None, None, when, body)
            readings.append(reader.read(report))
        return readings

    return run


@pytest.fixture(scope="session")
def link(read_dated: ReadDated) -> Link:
    """A function from dated texts, named 0, 1, 2 …, to the rows of their incidents."""

    def run(reports: Iterable[Dated], seed: int | None = None) -> list[Row]:
        readings = read_dated(reports)
        if seed is not None:
            random.Random(seed).shuffle(readings)  # noqa: S311 - for a test
        return list(rows_of(link_readings(readings)))

    return run
