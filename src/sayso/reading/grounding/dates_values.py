"""What the words of a matched mention stand for: one function a manner of naming a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sayso.reading.grounding.dates_calendar import (
    PRECISIONS,
    SYMBOLS,
    Stretch,
    Value,
    add,
    century_value,
    day_value,
    decade_value,
    is_year,
    month_value,
    narrow,
    quarter_value,
    season_value,
    unit_value,
    weekday_after,
    weekday_before,
    weekend_value,
    year_value,
)
from sayso.reading.grounding.dates_words import Word
from sayso.record import Basis

_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_EDGE_WORDS = {"EARLIER": "before", "LATER": "rest"}
# A month and day without a year lie within this many days of the published date, else behind it.
NEAR_DAYS = 45


@dataclass(slots=True)
class Context:
    """What is known where a mention stands: the published day, and what was named before it.

    `ahead` is true where the words around say that the time is still to come ("will", "due"),
    `behind` where a past verb follows it, `in_quarter` where a quarter is still spoken of, `year` the year that the other end of a range holds ("between March and May 2023").
    """

    today: date | None
    narrative: bool = False
    previous: Value | None = None
    previous_day: Value | None = None
    previous_quarter: Value | None = None
    ahead: bool = False
    behind: bool = False
    year: int | None = None
    day_here: Value | None = None
    in_quarter: bool = False

    @property
    def anchor(self) -> date | None:
        """The day that relative words hang on: published, or in a narrative the last one named."""
        if self.narrative and self.previous and self.previous.stretch:
            return self.previous.stretch.first or self.today
        return self.today

    @property
    def basis(self) -> Basis:
        """The basis of what hangs on the anchor."""
        return "previous" if self.narrative and self.previous else "resolved"


Words = Sequence[Word]


def _of(words: Words, kind: str) -> Word | None:
    return next((w for w in words if w.kind == kind), None)


def _edge(words: Words, value: Value | None, context: Context) -> Value | None:
    """The value cut to what its edge word says ("late", "the end of", "earlier")."""
    if value is None:
        return None
    for word in words:
        edge = word.value if word.kind == "EDGE" else _EDGE_WORDS.get(word.kind)
        if edge:
            return narrow(value, edge, context.today)
    return value


def _make_day(year: int, month: int, day: int, basis: Basis) -> Value | None:
    try:
        return day_value(date(year, month, day), basis)
    except ValueError:
        return None


def _two_digit_year(year: int, today: date | None) -> int:
    century = today.year // 100 if today else 20
    full = 100 * century + year
    return full - 100 if full > (today.year if today else 2049) + 20 else full


def _year_of(words: Words, context: Context) -> int | None:
    year = _of(words, "YEAR")
    if year:
        return int(year.value)
    short = _of(words, "SHORTYEAR")
    if short:
        return _two_digit_year(short.value, context.today)
    unit = next((w for w in words if w.kind == "UNIT" and w.value == "Y"), None)
    if unit and context.anchor:
        step = {"LAST": -1, "PREVIOUS": -1, "NEXT": 1, "FOLLOWING": 1}
        return context.anchor.year + sum(step.get(w.kind, 0) for w in words)
    return None


def read_iso(words: Words, context: Context) -> Value | None:
    """2024-12-26, 2024-12-26T14:05Z."""
    del context
    text = words[0].text
    try:
        value = day_value(date.fromisoformat(text[:10]), "stated")
    except ValueError:
        return None
    return value if len(text) == 10 else _with_clock(value, "T" + text[11:16])


def read_slash(words: Words, context: Context) -> Value | None:
    """12/26/2024 by the American order, 26/12/2024 and 26.12.2024 where only the other fits."""
    text = words[0].text
    first, second, year = (int(n) for n in text.replace(".", "/").split("/"))
    if len(text.replace(".", "/").split("/")[2]) == 2:
        year = _two_digit_year(year, context.today)
    pairs = [(second, first)] if "." in text else [(first, second), (second, first)]
    for month, day in pairs:
        value = _make_day(year, month, day, "stated")
        if value:
            return value
    return None


def read_named(words: Words, context: Context) -> Value | None:
    """9/11, the one day that news names by its numbers."""
    del words, context
    return day_value(date(2001, 9, 11), "stated")


def read_full_date(words: Words, context: Context) -> Value | None:
    """December 26th, 2024; Thursday, 26 December 2024; the 26th of December, 2024."""
    month = _of(words, "MONTH")
    day = _of(words, "DAY") or _of(words, "ORDINAL")
    year = _year_of(words, context)
    if not month or not day or year is None:
        return None
    stated = _of(words, "YEAR") is not None
    return _make_day(year, month.value, day.value, "stated" if stated else "resolved")


def _nearest_year(month: int, day: int, context: Context) -> int | None:
    anchor = context.anchor
    if anchor is None:
        return None
    dates = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            dates.append(date(year, month, day))
        except ValueError:
            continue
    if not dates:  # a 29 February without a leap year near
        return None
    if context.narrative:  # a story goes on: a little back, else forward
        ahead = [d for d in dates if (d - anchor).days >= -120]
        return ahead[0].year if ahead else dates[-1].year
    if context.ahead:
        ahead = [d for d in dates if d >= anchor]
        return ahead[0].year if ahead else dates[-1].year
    near = min(dates, key=lambda d: abs((d - anchor).days))
    if abs((near - anchor).days) <= NEAR_DAYS:
        return near.year
    past = [d for d in dates if d <= anchor]
    return past[-1].year if past else dates[0].year


def read_month_day(words: Words, context: Context) -> Value | None:
    """Dec. 26th, 26 December, Thursday Dec. 26: the nearest year, else the last past one."""
    month = _of(words, "MONTH")
    day = _of(words, "DAY") or _of(words, "ORDINAL")
    if not month or not day or not 1 <= day.value <= 31:
        return None
    year = context.year or _nearest_year(month.value, day.value, context)
    if year is None:
        return Value(f"XXXX-{month.value:02}-{day.value:02}", None, "day", "stated")
    return _make_day(year, month.value, day.value, context.basis)


def read_day_range(words: Words, context: Context) -> Value | None:
    """Dec. 26-28; 26 to 28 December 2024; the days from the first to the second."""
    month = _of(words, "MONTH")
    days = [w for w in words if w.kind in ("DAY", "ORDINAL")]
    if not month or len(days) != 2 or days[0].value >= days[1].value:
        return None
    year = _year_of(words, context)
    basis: Basis = "stated" if year else context.basis
    year = year or context.year or _nearest_year(month.value, days[0].value, context)
    timexes = [f"{month.value:02}-{d.value:02}" for d in days]
    if year is None:
        return Value(f"XXXX-{timexes[0]}/XXXX-{timexes[1]}", None, "day", "stated")
    ends = [_make_day(year, month.value, d.value, basis) for d in days]
    return join_ends(ends[0], ends[1])


def join_ends(low: Value | None, high: Value | None) -> Value | None:
    """The interval from the first day of one value to the last day of another."""
    if low is None or high is None:
        return None
    timex = f"{low.timex}/{high.timex}"
    if low.stretch is None or high.stretch is None:
        return Value(timex, None, high.precision, high.basis)
    first, last = low.stretch.first, high.stretch.last
    if first and last and first > last:
        return None
    return Value(timex, Stretch(first, last), high.precision, high.basis)


def read_month(words: Words, context: Context) -> Value | None:
    """March 2023, June last year, mid-July, last April, this September, August."""
    month = _of(words, "MONTH")
    if not month:
        return None
    number, anchor = month.value, context.anchor
    year = _year_of(words, context)
    basis: Basis = "stated" if _of(words, "YEAR") else context.basis
    if year is None:
        year = context.year or (anchor and _month_year(number, words, context, anchor))
    if year is None:
        return Value(f"XXXX-{number:02}", None, "month", "stated")
    return _edge(words, month_value(year, number, basis), context)


def _month_year(month: int, words: Words, context: Context, anchor: date) -> int:
    """The year of a bare month: the last past one, or by its words ("next", "this")."""
    kinds = {w.kind for w in words}
    if context.narrative:
        back = (anchor.month - month) % 12
        return (
            anchor.year - (back > anchor.month - 1)
            if back <= 3
            else (anchor.year + (month < anchor.month))
        )
    if "LAST" in kinds:
        return anchor.year - (month >= anchor.month)
    if "THIS" in kinds and "NEXT" not in kinds:
        return anchor.year
    if "NEXT" in kinds:
        return anchor.year + (month <= anchor.month)
    if context.ahead:
        return anchor.year + (month < anchor.month)
    return anchor.year - (month > anchor.month)


def read_year(words: Words, context: Context) -> Value | None:
    """2015, early 2019, the end of 2023, '98."""
    year = _year_of(words, context)
    if year is None or not is_year(year):
        return None
    return _edge(words, year_value(year, "stated"), context)


