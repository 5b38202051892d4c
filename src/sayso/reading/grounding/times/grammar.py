"""The grammar of times: rules over kinds of words, in the order in which they are tried.

A rule that takes a word keeps it from those below. Where the order matters, its sentence stands
beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sayso.reading.grounding.times import lengths, names, relative
from sayso.reading.grounding.times.calendar import Value
from sayso.reading.grounding.times.context import Context, Words
from sayso.reading.grounding.times.guards import (
    ends_in,
    ends_phrase,
    hangs_on_date,
    is_any_year,
    is_bare_length,
    is_clock_hour,
    is_day_range,
    is_event,
    is_for_the_year,
    is_holiday,
    is_length,
    is_lower,
    is_month,
    is_near,
    is_near_weekday,
    is_own_night,
    is_part_of_day,
    is_past_day,
    is_past_or_current,
    is_ref,
    is_season,
    is_set,
    is_that_unit,
    is_week_of,
    is_year_end,
    not_compound,
)
from sayso.reading.grounding.times.words import LETTER, Word

Read = Callable[[Words, Context], Value | None]
Guard = Callable[[list[Word], int, int], bool]

_MACROS = {
    "NUM": "(?:COUNT|NUMBER|DAY|YEAR)",
    "DAYNUM": "(?:DAY|ORDINAL)",
    "EDGES": "(?:THE? BORDER OF|THE? EDGE (?:OF|DASH|IN|ON)?|EARLIER|LATER)",
    "NEAR": "(?:LAST|THIS|NEXT)",
    "ANYYEAR": "(?:YEAR|SHORTYEAR)",
    "THATYEAR": "(?:COMMA? OF? (?:FISCAL? YEAR|SHORTYEAR)|COMMA? OF? (?:THE? PREVIOUS|NEAR) UNIT"
    "|(?:OF|IN) (?:THAT|THE) SAME? UNIT)",
    "MANY": "(?:THE|A)? HEDGE? (?:(?:NUM (?:TO|OR|AND))? NUM|VAGUE)? MORE? DASH?",
}


_STRETCH = re.compile(f"[^{LETTER['OTHER']}{LETTER['BREAK']}{LETTER['STOP']}{LETTER['MONEY']}]+")
_NAMING = re.compile(
    "|".join(
        LETTER[kind]
        for kind in (
            "ISO SLASH NAMED CLOCK YEAR SHORTYEAR DECADE BC AMPM ZONE OCLOCK MONTH WEEKDAY DAYWORD "
            "UNIT WEEKEND PART NOON SEASON QUARTER HALF HOLIDAY LAST THIS REF SET NOW THEN PERIOD "
            "YEARAGO"
        ).split()
    )
)


class Rule(NamedTuple):
    """A manner of naming a time: its pattern of kinds, how it is read, what forbids it."""

    pattern: re.Pattern[str]
    read: Read
    allows: Guard | None


def _compile(pattern: str) -> re.Pattern[str]:
    for _ in range(3):  # macros may hold macros
        pattern = re.sub(r"[A-Z]+", lambda m: _MACROS.get(m[0], m[0]), pattern)
    letters = re.sub(r"[A-Z]+", lambda m: LETTER[m[0]], pattern)
    return re.compile(letters.replace(" ", ""))


def _rule(pattern: str, read: Read, allows: Guard | None = None) -> Rule:
    return Rule(_compile(pattern), read, allows)


RULES: tuple[Rule, ...] = (
    _rule("ISO", names.read_iso),
    _rule("SLASH", names.read_slash),
    _rule("NAMED", names.read_named),
    _rule("NUM BC", names.read_bc),
    # ranges of days before single days: "Dec. 26-28" would be Dec. 26 and a loose 28
    _rule(
        "MONTH DAYNUM (?:DASH|TO|AND|UNTIL) DAYNUM (?:COMMA? YEAR)?",
        names.read_day_range,
        is_day_range,
    ),
    _rule(
        "THE? DAYNUM (?:DASH|TO|AND|UNTIL) THE? DAYNUM OF? MONTH (?:COMMA? YEAR)?",
        names.read_day_range,
    ),
    # whole dates before months and years: "January 24, 2019" holds "January" and "2019"
    _rule(
        "(?:EDGES COMMA?)? (?:(?:THIS? NEXT)? WEEKDAY COMMA? ON?)? THE? MONTH (?:THE? DAYNUM) "
        "COMMA? (?:OF)? ANYYEAR",
        names.read_full_date,
    ),
    _rule(
        "(?:WEEKDAY COMMA?)? (?:THE)? DAYNUM (?:OF|DASH)? MONTH (?:COMMA|DASH)? OF? ANYYEAR",
        names.read_full_date,
    ),
    _rule("MONTH DAYNUM COMMA? OF? (?:NEAR|THAT|THE SAME) UNIT", names.read_full_date),
    _rule("EDGES? (?:(?:THIS? NEXT)? WEEKDAY COMMA?)? MONTH THE? DAYNUM", names.read_month_day),
    _rule("(?:WEEKDAY COMMA?)? THE? DAYNUM OF? MONTH", names.read_month_day),
    _rule("WEEKDAY COMMA? THE? DAYNUM", relative.read_weekday_number, ends_phrase),
    # "the year-ago third quarter" before "the third quarter", "the 1988 period" before "1988"
    _rule("THE? YEARAGO (?:ORDINAL? QUARTER|PERIOD)", names.read_known_quarter),
    _rule("(?:THE ANYYEAR|LAST UNIT APOS) (?:QUARTER|PERIOD)", names.read_known_quarter),
    # months and quarters with their year before bare years: "the third quarter of 1984"
    _rule(
        "EDGES? MONTH THATYEAR",
        names.read_month,
        ends_in("Y", unless=True),
    ),
    _rule("THE? ANYYEAR FISCAL? ORDINAL DASH? (?:QUARTER|HALF)", names.read_quarter),
    _rule("NEAR UNIT APOS FISCAL? ORDINAL DASH? (?:QUARTER|HALF)", names.read_quarter),
    _rule(
        "THE? NEAR? FISCAL? DASH? ORDINAL DASH? FISCAL? (?:QUARTER|HALF) (?:THATYEAR)?",
        names.read_quarter,
        ends_in("Y", unless=True),
    ),
    _rule(
        "EDGES? THE? (?:EDGES)? SEASON THATYEAR",
        names.read_season,
        ends_in("Y", unless=True),
    ),
    _rule("EDGES? (?:THE|THIS)? NEAR SEASON", names.read_season),
    _rule("EDGES? NEAR MONTH", names.read_month),
    _rule("EDGES? THE? ORDINAL DASH? UNIT", names.read_century, ends_in("C")),
    _rule("THE? EDGES? THE? DECADE", names.read_decade),
    # "every Friday" before "Friday", "every day" before "day"
    _rule(
        "EVERY MORE? (?:NUM|ORDINAL)? (?:UNIT|MONTH|WEEKDAY PART?|PART)",
        lengths.read_set,
        is_set,
    ),
    # "Friday last week" before "last week"; "last Friday" before "Friday"
    _rule(
        "EDGES? (?:ON )?(?:THE? (?:LAST|NEXT|PREVIOUS|FOLLOWING)|THIS NEXT?)? WEEKDAY "
        "(?:OF? NEAR UNIT|PART)?",
        relative.read_weekday,
        is_near_weekday,
    ),
    _rule("EDGES? DAYWORD PART?", relative.read_dayword, is_own_night),
    # "noon Thursday" is joined later: a clock is read beside its day
    _rule("(?:AT )?(?:CLOCK|NUM) (?:AMPM|OCLOCK) (?:OPEN? ZONE CLOSE?)?", lengths.read_clock),
    _rule("(?:NUM|CLOCK) IN THE PART", lengths.read_clock),
    _rule("(?:CLOCK|YEAR|NUMBER) ZONE", lengths.read_clock),
    _rule("CLOCK", lengths.read_clock, is_clock_hour),
    _rule("NOON", lengths.read_clock, not_compound),
    # "last night", "this morning" before "night"; "last five years" before "five years"
    _rule(
        "EDGES? (?:LAST|THIS|NEXT) PART",
        relative.read_near_unit,
        is_part_of_day,
    ),
    _rule("EDGES? THE? NEXT PART", relative.read_from_previous),
    _rule(
        "THE? HEDGE? (?:LAST|NEXT|FOLLOWING|PREVIOUS) HEDGE? "
        "(?:(?:NUM (?:TO|OR))? NUM|VAGUE) MORE? UNIT",
        relative.read_rolling,
    ),
    _rule(
        "EDGES? THE? (?:LAST|THIS|NEXT) FISCAL? (?:UNIT|WEEKEND)",
        relative.read_near_unit,
        is_near,
    ),
    _rule("THE LAST UNIT", relative.read_rolling, is_past_day),
    _rule("EDGES? THE WEEKEND", relative.read_near_unit),
    _rule("(?:HEDGE )?MANY UNIT AGO", relative.read_ago),
    _rule("THE UNIT OF", relative.read_event_anchored, is_week_of),
    _rule("(?:HEDGE )?MANY UNIT (?:AFTER|BEFORE)", relative.read_event_anchored, is_event),
    _rule(
        "(?:HEDGE )?(?:A|NUM|VAGUE) MORE? UNIT (?:EARLIER|LATER|BEFORE|AFTER)",
        relative.read_from_previous,
    ),
    _rule(
        "EDGES? THE? (?:NEXT|FOLLOWING|PREVIOUS) (?:UNIT|PART)",
        relative.read_from_previous,
        hangs_on_date,
    ),
    _rule("EDGES? (?:THE|THAT) SAME (?:UNIT|PART)", relative.read_same),
    _rule(
        "EDGES? THAT (?:UNIT|PART)",
        relative.read_same,
        is_that_unit,
    ),
    _rule(
        "(?:THE? (?:EDGE|BORDER)|EARLIER|LATER) (?:OF|IN)? THE UNIT",
        relative.read_same,
        ends_in("D", "W", "M", "Y", "Q"),
    ),
    _rule("EDGES? THE? HOLIDAY (?:COMMA? YEAR)?", names.read_holiday, is_holiday),
    _rule("EDGES? MONTH", names.read_month, is_month),
    _rule("EDGES? THE? FISCAL? ANYYEAR", names.read_year, is_any_year),
    _rule("EDGES? THE? SEASON", names.read_season, is_season),
    _rule("THE LATEST (?:QUARTER|PERIOD)|THE QUARTER|YEARAGO", names.read_known_quarter),
    _rule(
        "(?:HEDGE )?(?:THE|A)? HEDGE? (?:(?:NUM (?:TO|OR|AND))? NUM|VAGUE|A) MORE? DASH? UNIT",
        lengths.read_duration,
        is_length,
    ),
    _rule("REF UNIT", relative.read_ref),
    _rule(
        "UNIT DASH? BORDER|UNIT APOS BORDER",
        names.read_the_year,
        is_year_end,
    ),
    _rule(
        "THE UNIT",
        names.read_the_year,
        is_for_the_year,
    ),
    _rule("UNIT", lengths.read_duration, is_bare_length),
    _rule("SET", lengths.read_set, is_lower),
    _rule("THEN", relative.read_that_time),
    _rule("NOW|THE? REF", relative.read_ref, is_ref),
    _rule("THE LAST|THIS", relative.read_ref, is_past_or_current),
)


class Found(NamedTuple):
    """Words `[first, last)` that a rule took."""

    first: int
    last: int
    rule: Rule


def match_rules(words: list[Word]) -> list[Found]:
    """What the rules take, in the order of the text; no two share a word."""
    shape, places = _fold("".join(LETTER[w.kind] for w in words))
    taken = bytearray(len(shape))
    found = []
    for rule in RULES:
        for i, j in _free_matches(rule, shape, taken):
            first, last = places[i], places[j - 1] + 1
            if rule.allows is None or rule.allows(words, first, last):
                taken[i:j] = b"\1" * (j - i)
                found.append(Found(first, last, rule))
    return sorted(found, key=lambda f: f.first)


def _fold(shape: str) -> tuple[str, list[int]]:
    """The stretches of a shape in which a rule can match, and where each of their letters stands.

    No rule crosses a word that is not of time, and each holds one of the kinds that name a time:
    so most of a text is left out before the rules are tried.
    """
    folded: list[str] = []
    places: list[int] = []
    for stretch in _STRETCH.finditer(shape):
        if _NAMING.search(stretch.group()):
            folded += (stretch.group(), LETTER["OTHER"])
            places += (*range(stretch.start(), stretch.end()), stretch.end())
    return "".join(folded), places


def _free_matches(rule: Rule, shape: str, taken: bytearray) -> Iterator[tuple[int, int]]:
    at = 0
    while match := rule.pattern.search(shape, at):
        i, j = match.span()
        used = taken.find(1, i, j)
        if used < 0:
            yield i, j
            at = j
        else:
            at = max(used, i) + 1
