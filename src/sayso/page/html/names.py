"""Bylines and credit lines: whose names they hold, which agency they credit."""

from __future__ import annotations

import functools
import re
from typing import Final

from sayso.lexicon.load import load_table
from sayso.lexicon.publishers import find_by_name, wires_in

_BY = re.compile(
    r"[\W_]{0,3}(?:(?:story|words|text|report(?:ed|ing)?|written|posted|submitted|published|"
    r"compiled|analysis) by|by|from our correspondent|authors?|writer|reporter)\b\s{0,3}:?\s{0,3}",
    re.IGNORECASE,
)
_PARTICLES = "de|van|von|der|den|al|el|bin|bint|da|dos|du|la|le|ul|ibn"
_NAME_WORD = rf"(?:[A-ZÀ-ÞА-Я][\w'’.-]{{0,30}}|{_PARTICLES})"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s{{1,2}}{_NAME_WORD}){{0,5}}$")
_PART = re.compile(r"\s{0,2}(?:,|;|\band\b|&|/|\||•|·|\bwith\b|\n|–|—| - )\s{0,2}", re.IGNORECASE)
# What stands beside names in a byline and is none: where, when, what they do.
_TAIL = re.compile(
    r"\s{0,2}(?:\b(?:in|at|for|reporting from|near|on) [A-Z]|\(|\||•|·|@|\d|\b(?:published|updated|"
    r"last updated|posted)\b).{0,200}$", re.DOTALL,
)  # fmt: skip
_ROLE: Final = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|staff|chief|desk|bureau|analyst|columnist|"
    r"producer|contributor|journalist|newsroom|team|min(?:ute)?s? read|read|share|fellow|"
    r"professor|monday|tuesday|wednesday|thursday|friday|saturday|sunday|updated|published)\b",
    re.IGNORECASE,
)  # fmt: skip
_SIGN_OFF = re.compile(
    r"[\W_]{0,3}(?:\(?(?:with|additional|edited|editing|reporting|writing|compiled|source|sources|"
    r"photo(?:s|graph)?|image|picture|credit|courtesy|file photo|handout|copyright|©|translated|"
    r"except for the headline|the-cnn-wire|"
    r"this (?:story|article|report) (?:was|is|has been) (?:published|provided|produced|written|"
    r"supplied|reported|from|by|compiled|auto))\b)", re.IGNORECASE,
)  # fmt: skip
_PHOTO = re.compile(
    r"(?:(?:photo|foto|image|picture|photograph|credit|photos|illustration|graphic|video|source)"
    r"(?: (?:credit|by|courtesy(?: of)?|via))?\s{0,2}[:/|©]|©|\(?photo by |handout|"
    r"(?:AFP|AP|REUTERS|Reuters|EPA|Getty|Getty Images|EPA-EFE|Yonhap|Xinhua|TASS|ZUMA|Anadolu|"
    r"Sputnik|IMAGO)\s{0,2}(?:/|via |photo\b|Photo\b|images?\b))", re.IGNORECASE,
)  # fmt: skip
_MONTH = re.compile(
    r"(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d"
)
_SENTENCE = re.compile(r"[a-z]{2}\.\s+[A-Z]|\b(?:is|are|was|were|has|have|had|said|says)\b")


def is_byline(words: str) -> bool:
    """True for a short line that names who wrote: "By Ann Roe in Kyiv", "Reuters", "AFP"."""
    if len(words) > 160 or "?" in words:
        return False
    lead = _BY.match(words)
    if lead and lead.end() and names_in(words):
        return not re.search(r"\b(?:said|says|was|were|has|had)\b", words)
    found = find_by_name(words.strip(" .,|—–-"))
    return found is not None and found.is_wire


def is_credit_line(words: str, *, in_caption: bool) -> bool:
    """True for a line that credits: a photographer beside a caption, an agency under a report."""
    if len(words) > 200:
        return False
    if in_caption:
        return bool(_PHOTO.match(words)) and not _SENTENCE.search(words)
    bare = words.strip(" \t.,()[]—–-|*/")
    if _SIGN_OFF.match(words):
        return len(words) < 240 and not re.search(r"\bsaid\b", words)
    return len(bare) < 60 and bool(wires_in(bare)) and not _SENTENCE.search(words)


def names_in(words: str) -> tuple[str, ...]:
    """The names that a byline holds, as printed, without "By", places, dates and posts."""
    lead = _BY.match(words)
    line = words[lead.end() :] if lead else words.strip()
    names: list[str] = []
    for part in _PART.split(_without_place(line[:300])):
        name = _TAIL.sub("", part).strip(" ,:;|*\"'").lstrip(".") if part else ""
        if not re.search(r"\b[A-Z]\.$", name):
            name = name.rstrip(".")  # the stop of a line, not of an initial
        if not name or (_ROLE.search(name) and not wires_in(name)):
            continue
        if _NAME.match(name) and name not in names:
            names.append(name)
    return tuple(names)


def _without_place(line: str) -> str:
    """A byline without its pieces between bars that are a place or a date.

    Of *By Ann Roe | SUMY, Ukraine | December 27, 2024* that is Ann Roe.
    """
    first, *pieces = line.split("|")
    return "|".join([first, *(p for p in pieces if not _is_place_or_date(p.strip()))])


def _is_place_or_date(piece: str) -> bool:
    town, comma, country = piece.partition(",")
    if country.strip() in _countries() or (not comma and town in _countries()):
        return True
    return _MONTH.match(piece) is not None


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(row["name"] for row in load_table("countries").values())


def is_names_only(words: str) -> bool:
    """True for a line that holds names, places and posts and nothing else, without "By".

    "Nino Abash in Tbilisi and Tom Arkwright in Yerevan"; each name has two to four words.
    """
    if len(words) > 120 or any(c.isdigit() for c in words):
        return False
    parts = [part for part in _PART.split(words) if part and not _ROLE.search(part)]
    names = [_TAIL.sub("", part).strip(" .") for part in parts]
    return bool(names) and all(
        1 < len(name.split()) < 5 and bool(_NAME.match(name)) for name in names
    )


def join_names(names: tuple[str, ...]) -> str | None:
    """Names in one line, "A, B and C"; None where there are none."""
    if not names:
        return None
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