def read_bc(words: Words, context: Context) -> Value | None:
    """202 BC: a value without days, since the calendar here begins with year 1."""
    del context
    return Value(f"BC{int(words[0].value):04}", None, "year", "stated")


def read_season(words: Words, context: Context) -> Value | None:
    """The summer of 2019, last winter, this spring: months of the northern hemisphere."""
    season = _of(words, "SEASON")
    if not season:
        return None
    anchor, kinds = context.anchor, {w.kind for w in words}
    year = _year_of(words, context)
    if year is not None:
        basis: Basis = "stated" if _of(words, "YEAR") else "resolved"
        return _edge(words, season_value(year, season.value, basis), context)
    if anchor is None:
        return Value(f"XXXX-{season.value}", None, "season", "stated")
    start = _SEASON_START[season.value]
    year = anchor.year
    if "NEXT" in kinds or (context.ahead and "LAST" not in kinds):
        year += anchor.month >= start
    elif "LAST" in kinds:
        year -= anchor.month < start + 3 and not ({"THIS", "LAST"} <= kinds)
    elif "THIS" not in kinds or season.value == "WI":
        year -= anchor.month < start
    return _edge(words, season_value(year, season.value, context.basis), context)


def read_quarter(words: Words, context: Context) -> Value | None:
    """The third quarter (of 2019), the first half of the year; else the last that has begun."""
    ordinal, half = _of(words, "ORDINAL"), _of(words, "HALF") is not None
    which = ordinal.value if ordinal else 2  # "the last half"
    if not 1 <= which <= (2 if half else 4):
        return None
    year, basis = _year_of(words, context), "stated" if _of(words, "YEAR") else "resolved"
    months = 6 if half else 3
    if year is None and context.anchor:
        year = context.anchor.year
        if _of(words, "UNIT") is None and not context.ahead:
            year -= (which - 1) * months + 1 > context.anchor.month
    name = f"{'H' if half else 'Q'}{which}"
    if year is None:
        return Value(f"XXXX-{name}", None, "quarter", "stated")
    value = quarter_value(year, which if not half else 2 * which, basis)  # type: ignore[arg-type]
    if half and value.stretch:
        first = date(year, 6 * which - 5, 1)
        value = Value(f"{year:04}-{name}", Stretch(first, value.stretch.last), "month", value.basis)
    return value


