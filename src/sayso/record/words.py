"""How values are put into words, the same on every screen: names, days, places, numbers."""

from __future__ import annotations

import re

from sayso.record.reading import SourceKind
from sayso.record.when_where import Place, When

_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z&.-]{0,11})\)$")
# The head of a speaker's name: what stands before its complements.
_COMPLEMENT = re.compile(r",|\s(?:of|in|at|from|for|with|who|on|to|close|near|inside)\s")
_MANY = frozenset({"they", "police", "people", "media", "troops", "forces"})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shorten_name(name: str) -> str:
    """A speaker's name as a chain shows it: no article, its own short form where it has one.

    `the Harbour Patrol Service (HPS)` is `HPS`, `an allied service` is `allied service`.
    """
    found = _SHORT_FORM.search(name)
    return found[1] if found else _ARTICLE.sub("", name, count=1) if _leads(name) else name


def _leads(name: str) -> bool:
    return _ARTICLE.match(name) is not None


def says_word(name: str, kind: SourceKind | None = None) -> str:
    """`says` or `say`, as the name wants: `officials say`, `Witnesses say`, but `Reuters says`.

    A plural in lower case is a plural; a capital may end in s for other reasons, save where the
    source is known to be people.
    """
    head = (_COMPLEMENT.split(name, maxsplit=1)[0].split() or [""])[-1]
    people = head[:1].islower() or kind in ("official", "witness", "unnamed")
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is", "Nations", "States"))
    many = head.lower() in _MANY or (people and plural)
    return "say" if many or " and " in name else "says"


def _day(stamp: str) -> tuple[str, str, str, str]:
    """Day, month, year and time of an ISO stamp, in words; parts that it lacks are empty."""
    date, _, clock = stamp.partition("T")
    year, month, day = (*date.split("-"), "", "")[:3]
    name = _MONTHS[int(month) - 1] if month.isdigit() and 1 <= int(month) <= 12 else month
    return day.lstrip("0"), name, year, clock[:5]


def _stamp(stamp: str) -> str:
    day, month, year, clock = _day(stamp)
    words = " ".join(part for part in (day, month, year) if part)
    return f"{words}, {clock}" if clock else words


def when_words(when: When | None) -> str:
    """An interval in words: `27 Dec 2024`, `Aug 2024`, `16–22 Dec 2024`, `since 1 Aug 2024`."""
    if when is None or not (when.start or when.end):
        return ""
    if not when.end:
        return f"since {_stamp(when.start or '')}"
    if not when.start:
        return f"until {_stamp(when.end)}"
    if when.start == when.end:
        return _stamp(when.start)
    first, last = _day(when.start), _day(when.end)
    if when.precision == "year" and first[2] == last[2]:
        return first[2]
    if when.precision == "month" and first[1:3] == last[1:3]:
        return f"{first[1]} {first[2]}"
    if first[1:] == last[1:] and not first[3]:
        return f"{first[0]}–{_stamp(when.end)}"
    return f"{_stamp(when.start)} – {_stamp(when.end)}"


def place_words(place: Place | None) -> str:
    """A place in words: its fullest name and country code; a place said to be unknown says so."""
    if place is None:
        return ""
    if place.precision == "stated_unknown":
        return "place said to be not known"
    return ", ".join(part for part in (place.name, place.country) if part)


def number_words(number: float) -> str:
    """A number as people write it: 3000 is `3,000`, 2.5 is `2.5`."""
    return f"{int(number):,}" if number == int(number) else f"{number:,}"
