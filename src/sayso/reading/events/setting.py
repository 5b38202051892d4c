"""When and where: the time and the place that the words give to an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.reading.events.arguments import PASSIVE_SUBJECTS, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.reading.events.triggers import Trigger
    from sayso.reading.parse import Parse
    from sayso.record import Place, Time

# An event's clause ends where another clause holds it: "said Friday that troops withdrew".
_EDGES = frozenset({"ccomp", "parataxis", "advcl"})
_LOCATING = frozenset({
    "in", "at", "near", "inside", "outside", "within", "around", "across", "throughout", "outside",
    "into", "on", "over", "off", "along", "from", "of", "to", "through", "against",
})  # fmt: skip
_BEST_FIRST = ("in", "at", "near", "inside", "within", "outside", "around", "across", "throughout")


@dataclass(frozen=True, slots=True)
class Anchored:
    """A time or a place, the token it stands on, the word that it belongs to, and how."""

    thing: Time | Place
    token: Token
    host: Token
    prep: str


def anchor(parse: Parse, thing: Time | Place) -> Anchored | None:
    """The word that a time or place belongs to: the verb or noun that its phrase hangs on."""
    tokens = [t for t in parse.tokens_of(thing.span[0]) if not t.is_space]
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    top = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
    token, prep = top, ""
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        above = token.head
        if above.pos_ in {"ADP", "SCONJ"} and token.dep_ in {"pobj", "pcomp"}:
            prep = prep or above.lower_
        elif token.dep_ in {"conj", "appos"} or above.i in inside:
            pass
        else:
            return Anchored(thing, top, above, prep or token.dep_)
        token = above
    return Anchored(thing, top, token, prep)


def path_up(trigger: Trigger) -> Iterator[tuple[int, Token]]:
    """The words from a trigger's head up to the edge of its clause, with their distance."""
    token, distance = trigger.head, 0
    yield distance, token
    while token.head.i != token.i:
        if token.dep_ in _EDGES:
            return
        if token.dep_ == "relcl":
            return
        token, distance = token.head, distance + 1
        yield distance, token


def nearest(trigger: Trigger, anchored: list[Anchored]) -> Anchored | None:
    """The time or place that belongs to a trigger, or else to a word of its clause above it."""
    inside = {t.i for t in trigger.tokens}
    hosts = {t.i: d for d, t in path_up(trigger)}
    below = {n.i for n in (*trigger.args.objects, *trigger.args.subjects)}
    best: tuple[float, int, Anchored] | None = None
    for item in anchored:
        if item.token.sent.start != trigger.head.sent.start or item.token.i in inside:
            continue
        rank: float | None = None
        if item.host.i in inside:
            rank = -1
        elif item.host.i in hosts:
            rank = hosts[item.host.i]
        elif item.host.i in below:
            rank = 2.5
        elif any(a.i in hosts for a in _climb_nouns(item.host)):
            rank = 3 + min(hosts[a.i] for a in _climb_nouns(item.host) if a.i in hosts)
        if rank is None:
            continue
        key = (rank, abs(item.token.i - trigger.head.i))
        if best is None or key < best[:2]:
            best = (*key, item)
    return best[2] if best else None


def _climb_nouns(token: Token) -> Iterator[Token]:
    """What a noun hangs on: "in a market in Mokha" places what happened in the market."""
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        if token.dep_ in {"relcl", "acl"}:
            return
        token = token.head
        yield token


def is_locating(item: Anchored) -> bool:
    """True for a place where something is, not for one that acts or is spoken of."""
    if item.prep in SUBJECTS | PASSIVE_SUBJECTS | {"appos", "agent", "by"}:
        return False
    return item.prep in _LOCATING or item.prep in {"dobj", "poss", "compound", "amod", "nmod"}
