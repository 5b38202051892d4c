"""A claim as a card: its chain, its words, how sure and on whose word, its events and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.record import Event, Figure, Span, words_of
from sayso.record.claim_words import (
    actor_words,
    carriers,
    certainty_words,
    chain_names,
    event_words,
    figure_words,
    said_words,
)
from sayso.record.html import plain
from sayso.record.view import ClaimView
from sayso.record.words import place_words, when_words


def card_html(view: ClaimView, key: str) -> str:
    """One claim's card, linked to its words."""
    return "".join(_parts(view, f"{key}c{view.number}", f"{key}w{view.number}"))


def _parts(view: ClaimView, card: str, words: str) -> Iterator[str]:
    yield f'<section class="card" id="{card}" data-c="{card}" aria-label="claim {view.number}">'
    yield f'<a class="num" href="#{words}" title="to the words">{view.number}</a>'
    yield chain_html(view)
    yield f'<p class="said">{plain(view.content)}</p>'
    yield sure_html(view)
    facts = "".join(_facts(view))
    yield f'<ul class="facts">{facts}</ul></section>' if facts else "</section>"


def _facts(view: ClaimView) -> Iterator[str]:
    """A line an event, its figures in it; then the figures that belong to no event."""
    left = {figure.id: figure for figure in view.figures}
    for event in view.events:
        own = [left.pop(i) for i in event.figures if i in left]
        yield f"<li>{_event_html(event, own, view.report.text)}</li>"
    yield from (f"<li>{_figure_html(figure, view.report.text)}</li>" for figure in left.values())


def chain_html(view: ClaimView) -> str:
    """The chain from the reader inwards; full names where a short one is shown."""
    names, carried = chain_names(view), len(carriers(view.report))
    full = {i: hop.name for i, hop in enumerate(view.hops, len(names) - len(view.hops))}
    parts = []
    for i, name in enumerate(names):
        title = f' title="{plain(full[i])}"' if full.get(i, name) not in ("", name) else ""
        kind = "by" if i < carried else "hop"
        parts.append(f'<span class="{kind}"{title}>{plain(name)}</span>')
    return f'<p class="chain">{" <i>›</i> ".join(parts)}</p>'


def sure_html(view: ClaimView) -> str:
    """How sure, never without its owner, with the words that signal it and how it was said."""
    owner, word = certainty_words(view)
    cue = f" <q>{plain(view.cue)}</q>" if view.cue else ""
    return (
        f'<p class="sure-line">{plain(owner)} <b class="c-{view.claim.certainty}">{plain(word)}</b>'
        f'{cue}<span class="how"> · {plain(said_words(view.outer))}</span></p>'
    )


def _event_html(event: Event, figures: list[Figure], text: str) -> str:
    where = [part for part in (when_words(event.time), place_words(event.place)) if part]
    who = [
        f"{p.role.replace('_', ' ')}: {actor_words(words_of(text, p.text), p.actor)}"
        for p in event.participants
    ]
    shown = [span for p in event.participants for span in p.text]
    return " · ".join(
        (
            f'<b class="type">{plain(event_words(event))}</b>',
            *map(plain, (*where, *who)),
            *(_figure_html(f, text, brief=_meet(f.span, shown)) for f in figures),
        )
    )


def _meet(some: Iterable[Span], others: list[Span]) -> bool:
    return any(a.meets(b) for a in some for b in others)


def _figure_html(figure: Figure, text: str, *, brief: bool = False) -> str:
    """A figure; brief where its words stand beside it anyway, as who took part."""
    return f'<span class="fig">{plain(figure_words(figure, text, brief=brief))}</span>'
