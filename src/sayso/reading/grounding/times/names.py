"""Times by their names on the calendar: dates, months, years, seasons, quarters, feasts."""

from __future__ import annotations

from datetime import date

from sayso.reading.grounding.times.calendar import (
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
    year_value,
)
from sayso.reading.grounding.times.context import (
    Context,
    Words,
    cut_to_edge,
    find_kind,
    make_day,
    with_clock,
)
from sayso.record import Basis

_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# A month and day without a year lie within this many days of the published date, else behind it.
NEAR_DAYS = 45
_NEARLY_A_YEAR = 350


def _two_digit_year(year: int, today: date | None) -> int:
    century = today.year // 100 if today else 20
    full = 100 * century + year
    return full - 100 if full > (today.year if today else 2049) + 20 else full


def year_of(words: Words, context: Context) -> int | None:
    """The year that the words name, or name by its distance ("of last year"), else None."""
    year = find_kind(words, "YEAR")
    if year:
        return int(year.value)
    short = find_kind(words, "SHORTYEAR")
    if short:
        return _two_digit_year(short.value, context.today)
    unit = next((w for w in words if w.kind == "UNIT" and w.value == "Y"), None)
    named = context.previous.stretch if context.previous else None
    if unit and (find_kind(words, "THAT") or find_kind(words, "SAME")):  # in March of that year
        return named.first.year if named and named.first else None
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
    return value if len(text) == 10 else with_clock(value, "T" + text[11:16])


def read_slash(words: Words, context: Context) -> Value | None:
    """12/26/2024 by the American order, 26/12/2024 and 26.12.2024 where only the other fits."""
    text = words[0].text
    first, second, year = (int(n) for n in text.replace(".", "/").split("/"))
    if len(text.replace(".", "/").split("/")[2]) == 2:
        year = _two_digit_year(year, context.today)
    pairs = [(second, first)] if "." in text else [(first, second), (second, first)]
    for month, day in pairs:
        value = make_day(year, month, day, "stated")
        if value:
            return value
    return None


def read_named(words: Words, context: Context) -> Value | None:
    """9/11, the one day that news names by its numbers."""
    del words, context
    return day_value(date(2001, 9, 11), "stated")


def read_full_date(words: Words, context: Context) -> Value | None:
    """December 26th, 2024; Thursday, 26 December 2024; the 26th of December, 2024."""
    month = find_kind(words, "MONTH")
    day = find_kind(words, "DAY") or find_kind(words, "ORDINAL")
    year = year_of(words, context)
    if not month or not day or year is None:
        return None
    stated = find_kind(words, "YEAR") is not None
    return make_day(year, month.value, day.value, "stated" if stated else "resolved")


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
        ahead = [d for d in dates if d >= anchor] or dates[-1:]
        if (ahead[0] - anchor).days < _NEARLY_A_YEAR:  # "by Jan. 14", told on the 15th, is past
            return ahead[0].year
    near = min(dates, key=lambda d: abs((d - anchor).days))
    if abs((near - anchor).days) <= NEAR_DAYS:
        return near.year
    past = [d for d in dates if d <= anchor]
    return past[-1].year if past else dates[0].year


def read_month_day(words: Words, context: Context) -> Value | None:
    """Dec. 26th, 26 December, Thursday Dec. 26: the nearest year, else the last past one."""
    month = find_kind(words, "MONTH")
    day = find_kind(words, "DAY") or find_kind(words, "ORDINAL")
    if not month or not day or not 1 <= day.value <= 31:
        return None
    year = context.year or _nearest_year(month.value, day.value, context)
    if year is None:
        return Value(f"XXXX-{month.value:02}-{day.value:02}", None, "day", "stated")
    return make_day(year, month.value, day.value, context.basis)


def read_day_range(words: Words, context: Context) -> Value | None:
    """Dec. 26-28; 26 to 28 December 2024; the days from the first to the second."""
    month = find_kind(words, "MONTH")
    days = [w for w in words if w.kind in ("DAY", "ORDINAL")]
    if not month or len(days) != 2 or days[0].value >= days[1].value:
        return None
    year = year_of(words, context)
    basis: Basis = "stated" if year else context.basis
    year = year or context.year or _nearest_year(month.value, days[0].value, context)
    timexes = [f"{month.value:02}-{d.value:02}" for d in days]
    if year is None:
        return Value(f"XXXX-{timexes[0]}/XXXX-{timexes[1]}", None, "day", "stated")
    ends = [make_day(year, month.value, d.value, basis) for d in days]
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
    month = find_kind(words, "MONTH")
    if not month:
        return None
    number, anchor = month.value, context.anchor
    year = year_of(words, context)
    basis: Basis = "stated" if find_kind(words, "YEAR") else context.basis
    if year is None:
        year = context.year or (_month_year(number, words, context, anchor) if anchor else None)
    if year is None:
        return Value(f"XXXX-{number:02}", None, "month", "stated")
    return cut_to_edge(words, month_value(year, number, basis), context)


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
    year = year_of(words, context)
    if year is None or not is_year(year):
        return None
    return cut_to_edge(words, year_value(year, "stated"), context)


