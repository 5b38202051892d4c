"""When a page's report was published, from all that the page says of it.

Order, and the page that forced each step:
1. JSON-LD `datePublished`, then meta elements, then microdata and `<time>` beside the headline:
   nearest to the CMS's own record, with the minute. `dateModified` never counts as published.
2. A stamp in UTC whose day is one off the day printed on the page or in its address is given as
   that printed day: a Seoul paper's 08:10 on Friday the 27th is stamped 2024-12-26T23:10Z, and
   "Friday" in its text is counted from the 27th.
3. A stamp more than two days later than both the printed day and the address's: the printed day.
   A site that moved to a new CMS stamped its archive with the day of the move.
4. Without a stamp: the day in the address, then the printed line. A line that says "updated" is
   read only where nothing else is there, and never where it may be years later.
A stamp at midnight sharp is a day: old CMSs store no time.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sayso.page.dates import read_date
from sayso.record import When


@dataclass(frozen=True, slots=True)
class Dates:
    """All dates that a page gives for its report, as written, the best of each kind first."""

    stamps: tuple[str, ...] = ()  # JSON-LD, meta, microdata, <time datetime>
    address: str | None = None  # the day in the address's path
    printed: tuple[str, ...] = ()  # visible lines
    modified: tuple[str, ...] = ()


def find_published(dates: Dates) -> When | None:
    """When the report was published, basis "found"; None where nothing on the page tells."""
    stamps = [when for when in map(read_stamp, dates.stamps) if when]
    printed = [when for when in map(read_date, dates.printed) if when and _is_day(when)]
    address = read_date(dates.address) if dates.address else None
    stamp = stamps[0] if stamps else None
    days = [_day(when) for when in ([address] if address else []) + printed[:1]]
    if stamp is None:
        # a printed line with its minute says more than the address, where the two agree
        if address and printed and _day(address) == _day(printed[0]):
            return printed[0]
        return address or (printed[0] if printed else None)
    return _settle(stamp, stamps, [day for day in days if day])


def _settle(stamp: When, stamps: list[When], days: list[dt.date]) -> When:
    """The stamp, or the printed day where steps 2 and 3 above say so."""
    own = _day(stamp)
    if own is None or not days or own in days:
        return next((o for o in stamps[1:] if _is_same_moment(o, stamp)), stamp)
    agreed = all(day == days[0] for day in days)
    for other in stamps[1:]:
        if _day(other) == days[0] and agreed:
            return other  # og:published_time has what the JSON-LD got wrong
    gap = (own - days[0]).days
    in_utc = stamp.precision == "minute" and (stamp.start or "").endswith(("Z", "+00:00"))
    if agreed and ((in_utc and abs(gap) == 1) or (gap > 2 and len(days) > 1)):
        day = days[0].isoformat()
        return When(day, day, "day", "found")
    return stamp


def read_stamp(words: str) -> When | None:
    """A machine's date, midnight sharp as a day; a Unix time in seconds or milliseconds too."""
    words = words.strip()
    if words.isdigit() and len(words) in (10, 13):
        moment = dt.datetime.fromtimestamp(int(words[:10]), dt.UTC)
        words = moment.strftime("%Y-%m-%dT%H:%MZ")
    when = read_date(words)
    if when is None or when.start is None or not _is_day(when):
        return None
    if "T00:00" in when.start and when.precision == "minute":
        return When(when.start[:10], when.start[:10], "day", "found")
    return when


def _is_same_moment(local: When, utc: When) -> bool:
    """True where a stamp with the publisher's own offset says what the one in UTC says.

    2025-02-11T20:40-05:00 is 2025-02-12T01:40Z: to its readers it came out on the 11th.
    """
    if not (local.start and utc.start and local.precision == utc.precision == "minute"):
        return False
    if not utc.start.endswith("Z") or local.start.endswith("Z") or len(local.start) < 20:
        return False
    return dt.datetime.fromisoformat(local.start) == dt.datetime.fromisoformat(utc.start)


def _is_day(when: When) -> bool:
    return when.precision in ("day", "minute")


def _day(when: When) -> dt.date | None:
    return dt.date.fromisoformat(when.start[:10]) if when.start else None
