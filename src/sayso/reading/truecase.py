"""Small letters for texts in capitals, as cables and radio monitors still send them.

The parser, the entity recogniser and half of our rules lean on capitals: in "GUNMEN KILLED MAYOR
PEDRO RUIZ" all words look like a name. The text that comes out has the same length, so that no
offset moves.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.lexicon.casing import ACRONYM, load_casing
from sayso.lexicon.events import load_events
from sayso.lexicon.load import load_table

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.){2,}")  # U.S.
_ALONE = re.compile(r"[(\[]([^\W\d_]{2,7})[)\]]")  # an acronym in brackets after what it stands for
_OPENS = re.compile(
    r"(?:(?:^|(?<!\s)[^\S\n]*\n[^\S\n]*\n\s*)(?:\[[^\]\n]{1,40}\]\s*)*"
    r"|(?<!\.\w)[.!?]['\")\]]*\s+|\d\. )['\"(\[]*$"  # not after "U.S."
)
_JOINTS = frozenset({"of", "the", "de", "del", "for", "and", "y", "a"})
_ARTICLES = frozenset({"la", "los", "las", "el"})  # "El Salvador", but "San Luis de la Reina"
_ENDINGS = (
    "ed", "ing", "ly", "tion", "tions", "ment", "ments", "ness", "ist", "ists", "ism", "ity",
    "ities", "ive", "ives", "ous", "able",
)  # fmt: skip
_SHORT = 3  # letters: ELN, EPL
_BACK = 45  # characters before a word that are looked at for the end of a sentence
_LONG = 6
_VOWELS = frozenset("AEIOUY")
_ENOUGH = 40  # letters, before a text can be said to be all in capitals
_MONTHS = frozenset({"may", "march", "august"})
_OFTEN = 6
_LIKELY = 3  # tenths of its places in which a word beside a name has a capital


def is_all_capitals(text: str) -> bool:
    """True for a text of some length that has hardly any small letter."""
    small = sum(map(str.islower, text))
    big = sum(map(str.isupper, text))
    return big >= _ENOUGH and small <= 0.03 * big


def truecase(text: str) -> str:
    """A text in capitals as news would write it: names and openings of sentences with a capital.

    Same length, character by character.
    """
    words = list(_WORD.finditer(text))
    casing = load_casing()
    acronyms = {m[1] for m in _ALONE.finditer(text) if m[1].lower() not in casing}
    kept = {i for m in _INITIALS.finditer(text) for i in range(*m.span())}
    shares = [0 if _is_tail(text, m) else _share(m.group(), casing, acronyms) for m in words]
    _spread(text, words, shares)
    _write_names(text, words, shares)
    out = list(text)
    for match, share in zip(words, shares, strict=True):
        start, end = match.span()
        if share >= ACRONYM or start in kept:
            continue
        first = start + 1 if share > _OFTEN or _opens(text, start) else start
        out[first:end] = [_small(c) for c in text[first:end]]
    return "".join(out)


def _small(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char  # the small form of a few letters is two characters


def _opens(text: str, start: int) -> bool:
    """True where a sentence begins."""
    return bool(_OPENS.search(text[max(0, start - _BACK) : start])) or start == 0


def _is_tail(text: str, word: re.Match[str]) -> bool:
    """True for what only ends a word: the S of LIMA'S, the D of 2D, the MM of 9-MM."""
    start, size = word.start(), len(word.group())
    before = text[max(0, start - 2) : start]
    if before[-1:] == "'":
        return size <= 2 and before[0].isalpha()
    return size <= 2 and (before[-1:].isdigit() or (before[-1:] == "-" and before[0].isdigit()))


def _share(word: str, casing: Mapping[str, int], acronyms: set[str]) -> int:
    """In how many of ten places a word has a capital; 10 for a name, ACRONYM for FMLN."""
    if word in acronyms:
        return ACRONYM
    lower = word.lower()
    known = casing.get(lower)
    if known is not None:
        return known
    if lower in _vocabulary() or (len(lower) > _LONG and lower.endswith(_ENDINGS)):
        return 0
    if lower.endswith("s") and (
        lower[:-1] in _vocabulary() or casing.get(lower[:-1], 10) <= _LIKELY
    ):
        return 0
    if 1 < len(word) <= _SHORT + 1 and _VOWELS.isdisjoint(word):
        return ACRONYM
    return 10


@functools.cache
def _vocabulary() -> frozenset[str]:
    """The words of the event ontology, which are no names."""
    ontology = load_events()
    words = {w for part in ontology.words.values() for w in part}
    return frozenset(words.union(*ontology.classes.values()))


def _spread(text: str, words: list[re.Match[str]], shares: list[int]) -> None:
    """Give a capital to words that often have one where they stand in a name.

    "GENERAL PEDRO RUIZ", "MINISTRY OF DEFENSE", "5 MAY".
    """
    for i, (word, following) in enumerate(pairwise(words)):
        between = text[word.end() : following.start()]
        if between.isspace() and _LIKELY <= shares[i] < 10 <= shares[i + 1] < ACRONYM:
            shares[i] = 10
        if between.isspace() and _LIKELY <= shares[i + 1] < 10 <= shares[i] < ACRONYM:
            shares[i + 1] = 10
    for i, word in enumerate(words):
        lower = word.group().lower()
        if lower in _MONTHS:
            before = text[max(0, word.start() - 3) : word.start()].strip()
            after = text[word.end() : word.end() + 3].strip()
            if before[-1:].isdigit() or after[:1].isdigit():
                shares[i] = 10
        elif lower in _JOINTS:
            shares[i] = 0
        elif lower in _ARTICLES:
            inside = i > 0 and words[i - 1].group().lower() in {"de", "del", "y"}
            shares[i] = 0 if inside else 10
        elif lower == "i":
            shares[i] = 10


def _write_names(text: str, words: list[re.Match[str]], shares: list[int]) -> None:
    """Give the organisations of the lexicon their own letters: "the Shining Path", "the Red Cross".

    News writes *shining* and *cross* small, and so would the table.
    """
    known = _names()
    for i, word in enumerate(words):
        for name in known.get(word.group(), ()):
            inside = words[i : i + len(name)]
            if [w.group() for w in inside] != [n.upper() for n in name]:
                continue
            gaps = {text[a.end() : b.start()].strip() for a, b in pairwise(inside)}
            if gaps <= {"", "-", "'"}:
                for at, written in enumerate(name, i):
                    shares[at] = max(shares[at], 10) if written[0].isupper() else 0
                break


@functools.cache
def _names() -> Mapping[str, list[list[str]]]:
    """The lexicon's organisations of several words by the first, in capitals; the longest first."""
    found: dict[str, list[list[str]]] = {}
    for row in load_table("roles")["group"].values():
        for name in (row["name"], *row.get("names", ())):
            words = _WORD.findall(name)
            if len(words) > 1:
                found.setdefault(words[0].upper(), []).append(words)
    for names in found.values():
        names.sort(key=len, reverse=True)
    return found