def read_known_quarter(words: Words, context: Context) -> Value | None:
    """ "The quarter", "the latest period", "the year-ago quarter": the one named before."""
    value = context.previous_quarter if context.in_quarter else None
    if value is None or value.stretch is None or value.stretch.first is None:
        return None
    back = -1 if _of(words, "YEARAGO") or _of(words, "AGO") or _of(words, "EARLIER") else 0
    return unit_value("Q", add(value.stretch.first, "Y", back), "previous")


def read_decade(words: Words, context: Context) -> Value | None:
    """The 1990s, the late '80s, the nineties."""
    decade = _of(words, "DECADE")
    return decade and _edge(words, decade_value(int(decade.value), "stated"), context)


def read_century(words: Words, context: Context) -> Value | None:
    """The 19th century: 1800 to 1899, as TIMEX3 has it."""
    ordinal = _of(words, "ORDINAL")
    if not ordinal or not 1 <= ordinal.value <= 22:
        return None
    return _edge(words, century_value(ordinal.value - 1, "stated"), context)


def read_weekday(words: Words, context: Context) -> Value | None:
    """Friday, last Friday, Friday night: the last such day, or the next where words say so."""
    weekday = _of(words, "WEEKDAY")
    if not weekday:
        return None
    part = _of(words, "PART")
    suffix = part.value if part else ""
    anchor, kinds = context.anchor, {w.kind for w in words}
    if weekday.text.lower().endswith("days"):
        return Value(f"XXXX-WXX-{weekday.value + 1}{suffix}", None, "day", "stated")
    if anchor is None:
        return Value(f"XXXX-WXX-{weekday.value + 1}{suffix}", None, "day", "stated")
    unit = _of(words, "UNIT")
    if unit:  # Friday last week, Tuesday of this week
        step = {"LAST": -1, "PREVIOUS": -1, "NEXT": 1, "FOLLOWING": 1}
        moved = add(anchor, "W", sum(step.get(w.kind, 0) for w in words))
        day = add(weekday_before(moved, 0), "D", weekday.value)
    elif "PREVIOUS" in kinds and context.previous_day and context.previous_day.stretch:
        day = weekday_before(
            context.previous_day.stretch.first or anchor, weekday.value, strictly=True
        )
    elif "LAST" in kinds or "PREVIOUS" in kinds:
        day = weekday_before(anchor, weekday.value, strictly=True)
    elif "NEXT" in kinds or "FOLLOWING" in kinds or context.narrative:
        day = weekday_after(anchor, weekday.value)
    elif context.ahead:
        day = weekday_after(anchor, weekday.value, strictly=False)
    else:
        day = weekday_before(anchor, weekday.value)
    value = day_value(day, context.basis)
    return value._replace(timex=value.timex + suffix)


