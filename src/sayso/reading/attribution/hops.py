"""A hop: one act of saying as the rules find it, before sources are joined and ids are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.reading.attribution.quotes import Quoted, quote_at
from sayso.record import Quotation, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.lexicon.cues import Cues
    from sayso.reading.parsing.parse import Parse


@dataclass(slots=True, eq=False)
class Hop:
    """One act of saying: source tokens (none for an unnamed hop), cue, content, its rule.

    `verb` is the cue's head word (a verb, or the noun of "a statement that"), `speaker` the head
    of the source phrase, `clause` what hangs on it ("who left in May"), `outer` the hop within
    whose content this one stands. Where it does not say ("plans to", "supports") it is an
    attribution of PolNeAR's kind and carries no claim. `drawn` and `named` are the content and the
    source as the learned reader draws them, where it found the cue too: what is printed; claims and
    names rest on `content` and `source`. `false` is the word by which the speaker calls the
    content so; `own_error` is set where a report corrects what it said itself before.
    """

    rule: str
    verb: Token
    cue: list[Token]
    speaker: Token | None
    source: list[Token]
    content: list[Span]
    to: list[Token] = field(default_factory=list)
    quotation: Quotation = "indirect"
    outer: Hop | None = None
    inherited: bool = False
    says: bool = True
    drawn: list[Span] = field(default_factory=list)
    named: list[Token] = field(default_factory=list)
    clause: list[Token] = field(default_factory=list)
    false: Token | None = None
    own_error: bool = False
    score: float = 0.8

    def covers(self, index: int) -> bool:
        """True where a character lies inside the content."""
        return any(s.start <= index < s.end for s in self.content)

    @property
    def size(self) -> int:
        """Characters of content."""
        return sum(len(s) for s in self.content)


def find_around(hops: list[Hop]) -> list[list[Hop]]:
    """For each hop the hops whose content holds its cue, itself included, in the order given.

    One pass over the text, as deep as contents stand in one another: "he said he said he said …".
    """
    opening = sorted(((s.start, s.end, n) for n, hop in enumerate(hops) for s in hop.content))
    around: list[list[Hop]] = [[] for _ in hops]
    held: dict[int, int] = {}  # of a hop, where the content that is open ends
    waiting = iter(opening)
    following = next(waiting, None)
    for n in sorted(range(len(hops)), key=lambda n: hops[n].verb.idx):
        place = hops[n].verb.idx
        while following is not None and following[0] <= place:
            held[following[2]] = max(following[1], held.get(following[2], 0))
            following = next(waiting, None)
        held = {hop: end for hop, end in held.items() if end > place}
        around[n] = [hops[hop] for hop in sorted(held)]
    return around


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules look at: the parse, its quotations, the cue lexicon."""

    parse: Parse
    quotes: list[Quoted]
    cues: Cues

    def quote_at(self, token: Token) -> Quoted | None:
        """The quotation that a token stands in."""
        return quote_at(self.quotes, token.idx)

    def stretch(self, start: int, end: int) -> Span | None:
        """The characters of tokens [start, end), without white space and commas at the edges."""
        tokens = self.parse.tokens
        while start < end and (tokens[start].is_space or tokens[start].text in ",;:—–-"):
            start += 1
        while end > start and (tokens[end - 1].is_space or tokens[end - 1].text in ",;:—–-"):
            end -= 1
        if start >= end:
            return None
        last = tokens[end - 1]
        return Span(tokens[start].idx, last.idx + len(last))

    def is_speaker(self, noun: Token) -> bool:
        """True where a noun can speak: a person, a body, a country, a pronoun for one."""
        if noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
            return True
        if noun.pos_ == "PRON":
            return noun.lower_ in _SPEAKING_PRONOUNS
        if noun.lemma_.lower() in self.cues.speakers or noun.lower_ in self.cues.speakers:
            return True
        # "the Taliban", "al-Eryani": names that the small model does not type
        return noun.pos_ == "PROPN"

    def is_evidence(self, noun: Token) -> bool:
        """True for what speaks without a mouth: footage, a document, a report."""
        return noun.lemma_.lower() in self.cues.evidence_nouns


_SPEAKING_PRONOUNS = {
    "he", "she", "they", "it", "i", "we", "you", "who", "whom", "which", "that", "him", "her",
    "them", "some", "many", "several", "most", "others", "another", "one", "both", "everyone",
    "someone", "nobody", "anyone", "this", "these", "those",
}  # fmt: skip
