"""Counts that somebody gives: "X put the toll at n", "X spoke of n dead", "X counted n bodies"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import (
    agent_of,
    is_passive,
    own_subject,
    phrase,
    verb_group,
)
from sayso.reading.attribution.contents import is_cue, sentence_limit
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.speakers import claimant_of, is_bare

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Span

_FAR = 14  # words from the counted noun to its "at n"


def find_quantity_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each count that somebody gives."""
    for verb in scene.parse.tokens:
        if verb.pos_ != "VERB" or verb.dep_ in ("amod", "compound") or is_bare(verb):
            continue
        lemma = verb.lemma_.lower()
        if lemma in scene.cues.objects["quantity"]:
            hop = _was_put_at(scene, verb) if is_passive(verb) else _put_at(scene, verb)
            hop = hop or _tallied(scene, verb)
        else:
            hop = _spoke_of(scene, verb) or _tallied(scene, verb)
        if hop is not None:
            yield hop


def _hop(verb: Token, head: Token, pieces: list[Span | None], *, inherited: bool) -> Hop | None:
    content = [p for p in pieces if p]
    if not content:
        return None
    return Hop(
        "quantity", verb, verb_group(verb), head, phrase(head), content,
        inherited=inherited, score=0.65,
    )  # fmt: skip


def _put_at(scene: Scene, verb: Token) -> Hop | None:
    """`X put the number of Y at n`, `X put at n the number of Y`, `X raised the toll to n`."""
    target = next((c for c in verb.children if c.dep_ in ("dobj", "oprd", "attr")), None)
    head, inherited = claimant_of(scene, verb)
    if target is None or head is None or target.i < verb.i:
        return None
    _, limit = sentence_limit(verb, scene)
    tokens = verb.doc
    begin = target.left_edge.i
    first = verb.i + 1
    if tokens[first].lower_ == "at" and _has_number(tokens[first + 1 : first + 4]):
        begin = first  # "put at 30 the number of patients"
        start = first
    else:
        start = target.i
    # the parser hangs "at 1,000" on anything: look for it along the line
    joins = {"at", "to", "from"} | ({"of", "as"} if verb.lemma_ in ("give", "set") else set())
    for i in range(start, min(limit - 1, start + _FAR)):
        if tokens[i].lower_ in joins and _has_number(tokens[i + 1 : i + 4]):
            end = _to_mark(verb, i + 1, limit)
            if not _counts(scene, tokens[begin:end]):
                return None
            return _hop(verb, head, [scene.stretch(begin, end)], inherited=inherited)
        if tokens[i].text in (";", ","):
            return None
    return None


def _was_put_at(scene: Scene, verb: Token) -> Hop | None:
    """`The toll was put at n by X`: who put it so is told, or the report says it itself."""
    head, subject = agent_of(verb), own_subject(verb)
    if head is None or subject is None or not (scene.is_speaker(head) or scene.is_evidence(head)):
        return None
    counted = phrase(subject)
    at = next(
        (c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("at", "to", "as")), None
    )
    if at is None or not _has_number(at.subtree) or not _counts(scene, counted):
        return None
    pieces = [
        scene.stretch(counted[0].i, counted[-1].i + 1),
        scene.stretch(at.i, at.right_edge.i + 1),
    ]
    return _hop(verb, head, pieces, inherited=False)


def _spoke_of(scene: Scene, verb: Token) -> Hop | None:
    """`X spoke of n dead`."""
    if verb.lemma_.lower() not in scene.cues.counts["speak_of"]:
        return None
    of = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    head, inherited = claimant_of(scene, verb)
    if of is None or head is None:
        return None
    _, limit = sentence_limit(verb, scene)
    end = _to_mark(verb, of.i + 1, limit)
    words = verb.doc[of.i + 1 : end]
    if not (_has_number(words) and _counts_people(scene, words)):
        return None
    return _hop(verb, head, [scene.stretch(of.i + 1, end)], inherited=inherited)


def _tallied(scene: Scene, verb: Token) -> Hop | None:
    """`X counted n dead`, `X listed n of its men as missing`."""
    if verb.lemma_.lower() not in scene.cues.counts["tally"] or is_passive(verb):
        return None
    if verb.dep_ == "ccomp" and is_cue(scene, verb.head):
        return None  # "he said his crews had counted 64 bodies": what they did, told by him
    target = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    head, inherited = claimant_of(scene, verb)
    if target is None or head is None:
        return None
    _, limit = sentence_limit(verb, scene)
    end = _to_mark(verb, target.i, limit)
    words = verb.doc[target.left_edge.i : end]
    if not (_has_number(words) and _counts_people(scene, words)):
        return None
    return _hop(verb, head, [scene.stretch(target.left_edge.i, end)], inherited=inherited)


def _to_mark(verb: Token, begin: int, limit: int) -> int:
    end = begin
    while end < limit and verb.doc[end].text not in (",", ";", '"'):
        end += 1
    return end


def _counts(scene: Scene, tokens: Iterable[Token]) -> bool:
    return _is_among(tokens, scene.cues.counts["people"] | scene.cues.counts["also_put_at"])


def _counts_people(scene: Scene, tokens: Iterable[Token]) -> bool:
    """True where people came to harm, or were held, or a crowd is counted."""
    return _is_among(tokens, scene.cues.counts["people"] | scene.cues.counts["also_tallied"])


def _is_among(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return any(t.lemma_.lower() in words or t.lower_ in words for t in tokens)


def _has_number(tokens: Iterable[Token]) -> bool:
    return any(t.like_num or t.pos_ == "NUM" for t in tokens)
