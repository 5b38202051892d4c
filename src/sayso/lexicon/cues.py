"""The cues: which words attribute, and what they do to certainty (cues.toml)."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

from sayso.lexicon.load import load_table
from sayso.record import Certainty

VerbClass = Literal[
    "stated", "confirmed", "purported", "denied", "possible", "probable", "belief", "will"
]

_NOUN_KINDS: tuple[Certainty, ...] = ("purported", "denied")


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue lexicon, made for look-ups by lemma."""

    verbs: dict[str, VerbClass]
    evidence_verbs: frozenset[str]
    evidence_nouns: frozenset[str]
    objects: dict[str, frozenset[str]]
    counts: dict[str, frozenset[str]]
    heard: dict[str, frozenset[str]]
    statement_nouns: frozenset[str]
    noun_kinds: dict[str, Certainty]  # what a statement is that these nouns hold
    false: frozenset[str]  # what is called so is denied
    adverbs: dict[str, Certainty]
    adjectives: dict[str, Certainty]
    unknown_phrases: dict[str, list[tuple[str, ...]]]  # by first word
    speakers: frozenset[str]
    humans: frozenset[str]
    conduits: frozenset[str]
    conduit_prepositions: frozenset[str]


@functools.cache
def load_cues() -> Cues:
    """The cues of cues.toml, a user's entries laid over the package's.

    A verb that stands in two lists is of the first.
    """
    table = load_table("cues")
    verbs: dict[str, VerbClass] = {}
    for kind, lemmas in table["verbs"].items():
        for lemma in lemmas:
            verbs.setdefault(lemma, kind)
    return Cues(
        verbs=verbs,
        evidence_verbs=frozenset(table["evidence"]["verbs"]),
        evidence_nouns=frozenset(table["evidence"]["nouns"]),
        objects=_sets(table["objects"]),
        counts=_sets(table["counts"]),
        heard=_sets(table["heard"]),
        statement_nouns=frozenset(table["nouns"]["statement"]),
        noun_kinds={n: kind for kind in _NOUN_KINDS for n in table["nouns"][kind]},
        false=frozenset(table["predicates"]["false"]),
        adverbs={w: kind for kind, words in table["adverbs"].items() for w in words},
        adjectives={w: kind for kind, words in table["adjectives"].items() for w in words},
        unknown_phrases=_by_first_word(table["phrases"]["unknown"]),
        speakers=frozenset(table["people"]["heads"]),
        humans=frozenset(table["people"]["humans"]),
        conduits=frozenset(table["conduits"]["nouns"]),
        conduit_prepositions=frozenset(table["conduits"]["prepositions"]),
    )


def _sets(table: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {kind: frozenset(lemmas) for kind, lemmas in table.items()}


def _by_first_word(phrases: list[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found
