"""Publication dates as pages and news databases write them, never from the clock.

One reader for date lines ("Thursday, January 24, 2019"), meta tags (ISO 8601), feeds (RFC 2822),
datelines ("4 FEB 90"). A date that two readers would take in two ways (03/04/2024) is not read.
What somebody gives, by `--published` or on a line of JSON, is ISO 8601.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from sayso.record import Basis, Precision, When

_MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (
        calendar.month_name[number].lower(),
        calendar.month_abbr[number].lower(),
        "sept" if number == 9 else calendar.month_abbr[number].lower(),
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]{0,2} {0,2}"
    r"(?:the )?)?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d|'?\d\d(?!\d|:))"
_FULL_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_LATE_WEEKDAY = r"(?:,? (?:mon|tues|wednes|thurs|fri|satur|sun)day)?"  # Nexis: "May 3, 2021 Monday"
_TIME = (
    r"(?:[,;|.]{0,2} {0,2}(?:at |[-–—|•·] ?|T ?)?(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)"
    r"(?::[0-5]\d(?:\.\d{1,9})?)?(?: ?(?P<half>[ap])\.?m\.?)?"
    r" ?(?P<zone>Z|UTC|GMT|[+-][01]\d:?[0-5]\d|\(?[A-Z]{2,5}\)?)?"
    r"(?: \([A-Z]{2,5}\))?)?"
)
_ISO_TIME = (
    r"(?:[T ](?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,9})?)?"
    r" ?(?P<zone>Z|UTC|GMT|[+-][01]\d(?::?[0-5]\d)?)?)?"
)
# ISO 8601: a day (with its minute), in digits alone, a month, a year
_ISO = (
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)" + _ISO_TIME,
    r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)",
    r"(?P<year>\d{4})-(?P<month>\d\d)",
    r"(?P<year>(?:18|19|20)\d\d)",
)
_ISO_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in _ISO)
# In order: what is tried first wins. Every form ends where the string ends (see read_date).
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        *_ISO,
        r"(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)" + _ISO_TIME,
        _WEEKDAY + _MONTH + " ?" + _DAY + r",? " + _FULL_YEAR + _LATE_WEEKDAY + _TIME,
        _WEEKDAY + _DAY + r"(?: of)?[ -]" + _MONTH + r",?[ -]" + _YEAR + _LATE_WEEKDAY + _TIME,
        _MONTH + r",? " + _FULL_YEAR,
        # unlike 03/04/2024, a day above 12 or dots between leave one reading
        r"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>\d{4})" + _TIME,
        r"(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})" + _TIME,
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})" + _TIME,
    )
)
_LEAD = re.compile(
    r"(?:(?:first |last |originally |date )?"
    r"(?:published|updated|posted|modified|created|issued|released|publication date|load-date"
    r"|date|last update)"
    r"(?: on| at| date)? ?[:|–—-]? ?){1,2}",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"(?:last |was )?(?:updated|modified|last update)\b|load-date", re.IGNORECASE)
LONGEST_DATE = 80


def _zone(words: str | None) -> str:
    """The offset as ISO 8601 writes it, "" where the zone is a name that we don't resolve."""
    if not words:
        return ""
    zone = words.strip("()").upper()
    if zone in {"Z", "UTC", "GMT"}:
        return "Z"
    if zone[0] not in "+-":
        return ""
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return "Z" if digits == "0000" else f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _year(words: str) -> int:
    digits = words.lstrip("'")
    year = int(digits)
    if len(digits) > 2:  # "0001-01-01" stands in data for no date: 2001 is another year
        return year
    return year + (1900 if year >= 60 else 2000)  # wire datelines of the 1990s: "4 FEB 90"


def _month(words: str) -> int:
    return int(words) if words.isdigit() else _MONTHS[words.lower()]


def _interval(parts: dict[str, str | None]) -> tuple[str, str, Precision] | None:
    """First and last day (or the minute) and the precision; None for the 31st of February."""
    year = _year(parts["year"] or "")
    if not 1800 <= year <= 2199:
        return None
    month_words, day_words = parts.get("month"), parts.get("day")
    if month_words is None:
        return f"{year}-01-01", f"{year}-12-31", "year"
    month = _month(month_words)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if day_words is None:
        return f"{year}-{month:02}-01", f"{year}-{month:02}-{last:02}", "month"
    if not 1 <= int(day_words) <= last:
        return None
    day = dt.date(year, month, int(day_words)).isoformat()
    if parts.get("hour") is None:
        return day, day, "day"
    hour = int(parts["hour"] or 0)
    if parts.get("half"):
        hour = hour % 12 + (12 if (parts["half"] or "").lower() == "p" else 0)
    if hour > 23:
        return None
    minute = f"{day}T{hour:02}:{parts['minute']}{_zone(parts.get('zone'))}"
    return minute, minute, "minute"


def read_date(words: str, basis: Basis = "found") -> When | None:
    """The date that a string is, as a whole; None where it is none or could be two.

    "2024-12-27" a day, "2024-12" a month, "2024-12-27T10:15+02:00" a minute; the local day stays
    the day, so that "Friday" in the text is counted from where the page was published. A lead-in
    ("Published:", "Last updated on") is passed over.
    """
    words = " ".join(words[: 2 * LONGEST_DATE].split())
    if not 4 <= len(words) <= LONGEST_DATE:
        return None
    lead = _LEAD.match(words)
    words = (words[lead.end() :] if lead else words).rstrip(" .,;|-–—")
    return _match(_FORMS, words, basis)


def read_iso(words: str) -> When | None:
    """The date that somebody gives in ISO 8601, basis "given"; None where it is written otherwise.

    Pages write dates in many ways and are read in all of them; who gives one writes it so that
    nobody takes another day for it.
    """
    return _match(_ISO_FORMS, words.strip(), "given")


def _match(forms: Iterable[re.Pattern[str]], words: str, basis: Basis) -> When | None:
    for form in forms:
        match = form.fullmatch(words)
        interval = _interval(match.groupdict()) if match else None
        if interval:
            return When(*interval, basis)
    return None


_PARTS = re.compile(r"\s?(?:[,|·•]|\s[-–—]\s)\s?")  # of words with folded white space


def split_date(words: str) -> tuple[str, When] | None:
    """What a line says beside its date, and the date: ("Volga Chronicle", 27 December 2024).

    The date begins or ends the line, apart by a comma, a bar, a dot or a dash. None where there is
    none; the words are "" where the line is all date.
    """
    words = " ".join(words[: 3 * LONGEST_DATE].split())
    if not any(c.isdigit() for c in words):
        return None
    if when := read_date(words):
        return "", when
    for cut in list(_PARTS.finditer(words))[:8]:
        left, right = words[: cut.start()], words[cut.end() :]
        if when := read_date(right):
            return left, when
        if when := read_date(left):
            return right, when
    return None


def is_update(words: str) -> bool:
    """True where a date line says when the text was changed, not when it first came out."""
    return bool(_UPDATE.match(words.lstrip()))
