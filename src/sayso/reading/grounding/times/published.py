"""The published date of a report that gives none, from the days that its own words name.

"Officials said Friday that the man caught on Dec. 26th had just died": a Friday that follows a 26
December. That holds in some years and not in others. Never from today's clock: the years that are
tried are a constant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sayso.reading.grounding.times.calendar import weekday_after
from sayso.record import Time, When

# Reports on the web begin about 2000; the last year lies ahead of any reader of this release, so
# that "the only year left" stays true for a while.
YEARS = range(2000, 2036)

_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
_MONTH_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_STATED_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# Words that put a reported event on the day before its report.
_JUST = re.compile(
    r"\b(?:just|hours\s(?:ago|after|later|earlier)|earlier\s(?:in\sthe\s)?day|moments\s(?:ago|after)"
    r"|(?:a|one)\sday\s(?:after|later)|the\s(?:next|following)\sday|the\sday\safter)\b",
    re.IGNORECASE,
)
_JUST_NUMBER = re.compile(r"\bjust\s(?:\d|over|under|about|a\b|one\b|two\b|like|as)", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|stated|added|declared|claimed|warned"
    r"|according\sto|denied|acknowledged|revealed|disclosed)\b"
)
_AHEAD = re.compile(r"\b(?:will|would|shall|plans?|planned|scheduled|due|expected)\b[^.]*$")
# not behind "Dec.", which a number follows
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s(?=[\"'(\[]?[A-Z])|\n\s*\n")
# No sentence is looked at further than this from the day that it names.
_REACH = 600
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = tuple("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split())


@dataclass(frozen=True, slots=True)
class _Tie:
    """A weekday that falls `gaps` days after a day of the calendar; its year where one is named."""

    month: int
    day: int
    weekday: int
    gaps: tuple[int, ...]
    year: int | None = None

    def day_in(self, year: int) -> date | None:
        """The weekday's date in a year, None where the two don't fit."""
        try:
            base = date(year, self.month, self.day)
        except ValueError:
            return None
        found = weekday_after(base, self.weekday, strictly=False)
        return found if (found - base).days in self.gaps else None


def infer_published(text: str, times: list[Time]) -> tuple[When | None, list[str]]:
    """The published date that the text alone allows, where one is left; else None and warnings."""
    if not any(t.timex.startswith("XXXX") for t in times):
        return None, []
    ties = list(_find_ties(text, times))
    if not ties:
        return None, ["published date not given; dates that depend on it are left open"]
    low, high = _years(text, times)
    tied = [t.year for t in ties if t.year is not None]
    years = [
        y for y in YEARS
        if low <= y <= high and all(t.day_in(y) for t in ties) and all(y == t for t in tied)
    ]  # fmt: skip
    last = ties[-1]
    if len(years) == 1:
        day = max(d for d in (t.day_in(years[0]) for t in ties) if d).isoformat()
        note = f"published date not given; {day} is the one {_name(last)} that fits the text"
        return When(day, day, "day", "inferred"), [note]
    return None, [_warning(last, years)]


def _name(tie: _Tie) -> str:
    return _WEEKDAYS[tie.weekday]


def _warning(tie: _Tie, years: list[int]) -> str:
    """What is left open, with the years that fit, the latest first."""
    start = "published date not given; "
    if not years:
        return f"{start}no year from {YEARS[0]} to {YEARS[-1]} fits the days that the text names"
    days: dict[tuple[int, int], list[int]] = {}
    for year in reversed(years):
        day = tie.day_in(year)
        if day:
            days.setdefault((day.month, day.day), []).append(year)
    parts = [
        f"{_MONTHS[month - 1]} {day} is a {_name(tie)} in {', '.join(map(str, fitting))}"
        for (month, day), fitting in days.items()
    ]
    return start + "; ".join(parts)


def _find_ties(text: str, times: list[Time]) -> Iterator[_Tie]:
    """Weekdays bound to days of the calendar, by one mention or by an act of saying."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    spoken: int | None = None
    for at, time in enumerate(times):
        start, end = time.span[0].start, time.span[0].end
        here = bisect_right(ends, start)
        until = min(ends[here] if here < len(ends) else len(text), end + _REACH)
        sentence = text[max(ends[here - 1] if here else 0, start - _REACH) : until]
        weekday = _WEEKDAY.match(time.timex)
        if weekday and _SPEECH.search(sentence):
            spoken = int(weekday[1]) - 1
        found = _MONTH_DAY.fullmatch(time.timex) or _STATED_DAY.fullmatch(time.timex)
        if not found:
            continue
        *year, month, day = (int(n) for n in found.groups())
        named = _weekday_in(text[start:end])
        if named is not None and not year:  # "Friday, Dec. 27"
            yield _Tie(month, day, named, (0,))
            continue
        # the speech may stand behind: "… on Dec. 26th had just died, the ministry said Friday"
        said = _spoken_behind(text, times[at : at + 5], sentence)
        said = spoken if said is None else said
        if said is not None and _JUST.search(sentence) and not _JUST_NUMBER.search(sentence):
            # the day after: who speaks on the day itself says "today"
            yield _Tie(month, day, said, (1,), year[0] if year else None)


def _spoken_behind(text: str, times: list[Time], sentence: str) -> int | None:
    """The weekday on which the sentence of a day says its words, where it stands behind the day."""
    if not _SPEECH.search(sentence):
        return None
    start = times[0].span[0].end
    for other in times[1:]:
        if _SENTENCE_END.search(text, start, other.span[0].start):
            return None
        weekday = _WEEKDAY.match(other.timex)
        if weekday:
            return int(weekday[1]) - 1
    return None


def _weekday_in(words: str) -> int | None:
    for number, name in enumerate(_WEEKDAYS):
        if re.match(rf"(?:{name}|{name[:3]})\b", words, re.IGNORECASE):
            return number
    return None


def _years(text: str, times: list[Time]) -> tuple[int, int]:
    """The years that are left: none before a year that is past, none behind one to come."""
    low, high = YEARS[0], YEARS[-1]
    for time in times:
        if not re.match(r"\d{4}(?:-|$)", time.timex):
            continue
        year = int(time.timex[:4])
        start = time.span[0].start
        if _AHEAD.search(text[max(start - 80, 0) : start]):
            high = min(high, year)
        else:
            low = max(low, year)
    return low, max(high, low)