def read_weekday_number(words: Words, context: Context) -> Value | None:
    """Friday the 13th, Friday 14: the nearest day that is both."""
    weekday, number = _of(words, "WEEKDAY"), _of(words, "DAY") or _of(words, "ORDINAL")
    if not weekday or not number:
        return None
    if context.anchor is None:
        return Value(f"XXXX-XX-{number.value:02}", None, "day", "stated")
    for weeks in (0, 1, -1, 2, -2, 3, -3, 4, -4):
        day = add(weekday_before(context.anchor, weekday.value), "W", weeks)
        if day.day == number.value:
            return day_value(day, context.basis)
    return None


def read_dayword(words: Words, context: Context) -> Value | None:
    """Yesterday, today, tonight, tomorrow morning."""
    dayword, part = _of(words, "DAYWORD"), _of(words, "PART")
    if not dayword:
        return None
    step, suffix = dayword.value
    suffix = part.value if part else suffix
    if context.anchor is None:
        return Value("XXXX-XX-XX" + suffix, None, "day", "stated")
    value = day_value(add(context.anchor, "D", step), context.basis)
    return value._replace(timex=value.timex + suffix)


def read_near_unit(words: Words, context: Context) -> Value | None:
    """Last week, this month, next year, last night, the weekend."""
    kinds = {w.kind for w in words}
    step = -1 if "LAST" in kinds else 1 if "NEXT" in kinds else 0
    part, weekend, unit = _of(words, "PART"), _of(words, "WEEKEND"), _of(words, "UNIT")
    anchor = context.anchor
    if part:
        if anchor is None:
            return Value("XXXX-XX-XX" + part.value, None, "day", "stated")
        value = day_value(add(anchor, "D", step), context.basis)
        return value._replace(timex=value.timex + part.value)
    if weekend:
        return _read_weekend(kinds, context)
    code = unit.value if unit else "Q"
    if anchor is None:
        return Value(SYMBOLS.get(code, "XXXX"), None, PRECISIONS[code], "stated")
    if code == "W" and "THIS" in kinds and context.behind and anchor.weekday() == 0:
        step = -1  # on a Monday, "this week saw" tells of the days before it
    value = unit_value(code, add(anchor, code, step), context.basis)
    if words[-2].text.lower() == "past":  # the past week runs up to today
        timex = value.timex if code == "Y" else _duration_timex(code, 1.0)
        return Value(timex, Stretch(add(anchor, code, -1), anchor), value.precision, value.basis)
    return _edge(words, value, context)


