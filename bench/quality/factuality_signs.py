"""What stands around a word that bears on whether it happened: names of signs, no numbers.

The parse and the reading's own judgement of mood give them; the words of a sign's name are lemmas.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.events.mood import is_hypothetical, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.lexicon.cues import Cues

_LEVELS = 4  # how many words up the tree are looked at
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"dobj", "pobj", "attr", "acomp", "oprd", "agent"})
_NO = frozenset({"no", "not", "n't", "never", "none", "neither", "nor", "without", "hardly"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp", "conj", "dobj", "pobj"})


def signs_of(token: Token, cues: Cues) -> set[str]:
    """The signs at a word."""
    found = set(_own(token))
    found.update(_above(token, cues))
    if is_negated(token):
        found.add("negated")
    if is_hypothetical(token):
        found.add("unreal")
    found.update(list(_pairs(found)))
    return found


def _own(token: Token) -> Iterator[str]:
    """The word itself, its form, and what hangs on it."""
    yield f"lemma {token.lemma_.lower()}"
    yield f"tag {token.tag_}"
    yield f"dep {token.dep_}"
    yield f"tag {token.tag_} dep {token.dep_}"
    yield f"ends {token.lower_[-3:]}"
    for child in token.children:
        if child.dep_ in {"aux", "auxpass", "neg", "mark", "advmod", "det", "amod", "prt", "case"}:
            yield f"has {child.dep_} {child.lower_}"
            yield f"{token.tag_} has {child.lower_}"
        elif child.dep_ in _SUBJECTS:
            yield f"has {child.dep_}"
            yield f"subject {child.tag_} {child.lower_ if child.pos_ == 'PRON' else ''}"
            yield from (f"subject has {g.lower_}" for g in child.children if g.lower_ in _NO)
        elif child.dep_ in _OBJECTS | {"nummod", "poss", "compound", "npadvmod", "tmod"}:
            yield f"has {child.dep_}"
            yield from (f"object has {g.lower_}" for g in child.children if g.lower_ in _NO)
        elif child.dep_ == "prep":
            yield f"has prep {child.lower_}"
        elif child.dep_ in _CLAUSES:
            yield f"has clause {child.dep_}"
    if not any(c.dep_ in _SUBJECTS for c in token.children):
        yield "no subject"


def _above(token: Token, cues: Cues) -> Iterator[str]:
    """The words that the word hangs on, level by level, with their own negation and mood."""
    here = token
    for level in range(1, _LEVELS + 1):
        above = here.head
        if above.i == here.i:
            yield f"top {level}"
            yield f"root {above.lemma_.lower()}" if level > 1 else "is root"
            return
        lemma = above.lemma_.lower()
        near = f"{level}" if level < 3 else "far"
        yield f"up {near} {here.dep_}"
        yield f"up {near} {here.dep_} {lemma}"
        yield f"over {near} {lemma}"
        yield f"over {near} {above.tag_}"
        kind = cues.verbs.get(lemma)
        if kind:
            yield f"over {near} cue {kind} {here.dep_}"
        for child in above.children:
            if child.i == here.i:
                continue
            if child.dep_ in {"aux", "neg", "mark"} or child.lower_ in _NO:
                yield f"over {near} has {child.lower_}"
                yield f"over {near} {here.dep_} has {child.lower_}"
            elif child.dep_ == "advmod":
                yield f"over {near} advmod {child.lower_}"
        here = above


def _pairs(found: set[str]) -> Iterator[str]:
    """Signs that mean more together: who negates what is asked for."""
    moods = sorted(s for s in found if s in {"negated", "unreal"})
    if len(moods) == 2:
        yield "negated unreal"
    for mood in moods:
        for sign in found:
            if sign.startswith(("tag ", "dep ", "lemma ")) and " dep " not in sign:
                yield f"{mood} {sign}"
