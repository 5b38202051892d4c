"""The words of a report that tell of events, each with its type and its arguments."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.events import Frame, Ontology, PartOfSpeech, Phrase
from sayso.lexicon.telling import load_telling
from sayso.reading.events.arguments import Arguments
from sayso.reading.events.company import Company, is_headline
from sayso.reading.events.lists import conjuncts
from sayso.reading.grounding.actors.find import ground_actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.reading.parsing.parse import Parse
    from sayso.record import Place

_GAP = 4  # words that a phrase's "..." may stand for: "claimed sole responsibility"
_HELPING = frozenset({"aux", "auxpass"})
_ARMED = frozenset({"rebels", "military", "criminals"})
_FIGURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT"})
_TELLING = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV"})


@dataclass(slots=True)
class Trigger:
    """Words that tell of an event: its type, the head among them, and what stands around.

    `light` are verbs that it lends its meaning to: *hit* in "the blasts hit a church".
    """

    type: str
    tokens: tuple[Token, ...]
    head: Token
    args: Arguments
    of_subject: bool = False
    light: tuple[Token, ...] = ()
    sentence: int = field(init=False)

    def __post_init__(self) -> None:
        self.sentence = self.head.sent.start  # asked for often, and costly to work out

    @property
    def victims(self) -> list[Token]:
        """Those who undergo it: its objects, or its subjects where the word asks for that."""
        if self.type == "responsibility":
            return self._blamed()
        if self.head.pos_ in {"NOUN", "PROPN"}:
            return self.args.objects or self.args.possessors
        lives = self._whose_lives()
        if lives:
            return lives
        return self.args.subjects or self.args.objects if self.of_subject else self.args.objects

    def _blamed(self) -> list[Token]:
        """Who is said to have done it: not the attack of "blamed the attack on rebels"."""
        prep = load_telling().blamed.get(self.head.lemma_.lower())
        named = [n for p, n in self.args.preps if p == prep]
        if not named:  # "blamed the raid on rebels": the parser says raid on
            ons = [c for o in self.args.objects for c in o.children if c.lower_ == prep]
            named = [n for c in ons for n in c.children if n.dep_ == "pobj"]
        if named or self.head.lemma_.lower() in load_telling().owning:
            return named
        return self.args.objects or self.args.possessors

    def _whose_lives(self) -> list[Token]:
        """Those of "the blast claimed the lives of five miners"."""
        for token in self.tokens:
            if token.pos_ == "NOUN" and token.lemma_.lower() == "life":
                ofs = [c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"]
                return [n for c in ofs for o in c.children for n in conjuncts(o)]
        return []

    @property
    def doers(self) -> list[Token]:
        """Those who do it."""
        if self.of_subject:
            return []
        return self.args.subjects or self._armed_before()

    def _armed_before(self) -> list[Token]:
        """Who is behind "a rebel attack", "a Shining Path ambush": armed people named before it."""
        if self.head.pos_ not in {"NOUN", "PROPN"}:
            return []
        own = {t.i for t in self.tokens}
        for word in self.head.children:
            if word.dep_ in {"compound", "amod", "nmod", "poss"} and word.i not in own:
                words = self.head.doc[word.left_edge.i : word.i + 1]
                actor = ground_actor(words.text)
                if actor is not None and actor.kind in _ARMED:
                    return [word]
        return []


@dataclass(slots=True)
class Finder:
    """Looks for triggers in one parse."""

    parse: Parse
    ontology: Ontology
    places: dict[int, Place]
    found: list[Trigger] = field(default_factory=list)
    company: Company = field(init=False)
    in_headline: bool = False  # so reads the sentence under way

    def __post_init__(self) -> None:
        self.company = Company(self.ontology, self.places)

    def _add(self, name: str, tokens: tuple[Token, ...], head: Token, *, of_subject: bool) -> None:
        self.found.append(Trigger(name, tokens, head, self.company.args(head), of_subject))
        self.company.told.append((tokens[0].i, name))

    def find(self) -> list[Trigger]:
        """All triggers in the order of the text."""
        late: list[tuple[Token, list[Frame]]] = []
        for sentence in self.parse.tokens.sents:
            tokens = [t for t in sentence if not t.is_space]
            self.in_headline = is_headline(tokens)
            taken = self._find_phrases(tokens)
            for token in tokens:
                if token.i in taken or token.ent_type_ in _FIGURES:
                    continue
                frames = self._frames_of(token)
                if not frames or self._is_part_of_name(token, frames):
                    continue
                if any(f.looks_round for f in frames):
                    late.append((token, frames))
                else:
                    self._take(token, frames)
        # what else the report tells of is known only now: "the explosion" of a bomb, or of gas
        for token, frames in late:
            self._take(token, frames)
        once = {(t.tokens[0].i, t.tokens[-1].i, t.type): t for t in self.found}
        self.found = sorted(once.values(), key=lambda t: (t.tokens[0].i, t.type))
        return self.found

    # -- phrases

    def _find_phrases(self, tokens: list[Token]) -> set[int]:
        taken: set[int] = set()
        forms = [{t.lemma_.lower(), t.lower_} for t in tokens]
        phrases = self.ontology.phrases
        for i, own in enumerate(forms):
            if phrases.keys().isdisjoint(own) or tokens[i].i in taken:
                continue
            best: list[tuple[Phrase, list[int]]] = []
            for form in own:
                for phrase in phrases.get(form, ()):
                    at = _match(phrase, forms, tokens, i)
                    if at is None or any(tokens[j].i in taken for j in at):
                        continue
                    if not best or len(at) > len(best[0][1]):
                        best = [(phrase, at)]
                    elif len(at) == len(best[0][1]) and all(phrase.type != p.type for p, _ in best):
                        best.append((phrase, at))
            for phrase, at in best:
                taken.update(tokens[j].i for j in at)
                if phrase.type and all(p.type for p, _ in best):
                    self._take_phrase(phrase, [tokens[j] for j in at])
        return taken

    def _take_phrase(self, phrase: Phrase, tokens: list[Token]) -> None:
        inside = {t.i for t in tokens}
        heads = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
        head = next((t for t in heads if t.pos_ in {"VERB", "NOUN", "PROPN"}), heads[0])
        first = tokens[0]
        if phrase.of_subject and first.pos_ in {"VERB", "AUX"} and first.dep_ not in _HELPING:
            head = first
        self._add(phrase.type or "", tuple(tokens), head, of_subject=phrase.of_subject)

    # -- single words

    def _frames_of(self, token: Token) -> list[Frame]:
        if token.pos_ not in _TELLING:
            return []
        words = self.ontology.words
        return [
            f
            for part, lemma in _readings(token, in_headline=self.in_headline)
            for f in words[part].get(lemma, ())
        ]

    def _take(self, token: Token, frames: list[Frame]) -> None:
        fitting = [f for f in frames if self.company.fits(f, token)]
        barred = {f.type for f in fitting if "no_event" in f.flags}
        fitting = [f for f in fitting if f.type not in barred]
        framed = [f for f in fitting if f.weight]
        if framed:
            types = self.ontology.types  # jets that strike are a strike, not just an attack
            best = max(framed, key=lambda f: (not types[f.type].general, f.weight))
            fitting = [best]
        for frame in fitting:
            head = token
            if token.dep_ in {"compound", "nmod"} and token.pos_ != "VERB":
                head = token.head  # "the casualty rate": the figures hang on the rate
            words = (token, *_particles(token, frame))
            self._add(frame.type, words, head, of_subject=frame.of_subject)

    def _is_part_of_name(self, token: Token, frames: list[Frame]) -> bool:
        """True for a word inside a name ("the Strike Force Command"), but not in a headline."""
        if token.ent_type_ not in {"ORG", "PERSON", "PRODUCT", "WORK_OF_ART"}:
            return False
        if not token.text[:1].isupper() or token.text.isupper():
            return False
        if is_named_after(token) and {self.ontology.family(f.type) for f in frames} == {"mishap"}:
            return False
        near = [
            t for t in (*self.parse.tokens[max(token.i - 1, 0) : token.i],
                        *self.parse.tokens[token.i + 1 : token.i + 2])
            if t.ent_type_ == token.ent_type_ and t.text[:1].isupper()
        ]  # fmt: skip
        return bool(near) and not self.in_headline


def is_named_after(word: Token) -> bool:
    """True for the storm of "Cyclone Mara", not for that of "the Hurricane Center"."""
    name = word.head
    is_name = name.tag_ == "NNP" and name.i == word.i + 1 and name.dep_ not in {"compound", "nmod"}
    return is_name and word.dep_ == "compound" and not any(c.dep_ == "det" for c in name.children)


def _particles(token: Token, frame: Frame) -> tuple[Token, ...]:
    """The particle that a frame asks for, as part of the trigger: "went off"."""
    wanted = frame.wants.get("particle")
    if wanted is None:
        return ()
    return tuple(c for c in token.children if c.dep_ == "prt" and c.lower_ in wanted.lemmas)


def _match(
    phrase: Phrase, forms: list[set[str]], tokens: list[Token], start: int
) -> list[int] | None:
    """The places of a phrase's words from `start` on, or None; a gap takes the nearest word."""
    second = phrase.parts[1] if len(phrase.parts) > 1 else None
    if second and (start + 1 == len(forms) or second.isdisjoint(forms[start + 1])):
        return None  # most often
    at: list[int] = []
    i = start
    gap = False
    for part in phrase.parts:
        if part is None:
            gap = True
            continue
        limit = min(i + (_GAP if gap else 0), len(tokens) - 1)
        while i <= limit and part.isdisjoint(forms[i]):
            # a gap does not run over a comma or into another clause
            if gap and tokens[i].is_punct and tokens[i].text not in {'"', "'", "-"}:
                return None
            i += 1
        if i > limit or i >= len(tokens):
            return None
        at.append(i)
        i += 1
        gap = False
    return at


