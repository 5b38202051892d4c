"""Who does it and who undergoes it: the arguments of a word that tells of an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.telling import load_telling
from sayso.reading.events.lists import companions, conjuncts, is_companion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "oprd"})
_PREPS = frozenset({"prep", "agent", "dative"})
_CLAUSES = frozenset({"advcl", "xcomp", "pcomp", "ccomp"})
_RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
_NEAR = 60  # how many words back a stolen subject is looked for
_DEPTH = 6  # how many verbs up an argument is looked for: "wanted to try to go on to kill"
_NOUNS = frozenset({"NOUN", "PROPN"})
_FALLEN = frozenset({"dead", "deceased", "injured", "killed", "wounded"})
_STATES = frozenset({"missing"})  # participles that tell how someone is, not what they do
_TEMPORAL = frozenset({"since", "after", "before", "until"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "npadvmod"})


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


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for ("the man who"), else the token itself."""
    if token.lower_ not in _RELATIVES:
        return token
    for above in token.ancestors:
        if above.dep_ == "relcl":
            return _whom(above.head) if token.lower_ in {"who", "whom"} else above.head
    return token


def _whom(noun: Token) -> Token:
    """Who "who" stands for: a person, not the office that the parser hangs the clause on.

    "Judge Ana Diaz, a member of the council, who was shot" is about Ana Diaz.
    """
    for _ in range(_DEPTH):
        if noun.ent_type_ == "PERSON" or noun.tag_ in {"NNS", "NNPS"}:
            return noun
        if noun.dep_ == "appos" and noun.head.ent_type_ == "PERSON":
            return noun.head
        if noun.dep_ != "pobj" or noun.head.lower_ != "of":
            return noun
        noun = noun.head.head
    return noun


def is_part(token: Token) -> bool:
    """True for a word whose of-phrase may hold what is counted: "dozens", "one", "all"."""
    partitives = load_telling().partitives
    lemma = token.lemma_.lower()
    return token.tag_ in {"CD", "DT"} or lemma in partitives or token.lower_ in partitives


def counted_noun(token: Token) -> Token:
    """The noun that a partitive holds: "dozens of people" are people; else the token itself."""
    if not is_part(token):
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
    if token.pos_ not in {"VERB", "AUX"}:
        return _of_noun(token)
    is_how = token.lower_ in _STATES and token.dep_ == "acomp"  # "its pilot is missing"
    return _of_noun(token) if is_how or is_fallen(token) else _of_verb(token)


def is_fallen(word: Token) -> bool:
    """True for who is told of by a participle: "the wounded are two nuns", "its dead"."""
    if word.lower_ not in _FALLEN:
        return False
    own = any(c.dep_ in {"det", "poss"} and c.i < word.i for c in word.children)
    return own or word.dep_ in SUBJECTS | PASSIVE_SUBJECTS


def _of_verb(verb: Token, depth: int = 0) -> Arguments:
    found = Arguments()
    subjects, objects = [], []
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            subjects.append(_bearer(child))
        elif child.dep_ in PASSIVE_SUBJECTS:
            objects.append(_bearer(child))
            found.is_passive = True
        elif child.dep_ in _OBJECTS and child.pos_ not in {"ADP", "ADJ"}:
            objects.append(child)
        elif child.dep_ in _PREPS:
            _take_prep(child, found, subjects)
        elif child.dep_ == "prt":
            found.particles.add(child.lower_)
        elif child.dep_ == "auxpass":
            found.is_passive = True
    if verb.dep_ == "amod" and subjects and verb.head.i > verb.i:
        # "six suffered burns": the parser sees suffered burns
        objects.append(verb.head)
    elif _befalls_subject(verb) and not found.is_passive and not objects:
        subjects, objects, found.is_passive = [], subjects, True
    found.subjects, found.objects = _spread(subjects), _spread(objects)
    _take_companions(verb, found)
    if not found.subjects and not (found.is_passive and found.objects):
        _take_stolen(verb, found)
    if depth < _DEPTH:
        _take_from_above(verb, found, depth + 1)
    found.governors = {verb.head.lemma_.lower()} if verb.head.i != verb.i else set()
    return found


def _take_companions(word: Token, found: Arguments) -> None:
    """Adds those of "along with two guards" to whom it befalls, or to those who do it."""
    for noun in companions(word):
        befallen = found.is_passive or (found.objects and noun.i > word.i)
        (found.objects if befallen else found.subjects).append(noun)


