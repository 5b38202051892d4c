"""Contents that are told to be false: "called the claim a lie", "an earlier version said"."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from sayso.lexicon.load import load_table
from sayso.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Hop, Scene

_BEFORE = {"DET", "ADJ", "ADV"}  # "as | an outright lie"


def mark_refuted(scene: Scene, hops: list[Hop]) -> None:
    """Mark contents that their speaker calls false, and what the report takes back of its own."""
    for hop in hops:
        words = hop.named or hop.source  # "Correction: An earlier version": whole as learned
        hop.own_error = find_own_error(scene, words) is not None
        if hop.says and hop.content:
            _refute(scene, hop)


def _refute(scene: Scene, hop: Hop) -> None:
    """Give a hop the word that calls its content false, and leave what is called so as content.

    Of "said the claim that troops fired was propaganda" that is "troops fired": parsers hang the
    word on what stands before it, so it is looked for at the end of the content.
    """
    words = scene.parse.tokens_of(hop.content[-1])
    tokens = [t for t in words if not (t.is_space or t.is_punct)]
    if not tokens or not _is_false(scene, tokens[-1]):
        return
    end = _predicate(scene, tokens)
    joint = tokens[end - 1] if end else None  # "was", "as", or the last word of the claim
    is_copula = joint is not None and joint.lemma_ == "be"
    if (is_copula and _is_negated(joint)) or not (is_copula or _judges(scene, hop)):
        return
    hop.false = tokens[-1]
    if is_copula or (joint is not None and joint.lower_ == "as"):
        end -= 1
    first = _that(scene, tokens[:end])
    piece = scene.stretch(first, tokens[end - 1].i + 1) if first is not None else None
    if piece is not None and len(hop.content) == 1:
        hop.content = [piece]


def find_own_error(scene: Scene, tokens: list[Token]) -> Span | None:
    """The words "an earlier version of this report", by which a report corrects its own error."""
    if not any(t.lower_ == "version" for t in tokens):
        return None
    start = tokens[0].idx
    match = _version().search(scene.parse.text, start, tokens[-1].idx + len(tokens[-1]))
    return Span(*match.span()) if match else None


@functools.cache
def _version() -> re.Pattern[str]:
    reports = "|".join(load_table("institutions")["withdrawn"]["reports"])
    earlier = "|".join(load_table("telling")["count"]["earlier"])
    return re.compile(
        rf"\b(?:{earlier}) version(?: of (?:this|the|our) (?:{reports})\b|(?! of\b))", re.IGNORECASE
    )


def _is_false(scene: Scene, word: Token) -> bool:
    """True for "a lie", "untrue", "fake news"."""
    words = scene.cues.false
    before = word.nbor(-1) if word.i else word
    return word.lemma_.lower() in words or (word.lower_ == "news" and before.lower_ in words)


def _predicate(scene: Scene, tokens: list[Token]) -> int:
    """Where the words begin that end the tokens and call what stands before them false."""
    begin = len(tokens) - 1
    while begin and (tokens[begin - 1].pos_ in _BEFORE or _is_false(scene, tokens[begin - 1])):
        begin -= 1
    return begin


def _judges(scene: Scene, hop: Hop) -> bool:
    """True for a cue that says what its object is: "called the claim a lie"."""
    lemma = hop.verb.lemma_.lower()
    return lemma in scene.cues.objects["describe"] or scene.cues.verbs.get(lemma) == "denied"


def _is_negated(verb: Token | None) -> bool:
    return verb is not None and any(c.dep_ == "neg" for c in verb.children)


def _that(scene: Scene, tokens: list[Token]) -> int | None:
    """The index of the word behind the that of "the claim that …", where it opens the tokens."""
    for n, token in enumerate(tokens[:4]):
        opens = n == 0 or tokens[n - 1].lemma_.lower() in scene.cues.statement_nouns
        if token.lower_ == "that" and opens and n + 1 < len(tokens):
            return tokens[n + 1].i
    return None
