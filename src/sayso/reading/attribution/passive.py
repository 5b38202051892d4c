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
    before_outer,
    bound,
    complement_of,
    is_cue,
    sentence_limit,
    that_after,
)
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.speakers import TELLS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Span

_FAR = 16  # tokens between a cue and its "that", prepositional phrases between
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_FOUND_OUT = {"establish", "find", "rule", "conclude"}  # no say-so where nobody is told
_MADE = {"known", "clear", "public", "plain"}  # "it was made known by X that"


def find_passive_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each passive cue with a clause, its source oblique or unnamed."""
    for verb in scene.parse.tokens:
        kind = scene.cues.verbs.get(verb.lemma_.lower())
        made = verb.lemma_ == "make" and any(c.lower_ in _MADE for c in verb.children)
        if (kind in (None, "will") or not is_cue(scene, verb)) and not made:
            continue
        if not is_passive(verb):
            continue
        subject = own_subject(verb)
        if subject is None:
            continue
        head = _oblique(scene, verb)
        source = phrase(head) if head is not None else []
        to: list[Token] = []
        if subject.lower_ in ("it", "there") and verb.lemma_ not in TELLS:
            content, source = _impersonal(scene, verb, source)
            content = content or (_said_before(scene, subject) if kind != "belief" else [])
        elif verb.lemma_ in TELLS:
            content, source = _impersonal(scene, verb, source)
            to = phrase(subject)
        else:
            # "is believed to be": certainty, nobody's say-so
            content = _raised(scene, verb, subject) if kind != "belief" else []
        if content and (head is not None or not (made or verb.lemma_ in _FOUND_OUT)):
            yield Hop("passive", verb, verb_group(verb), head, source, content, to, score=0.75)


def _said_before(scene: Scene, subject: Token) -> list[Span]:
    """The content of "Y, | it was announced by X"."""
    start, _ = sentence_limit(subject, scene)
    if subject.i - start < 2 or subject.doc[subject.i - 1].text != ",":
        return []
    piece = scene.stretch(start, subject.i)
    said = subject.doc[start : subject.i]
    return [piece] if piece and any(t.tag_ in _FINITE for t in said) else []


def _impersonal(scene: Scene, verb: Token, source: list[Token]) -> tuple[list[Span], list[Token]]:
    """Content and source of "it was confirmed (through C) that Y", "she was told by C that Y"."""
    _, limit = sentence_limit(verb, scene)
    limit = before_outer(scene, verb, limit)
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
        if token.lower_ == "that":
            # the parser makes it a relative: "announced by the palace that the king had died";
            # one is "by the palace that burned"
            sure = token.pos_ == "SCONJ" or token.dep_ in ("mark", "det")
            follows = i + 1 < limit and tokens[i + 1].tag_ not in _FINITE
            return i if sure or follows else None
        if token.pos_ in ("VERB", "AUX") or token.text in ".;:":
            return None
    return None


def _oblique(scene: Scene, verb: Token) -> Token | None:
    """Who it was confirmed through: "by", "through", "via" and "with" phrases, before or after."""
    agent = agent_of(verb)
    if agent is not None:
        return agent
    for child in _obliques(verb):
        if child.lower_ in scene.cues.conduit_prepositions:
            noun = _behind_conduit(scene, child)
            if noun is not None:
                return noun
        elif child.lower_ == "in":
            # "it was stated in a police report that": where it stands is who says it
            noun = next((n for n in child.children if n.dep_ == "pobj"), None)
            if noun is not None and scene.is_evidence(noun):
                return noun
    return None


def _obliques(verb: Token) -> Iterator[Token]:
    """The prepositions of a passive, also those hung on "known" in "was made known by X"."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent"):
            yield child
        elif child.lower_ in _MADE:
            yield from (c for c in child.children if c.dep_ in ("prep", "agent"))


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
