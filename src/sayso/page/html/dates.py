"""The dates in a line beside a headline: "Posted : Dec. 27, 2024 | Updated 17:45"."""

from __future__ import annotations

import re

from sayso.page.dates import read_date

LONGEST_LINE = 160
_PARTS = re.compile(
    r"\s{0,3}(?:\||·|•|\s[–—-]\s(?=[A-Za-z]{4})|"
    r"(?=\b(?:last )?(?:updated|modified|changed)\b))\s{0,3}",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s{1,3}:")
_WEEKDAY = re.compile(
    r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]{0,2}\s{0,2}",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:first |last )?[A-Za-z]{3,12}(?: on| at)?\s{0,2}:?\s{1,2}(?=[\dA-Z])")
_CLOCK = re.compile(
    r"(?:updated |published )?(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s\(?[A-Za-z]{2,9}\)?)?"
    r"|\d{1,3} (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?) ago|just now"
    r"|yesterday)$",
    re.IGNORECASE,
)


def read_line_date(words: str) -> str | None:
    """The form of the words that `read_date` reads, None where they are no date."""
    bare = _COLON.sub(":", words.strip(" ,;|·•-–—"))
    for form in (bare, _WEEKDAY.sub("", bare, count=1), _LEAD.sub("", bare, count=1)):
        if form and read_date(form):
            return form
        stripped = _WEEKDAY.sub("", form, count=1)
        if stripped and read_date(stripped):
            return stripped
    return None


def dates_in(words: str) -> list[str]:
    """The parts of a short line that are dates, in order; empty where it holds other words too.

    "27 December 2024 · Updated 15:02" is a date line, "27 December 2024, a day in Kyiv" is none.
    """
    if len(words) > LONGEST_LINE or not any(c.isdigit() for c in words):
        return []
    parts = [part for part in _PARTS.split(words) if part.strip()]
    found = [part for part in parts if read_line_date(part)]
    others = [p for p in parts if p not in found and not is_clock(p.strip())]
    return found if sum(map(len, others)) <= 12 else []


def is_clock(words: str) -> bool:
    """True for a time of day or an age that stands alone: "15:02", "2 hours ago"."""
    return len(words) < 40 and bool(_CLOCK.match(words.strip()))
