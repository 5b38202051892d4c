"""What a speaker wants done: "X pledged to do Y", "X urged Z to do Y", "X called for Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import is_passive, verb_group
from sayso.reading.attribution.contents import bound, is_cue, sentence_limit
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.speakers import may_speak, speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_INFINITIVE = {
    "pledge", "promise", "vow", "threaten", "agree", "swear", "want", "demand", "ask", "wish",
    "offer", "propose", "commit", "plead", "undertake",
}  # fmt: skip

# "denied shelling the school", "reported seeing forty trucks"
_OWNS_UP = {"deny", "admit", "acknowledge", "confess", "report", "recall", "describe"}


def find_will_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each pledge, demand and order."""
    for verb in scene.parse.tokens:
        if is_cue(scene, verb) and not is_passive(verb):
            hop = _will(scene, verb)
            if hop is not None:
                yield hop


def _will(scene: Scene, verb: Token) -> Hop | None:
    if any(scene.cues.adverbs.get(c.lower_) == "purported" for c in verb.children):
        return None  # "reportedly agreed to leave": nobody is quoted
    head, source, inherited = speaker_of(verb)
    clause = _wanted(scene, verb)
    if head is None or clause is None:
        return None
    gerund = clause.tag_ == "VBG"
    if not (may_speak(scene, verb, head) if gerund else scene.is_speaker(head)):
        return None
    _, limit = sentence_limit(verb, scene)
    begin = verb.i + 1
    if clause.dep_ == "prep":
        begin = clause.i + 1
    elif not any(c.dep_ == "dobj" for c in verb.children):
        begin = clause.left_edge.i
    piece = scene.stretch(begin, bound(scene, verb, clause, begin, limit))
    if piece is None:
        return None
    rule = "gerund" if gerund else "will"
    return Hop(rule, verb, verb_group(verb), head, source, [piece], inherited=inherited, score=0.7)


def _wanted(scene: Scene, verb: Token) -> Token | None:
    """The clause or phrase that says what is wanted."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.i < verb.i:
            continue
        if (
            (child.dep_ == "xcomp" and lemma in _INFINITIVE)
            or (child.dep_ == "xcomp" and child.tag_ == "VBG" and lemma in _OWNS_UP)
            or (child.dep_ in ("ccomp", "xcomp") and scene.cues.verbs[lemma] == "will")
            or (child.dep_ == "prep" and child.lower_ in ("for", "on") and lemma in ("call", "ask"))
        ):
            return child
    return None