def _readings(token: Token, *, in_headline: bool) -> Iterator[tuple[PartOfSpeech, str]]:
    """The lexicon entries that a token may be looked up under: (part of speech, lemma)."""
    lemma = token.lemma_.lower()
    match token.pos_:
        case "VERB":
            if not any(c.dep_ == "det" for c in token.children):  # "the accused" accuses nobody
                yield "verb", lemma
            if token.tag_ in {"VBN", "VBD"} or token.dep_ == "amod" or _is_state(token):
                yield "adjective", token.lower_
        case "NOUN" | "PROPN":
            yield "noun", lemma
            if token.pos_ == "PROPN" and lemma.endswith("s"):
                yield "noun", lemma[:-1]
            if token.pos_ == "NOUN" or token.text.islower() or in_headline:
                yield "adjective", token.lower_
        case "ADJ" | "ADV":
            yield "adjective", token.lower_
            if token.lower_.endswith("ed"):
                for stem in _stems(token.lower_):
                    yield "verb", stem


def _is_state(verb: Token) -> bool:
    """True for "nine are still missing", not for "is missing the point"."""
    return verb.tag_ == "VBG" and not any(c.dep_ == "dobj" for c in verb.children)


def _stems(participle: str) -> tuple[str, ...]:
    """The verbs that a regular participle may come from, since the tagger calls it an adjective."""
    bare = participle[:-2]
    stems: tuple[str, ...] = (bare, bare + "e")
    if participle.endswith("ied"):
        stems = (*stems, participle[:-3] + "y")
    if re.search(r"([bdgklmnprt])\1$", bare):
        stems = (*stems, bare[:-1])
    return stems


def with_type(trigger: Trigger, name: str, tokens: tuple[Token, ...] | None = None) -> Trigger:
    """The same trigger with a more exact type, and perhaps more words."""
    return dataclasses.replace(trigger, type=name, tokens=tokens or trigger.tokens)