def _read_weekend(kinds: set[str], context: Context) -> Value:
    """The weekend: the last that has begun, or the coming one; "last" goes behind this week's."""
    anchor = context.anchor
    if anchor is None:
        return Value("XXXX-WXX-WE", None, "day", "stated")
    if "NEXT" in kinds or "THIS" in kinds or context.ahead:
        day = weekday_after(anchor, 5, strictly=False) if anchor.weekday() != 6 else anchor
        past_tense = "THIS" in kinds and not context.ahead and anchor.weekday() < 3
        return weekend_value(add(day, "W", -1) if past_tense else day, context.basis)
    return weekend_value(weekday_before(anchor, 5, strictly="LAST" in kinds), context.basis)


def read_rolling(words: Words, context: Context) -> Value | None:
    """The last five years, the past few days, the next two weeks: up to, or from, the anchor."""
    value = read_duration(words, context)
    unit = _of(words, "UNIT")
    if value is None or unit is None:
        return None
    count, anchor = _count(words), context.anchor
    if anchor is None:
        return value
    if count is None:  # the last few days: since when is not told
        open_end = Stretch(anchor, None) if _of(words, "NEXT") else Stretch(None, anchor)
        return value._replace(stretch=open_end, basis=context.basis)
    whole = int(count)
    if _of(words, "NEXT") or _of(words, "FOLLOWING"):
        stretch = Stretch(anchor, add(anchor, unit.value, whole))
    else:
        stretch = Stretch(add(anchor, unit.value, -whole), anchor)
    return value._replace(stretch=stretch, basis=context.basis)


def _count(words: Words) -> float | None:
    """How many units: a number, or 1 for "a week"; None for "a few", "several", bare plurals."""
    numbers = [w for w in words if w.kind in ("COUNT", "NUMBER", "DAY", "YEAR")]
    if numbers:
        return float(numbers[-1].value)
    if _of(words, "VAGUE"):
        return 2.0 if "couple" in (_of(words, "VAGUE") or words[0]).text.lower() else None
    unit = _of(words, "UNIT")
    return None if unit and unit.text.lower().endswith("s") else 1.0


def read_duration(words: Words, context: Context) -> Value | None:
    """Three days, a few weeks, two-year, more than four hours: a length, bound to no date."""
    del context
    unit = _of(words, "UNIT") or _of(words, "QUARTER")
    if not unit:
        return None
    code, count = (unit.value if unit.kind == "UNIT" else "Q"), _count(words)
    if count is not None and count > 1e6:
        return None
    return Value(_duration_timex(code, count), None, PRECISIONS[code], "stated")


def _duration_timex(code: str, count: float | None) -> str:
    """The TIMEX3 value of a length; decades and centuries in years, halves in the next unit."""
    if code in ("E", "C", "F", "Q") and count is not None:
        times, code = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W"), "Q": (3, "M")}[code]
        count *= times
    time, letter = ("T" if code.startswith("T") else ""), code[-1]
    if count is None:
        return f"P{time}X{letter}"
    whole, part = int(count), count - int(count)
    smaller = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if time else ("D", 30),
               "W": ("D", 7), "D": ("TH", 24), "S": ("", 0)}[letter]  # fmt: skip
    rest = f"{round(part * smaller[1])}{smaller[0]}" if part and smaller[0] else ""
    if rest.endswith("TH"):
        rest = "T" + rest.replace("T", "", 1)
    return f"P{time}{whole or '' if rest else whole}{letter if whole or not rest else ''}{rest}"


