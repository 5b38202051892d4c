"""Whether a word stands in the company that a frame of the lexicon asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.events import Frame, Ontology, Words
from sayso.lexicon.telling import load_telling
from sayso.reading.events.arguments import Arguments, arguments_of, counted_noun

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Place

_PERSONAL = frozenset({
    "he", "she", "him", "her", "they", "them", "we", "us", "i", "me", "you", "who", "whom",
    "himself", "herself", "themselves", "someone", "somebody", "anyone", "anybody", "everyone",
    "everybody", "nobody", "others", "those",
})  # fmt: skip
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_GROUPS = frozenset({"ORG", "NORP", "GPE"})
_CERTAIN = frozenset({"the", "this", "that", "these", "those", "both", "another"})
_ALL = frozenset({"all", "any"})
_FUTURE = frozenset({"will", "'ll", "shall"})
# What a report can be about: the first event of these families that it tells of.
_MAIN = frozenset({"violence", "mishap", "fight"})


@dataclass(slots=True)
class Company:
    """Judges words of one parse; keeps the arguments that it worked out.

    `told` are the types of the events found so far, each with the place of its first word.
    """

    ontology: Ontology
    places: dict[int, Place]
    told: list[tuple[int, str]] = field(default_factory=list)
    _args: dict[int, Arguments] = field(default_factory=dict)

    def args(self, token: Token) -> Arguments:
        """The arguments of a token, worked out once."""
        if token.i not in self._args:
            self._args[token.i] = arguments_of(token)
        return self._args[token.i]

    def fits(self, frame: Frame, token: Token) -> bool:
        """True where the word has all that the frame wants and nothing that it bars."""
        if not frame.weight:
            return True
        args = self.args(token)
        if not all(_FLAGS[flag](token, args) for flag in frame.flags if flag in _FLAGS):
            return False
        if frame.of_subject and not args.subjects:  # "the collapsed block"
            args = dataclasses.replace(args, subjects=args.objects, objects=[])
        wanted = (self._stands(p, words, token, args) for p, words in frame.wants.items())
        barred = (self._stands(p, words, token, args) for p, words in frame.bars.items())
        return all(wanted) and not any(barred)

    def _stands(self, place: str, words: Words, token: Token, args: Arguments) -> bool:
        """True where what the words name stands in this place of the frame."""
        match place:
            case "prep":
                return any(p in words.lemmas for p, _ in args.preps)
            case "governor":
                return not words.lemmas.isdisjoint(args.governors)
            case "particle":
                return not words.lemmas.isdisjoint(args.particles)
            case "head":
                return token.dep_ in {"compound", "amod"} and self._is(words, token.head)
            case "with":
                return any(self._is(words, t) for t in token.sent)
            case "report":
                return any(
                    name in words.lemmas or self.ontology.family(name) in words.families
                    for _, name in self.told
                )
            case "report_main":
                return self._main_family() in words.families
        return self._any(words, _nouns_in(place, args), may_lack=place in {"object", "subject"})

    def _main_family(self) -> str:
        """The family of what the report is about, "" where it tells of no violence or mishap."""
        families = ((i, self.ontology.family(name)) for i, name in self.told)
        return min((f for f in families if f[1] in _MAIN), default=(0, ""))[1]

    def _any(self, words: Words, tokens: list[Token], *, may_lack: bool) -> bool:
        if not tokens:
            return may_lack and "none" in words.standins
        return any(self._is(words, t) for t in tokens)

    def _is(self, words: Words, token: Token) -> bool:
        noun = counted_noun(token)
        return self._is_one(words, token) or (noun.i != token.i and self._is_one(words, noun))

    def _is_one(self, words: Words, token: Token) -> bool:
        lemma = token.lemma_.lower()
        if lemma in words.lemmas or token.lower_ in words.lemmas:
            return True
        if words.families and words.families & self.ontology.families.get(lemma, frozenset()):
            return True
        is_number = token.tag_ == "CD" or lemma in load_telling().partitives
        if is_number and ("number" in words.standins or "people" in words.lemmas):
            return True
        if token.tag_ in {"PRP", "WP"} and "pronoun" in words.standins:
            return True
        return any(self._is_kind(kind, token, lemma) for kind in words.kinds)

    def _is_kind(self, kind: str, token: Token, lemma: str) -> bool:
        label = token.ent_type_
        unnamed = token.pos_ == "PROPN" and not label
        match kind:
            case "person":
                return label == "PERSON" or token.lower_ in _PERSONAL or unnamed
            case "place":
                return token.i in self.places or label in _PLACES
            case "group":
                return label in _GROUPS or unnamed
        return lemma in self.ontology.families or lemma in self.ontology.words["verb"]


def _nouns_in(place: str, args: Arguments) -> list[Token]:
    match place:
        case "object":
            return args.objects
        case "subject":
            return args.subjects
        case "prep_object":
            return [noun for _, noun in args.preps]
        case "modifier":
            return [m for m in args.modifiers if m.tag_ != "CD"]
    return args.possessors


def is_numbered(noun: Token) -> bool:
    """True where a number or a word like *dozens* counts the noun."""
    if any(c.dep_ == "nummod" or c.tag_ == "CD" for c in noun.children):
        return True
    if any(c.lower_ in {"several", "many", "some", "few"} for c in noun.children):
        return True
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return above is not None and (
        above.tag_ == "CD"
        or (above.lower_ in load_telling().partitives and above.lower_ not in _ALL)
    )


def is_definite(noun: Token) -> bool:
    """True for "the attack", "Monday's attack": one that is known, not attacks in general."""
    return any(c.lower_ in _CERTAIN or c.dep_ == "poss" for c in noun.children)


def _is_existential(token: Token) -> bool:
    top = token.head.head if token.dep_ == "pobj" else token
    return top.dep_ == "attr" and any(c.dep_ == "expl" for c in top.head.children)


_FLAGS: dict[str, Callable[[Token, Arguments], bool]] = {
    "passive": lambda _, args: args.is_passive,
    "number": lambda token, _: is_numbered(token),
    "plural": lambda token, _: token.tag_ in {"NNS", "NNPS"},
    "existential": lambda token, _: _is_existential(token),
    "predicate": lambda token, _: token.dep_ == "attr",
    "definite": lambda _, args: any(is_definite(o) for o in args.objects),
    "future": lambda token, _: any(c.lower_ in _FUTURE for c in token.children),
    "xcomp": lambda token, _: any(c.dep_ == "xcomp" for c in token.children),
}


def is_headline(sentence: Iterable[Token]) -> bool:
    """True where nearly all longer words begin with a capital."""
    words = [t.text for t in sentence if t.is_alpha and len(t.text) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.8 * len(words)
