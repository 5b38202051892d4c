"""Who the speakers are: mentions joined within the report by rules.

No coreference model can be installed (notes/nlp-stack.md), and speakers need few of its powers: an
acronym and its name, a surname, a title, a definite description, a pronoun, a document's issuer.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.cues import load_cues
from sayso.lexicon.load import load_words
from sayso.reading.attribution.clauses import own_subject, phrase
from sayso.record import Actor, Source, SourceKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Hop, Scene

Grounder = Callable[[str], Actor | None]

_SINGULAR = {"he", "she", "him", "her", "i"}
_PLURAL = {"they", "them", "we"}
_THING = {"it"}
_ISSUED = {"statement", "announcement", "letter", "post", "message", "tweet", "communique", "memo"}
_EMPTY = {
    "the", "a", "an", "of", "in", "for", "'s", "and", "its", "their", "his", "her", "to", "at",
    "from", "this", "that", "these", "those", "some", "other", "one", "mr", "mrs", "ms", "dr",
}  # fmt: skip
# A text of nothing but "X1 said. X2 said." must not cost the square of its speakers; the names of a
# report's speakers are no more than dozens, and a pronoun's antecedent is a few mentions back.
_MOST_PEOPLE = 300
_MOST_MENTIONS = 100
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z&.-]{1,9})\)")
_BODIES = frozenset({"agency", "service", "bureau"})
_OFFICIAL = {"government", "legislature", "military", "intelligence", "police", "judiciary"}
_LAWYERS = frozenset({"lawyer", "lawyers", "attorneys"})
_ANYBODY = frozenset({"official", "officer", "soldier"})
_KINDS: tuple[tuple[SourceKind, frozenset[str]], ...] = (
    ("witness", frozenset({"witness", "eyewitness", "resident", "survivor", "villager", "neighbor",
                           "neighbour", "passer-by", "bystander", "local"})),
    ("official", frozenset({"official", "authority", "minister", "ministry", "president", "police",
                            "spokesman", "spokeswoman", "spokesperson", "governor", "mayor",
                            "senator", "lawmaker", "ambassador", "government", "secretary"})),
    ("agency", frozenset({"service", "agency", "bureau"})),
    ("media", frozenset({"medium", "outlet", "newspaper", "broadcaster", "channel", "daily",
                         "reporter", "journalist", "correspondent", "magazine", "website"})),
    ("unnamed", frozenset({"source", "one", "some", "other", "many", "several"})),
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """A speaker in the making: what is said of them, and where."""

    head: Token
    phrase: list[Token]
    words: frozenset[str]
    mentions: list[list[Token]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def is_plural(self) -> bool:
        """True for officials, forces, joint speakers."""
        return self.head.tag_ in ("NNS", "NNPS") or any(
            c.dep_ == "conj" for c in self.head.children
        )

    @property
    def is_person(self) -> bool:
        """True where a single human speaks."""
        if self.is_plural:
            return False
        if any(t.ent_type_ == "PERSON" for t in self.phrase):
            return True
        return self.head.lemma_.lower() in load_cues().humans

    @property
    def is_body(self) -> bool:
        """True for an institution, of which *they* may be said: the ministry, a council."""
        known = self.head.ent_type_ == "ORG" or self.head.lemma_.lower() in load_cues().speakers
        return known and not self.is_person


@dataclass(frozen=True, slots=True)
class _Spoken:
    """An act of saying whose speaker is known, and where the mention of the speaker ends."""

    end: int
    hop: Hop
    person: Person


def _stands_for(pronoun: str, person: Person) -> bool:
    """True where a pronoun's number and kind are the speaker's."""
    if pronoun in _SINGULAR:
        return person.is_person
    if pronoun in _PLURAL:
        return person.is_plural
    return pronoun in _THING and not person.is_person and not person.is_plural


def _body_of(spoken: list[_Spoken]) -> Person | None:
    """The last who spoke, of whom *they* may be said: no single person with a name."""
    people = (s.person for s in reversed(spoken))
    return next((p for p in people if not (p.is_person and p.head.pos_ == "PROPN")), None)


def content_words(tokens: list[Token]) -> frozenset[str]:
    """The words that tell a speaker apart, lower case, without articles and titles' dots."""
    words = (t.lower_.strip(".'") for t in tokens if not t.is_punct)
    return frozenset(w for w in words if w and w not in _EMPTY)