def read_ago(words: Words, context: Context) -> Value | None:
    """Three years ago, a week ago, days ago: the unit that lies so far behind the anchor."""
    unit, count, anchor = _of(words, "UNIT"), _count(words), context.anchor
    if not unit:
        return None
    if count is None or anchor is None:
        value = "PAST_REF" if count is None else SYMBOLS.get(unit.value, "PAST_REF")
        return Value(value, None, PRECISIONS[unit.value], "resolved")
    if unit.value == "Y" and count == 1 and context.in_quarter and context.previous_quarter:
        return read_known_quarter(
            words, context
        )  # "… in the quarter, up from $3 million a year ago"
    code = "Y" if unit.value == "E" else unit.value  # a decade ago is a year, if not to the year
    return unit_value(code, add(anchor, unit.value, -int(count)), context.basis)


def read_from_previous(words: Words, context: Context) -> Value | None:
    """Two days earlier, a year later, the next day: counted from the date named before."""
    unit = _of(words, "UNIT")
    part = _of(words, "PART")
    code, count = unit.value if unit else "D", _count(words)
    back = any(w.kind in ("EARLIER", "BEFORE", "PREVIOUS") for w in words)
    if part and not unit:  # the next morning
        count = 1.0
    if code == "Y" and count == 1 and back and context.in_quarter and context.previous_quarter:
        return read_known_quarter(words, context)
    value = context.previous_day if code in ("D", "W") else context.previous
    value = value or context.previous
    if count is None or value is None or value.stretch is None or value.stretch.first is None:
        if context.today and count is not None and back:  # a year earlier: than the report
            day = add(context.today, code, -int(count))
            return unit_value(code, day, "resolved")
        if not unit:
            return Value("XXXX-XX-XX" + (part.value if part else ""), None, "day", "previous")
        return Value(_duration_timex(code, count), None, PRECISIONS[code], "event")
    if code in ("TS", "TM", "TH"):
        return Value(_duration_timex(code, count), value.stretch, PRECISIONS[code], "previous")
    day = add(value.stretch.first, code, int(-count if back else count))
    found = unit_value(code, day, "previous")
    if code == "W" and value.precision == "day":  # two weeks later: a day, if not to the day
        found = day_value(day, "previous")
    return found._replace(timex=found.timex + part.value) if part else found


def read_same(words: Words, context: Context) -> Value | None:
    """The same day, that week, that year: the one that the date named before lies in."""
    unit, part = _of(words, "UNIT"), _of(words, "PART")
    code = unit.value if unit else "D"
    value = context.previous_day if code == "D" else context.previous
    value = value or context.previous
    if value is None or value.stretch is None or value.stretch.first is None:
        if _of(words, "THIS"):
            return None
        return Value(SYMBOLS.get(code, "XXXX"), None, PRECISIONS[code], "previous")
    found = unit_value(code, value.stretch.first, "previous")
    return _edge(words, found._replace(timex=found.timex + (part.value if part else "")), context)


def read_the_year(words: Words, context: Context) -> Value | None:
    """ "For the year", "year-end": the report's own."""
    if context.today is None:
        return Value("XXXX", None, "year", "stated")
    value = unit_value("Y", context.today, "resolved")
    return narrow(value, "end", context.today) if _of(words, "EDGE") else value


def read_that_time(words: Words, context: Context) -> Value | None:
    """ "At that time", "at the time": the stretch named before, under a reference to the past."""
    del words
    stretch = context.previous.stretch if context.previous else None
    precision = context.previous.precision if context.previous else "unknown"
    return Value("PAST_REF", stretch, precision, "previous")


