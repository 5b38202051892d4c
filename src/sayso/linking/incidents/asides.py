"""Words that tell of another incident than the report's own: a separate attack, a look back."""

from __future__ import annotations

import functools
import re

from sayso.lexicon.load import load_words
from sayso.linking.numerals import NUMBERS, ORDINALS

_YEARS = {"a": 1} | NUMBERS | ORDINALS
# "Oda marked a year since a bomb killed twelve", "on the fifth anniversary of the raid"
_BACK = re.compile(
    r"\b(?P<years>\w+) years? (?:since|ago|after|on from)\b"
    r"|\b(?:(?P<nth>\w+) )?anniversary of\b"
)
_LATE = re.compile(r"\b(?:over)?night\b|\blate\b|\bmidnight\b|\bevening\b")
_EARLY = re.compile(r"\bovernight\b|\bearly\b|\bdawn\b|\bmidnight\b|\bmorning\b")
# Where no event was read: "Israel said that it would strike the camp".
_PLANNED = re.compile(
    r"\b(?:would|will|could|may|might|shall|(?:plan|prepar|threaten|vow|intend|pledg)(?:s|e[ds]?|n?ed"
    r"|ing)? to) (?:\w+ ){0,2}?"
    r"(?:strike|attack|bomb|bombard|shell|raid|storm|invade|ambush|kill|retaliate|assault|hit)\b"
)
_YEAR = 365
_AROUND = 30  # days: "a year" is told in the weeks about
_CENTURY = 36_500


def tells_another(sentence: str) -> bool:
    """True where a sentence calls what it tells another one than the report's."""
    return _another().search(sentence.lower()) is not None


@functools.cache
def _another() -> re.Pattern[str]:
    """*In a separate attack in the same street*, *it follows last year's raid*, *past floods*."""
    one, event = _any("words"), _any("events")
    return re.compile(
        rf"\b(?:{one}|(?:last|the previous) (?:year|month)'?s?) (?:\w+ ){{0,2}}?(?:{event})\b"
        rf"|\b(?:{_any('words_of_several')}) (?:\w+ )?(?:{_any('several')})\b"
    )


def _any(key: str) -> str:
    return "|".join(map(re.escape, sorted(load_words("incidents", "another", key))))


def looks_back(sentence: str, published: int) -> tuple[int, int] | None:
    """The first and the last day on which what a sentence recalls may have happened."""
    found = _BACK.search(sentence.lower())
    if found is None:
        return None
    word = found["years"] or found["nth"] or ""
    years = int(word[:2]) if word[:2].isdecimal() else _YEARS.get(word)
    if years is None:  # "on the anniversary of the raid"
        return published - _CENTURY, published - _YEAR + _AROUND
    day = published - years * _YEAR
    return day - _AROUND - years, day + _AROUND


def nights_of(day: int, sentence: str) -> frozenset[int]:
    """The days that a sentence may mean by one: *late on Tuesday* may be Wednesday elsewhere."""
    words = sentence.lower()
    after = {day + 1} if _LATE.search(words) else set()
    before = {day - 1} if _EARLY.search(words) else set()
    return frozenset({day} | after | before)


def tells_a_plan(text: str) -> bool:
    """True where words tell of an attack that is yet to come."""
    return _PLANNED.search(text.lower()) is not None
