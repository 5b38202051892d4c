"""One event, one trigger: words that tell of the same event are joined or dropped."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sayso.lexicon.events import Ontology
from sayso.lexicon.telling import load_telling
from sayso.reading.events.arguments import arguments_of, is_fallen
from sayso.reading.events.company import is_definite, is_numbered
from sayso.reading.events.lists import conjuncts
from sayso.reading.events.triggers import Trigger, is_named_after, with_type

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_JOINS = frozenset({"and", "or", "and/or", "/", ",", '"', "'", "otherwise", "seriously", "badly"})
# Said of a thing or person that another event befalls, these only describe it:
# "an injured soldier was captured", "a war-damaged house collapsed".
_DESCRIBING = frozenset({"injury", "destruction", "control", "displacement", "deployment"})
_BESIDE = 12  # how many triggers to each side may tell of the same event
_STANDING = frozenset({"control", "support", "deployment", "capture", "arrest"})


def join_doubles(triggers: list[Trigger], tokens: Doc, ontology: Ontology) -> list[Trigger]:
    """The triggers left once each event has one, types made exact by what the attack was done with.

    The order matters: "killed or wounded" first, since either word alone would be dropped or kept
    by the rules after it.
    """
    triggers = _join_casualties(triggers, tokens)
    triggers = [_make_exact(t, ontology) for t in triggers]
    triggers = [_with_light_verb(t, ontology) for t in _drop_light(triggers, ontology)]
    heads = {t.tokens[-1].i: t for t in triggers}
    types = {t.head.i: t.type for t in triggers}
    kept = []
    for n, trigger in enumerate(triggers):
        beside = triggers[max(n - _BESIDE, 0) : n + _BESIDE + 1]
        if not (
            _is_generic(trigger, ontology)
            or _is_crime_charged(trigger.head, types)
            or _is_inside_compound(trigger, heads, ontology)
            or _is_said_again(trigger, beside, ontology)
            or _is_description(trigger, beside)
            or _is_purpose(trigger, ontology)
        ):
            kept.append(trigger)
    return kept


def _join_casualties(triggers: list[Trigger], tokens: Doc) -> list[Trigger]:
    """The triggers with those joined that are casualties.

    "killed or wounded" is one event; "killed five and wounded 110" are two.
    """
    out: list[Trigger] = []
    for trigger in triggers:
        last = out[-1] if out else None
        pair = {last.type, trigger.type} if last else set()
        if last and pair in (
            {"death", "injury"},
            {"casualties", "injury"},
            {"casualties", "death"},
        ):
            between = tokens[last.tokens[-1].i + 1 : trigger.tokens[0].i]
            if (
                len(between) <= len(('"', "or", '"'))
                and all(t.lower_ in _JOINS for t in between)
                and any(t.dep_ == "cc" or t.lower_ in {"or", "and"} for t in between)
            ):
                out[-1] = _joined(last, trigger, tokens)
                continue
        out.append(trigger)
    return out


def _joined(first: Trigger, second: Trigger, tokens: Doc) -> Trigger:
    if first.type == "casualties":  # '"killed or wounded" or wounded': said already
        return first
    words = tuple(tokens[first.tokens[0].i : second.tokens[-1].i + 1])
    a, b = first.args, second.args
    # "put the number of dead and wounded at 300": the parser has who says it wound them
    is_done = first.head.pos_ == "VERB" and not is_fallen(first.head)
    shared = dataclasses.replace(
        a,
        objects=a.objects or b.objects,
        subjects=a.subjects or (b.subjects if is_done else []),
        preps=[*a.preps, *(p for p in b.preps if p not in a.preps)],
        governors=a.governors | b.governors,
    )
    return Trigger("casualties", words, first.head, shared)


def _make_exact(trigger: Trigger, ontology: Ontology) -> Trigger:
    """The trigger with the type of its means: "a drone attack" is a strike."""
    if not ontology.types[trigger.type].general:
        return trigger
    for word in trigger.args.modifiers:
        name = ontology.instruments.get(word.lemma_.lower())
        if name:
            near = trigger.head.i - word.i
            words = (word, *trigger.tokens) if near == 1 and word.i < trigger.tokens[0].i else None
            return with_type(trigger, name, words)
    for word in _clause(trigger.head):
        name = ontology.instruments.get(word.lemma_.lower())
        if name and _is_means(word):
            return with_type(trigger, name)
    return trigger


def _clause(token: Token) -> list[Token]:
    """The words of the clause whose verb governs a token, clauses within it left out."""
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    found, stack = [], [verb, *token.children] if verb.i != token.i else [verb]
    while stack:
        word = stack.pop()
        found.append(word)
        stack.extend(
            c for c in word.children if c.dep_ not in {"ccomp", "relcl", "conj", "parataxis"}
        )
    return found


def _is_means(word: Token) -> bool:
    above, means = word, load_telling().means
    while above.dep_ in {"conj", "compound", "amod", "nmod", "pobj", "prep"}:
        above = above.head
        if above.lemma_.lower() in means or above.lower_ in means:
            return True
    return above.dep_ == "dobj" and above.head.lemma_.lower() in means


def _is_generic(trigger: Trigger, ontology: Ontology) -> bool:
    """True for attacks in general: "to counter drone attacks", "a lack of support"."""
    head, args = trigger.head, trigger.args
    if head.pos_ not in {"NOUN", "PROPN"} or is_definite(head) or is_numbered(head):
        return False
    if any(m.ent_type_ for m in args.modifiers) or ontology.family(trigger.type) in _HARM:
        return False
    generic = ontology.generic
    if head.dep_ == "pobj" and head.head.lower_ in generic.prepositions:
        return _lacks_article(head)
    if head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lemma_ == "lead":
        return _lacks_article(head) and not args.preps  # "information leading to arrest"
    if head.dep_ == "pobj" and head.head.lower_ in {"of", "for", "from"}:
        return head.head.head.lemma_.lower() in generic.nouns and _lacks_article(head)
    return (
        head.dep_ in {"dobj", "nsubjpass"}
        and head.head.lemma_.lower() in generic.verbs
        and _lacks_article(head)
    )


_HARM = frozenset({"dying", "hurting", "harm", "freeing"})


def _is_crime_charged(head: Token, heads: dict[int, str]) -> bool:
    """True for the crime of "charged with murder", "two counts of assault": the trial's matter."""
    if (
        head.dep_ != "pobj"
        or not _lacks_article(head)
        or any(c.dep_ == "prep" for c in head.children)
    ):
        return False
    above = head.head.head
    while above.lemma_.lower() in {"count", "charge", "suspicion"} and above.head.i != above.i:
        above = above.head if above.head.pos_ != "ADP" else above.head.head
    return heads.get(above.i) in {"trial", "arrest"}