class SourceFinder:
    """Joins the speakers of a report's hops in text order."""

    def __init__(self, scene: Scene, ground: Grounder) -> None:
        self.scene = scene
        self.ground = ground
        self.people: list[Person] = []
        self.acronyms = _find_acronyms(scene)
        self._mentioned: set[tuple[int, ...]] = set()

    def join(self, hops: list[Hop]) -> dict[int, Person]:
        """The speaker of each hop, by the hop's identity; unnamed hops have none."""
        found: dict[int, Person] = {}
        spoken: list[_Spoken] = []  # by where the mention ends
        for hop in sorted(hops, key=lambda h: h.source[0].i if h.source else h.verb.i):
            if not hop.source or hop.speaker is None:
                continue
            person = self._find(hop, spoken)
            mention = (id(person), *(t.i for t in hop.source))
            if mention not in self._mentioned:
                self._mentioned.add(mention)
                person.mentions.append(hop.source)
            found[id(hop)] = person
            insort(spoken, _Spoken(hop.source[-1].i, hop, person), key=lambda s: s.end)
        return found

    def _find(self, hop: Hop, spoken: list[_Spoken]) -> Person:
        head = hop.speaker
        assert head is not None  # noqa: S101 - for the type checker
        if head.pos_ == "PRON":
            antecedent = self._antecedent(head, spoken)
            if antecedent is not None:
                return antecedent
            return self._new(head, hop.source)
        issuer = self._issuer(hop, spoken)
        if issuer is not None:
            return issuer
        words = self._spelled_out(content_words(hop.source))
        for person in reversed(self.people[-_MOST_PEOPLE:]):
            if self._is_same(hop, words, person):
                person.words = person.words | words
                return person
        return self._body_meant(hop, words) or self._new(head, hop.source, words)

    def _body_meant(self, hop: Hop, words: frozenset[str]) -> Person | None:
        """The named body last heard: "The agency" after "the Central Intelligence Bureau said"."""
        if hop.source[0].lower_ != "the" or not words or not words <= _BODIES:
            return None
        said = [(p.mentions[-1][0].i, n) for n, p in enumerate(self.people) if p.mentions]
        for _, n in sorted(said[-_MOST_PEOPLE:], reverse=True):
            person = self.people[n]
            head = person.head
            known = head.lemma_.lower() in _BODIES or (head.is_upper and len(head) > 1)
            if known and head.pos_ == "PROPN" and not person.is_plural:
                return person
        return None

    def _new(self, head: Token, phrase: list[Token], words: frozenset[str] | None = None) -> Person:
        person = Person(head, phrase, words if words is not None else content_words(phrase))
        self.people.append(person)
        return person

    def _spelled_out(self, words: frozenset[str]) -> frozenset[str]:
        extra: frozenset[str] = frozenset()
        for word in words:
            extra |= self.acronyms.get(word, frozenset())
        return words | extra

    def _is_same(self, hop: Hop, words: frozenset[str], person: Person) -> bool:
        """A later mention of a speaker: the same words, a surname, a shorter description."""
        head = hop.speaker
        assert head is not None  # noqa: S101
        if words == person.words:
            return head.tag_ == person.head.tag_ or head.pos_ == "PROPN"
        indefinite = hop.source[0].lower_ in ("a", "an", "another", "some", "other", "one", "two")
        if indefinite or hop.speaker is None:
            return False
        if any(c.dep_ == "conj" for c in head.children):
            return False
        small, large = sorted((words, person.words), key=len)
        if not small or not small <= large:
            return False
        named = head.pos_ == "PROPN" or head.ent_type_ in ("PERSON", "ORG")
        if named and not person.is_plural:
            # "Hotak" after "Sharif Hotak, of the council"; not "Ukraine" after "Ukraine's army"
            return self._same_name(head, person)
        if head.tag_ == "NN" and person.head.tag_ in ("NN", "NNP"):
            # "the agency" after "the state agency"; "Norway's police service" after its full name
            return head.lemma_.lower() == person.head.lemma_.lower()
        return head.tag_ == "NNS" and head.lower_ == person.head.lower_ and small == words

    def _same_name(self, head: Token, person: Person) -> bool:
        last = head.lower_
        if last in self.acronyms:
            return True
        names = {t.lower_ for t in person.phrase if t.pos_ == "PROPN" and t.dep_ != "poss"}
        if person.head.lower_ == last:
            return True
        return (
            last in names
            and (person.is_person or person.head.pos_ == "PROPN")
            and (person.head.ent_type_ != "GPE")
        )

    def _antecedent(self, pronoun: Token, spoken: list[_Spoken]) -> Person | None:
        """The speaker that a pronoun stands for: the last one before it that it fits.

        Within its own sentence a subject that is no speaker yet may be meant: "Holm resigned after
        she said …"; *they* are the subject of the sentence before where nobody fitting spoke in it.
        """
        word = pronoun.lower_
        if word in ("who", "which", "that"):
            return None
        last = [s for s in spoken[-_MOST_MENTIONS:] if s.end < pronoun.i]
        # "The Red Cross, quoting the ministry, spoke of nine dead. It said": the Red Cross
        last = [s for s in last if s.hop.rule != "citing" or s.hop.outer is None] or last
        found = next((s for s in reversed(last) if _stands_for(word, s.person)), None)
        if word in _PLURAL:
            return self._just_named(pronoun, found) or _body_of(last)
        if found is not None:
            return found.person
        return self._person_named_before(pronoun) if word in _SINGULAR else None

    def _just_named(self, pronoun: Token, spoken: _Spoken | None) -> Person | None:
        """Whom *they* are: who fits and spoke in the sentence before, else its subject.

        "Holm spoke of six dead. The Joint Chiefs gave a lower number. They put it at two."
        """
        before = pronoun.sent.start - 1
        while before >= 0 and pronoun.doc[before].is_space:
            before -= 1
        sentence = pronoun.doc[max(before, 0)].sent
        subject = own_subject(sentence.root) if before >= 0 else None
        if (
            subject is None
            or (spoken is not None and spoken.end >= sentence.start)
            or not self.scene.is_speaker(subject)
        ):
            return spoken.person if spoken is not None else None
        words = phrase(subject)
        named = Person(subject, words, content_words(words))
        if not named.is_plural and not named.is_body:
            return spoken.person if spoken is not None else None
        known = (p for p in reversed(self.people[-_MOST_PEOPLE:]) if p.words == named.words)
        return next(known, None) or self._new(subject, words)

    def _person_named_before(self, pronoun: Token) -> Person | None:
        for token in reversed(pronoun.doc[max(0, pronoun.i - 120) : pronoun.i]):
            if token.ent_type_ == "PERSON" and token.dep_ in (
                "nsubj",
                "nsubjpass",
                "ROOT",
                "appos",
            ):
                words = phrase(token)
                same = content_words(words)
                for person in self.people[-_MOST_PEOPLE:]:
                    if same <= person.words:
                        return person
                return self._new(token, words)
        return None

    def _issuer(self, hop: Hop, spoken: list[_Spoken]) -> Person | None:
        """Who issued a document that speaks: "Holm's statement", "the statement" just quoted."""
        head = hop.speaker
        assert head is not None  # noqa: S101
        if head.lemma_.lower() not in _ISSUED:
            return None
        owner = next((c for c in head.children if c.dep_ == "poss" and c.pos_ == "PROPN"), None)
        if owner is not None:
            words = content_words([owner])
            for person in reversed(self.people[-_MOST_PEOPLE:]):
                if words <= person.words and self._same_name(owner, person):
                    return person
            return None
        if hop.source[0].lower_ not in ("the", "this", "that"):
            return None
        for other in sorted(spoken[-_MOST_MENTIONS:], key=lambda s: -s.hop.verb.i):
            verb = other.hop.verb
            if verb.i > hop.verb.i:
                continue
            if any(t.lemma_.lower() == head.lemma_.lower() for t in verb.sent):
                return other.person
        return None

    def to_sources(self, people: list[Person], ids: dict[int, str]) -> list[Source]:
        """The sources as nouns, spans in the flow."""
        parse = self.scene.parse
        sources = []
        for person in people:
            name = _fullest(person, parse.words)
            actor = self.ground(name)
            sources.append(
                Source(
                    ids[id(person)],
                    name,
                    _kind_of(person, actor),
                    _is_named(person),
                    actor,
                    tuple((parse.span_of(m),) for m in person.mentions),
                )
            )
        return sources