def read_bc(words: Words, context: Context) -> Value | None:
    """202 BC: a value without days, since the calendar here begins with year 1."""
    del context
    return Value(f"BC{int(words[0].value):04}", None, "year", "stated")


def read_season(words: Words, context: Context) -> Value | None:
    """The summer of 2019, last winter, this spring: months of the northern hemisphere."""
    season = find_kind(words, "SEASON")
    if not season:
        return None
    anchor, kinds = context.anchor, {w.kind for w in words}
    year = year_of(words, context)
    if year is not None:
        basis: Basis = "stated" if find_kind(words, "YEAR") else "resolved"
        return cut_to_edge(words, season_value(year, season.value, basis), context)
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
    return cut_to_edge(words, season_value(year, season.value, context.basis), context)


def read_quarter(words: Words, context: Context) -> Value | None:
    """The third quarter (of 2019), the first half of the year; else the last that has begun."""
    ordinal, half = find_kind(words, "ORDINAL"), find_kind(words, "HALF") is not None
    which = ordinal.value if ordinal else 2  # "the last half"
    if not 1 <= which <= (2 if half else 4):
        return None
    year, basis = year_of(words, context), "stated" if find_kind(words, "YEAR") else "resolved"
    months = 6 if half else 3
    if year is None and context.anchor:
        year = context.anchor.year
        if find_kind(words, "UNIT") is None and not context.ahead:
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
    """The one named before: "the quarter", "the latest period", "the year-ago quarter".

    Without one, the latest quarter is the last that was over. `context.previous_quarter` is never
    one that was named only to compare with it.
    """
    value, today = context.previous_quarter, context.today
    first = value.stretch.first if value and value.stretch else None
    if find_kind(words, "LATEST") and today and (first is None or add(first, "Q", 1) > today):
        first = add(today, "Q", -1)
    if first is None:
        return None
    year = None if is_year_ago(words) else year_of(words, context)
    if year:  # "the 1988 quarter", "last year's period"
        first = first.replace(year=year, day=1)
    return unit_value("Q", add(first, "Y", -is_year_ago(words)), "previous")


def is_year_ago(words: Words) -> bool:
    """True for what is named to compare with: "a year earlier", "the year-ago quarter"."""
    return any(w.kind in ("YEARAGO", "AGO", "EARLIER") for w in words)


def read_decade(words: Words, context: Context) -> Value | None:
    """The 1990s, the late '80s, the nineties."""
    decade = find_kind(words, "DECADE")
    return decade and cut_to_edge(words, decade_value(int(decade.value), "stated"), context)


def read_century(words: Words, context: Context) -> Value | None:
    """The 19th century: 1800 to 1899, as TIMEX3 has it."""
    ordinal = find_kind(words, "ORDINAL")
    if not ordinal or not 1 <= ordinal.value <= 22:
        return None
    return cut_to_edge(words, century_value(ordinal.value - 1, "stated"), context)


def read_holiday(words: Words, context: Context) -> Value | None:
    """Christmas Day, New Year's Eve, Thanksgiving (the American one)."""
    holiday = find_kind(words, "HOLIDAY")
    if not holiday:
        return None
    month, day = holiday.value
    year = year_of(words, context) or _nearest_year(month, day or 25, context)
    if year is None:
        return Value(f"XXXX-{month:02}-{day or 0:02}".replace("-00", "-XX"), None, "day", "stated")
    if not day:  # the fourth Thursday
        return day_value(add(weekday_after(date(year, month, 1), 3, strictly=False), "W", 3))
    return make_day(year, month, day, "stated" if find_kind(words, "YEAR") else context.basis)


def read_the_year(words: Words, context: Context) -> Value | None:
    """The report's own year: "for the year", "year-end"."""
    if context.today is None:
        return Value("XXXX", None, "year", "stated")
    value = unit_value("Y", context.today, "resolved")
    return narrow(value, "end", context.today) if find_kind(words, "BORDER") else value