def _lacks_article(noun: Token) -> bool:
    return not any(c.dep_ == "det" for c in noun.children)


def _is_inside_compound(trigger: Trigger, heads: dict[int, Trigger], ontology: Ontology) -> bool:
    """True for a word that only names a thing: "assault units", "the murder trial"."""
    last = trigger.tokens[-1]
    if last.dep_ not in {"compound", "nmod", "npadvmod"} or last.pos_ == "VERB":
        return False
    if last.head.i in heads and heads[last.head.i] is not trigger:
        return True
    if last.head.i in {t.i for t in trigger.tokens}:
        return False
    if ontology.family(trigger.type) == "mishap" and is_named_after(last):
        return False
    return last.head.lemma_.lower() not in ontology.generic.heads


def _drop_light(triggers: list[Trigger], ontology: Ontology) -> list[Trigger]:
    """The triggers without the verb of "the blasts hit a church": the noun tells of the event.

    What the verb holds goes to the noun: the church is the target of the blasts.
    """
    for verb in list(triggers):
        if verb.head.pos_ != "VERB" or ontology.family(verb.type) not in {"violence", "mishap"}:
            continue
        doers = {t.i for t in verb.args.subjects}
        nouns = [
            t for t in triggers
            if t is not verb and t.head.i in doers
            and ontology.family(t.type) in {"violence", "mishap", "fight"}
        ]  # fmt: skip
        for noun in nouns:
            objects = [*noun.args.objects, *verb.args.objects]
            args = dataclasses.replace(noun.args, objects=objects)
            fuller = dataclasses.replace(noun, args=args, light=(*noun.light, verb.head))
            triggers[triggers.index(noun)] = fuller
        if nouns:
            triggers.remove(verb)
    return triggers


