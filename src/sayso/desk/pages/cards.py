"""A claim as a card beside its words: chain, how sure and on whose word, events, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.desk.answers.reports import standing_of
from sayso.ledger import Judged
from sayso.ledger.asking.report_page import ReportPage
from sayso.record import Event, Figure, words_of
from sayso.record.claim_words import (
    actor_words,
    carriers,
    certainty_words,
    chain_names,
    event_words,
    figure_words,
    said_words,
)
from sayso.record.view import ClaimView
from sayso.record.words import place_words, when_words


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with what is told of it, or a figure that belongs to none (`event` None)."""

    event: str | None
    told: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One claim. `carried` brings it to the reader, `hops` are those who speak, inwards."""

    claim: str
    n: int
    carried: tuple[str, ...]
    hops: tuple[tuple[str, str], ...]
    content: str
    owner: str
    sure: str
    certainty: str
    cue: str
    how: str
    facts: tuple[Fact, ...]
    standing: str
    judgements: tuple[Judged, ...]


def card_of(page: ReportPage, view: ClaimView) -> Card:
    """The card of a claim; full names stand beside short ones."""
    names, carried = chain_names(view), len(carriers(view.report))
    full = {i: hop.name for i, hop in enumerate(view.hops, len(names) - len(view.hops))}
    hops = tuple((name, full.get(i, name)) for i, name in enumerate(names) if i >= carried)
    owner, sure = certainty_words(view)
    handle = page.handle(view.number - 1)
    return Card(
        handle, view.number - 1, tuple(names[:carried]), hops, view.content, owner, sure,
        view.claim.certainty, view.cue, said_words(view.outer), tuple(_facts(view)),
        standing_of(page, handle), page.judged.get(handle, ()),
    )  # fmt: skip


def _facts(view: ClaimView) -> Iterator[Fact]:
    """An event at a time, its figures in it; then the figures that belong to no event."""
    left = {figure.id: figure for figure in view.figures}
    for event in view.events:
        own = [left.pop(i) for i in event.figures if i in left]
        yield _event(event, own, view.report.text)
    for figure in left.values():
        yield Fact(None, (), (figure_words(figure, view.report.text),))


def _event(event: Event, figures: list[Figure], text: str) -> Fact:
    shown = [span for p in event.participants for span in p.text]
    who = [
        f"{p.role.replace('_', ' ')}: {actor_words(words_of(text, p.text), p.actor)}"
        for p in event.participants
    ]
    told = [part for part in (when_words(event.time), place_words(event.place), *who) if part]
    counts = tuple(
        # brief where its words stand beside it anyway, as who took part
        figure_words(f, text, brief=any(a.meets(b) for a in f.span for b in shown))
        for f in figures
    )
    return Fact(event_words(event), tuple(told), counts)
