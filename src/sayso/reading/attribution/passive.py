"""Impersonal and passive cues: "it was confirmed through C that Y", "Y was reported to have …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import (
    agent_of,
    is_passive,
    own_subject,
    phrase,
    verb_group,
)
from sayso.reading.attribution.contents import (
    bound,
    complement_of,
    is_cue,
    sentence_limit,
    that_after,
)
from sayso.reading.attribution.hops import Hop, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Span

_FAR = 16  # tokens between a cue and its "that", prepositional phrases between


def find_passive_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each passive cue with a clause, its source oblique or unnamed."""
    for verb in scene.parse.tokens:
        kind = scene.cues.verbs.get(verb.lemma_.lower())
        if kind in (None, "will") or not is_cue(scene, verb) or not is_passive(verb):
            continue
        subject = own_subject(verb)
        if subject is None:
            continue
        head = _oblique(scene, verb)
        source = phrase(head) if head is not None else []
        if subject.lower_ in ("it", "there") and subject.pos_ == "PRON":
            content, source = _impersonal(scene, verb, source)
        else:
            # "is believed to be": certainty, nobody's say-so
            content = _raised(scene, verb, subject) if kind != "belief" else []
        if content:
            yield Hop("passive", verb, verb_group(verb), head, source, content, score=0.75)


def _impersonal(scene: Scene, verb: Token, source: list[Token]) -> tuple[list[Span], list[Token]]:
    """Content and source of "it was confirmed (through C) that Y"."""
    _, limit = sentence_limit(verb, scene)
    clause = complement_of(verb, after=True)
    far = _far_that(verb, limit)
    begin = that_after(verb, limit) if clause is None else clause.left_edge.i
    if begin is None:
        begin = far
    if begin is None or begin <= verb.i:
        return [], source
    # "confirmed through an agency that the man …": the parser may hang "that" too low
    if far is not None and far < begin:
        begin, clause = far, None
    piece = scene.stretch(begin, bound(scene, verb, clause, begin, limit))
    return ([piece] if piece else []), [t for t in source if t.i < begin]


def _raised(scene: Scene, verb: Token, subject: Token) -> list[Span]:
    """The content of "Y was reported to have …": the subject and what it is reported to."""
    _, limit = sentence_limit(verb, scene)
    clause = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if clause is None or clause.left_edge.lower_ not in ("to", "as"):
        return []
    words = phrase(subject)
    pieces = [
        scene.stretch(words[0].i, words[-1].i + 1),
        scene.stretch(clause.left_edge.i, min(clause.right_edge.i + 1, limit)),
    ]
    return [p for p in pieces if p]


def _far_that(verb: Token, limit: int) -> int | None:
    """A "that" after prepositional phrases only ("confirmed through a partner service that …")."""
    tokens = verb.doc
    for i in range(verb.i + 1, min(limit, verb.i + _FAR)):
        token = tokens[i]
        if token.lower_ == "that" and (token.pos_ == "SCONJ" or token.dep_ in ("mark", "det")):
            return i if i > verb.i else None
        if token.pos_ in ("VERB", "AUX") or token.text in ".;:":
            return None
    return None


def _oblique(scene: Scene, verb: Token) -> Token | None:
    """Who it was confirmed through: "by", "through", "via" and "with" phrases, before or after."""
    agent = agent_of(verb)
    if agent is not None:
        return agent
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in scene.cues.conduit_prepositions:
            noun = _behind_conduit(scene, child)
            if noun is not None:
                return noun
    return None


def _behind_conduit(scene: Scene, preposition: Token) -> Token | None:
    """The speaker behind a conduit: the partner of "through data sharing with a partner"."""
    for noun in preposition.children:
        if noun.dep_ not in ("pobj", "pcomp"):
            continue
        if noun.lower_ in scene.cues.conduits or noun.dep_ == "pcomp":
            for deeper in noun.children:
                if deeper.dep_ == "prep" and deeper.lower_ in scene.cues.conduit_prepositions:
                    found = _behind_conduit(scene, deeper)
                    if found is not None:
                        return found
            continue
        if scene.is_speaker(noun) or scene.is_evidence(noun):
            return noun
    return None