def _take_prep(prep: Token, found: Arguments, subjects: list[Token], depth: int = 0) -> None:
    if is_companion(prep):
        return
    nouns = [c for c in prep.children if c.dep_ in {"pobj", "pcomp"}]
    for noun in nouns:
        found.preps.extend((prep.lower_, n) for n in conjuncts(noun))
    if prep.dep_ == "agent":
        subjects.extend(nouns)
        found.is_passive = True
    # "moved out of the city": the parser hangs the inner preposition on the outer one
    for child in prep.children:
        if child.dep_ == "prep" and depth < _DEPTH:
            _take_prep(child, found, [], depth + 1)


def _take_from_above(verb: Token, found: Arguments, depth: int) -> None:
    """Adds the arguments that a verb shares with the word it hangs on."""
    head, dep = verb.head, verb.dep_
    if dep == "conj" and head.pos_ in {"VERB", "AUX"} and not (found.subjects and found.objects):
        above = _of_verb(head, depth)
        # "were captured and later died": the passive's subject is who died
        own_subject = any(c.dep_ in SUBJECTS | PASSIVE_SUBJECTS for c in verb.children)
        if own_subject:
            return
        if verb.tag_ == "VBN" and above.is_passive and not found.objects:
            found.objects, found.is_passive = above.objects, True
        elif not found.subjects:
            found.subjects = above.objects if above.is_passive else above.subjects
    elif dep in {"acl", "amod"} or (dep == "relcl" and not (found.subjects or found.objects)):
        # "40 guards and two nurses killed" holds both
        whole = [head] if dep == "amod" else [n for n in conjuncts(_bearer(head)) if n.i < verb.i]
        if verb.tag_ in {"VBN", "VBD"} and not found.objects:
            found.objects, found.is_passive = whole, True
        elif not found.subjects:
            found.subjects = whole
    elif dep in _CLAUSES and head.pos_ in {"VERB", "AUX"} and dep != "ccomp":
        _take_controller(verb, head, found, depth)
    elif (dep == "pcomp" or head.pos_ == "ADJ") and head.head.pos_ in {"VERB", "AUX"}:
        _take_controller(verb, head.head, found, depth)  # "after being sent", "close to collapse"


def _befalls_subject(verb: Token) -> bool:
    """True where what the parser calls a subject undergoes it.

    "90 miners killed", "the pilot captured on Friday has died", "sixty are still missing".
    """
    return is_reduced(verb) or verb.lower_ in _STATES


def _bearer(noun: Token) -> Token:
    """The minibus of "a minibus carrying pilgrims sank": for the parser the pilgrims did."""
    for child in noun.children:
        if child.dep_ == "compound" and child.lower_ == "carrying" and child.i > 0:
            return child.nbor(-1)
    return noun


def is_reduced(verb: Token) -> bool:
    """True for a participle without an auxiliary: "miners killed in the blast"."""
    return verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def _take_stolen(verb: Token, found: Arguments) -> None:
    """Adds a subject that the parser gave to another verb of the sentence.

    "said no help will come" reads as "said no help"; "the man shot on Friday has died" as "the
    man shot".
    """
    if verb.tag_ in {"VBG", "VB"} and not any(c.tag_ == "MD" for c in verb.children):
        return
    if verb.dep_ not in {"ccomp", "conj", "ROOT"}:
        return
    first = min((c.i for c in verb.children if c.dep_ in {"aux", "auxpass"}), default=verb.i)
    for token in reversed(verb.doc[max(verb.sent.start, first - _NEAR) : first]):
        thief = token.head
        if token.dep_ == "dobj" and verb.head.i == thief.i and verb.dep_ == "ccomp":
            break
        if token.dep_ in SUBJECTS | PASSIVE_SUBJECTS and verb.dep_ != "ccomp" and is_reduced(thief):
            break
        if token.dep_ == "pobj" and thief.lower_ in _TEMPORAL and verb.dep_ == "conj":
            break  # "since the capital, Aden, fell": since takes the noun, the verb is left alone
        if token.dep_ == "cc" and token.head.pos_ in {"VERB", "AUX"}:
            return
    else:
        return
    if found.is_passive:
        found.objects = _spread([token])
    else:
        found.subjects = _spread([token])