def _with_light_verb(trigger: Trigger, ontology: Ontology) -> Trigger:
    """The noun of "the blast shook a mosque", "the attack took place at noon" with its verb."""
    head = trigger.head
    if head.pos_ not in {"NOUN", "PROPN"} or trigger.light:
        return trigger
    telling = load_telling()
    if head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_ in telling.doing:
        # "rebels launched an offensive": the rebels are who attacks
        doers = [*trigger.args.subjects, *arguments_of(head.head).subjects]
        return dataclasses.replace(
            trigger, args=dataclasses.replace(trigger.args, subjects=doers), light=(head.head,)
        )
    if ontology.family(trigger.type) not in {"violence", "mishap", "fight"}:
        return trigger
    verb = head.head.head if head.dep_ == "pobj" and head.head.dep_ == "agent" else head.head
    clauses = [c for c in head.children if c.dep_ == "relcl"]  # "the blast, which occurred in"
    verbs = [
        v for v in (*conjuncts(verb), *clauses) if v.lemma_ in telling.hitting | telling.occurring
    ]
    objects = [
        o for v in verbs if v.lemma_ in telling.hitting
        for o in v.children if o.dep_ in {"dobj", "nsubjpass"}
    ]  # fmt: skip
    args = dataclasses.replace(trigger.args, objects=[*trigger.args.objects, *objects])
    return dataclasses.replace(trigger, args=args, light=tuple(verbs))


def _is_said_again(trigger: Trigger, triggers: list[Trigger], ontology: Ontology) -> bool:
    """True for a word that says again, and more vaguely, what a word beside it tells.

    "hit by drone strikes in a dawn raid" holds one strike; "a toll of 27 dead" one death.
    """
    own = {t.i for t in trigger.tokens}
    for other in triggers:
        if other is trigger or other.sentence != trigger.sentence:
            continue
        if other.type == trigger.type and trigger.type in {"death", "injury", "casualties"}:
            inner = {n.i for n in trigger.args.objects} | {
                n.i for t in trigger.args.objects for n in t.children
            }
            if trigger.head.pos_ == "NOUN" and other.head.i in inner:
                return True
        if not _is_general_twin(trigger, other, ontology):
            continue
        if own & {t.i for t in other.tokens}:
            return True
        if trigger.head.dep_ == "pobj" and trigger.head.head.lower_ in {"in", "during"}:
            verb = trigger.head.head.head
            if verb.i == other.head.i or verb.i == _verb_above(other.head).i:
                return not is_definite(trigger.head)
    return False


def _is_general_twin(trigger: Trigger, other: Trigger, ontology: Ontology) -> bool:
    mine, theirs = ontology.types[trigger.type], ontology.types[other.type]
    return mine.general and mine.family == theirs.family and not theirs.general


def _verb_above(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
    return token


def _is_description(trigger: Trigger, triggers: list[Trigger]) -> bool:
    """True for the participle of "one injured soldier has been captured"."""
    head = trigger.head
    if head.dep_ != "amod":
        return False
    if head.i > 0 and head.nbor(-1).text == "-" and trigger.type in _STANDING:
        return True  # "the rebel-held hills", "an Iran-backed militia"
    if trigger.type not in _DESCRIBING:
        return False
    noun = trigger.head.head
    if noun.i < trigger.head.i:
        return False
    return any(
        other is not trigger
        and other.head.i != trigger.head.i
        and noun.i in {t.i for t in (*other.args.objects, *other.args.subjects)}
        for other in triggers
    )


def _is_purpose(trigger: Trigger, ontology: Ontology) -> bool:
    """True for what forces are sent for ("sent to fight"), and for "a soldier sent to fight"."""
    head = trigger.head
    if head.pos_ != "VERB":
        return False
    above = head.head.lemma_.lower()
    if head.dep_ in {"advcl", "xcomp"} and above not in {"move", "commit"}:
        frames = ontology.words["verb"].get(above, ())
        if any(f.type == "deployment" for f in frames):
            return any(c.tag_ == "TO" for c in head.children)
    if trigger.type == "deployment" and head.dep_ in {"acl", "pcomp", "advcl"}:
        is_numbered_here = any(is_numbered(o) for o in trigger.args.objects)
        return head.tag_ in {"VBN", "VBD"} and not (is_numbered_here and head.dep_ == "acl")
    return False
