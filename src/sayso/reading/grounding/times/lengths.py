"""Lengths, repetitions and clock times: P3D, every Friday, 4 a.m."""

from __future__ import annotations

from sayso.reading.grounding.times.calendar import (
    PRECISIONS,
    Value,
    day_value,
)
from sayso.reading.grounding.times.context import (
    Context,
    Words,
    find_kind,
    with_clock,
)


def count_units(words: Words) -> float | None:
    """How many units: a number, or 1 for "a week"; None for "a few", "several", bare plurals."""
    numbers = [w for w in words if w.kind in ("COUNT", "NUMBER", "DAY", "YEAR")]
    if numbers:
        return float(numbers[-1].value)
    if find_kind(words, "VAGUE"):
        return 2.0 if "couple" in (find_kind(words, "VAGUE") or words[0]).text.lower() else None
    unit = find_kind(words, "UNIT")
    return None if unit and unit.text.lower().endswith("s") else 1.0


def read_duration(words: Words, context: Context) -> Value | None:
    """Three days, a few weeks, two-year, more than four hours: a length, bound to no date."""
    del context
    unit = find_kind(words, "UNIT") or find_kind(words, "QUARTER")
    if not unit:
        return None
    code, count = (unit.value if unit.kind == "UNIT" else "Q"), count_units(words)
    if count is not None and count > 1e6:
        return None
    return Value(length_timex(code, count), None, PRECISIONS[code], "stated")


def length_timex(code: str, count: float | None) -> str:
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


def read_set(words: Words, context: Context) -> Value | None:
    """Every day, each Friday, daily, annually: no stretch of the calendar."""
    del context
    weekday, month, unit = (
        find_kind(words, "WEEKDAY"),
        find_kind(words, "MONTH"),
        find_kind(words, "UNIT"),
    )
    part = find_kind(words, "PART")
    if weekday:
        suffix = part.value if part else ""
        return Value(f"XXXX-WXX-{weekday.value + 1}{suffix}", None, "day", "stated")
    if month:
        return Value(f"XXXX-{month.value:02}", None, "month", "stated")
    if unit:
        return Value(
            length_timex(unit.value, count_units(words) or 1.0),
            None,
            PRECISIONS[unit.value],
            "stated",
        )
    if part:
        return Value("XXXX-XX-XX" + part.value, None, "day", "stated")
    word = find_kind(words, "SET")
    return word and Value(word.value, None, "unknown", "stated")


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
    return with_clock(day_value(day, beside.basis if beside else context.basis), clock)


def _clock_of(words: Words) -> str | None:
    noon = find_kind(words, "NOON")
    if noon:
        return str(noon.value)
    first = words[0] if words[0].kind in ("CLOCK", "DAY", "YEAR", "NUMBER", "COUNT") else words[1]
    if first.kind == "CLOCK":
        hour, minute = (int(n) for n in first.text.split(":")[:2])
    elif len(first.text) == 4 and first.text.isdigit():
        hour, minute = divmod(int(first.text), 100)
    else:
        hour, minute = int(first.value), 0
    half = find_kind(words, "AMPM")
    part = find_kind(words, "PART")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.text[0] in "pP" else 0)
    elif part and part.value in ("TAF", "TEV") and hour < 12:
        hour += 12
    return f"T{hour:02}:{minute:02}" if hour <= 24 and minute < 60 else None
