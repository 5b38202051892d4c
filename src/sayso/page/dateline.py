"""The dateline that opens a wire story's first paragraph: place, date, wire, dash.

"KYIV, Dec 27 (Reuters) - ", "SEOUL, Jan. 3 (Yonhap) -- ", "Paris (AFP) – ", "MOSCOW, January 5
/TASS/. ", "NEW DELHI: ", "(AP) — ". The words after it are the report's first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.lexicon.publishers import wires_in
from sayso.page.dates import read_date
from sayso.record import When

LONGEST_DATELINE = 110
_WORD = r"[A-Z][\w.'’-]{0,20}"
_PLACE = (
    rf"(?P<place>{_WORD}(?:[ /](?:{_WORD}|de|del|la|al|el|ez|es|da|do|and)){{0,4}}"
    rf"(?:, {_WORD}(?: {_WORD}){{0,3}}){{0,3}}?)"
)
_MONTHS = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August"
    r"|September|October|November|December)\.?"
)
_DATE = (
    rf"(?P<date>(?:{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} {_MONTHS})"
    r"(?:,? (?:(?:19|20)\d\d|\d\d))?)"
)
_WIRE = r"(?:\((?P<wire>[A-Z][\w .&'’/-]{0,40})\)|/(?P<slashed>[A-Z][\w .&'’-]{0,40})/)"
_DASH = r"\s?(?:--|[-–—_])\s|\s?[-–—](?=[A-Z\"“'‘])|\.\s|:\s"
# In order, each with what makes it more than a sentence's beginning: the wire in brackets, or
# behind the date; the date before a dash, or capitals and a dash.
_FORMS = tuple(
    re.compile(form, flags)
    for form, flags in (
        (rf"(?:{_PLACE},? )?(?:,? ?{_DATE},? )?{_WIRE},?(?P<dash>{_DASH})?", re.IGNORECASE),
        (rf"{_PLACE}, {_DATE},? (?P<plain>{_WORD}(?: {_WORD})?)(?:{_DASH})", 0),
        (rf"{_PLACE},? \(?{_DATE}\)?,?(?:{_DASH})", re.IGNORECASE),
        (rf"{_PLACE}(?:\s(?:--|[-–—])\s|: )", 0),
    )
)
_WIRED, _, _DATED, _CAPITALS = range(len(_FORMS))
_TAG = re.compile(r"\[TEXT\] ?|\(Updates?[^)]{0,60}\) ?", re.IGNORECASE)
_DAY_ONLY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_NO_PLACE = frozenset(
    "UPDATE UPDATED BREAKING WATCH LIVE EXCLUSIVE ANALYSIS OPINION NOTE CORRECTION CLARIFICATION"
    " EDITORIAL COMMENT EXPLAINER FACTBOX TIMELINE PHOTOS VIDEO READ MORE RELATED ALSO NATO UNICEF"
    " HAS HAVE HAD IS ARE WAS WERE HIS HER THEIR THE FACT CHECK"
    " UNHCR UNESCO WARNING URGENT ALERT QUESTION ANSWER ORIGINAL STORY PREVIOUS ADVERTISEMENT"
    " SOURCE SUMMARY CONTEXT BACKGROUND".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at a paragraph's start: its length, its wire, its date where it has a year."""

    length: int
    place: str | None
    wire: str | None
    published: When | None


def _is_capitals(place: str) -> bool:
    words = [w for w in re.split(r"[\s,/.-]+", place) if w]
    first = words[0] if words else ""
    return (
        len(first) >= 3
        and place.split(",", maxsplit=1)[0].isupper()
        and not any(w in _NO_PLACE for w in words)
        and len(place) >= 4
        and len(place.split(",", maxsplit=1)[0].split()) <= 3
    )


def find_dateline(words: str) -> Dateline | None:
    """The dateline that opens a paragraph, None where it opens with its first sentence.

    `words` is the paragraph as given. What stands in the bracket only looks like a wire here;
    `find_opening` checks the name against the wires that are known.
    """
    head = words[:LONGEST_DATELINE]
    body_is_capitals = words[:400].isupper()
    for number, form in enumerate(_FORMS):
        match = form.match(head)
        if not match or match.end() >= len(words):
            continue
        parts = match.groupdict()
        place = parts.get("place")
        if place and not place[:1].isupper():
            continue
        if number == _CAPITALS and (body_is_capitals or not _is_capitals(place or "")):
            continue
        if number == _WIRED and not parts["dash"] and words[match.end() :].lstrip()[:1].islower():
            continue  # "UNHCR (Geneva) said that …"
        if number == _DATED and _DAY_ONLY.match(place or ""):
            continue  # "Thursday, January 24, 2019 - the day …"
        length = match.end()
        tag = _TAG.match(words, length)
        length = tag.end() if tag else length
        date = parts.get("date")
        return Dateline(
            length,
            place,
            parts.get("wire") or parts.get("slashed") or parts.get("plain"),
            read_date(date) if date else None,
        )
    return None


def find_opening(words: str) -> Dateline | None:
    """The dateline that opens a paragraph, where its wire is known or its place in capitals.

    "MAIDUGURI, Nigeria (Northlight) — Two men …" too; "Holm (Labour) - who left - …" is none.
    """
    found = find_dateline(words)
    if found is None or found.wire is None or wires_in(found.wire):
        return found
    town = (found.place or "").split(",", maxsplit=1)[0]
    return found if town.isupper() and len(found.wire) >= 2 else None


def is_dateline(words: str) -> bool:
    """True for a line that is a dateline with a known wire, and nothing besides: "ANKARA (AA)"."""
    found = find_dateline(f"{words} - X") if words.endswith((")", "/")) else None
    if found is None or found.length <= len(words) or not wires_in(found.wire or ""):
        return False
    # "Blast kills three in Oslo (AA)" is a headline
    return not any(word[0].islower() and len(word) > 3 for word in (found.place or "").split())
