"""Who does it and who undergoes it: the arguments of a word that tells of an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "oprd"})
_PREPS = frozenset({"prep", "agent", "dative"})
_CLAUSES = frozenset({"advcl", "xcomp", "pcomp", "ccomp"})
_RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "npadvmod"})
# "dozens of people", "one of the soldiers": what is counted stands in the of-phrase.
PARTITIVES = frozenset({
    "bulk", "count", "couple", "crowd", "dozen", "dozens", "estimate", "group", "handful", "half",
    "hundred", "hundreds", "lot", "lots", "majority", "member", "million", "millions", "most",
    "none", "number", "pair", "part", "percent", "rest", "score", "scores", "some", "many", "several",
    "thousand", "thousands", "total", "each", "all", "both", "tens", "minimum", "maximum", "few",
    "toll", "any", "type", "kind", "billion", "quarter", "third", "team", "unit", "body", "series",
})  # fmt: skip


@dataclass(slots=True)
class Arguments:
    """What stands around a word: its subjects, objects, prepositions with their nouns, and more.

    In the passive the grammatical subject is an object here, and the agent a subject. `governors`
    are the lemmas that hold a noun (verb, preposition), `modifiers` those that stand before it.
    """

    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    preps: list[tuple[str, Token]] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    possessors: list[Token] = field(default_factory=list)
    governors: set[str] = field(default_factory=set)
    modifiers: list[Token] = field(default_factory=list)
    is_passive: bool = False


def conjuncts(token: Token) -> Iterator[Token]:
    """A token and those coordinated with it ("A, B and C")."""
    yield token
    for child in token.children:
        if child.dep_ == "conj":
            yield from conjuncts(child)


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for ("the man who"), else the token itself."""
    if token.lower_ not in _RELATIVES:
        return token
    for above in token.ancestors:
        if above.dep_ == "relcl":
            return above.head
    return token


def counted_noun(token: Token) -> Token:
    """The noun that a partitive holds: "dozens of people" are people; else the token itself."""
    if token.lemma_.lower() not in PARTITIVES and token.lower_ not in PARTITIVES:
        if token.tag_ not in {"CD", "DT"}:
            return token
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return token


def _spread(tokens: list[Token]) -> list[Token]:
    return [found for token in tokens for found in conjuncts(antecedent(token))]


def arguments_of(token: Token) -> Arguments:
    """The arguments of a verb, participle, noun or adjective."""
    found = _of_verb(token) if token.pos_ in {"VERB", "AUX"} else _of_noun(token)
    return found


def _of_verb(verb: Token) -> Arguments:
    found = Arguments()
    subjects, objects = [], []
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            subjects.append(child)
        elif child.dep_ in PASSIVE_SUBJECTS:
            objects.append(child)
            found.is_passive = True
        elif child.dep_ in _OBJECTS and child.pos_ != "ADP":
            objects.append(child)
        elif child.dep_ in _PREPS:
            _take_prep(child, found, subjects)
        elif child.dep_ == "prt":
            found.particles.add(child.lower_)
        elif child.dep_ == "auxpass":
            found.is_passive = True
    found.subjects, found.objects = _spread(subjects), _spread(objects)
    _take_from_above(verb, found)
    found.governors = {verb.head.lemma_.lower()} if verb.head.i != verb.i else set()
    return found


def _take_prep(prep: Token, found: Arguments, subjects: list[Token]) -> None:
    nouns = [c for c in prep.children if c.dep_ in {"pobj", "pcomp"}]
    for noun in nouns:
        found.preps.extend((prep.lower_, n) for n in conjuncts(noun))
    if prep.dep_ == "agent":
        subjects.extend(nouns)
        found.is_passive = True
    # "moved out of the city": the parser hangs the inner preposition on the outer one
    for child in prep.children:
        if child.dep_ == "prep":
            _take_prep(child, found, [])


