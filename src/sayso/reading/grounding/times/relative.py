"""Times by their distance: from the published day, from the date named before, from an event."""

from __future__ import annotations

import math

from sayso.reading.grounding.times.calendar import (
    PRECISIONS,
    SYMBOLS,
    Stretch,
    Value,
    add,
    day_value,
    unit_value,
    weekday_after,
    weekday_before,
    weekend_value,
)
from sayso.reading.grounding.times.context import (
    Context,
    Words,
    cut_to_edge,
    find_kind,
)
from sayso.reading.grounding.times.lengths import (
    count_units,
    length_timex,
    read_duration,
)
from sayso.reading.grounding.times.names import (
    read_known_quarter,
)


def read_weekday(words: Words, context: Context) -> Value | None:
    """Friday, last Friday, Friday night: the last such day, or the next where words say so."""
    weekday = find_kind(words, "WEEKDAY")
    if not weekday:
        return None
    part = find_kind(words, "PART")
    suffix = part.value if part else ""
    anchor, kinds = context.anchor, {w.kind for w in words}
    if weekday.text.lower().endswith("days"):
        return Value(f"XXXX-WXX-{weekday.value + 1}{suffix}", None, "day", "stated")
    if anchor is None:
        return Value(f"XXXX-WXX-{weekday.value + 1}{suffix}", None, "day", "stated")
    unit = find_kind(words, "UNIT")
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
    weekday, number = (
        find_kind(words, "WEEKDAY"),
        find_kind(words, "DAY") or find_kind(words, "ORDINAL"),
    )
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
    """Yesterday, today, tonight, tomorrow morning; overnight: from the day before to this one."""
    dayword, part = find_kind(words, "DAYWORD"), find_kind(words, "PART")
    if not dayword:
        return None
    step, suffix = dayword.value
    suffix = part.value if part else suffix
    if context.anchor is None:
        return Value("XXXX-XX-XX" + suffix, None, "day", "stated")
    value = day_value(add(context.anchor, "D", step), context.basis)
    if dayword.text.lower() == "overnight" and value.stretch:
        value = value._replace(stretch=Stretch(value.stretch.first, context.anchor))
    return value._replace(timex=value.timex + suffix)


def read_near_unit(words: Words, context: Context) -> Value | None:
    """Last week, this month, next year, last night, the weekend."""
    kinds = {w.kind for w in words}
    step = -1 if "LAST" in kinds else 1 if "NEXT" in kinds else 0
    part, weekend, unit = (
        find_kind(words, "PART"),
        find_kind(words, "WEEKEND"),
        find_kind(words, "UNIT"),
    )
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
        timex = value.timex if code == "Y" else length_timex(code, 1.0)
        return Value(timex, Stretch(add(anchor, code, -1), anchor), value.precision, value.basis)
    return cut_to_edge(words, value, context)


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
    unit = find_kind(words, "UNIT")
    if value is None or unit is None:
        return None
    count, anchor = count_units(words), context.anchor
    if anchor is None:
        return value
    if count is None:  # the last few days: since when is not told
        open_end = Stretch(anchor, None) if find_kind(words, "NEXT") else Stretch(None, anchor)
        return value._replace(stretch=open_end, basis=context.basis)
    whole, code = int(count), unit.value
    if code == "TH":  # "the past 24 hours": since yesterday
        whole, code = math.ceil(count / 24), "D"
    if find_kind(words, "NEXT") or find_kind(words, "FOLLOWING"):
        stretch = Stretch(anchor, add(anchor, code, whole))
    else:
        stretch = Stretch(add(anchor, code, -whole), anchor)
    return value._replace(stretch=stretch, basis=context.basis)


def read_ago(words: Words, context: Context) -> Value | None:
    """Three years ago, a week ago, days ago: the unit that lies so far behind the anchor."""
    unit, count, anchor = find_kind(words, "UNIT"), count_units(words), context.anchor
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
    unit = find_kind(words, "UNIT")
    part = find_kind(words, "PART")
    code, count = unit.value if unit else "D", count_units(words)
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
        return Value(length_timex(code, count), None, PRECISIONS[code], "event")
    if code in ("TS", "TM", "TH"):
        return Value(length_timex(code, count), value.stretch, PRECISIONS[code], "previous")
    day = add(value.stretch.first, code, int(-count if back else count))
    found = unit_value(code, day, "previous")
    if code == "W" and value.precision == "day":  # two weeks later: a day, if not to the day
        found = day_value(day, "previous")
    return found._replace(timex=found.timex + part.value) if part else found


def read_same(words: Words, context: Context) -> Value | None:
    """The same day, that week, that year: the one that the date named before lies in."""
    unit, part = find_kind(words, "UNIT"), find_kind(words, "PART")
    code = unit.value if unit else "D"
    value = context.previous_day if code == "D" else context.previous
    value = value or context.previous
    if value is None or value.stretch is None or value.stretch.first is None:
        if find_kind(words, "THIS"):
            return None
        return Value(SYMBOLS.get(code, "XXXX"), None, PRECISIONS[code], "previous")
    found = unit_value(code, value.stretch.first, "previous")
    return cut_to_edge(
        words, found._replace(timex=found.timex + (part.value if part else "")), context
    )


def read_that_time(words: Words, context: Context) -> Value | None:
    """The stretch named before, as a reference to the past: "at that time"."""
    del words
    stretch = context.previous.stretch if context.previous else None
    precision = context.previous.precision if context.previous else "unknown"
    return Value("PAST_REF", stretch, precision, "previous")


def read_event_anchored(words: Words, context: Context) -> Value | None:
    """Days after X said, a week before the attack: open, the event's time isn't known here."""
    value = read_duration(words, context)
    return value and value._replace(basis="event")


def read_ref(words: Words, context: Context) -> Value | None:
    """Now, currently, recently, previously: the present, the past or the future as such."""
    word = find_kind(words, "REF")
    if find_kind(words, "NOW") or (word and word.value == "PRESENT_REF"):
        today = context.today
        stretch = Stretch(today, today) if today else None
        return Value("PRESENT_REF", stretch, "day" if today else "unknown", "resolved")
    if find_kind(words, "UNIT"):
        return read_duration(words, context)
    if word:
        return Value(word.value, None, "unknown", "resolved")
    past = words[-1].text.lower() == "past"  # in the past; under current law
    return Value("PAST_REF" if past else "PRESENT_REF", None, "unknown", "resolved")