def _find_acronyms(scene: Scene) -> dict[str, frozenset[str]]:
    """Acronyms that the report explains: `National Bureau of Order (NBO)` gives nbo its words."""
    text = scene.parse.text
    found = {}
    for match in _ACRONYM.finditer(text):
        short = match[1].lower().replace(".", "")
        before = text[max(0, match.start() - 90) : match.start()].split()
        capital = [w for w in before[-8:] if w[:1].isupper()]
        initials = "".join(w[0] for w in capital).lower()
        at = initials.rfind(short[: len(initials)]) if short else -1
        if len(short) >= 2 and short in initials:
            at = initials.rfind(short)
            words = [w.strip("\"'(),.") for w in capital[at : at + len(short)]]
            found[match[1].lower()] = frozenset(w.lower() for w in words if w.lower() not in _EMPTY)
    return found


def _fullest(person: Person, words: Callable[[Span], str]) -> str:
    """The longest mention that names the speaker, pronouns last."""

    def worth(mention: list[Token]) -> tuple[bool, int]:
        return (any(t.pos_ != "PRON" for t in mention), len(content_words(mention)))

    options = [m for m in [person.phrase, *person.mentions] if m]
    best = max(options, key=worth)
    first, last = best[0], best[-1]
    return " ".join(words(Span(first.idx, last.idx + len(last))).split())


