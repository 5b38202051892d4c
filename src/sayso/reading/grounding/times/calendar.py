"""Calendar arithmetic: stretches of days, and the TIMEX3 value that names each."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from sayso.record import Basis, Precision


class Stretch(NamedTuple):
    """Whole days from the first to the last, both included; None is an open end."""

    first: date | None
    last: date | None


class Value(NamedTuple):
    """What a mention of a time was read as. `clock` is "T16:00" where it tells the minute."""

    timex: str
    stretch: Stretch | None
    precision: Precision
    basis: Basis
    clock: str = ""

    @property
    def is_calendar(self) -> bool:
        """True where it names a stretch of the calendar, not a duration or a set."""
        return self.stretch is not None and self.timex[0].isdigit()


PRECISIONS: dict[str, Precision] = {
    "TS": "minute", "TM": "minute", "TH": "hour", "D": "day", "W": "week", "F": "week",
    "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century",
}  # fmt: skip
# The value of a unit that nothing anchors ("last week" without a published date).
SYMBOLS = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "E": "XXX",
    "C": "XX",
}  # fmt: skip
# Northern seasons; the winter of a year is the one that begins in it.
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_of(year: int, month: int, count: int) -> Stretch:
    """The stretch of `count` months from a month on; clipped to the years that `date` knows."""
    ahead = month + count - 2
    last_year, last_month = year + ahead // 12, ahead % 12 + 1
    if last_year > date.max.year:
        return Stretch(date(year, month, 1), date.max)
    return Stretch(date(year, month, 1), last_of_month(last_year, last_month))


def is_year(year: int) -> bool:
    """True for a year that `date` knows."""
    return date.min.year <= year <= date.max.year


def day_value(day: date, basis: Basis = "resolved") -> Value:
    """A day as a value."""
    return Value(day.isoformat(), Stretch(day, day), "day", basis)


def month_value(year: int, month: int, basis: Basis = "resolved") -> Value:
    """A month as a value."""
    return Value(f"{year:04}-{month:02}", months_of(year, month, 1), "month", basis)


def year_value(year: int, basis: Basis = "resolved") -> Value:
    """A year as a value."""
    return Value(f"{year:04}", months_of(year, 1, 12), "year", basis)


def quarter_value(year: int, quarter: int, basis: Basis = "resolved") -> Value:
    """A quarter of a year as a value."""
    return Value(f"{year:04}-Q{quarter}", months_of(year, 3 * quarter - 2, 3), "quarter", basis)


def season_value(year: int, season: str, basis: Basis = "resolved") -> Value:
    """A season as a value."""
    return Value(f"{year:04}-{season}", months_of(year, _SEASON_MONTHS[season], 3), "season", basis)


def week_value(day: date, basis: Basis = "resolved") -> Value:
    """The week (Monday to Sunday) that holds a day, as a value."""
    year, week, weekday = day.isocalendar()
    monday = add(day, "D", 1 - weekday)
    return Value(f"{year:04}-W{week:02}", Stretch(monday, add(monday, "D", 6)), "week", basis)


def weekend_value(day: date, basis: Basis = "resolved") -> Value:
    """Saturday and Sunday of the week that holds a day, as a value."""
    week = week_value(day, basis)
    sunday = week.stretch.last if week.stretch and week.stretch.last else day
    return Value(f"{week.timex}-WE", Stretch(add(sunday, "D", -1), sunday), "day", basis)


def decade_value(prefix: int, basis: Basis = "resolved") -> Value:
    """A decade by its first three digits (199), as a value."""
    return Value(f"{prefix}", months_of(max(prefix * 10, 1), 1, 120), "decade", basis)


def century_value(prefix: int, basis: Basis = "resolved") -> Value:
    """A century by its first two digits (19), as a value."""
    return Value(f"{prefix:02}", months_of(max(prefix * 100, 1), 1, 1200), "century", basis)


def add(day: date, unit: str, count: int) -> date:
    """The day `count` units on (or back); the calendar's ends are the limit."""
    try:
        if unit in ("TS", "TM", "TH"):
            return day
        if unit in ("D", "W", "F"):
            return day + timedelta(days=count * {"D": 1, "W": 7, "F": 14}[unit])
        months = count * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def unit_value(unit: str, day: date, basis: Basis = "resolved") -> Value:
    """The day, week, month … century that holds a day, as a value."""
    match unit:
        case "W" | "F":
            return week_value(day, basis)
        case "M":
            return month_value(day.year, day.month, basis)
        case "Q":
            return quarter_value(day.year, (day.month + 2) // 3, basis)
        case "Y":
            return year_value(day.year, basis)
        case "E":
            return decade_value(day.year // 10, basis)
        case "C":
            return century_value(day.year // 100, basis)
        case _:
            return day_value(day, basis)


def close_at_unit(start: str, end: str, precision: Precision) -> str:
    """The end of a time that runs no further than the day, month or year that it begins in.

    "Since 2014, when a mine collapsed": it collapsed in 2014.
    """
    unit = next((u for u, name in PRECISIONS.items() if name == precision), "D")
    stretch = unit_value(unit, date.fromisoformat(start[:10])).stretch
    return min(end, stretch.last.isoformat()) if stretch and stretch.last else end


def weekday_before(day: date, weekday: int, *, strictly: bool = False) -> date:
    """The last such weekday up to and including a day, or strictly before it."""
    back = (day.weekday() - weekday) % 7
    return add(day, "D", -(back or 7 if strictly else back))


def weekday_after(day: date, weekday: int, *, strictly: bool = True) -> date:
    """The first such weekday after a day, or on it."""
    ahead = (weekday - day.weekday()) % 7
    return add(day, "D", ahead or (7 if strictly else 0))


# Which part of a unit its edge words mean, as a share of its days: a convention of ours, since
# "early", "mid" and "late" are thirds to most readers, and "the end of July" its last week.
_EDGES = {
    "early": (0.0, 1 / 3), "mid": (1 / 3, 2 / 3), "late": (2 / 3, 1.0), "start": (0.0, 0.23),
    "end": (0.77, 1.0),
}  # fmt: skip


def narrow(value: Value, edge: str, today: date | None) -> Value:
    """A value cut to the part that an edge word names; its TIMEX3 value stays the whole.

    "earlier this week" ends on the published day, "later this week" begins there.
    """
    stretch = value.stretch
    if stretch is None or stretch.first is None or stretch.last is None:
        return value
    first, last = stretch.first, stretch.last
    if edge == "before" and today and first <= today <= last:
        return value._replace(stretch=Stretch(first, today))
    if edge == "rest" and today and first <= today <= last:
        return value._replace(stretch=Stretch(today, last))
    if edge not in _EDGES or first == last:
        return value
    days = (last - first).days + 1
    low, high = _EDGES[edge]
    if days > 300:  # whole months of a year, whole years of a decade
        parts = 12 if days < 400 else days // 365
        unit = "M" if days < 400 else "Y"
        begin = add(first, unit, round(low * parts))
        end = add(add(first, unit, round(high * parts)), "D", -1)
        return value._replace(stretch=Stretch(begin, min(end, last)))
    begin = add(first, "D", round(low * days))
    return value._replace(stretch=Stretch(begin, add(first, "D", round(high * days) - 1)))