def _take_from_above(verb: Token, found: Arguments) -> None:
    """Adds the arguments that a verb shares with the word it hangs on."""
    head, dep = verb.head, verb.dep_
    if dep == "conj" and head.pos_ in {"VERB", "AUX"} and not (found.subjects and found.objects):
        above = _of_verb(head)
        # "were captured and later died": the passive's subject is who died
        own_subject = any(c.dep_ in SUBJECTS | PASSIVE_SUBJECTS for c in verb.children)
        if own_subject:
            return
        if verb.tag_ == "VBN" and above.is_passive and not found.objects:
            found.objects, found.is_passive = above.objects, True
        elif not found.subjects:
            found.subjects = above.objects if above.is_passive else above.subjects
    elif dep in {"acl", "amod"} or (dep == "relcl" and not (found.subjects or found.objects)):
        whole = list(conjuncts(head)) if dep == "relcl" else [head]
        if verb.tag_ in {"VBN", "VBD"} and not found.objects:
            found.objects, found.is_passive = whole, True
        elif not found.subjects:
            found.subjects = whole
    elif dep in _CLAUSES and head.pos_ in {"VERB", "AUX"} and dep != "ccomp":
        _take_controller(verb, head, found)
    elif dep == "pcomp" and head.head.pos_ in {"VERB", "AUX"}:
        _take_controller(verb, head.head, found)


def _take_controller(verb: Token, head: Token, found: Arguments) -> None:
    """The unsaid subject of "to fight", "killing five": who the clause above is about."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if found.subjects or (found.objects and passive):
        return
    above = _of_verb(head)
    who = above.objects if above.is_passive or verb.dep_ == "xcomp" else above.subjects
    who = who or above.subjects
    if passive or (verb.tag_ == "VBN" and not found.objects):
        found.objects, found.is_passive = (found.objects or who), True
    else:
        found.subjects = who


def _of_noun(noun: Token) -> Arguments:
    found = Arguments()
    for child in noun.children:
        if child.dep_ == "poss":
            found.possessors.extend(conjuncts(child))
        if child.dep_ in _MODIFIERS:
            found.modifiers.append(child)
            found.modifiers.extend(c for c in child.children if c.dep_ in _MODIFIERS | {"conj"})
        elif child.dep_ in _PREPS:
            _take_prep(child, found, found.subjects)
            if child.lower_ == "by":
                found.subjects.extend(n for p, n in found.preps if p == "by")
        elif child.dep_ in {"acl", "relcl"}:
            found.governors.add(child.lemma_.lower())
    found.objects = [n for p, n in found.preps if p == "of"]
    if noun.pos_ == "ADJ" or noun.dep_ in {"acomp", "attr"}:
        _take_predicate(noun, found)
    _take_governors(noun, found)
    return found


def _take_predicate(word: Token, found: Arguments) -> None:
    """ "190 were dead", "the dead soldier": who the adjective is said of."""
    head = word.head
    if word.dep_ in {"acomp", "attr", "oprd"} and head.pos_ in {"VERB", "AUX"}:
        who = [c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
        found.objects = _spread(who) or found.objects
        if not who and head.dep_ == "conj":
            found.objects = _of_verb(head).subjects or found.objects
        if not found.objects and head.dep_ in {"relcl", "acl"}:
            found.objects = [head.head]
    elif word.dep_ in {"amod", "acl"}:
        found.objects = [head]
    elif word.dep_ == "ccomp" or word.dep_ == "oprd":
        found.objects = [c for c in word.children if c.dep_ in SUBJECTS] or found.objects


def _take_governors(noun: Token, found: Arguments) -> None:
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head
    head = first.head
    if head.i == first.i:
        return
    found.governors.add(head.lemma_.lower())
    if first.dep_ == "pobj":
        found.governors.add(head.lower_)
        above = head.head
        while above.pos_ == "ADP" and above.head.i != above.i:
            above = above.head
        found.governors.add(above.lemma_.lower())
    # "were killed in a series of attacks": the verb is the governor of the attacks too
    elif first.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        found.governors.update(
            c.lemma_.lower() for c in head.children if c.dep_ in {"xcomp", "conj"} and c.pos_ == "VERB"
        )
