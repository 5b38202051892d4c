"""What reached somebody, and from whom: "it was learned from X that Y", "word came from X that Y".

The subject hears or is nobody; who says it stands behind `from`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import phrase, verb_group
from sayso.reading.attribution.contents import before_outer, sentence_limit, stop_at
from sayso.reading.attribution.hops import Hop, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 8  # words from the news to its "from", from the source to its "that"


def find_heard_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each `learned from X that Y`, `confirmation came from X that Y`."""
    heard = scene.cues.heard
    for token in scene.parse.tokens:
        lemma = token.lemma_.lower()
        verb = lemma in heard["verbs"] and token.pos_ == "VERB"
        if not verb and not (lemma in heard["news"] and _arrives(scene, token)):
            continue
        hop = _from_whom(scene, token, verb_group(token) if verb else [token])
        if hop is not None:
            yield hop


def _arrives(scene: Scene, noun: Token) -> bool:
    """True for news as it comes in: "received confirmation", "word came"; not "a report said"."""
    return (
        noun.dep_ in ("dobj", "nsubj") and noun.head.lemma_.lower() in scene.cues.heard["arrives"]
    )


def _from_whom(scene: Scene, token: Token, cue: list[Token]) -> Hop | None:
    _, limit = sentence_limit(token, scene)
    limit = before_outer(scene, token, limit)
    head = _giver(scene, token, limit)
    if head is None:
        return None
    source = [t for t in phrase(head) if t.i <= head.i or t.lower_ != "that"]
    begin = _that(source[-1], limit)
    if begin is None:
        return None
    piece = scene.stretch(begin, stop_at(scene, token, begin, limit))
    return Hop("heard", token, cue, head, source, [piece], score=0.75) if piece else None


def _giver(scene: Scene, token: Token, limit: int) -> Token | None:
    """The speaker behind the nearest `from`, no clause between."""
    tokens = token.doc
    for i in range(token.i + 1, min(limit, token.i + _NEAR)):
        if tokens[i].lower_ == "from":
            nouns = [n for n in tokens[i].children if n.dep_ == "pobj"]
            able = nouns and (scene.is_speaker(nouns[0]) or scene.is_evidence(nouns[0]))
            return nouns[0] if able else None
        if tokens[i].lower_ == "that" or tokens[i].is_punct:
            return None
    return None


def _that(last: Token, limit: int) -> int | None:
    """Where the clause begins: "… from relatives (on Monday) | that", "hear from X is | that"."""
    tokens = last.doc
    for i in range(last.i + 1, min(limit, last.i + _NEAR)):
        token = tokens[i]
        if token.lower_ == "that":
            follows = i + 1 < limit and tokens[i + 1].pos_ not in ("AUX", "VERB")
            return i if follows else None  # "from a ship that sank": of the ship
        if token.is_punct or (token.pos_ in ("VERB", "AUX") and token.lemma_ != "be"):
            return None
    return None