def _take_controller(verb: Token, head: Token, found: Arguments, depth: int) -> None:
    """The unsaid subject of "to fight", "killing five": who the clause above is about."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if found.subjects or (found.objects and (passive or found.is_passive)):
        return
    beside = _noun_before(verb)
    if beside is not None and not found.objects:
        found.objects, found.is_passive = [beside], True
        return
    above = _of_verb(head, depth)
    who = above.objects if above.is_passive or verb.dep_ == "xcomp" else above.subjects
    who = who or above.subjects
    if passive or (verb.tag_ == "VBN" and not found.objects):
        found.objects, found.is_passive = (found.objects or who), True
    else:
        found.subjects = who


def _noun_before(verb: Token) -> Token | None:
    """The noun that ends right before a participle's clause: "… the raid, allegedly led by"."""
    if not is_reduced(verb) or verb.left_edge.i < 1 or verb.dep_ != "advcl":
        return None
    before = verb.doc[verb.left_edge.i - 1]
    if before.text == "," and before.i > 0:
        before = verb.doc[before.i - 1]
    return before if before.pos_ in {"NOUN", "PROPN"} else None


def _of_noun(noun: Token) -> Arguments:
    found = Arguments()
    for child in noun.children:
        if child.dep_ == "poss" and child.ent_type_ not in {"DATE", "TIME"}:
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
            found.subjects.extend(_committed_by(child))
    if noun.dep_ == "nsubjpass" and not found.subjects:
        found.subjects.extend(_committed_by(noun.head))
    found.objects = [n for p, n in found.preps if p == "of"] or _of_behind(found)
    if found.objects:  # "the massacre of the nuns, along with their cook"
        found.objects += companions(noun)
    for whom in found.objects:  # "the capture of a pilot by rebels": the parser says pilot by
        by = [c for c in whom.children if c.dep_ in _PREPS and c.lower_ == "by"]
        found.subjects.extend(n for c in by for n in c.children if n.dep_ == "pobj")
    if noun.pos_ == "ADJ" or noun.dep_ in {"acomp", "attr"} or noun.head.lower_ == "among":
        _take_predicate(noun, found)
    if noun.lower_ in _FALLEN and noun.dep_ in SUBJECTS | PASSIVE_SUBJECTS:
        found.objects = _told_of(noun.head) or found.objects
    _take_governors(noun, found)
    return found


def _told_of(verb: Token) -> list[Token]:
    """Who the dead are: of "the dead are A and B", "the dead were identified as A and B"."""
    if verb.lemma_ == "be":
        return _spread([c for c in verb.children if c.dep_ == "attr" and c.pos_ in _NOUNS])
    if verb.lemma_ not in {"identify", "name"}:
        return []
    by = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "as"]
    return _spread([n for c in by for n in c.children if n.dep_ == "pobj"])


def _of_behind(found: Arguments) -> list[Token]:
    """Whom "the murder on 3 May of Ana Diaz" befalls: the parser says May of Ana Diaz."""
    ofs = [
        c
        for p, n in found.preps
        if p in {"in", "at", "near", "on"} and n.pos_ == "PROPN"
        for c in n.children
        if c.dep_ == "prep" and c.lower_ == "of"
    ]
    return [n for of in ofs for o in of.children if o.ent_type_ == "PERSON" for n in conjuncts(o)]


def _committed_by(verb: Token) -> Iterator[Token]:
    """Who does what a noun tells of: "the murder committed by rebels"."""
    if verb.tag_ in {"VBN", "VBD"} and verb.lemma_.lower() in load_telling().committing:
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        yield from conjuncts(noun)


def _take_predicate(word: Token, found: Arguments) -> None:
    """Adds who an adjective is said of: "190 were dead", "the dead soldier"."""
    head = word.head
    if word.dep_ in {"acomp", "attr", "oprd"} and head.pos_ in {"VERB", "AUX"}:
        who = [c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
        found.objects = _spread(who) or found.objects
        if not who and head.dep_ == "conj":
            found.objects = _of_verb(head).subjects or found.objects
        if not found.objects and head.dep_ in {"relcl", "acl"}:
            found.objects = [head.head]
    elif word.dep_ == "pobj" and head.lower_ == "among" and head.head.lemma_ == "be":
        # "a nurse was among the injured"
        found.objects = _spread([c for c in head.head.children if c.dep_ in SUBJECTS])
    elif word.dep_ in {"amod", "acl"}:
        found.objects = [head]
    elif word.dep_ in {"ccomp", "oprd"}:
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
            c.lemma_.lower()
            for c in head.children
            if c.pos_ == "VERB"
            and c.dep_ in {"xcomp", "conj", "ccomp"}
            and (c.dep_ != "ccomp" or not any(s.dep_ in SUBJECTS for s in c.children))
        )
