"""What an address says: who publishes there, whose author page it is, which day is in its path."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple
from urllib.parse import unquote

from sayso.lexicon.publishers import find_by_name, find_publisher
from sayso.record.address import split_address

_AUTHOR = re.compile(
    r"/(?:authors?|by|profiles?|people|contributors?|reporters?|journalists?|writers?|staff|"
    r"columnists?|byline|sources?|agency|agencies)/(?:[a-z]{1,12}/)?([\w%.+-]{1,80})/?$",
    re.IGNORECASE,
)  # fmt: skip
_SLUG_END = re.compile(r"(?:[-_](?:\d{1,9}|staff|agency|news|author|newsroom)){1,9}$")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?!\d)", re.IGNORECASE
)
_DIGITS = re.compile(r"(?:^|[/_-])((?:19|20)\d\d)([01]\d)([0-3]\d)(?=$|[/_.-])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class AddressFacts(NamedTuple):
    """Publisher's name, the agency whose author page it is, the day in the path; None unknown."""

    publisher: str | None
    wire: str | None
    date: str | None


def facts_of_address(url: str) -> AddressFacts:
    """What an address tells of a report that holds it or stands at it.

    `https://paper.example/author/afp-3` is AFP's author page there; `/2024/12/27/` is a day,
    `/2024/12/` is not. An address without a known host gives publisher None, never the bare host.
    """
    parts = split_address(url.strip()[:2_000])
    publisher = find_publisher(parts.hostname or "")
    return AddressFacts(
        publisher.name if publisher else None, _wire(parts.path), _date(unquote(parts.path))
    )


def _wire(path: str) -> str | None:
    found = _AUTHOR.search(path)
    if not found:
        return None
    slug = unquote(found[1]).casefold()
    for name in (slug, _SLUG_END.sub("", slug)):
        publisher = find_by_name(name)
        if publisher and publisher.is_wire:
            return publisher.name
    return None


def _date(path: str) -> str | None:
    found = _DATE.search(path) or _DIGITS.search(path)
    if not found:
        return None
    year, month, day = found.groups()
    if not month.isdigit():
        month = str(_MONTHS.index(month.lower()) + 1) if month.lower() in _MONTHS else "0"
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
