"""Prepositional cues: "according to X, Y", "Y, according to X", "per X, Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import phrase
from sayso.reading.attribution.contents import sentence_limit, stop_at
from sayso.reading.attribution.hops import Hop, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Span


def find_according_hops(scene: Scene) -> Iterator[Hop]:
    """`According to X, Y`, `Y1, according to X, Y2`, `By X's account, Y`, `In X's words, Y`."""
    yield from _find_according(scene)
    for token in scene.parse.tokens:
        if token.dep_ == "prep" and token.lower_ in _BY_WORDS:
            hop = _by_words(scene, token)
            if hop is not None:
                yield hop


# "By the rebels' own account", "in the words of a survivor"
_BY_WORDS = {"by": ("account", "admission", "reckoning", "telling"), "in": ("word",)}


def _by_words(scene: Scene, preposition: Token) -> Hop | None:
    noun = next((n for n in preposition.children if n.dep_ == "pobj"), None)
    if noun is None or noun.lemma_ not in _BY_WORDS[preposition.lower_]:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    for child in noun.children:
        if child.lower_ == "of":
            owner = next((n for n in child.children if n.dep_ == "pobj"), owner)
    after = noun.right_edge.i + 1
    start, limit = sentence_limit(preposition, scene)
    if owner is None or after >= limit or noun.doc[after].text != "," or preposition.i > start + 1:
        return None
    piece = scene.stretch(after, stop_at(scene, preposition, after, limit))
    source = [t for t in phrase(owner) if t.dep_ != "case"]
    return Hop("according to", noun, [noun], owner, source, [piece], score=0.8) if piece else None


def _find_according(scene: Scene) -> Iterator[Hop]:
    tokens = scene.parse.tokens
    joined: set[int] = set()  # the second "according" of one joint source
    for token in tokens:
        if token.i + 1 >= len(tokens) or not (token.lower_ == "according" or _is_per(token)):
            continue
        preposition = tokens[token.i + 1] if token.lower_ == "according" else token
        nouns = [
            n
            for prep in (preposition, token)
            for n in prep.children
            if n.dep_ in ("pobj", "dobj", "pcomp") and n.i > preposition.i
        ]
        if preposition.lower_ not in ("to", "per") or not nouns:
            continue
        source = [t for t in phrase(nouns[0]) if t.i > preposition.i]
        if not source or token.i in joined:
            continue
        start, limit = sentence_limit(token, scene)
        source = _and_another(source, limit)
        joined.update(t.i for t in source)
        content = _around(scene, token, _after(source, limit), start, limit)
        if content:
            yield Hop(
                "according to",
                token,
                list(tokens[token.i : preposition.i + 1]),
                nouns[0],
                source,
                content,
                score=0.9,
            )


def _and_another(source: list[Token], limit: int) -> list[Token]:
    """A joint source, its preposition said twice: "according to the clinic and (according) to X".

    Each by itself would be read as what the other one tells.
    """
    tokens = source[-1].doc
    at = source[-1].i + 1
    if at >= limit or tokens[at].lower_ != "and":
        return source
    to = at + 2 if at + 1 < limit and tokens[at + 1].lower_ == "according" else at + 1
    if to >= limit or tokens[to].lower_ != "to":
        return source
    noun = next((n for n in tokens[to].children if n.dep_ == "pobj"), None)
    words = phrase(noun) if noun is not None else []
    if not words or words[0].i != to + 1:
        return source
    return [*source, *tokens[at : to + 1], *words]


def _after(source: list[Token], limit: int) -> int:
    """Where words after a source go on, behind a clause of it: "to A and B, who lead it, | Y"."""
    tokens = source[-1].doc
    at = source[-1].i + 1
    if at + 1 < limit and tokens[at].text == "," and tokens[at + 1].lower_ in _RELATIVE:
        commas = (i for i in range(at + 1, limit) if tokens[i].text == ",")
        return next(commas, limit)
    return at


_RELATIVE = {"who", "whose", "whom"}


def _is_per(token: Token) -> bool:
    """True for "Per the ministry, …", not for "two per day"."""
    return token.lower_ == "per" and token.is_sent_start is True


def _around(scene: Scene, token: Token, after: int, start: int, limit: int) -> list[Span]:
    """The clause before a prepositional cue and the one after it, whichever stand there."""
    tokens = token.doc
    content = []
    if (
        token.i - 2 > start
        and tokens[token.i - 1].text == ","
        and tokens[token.i - 2].lower_ == "that"
    ):
        start = token.i  # "The ministry said that, according to its observers, Y"
    elif token.i - 1 > start and tokens[token.i - 1].lower_ == "that":
        start = token.i  # "The widow said that according to the crew Y"
    before = scene.stretch(start, token.i)
    if before is not None and token.i > start and any(t.is_alpha for t in tokens[start : token.i]):
        lead = tokens[start : token.i]
        if not all(t.pos_ in ("CCONJ", "ADV", "PUNCT", "SPACE") for t in lead):
            content.append(before)
    if after < limit and (not content or tokens[after].text == ","):
        rest = scene.stretch(after, stop_at(scene, token, after, limit))
        starts_anew = after + 1 < limit and tokens[after + 1].lower_ in (
            "but", "and", "while", "though", "although", "who", "which", "whose", "adding",
        )  # fmt: skip
        if rest is not None and not (content and starts_anew):
            content.append(rest)
    return content