def _is_named(person: Person) -> bool:
    """True where a name tells the speaker apart, not only a nationality, a role or where it is.

    *A Kursk official* and *a senior officer on Kyiv's general staff* are anybody there.
    """
    head = person.head
    if head.lemma_.lower() in _ANYBODY and head.pos_ == "NOUN":
        apposed = any(c.dep_ == "appos" for c in head.children)
        if not apposed and not any(m[-1].ent_type_ == "PERSON" for m in person.mentions if m):
            return False
    return any(
        t.ent_type_ in ("PERSON", "ORG")
        or (t.pos_ == "PROPN" and t.ent_type_ not in ("NORP", "GPE") and t.dep_ != "amod")
        for mention in [person.phrase, *person.mentions]
        for t in mention
    ) or (person.head.ent_type_ == "GPE")


def _kind_of(person: Person, actor: Actor | None) -> SourceKind:
    lemma = person.head.lemma_.lower()
    if actor is not None and actor.kind in ("media", "agency"):
        return "media"
    for kind, heads in _KINDS:
        if lemma in heads:
            return kind
    if person.is_person and not _is_a_bar(person):
        return "official" if _acts_for_a_state(person, actor) else "person"
    if actor is not None and actor.kind == "intelligence":
        return "agency"
    if _acts_for_a_state(person, actor):
        return "official"
    if lemma in _ISSUED or lemma in ("report", "document", "footage", "video", "image", "photo"):
        return "document"
    return "group"


def _is_a_bar(person: Person) -> bool:
    """True of *Darfur Lawyers' Watch*, whose last word a model may take for a family name."""
    names = [t for t in person.phrase if t.pos_ == "PROPN"]
    return any(t.text in ("Lawyers", "Attorneys") for t in names if t is not person.head)


def _acts_for_a_state(person: Person, actor: Actor | None) -> bool:
    """True for the army; "the soldier's sister" is no soldier, "Darfur Lawyers' Watch" no court."""
    if actor is None or actor.kind not in _OFFICIAL:
        return False
    is_kin = person.head.lemma_.lower() in load_words("roles", "private", "kin")
    return not is_kin and not any(t.lower_ in _LAWYERS for t in person.phrase)