def read_event_anchored(words: Words, context: Context) -> Value | None:
    """Days after X said, a week before the attack: open, since the event's time isn't known here."""
    value = read_duration(words, context)
    return value and value._replace(basis="event")


def read_set(words: Words, context: Context) -> Value | None:
    """Every day, each Friday, daily, annually: no stretch of the calendar."""
    del context
    weekday, month, unit = _of(words, "WEEKDAY"), _of(words, "MONTH"), _of(words, "UNIT")
    part = _of(words, "PART")
    if weekday:
        suffix = part.value if part else ""
        return Value(f"XXXX-WXX-{weekday.value + 1}{suffix}", None, "day", "stated")
    if month:
        return Value(f"XXXX-{month.value:02}", None, "month", "stated")
    if unit:
        return Value(
            _duration_timex(unit.value, _count(words) or 1.0),
            None,
            PRECISIONS[unit.value],
            "stated",
        )
    if part:
        return Value("XXXX-XX-XX" + part.value, None, "day", "stated")
    word = _of(words, "SET")
    return word and Value(word.value, None, "unknown", "stated")


def read_ref(words: Words, context: Context) -> Value | None:
    """Now, currently, recently, previously: the present, the past or the future as such."""
    word = _of(words, "REF")
    if _of(words, "NOW") or (word and word.value == "PRESENT_REF"):
        today = context.today
        stretch = Stretch(today, today) if today else None
        return Value("PRESENT_REF", stretch, "day" if today else "unknown", "resolved")
    if _of(words, "UNIT"):
        return read_duration(words, context)
    if words[0].kind in ("THE", "THIS"):  # in the past; under the current law
        past = words[-1].text.lower() == "past"
        return Value("PAST_REF" if past else "PRESENT_REF", None, "unknown", "resolved")
    return word and Value(word.value, None, "unknown", "resolved")


def read_holiday(words: Words, context: Context) -> Value | None:
    """Christmas Day, New Year's Eve, Thanksgiving (the American one)."""
    holiday = _of(words, "HOLIDAY")
    if not holiday:
        return None
    month, day = holiday.value
    year = _year_of(words, context) or _nearest_year(month, day or 25, context)
    if year is None:
        return Value(f"XXXX-{month:02}-{day or 0:02}".replace("-00", "-XX"), None, "day", "stated")
    if not day:  # the fourth Thursday
        return day_value(add(weekday_after(date(year, month, 1), 3, strictly=False), "W", 3))
    return _make_day(year, month, day, "stated" if _of(words, "YEAR") else context.basis)


def _with_clock(value: Value, clock: str) -> Value:
    return value._replace(timex=value.timex + clock, clock=clock, precision="minute")


def read_clock(words: Words, context: Context) -> Value | None:
    """4:00 A.M., 0100 UTC, 2 p.m., noon: on the day beside it, named before, or published."""
    clock = _clock_of(words)
    if clock is None:
        return None
    beside = context.day_here or (context.previous_day if context.narrative else None)
    beside = beside or context.previous_day
    day = beside.stretch.first if beside and beside.stretch else context.today
    if day is None:
        return Value("XXXX-XX-XX" + clock, None, "minute", "stated")
    return _with_clock(day_value(day, context.basis), clock)


def _clock_of(words: Words) -> str | None:
    noon = _of(words, "NOON")
    if noon:
        return str(noon.value)
    first = words[0] if words[0].kind in ("CLOCK", "DAY", "YEAR", "NUMBER", "COUNT") else words[1]
    if first.kind == "CLOCK":
        hour, minute = (int(n) for n in first.text.split(":")[:2])
    elif len(first.text) == 4 and first.text.isdigit():
        hour, minute = divmod(int(first.text), 100)
    else:
        hour, minute = int(first.value), 0
    half = _of(words, "AMPM")
    part = _of(words, "PART")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.text[0] in "pP" else 0)
    elif part and part.value in ("TAF", "TEV") and hour < 12:
        hour += 12
    return f"T{hour:02}:{minute:02}" if hour <= 24 and minute < 60 else None
