"""The grammar of times: rules over kinds of words, in the order in which they are tried.

A rule that takes a word keeps it from those below. Where the order matters, its sentence stands
beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sayso.reading.grounding import dates_values as values
from sayso.reading.grounding.dates_calendar import Value
from sayso.reading.grounding.dates_guards import (
    ends_phrase,
    ends_range,
    is_any_year,
    is_bare_length,
    is_clock_hour,
    is_event,
    is_holiday,
    is_length,
    is_month,
    is_near,
    is_past_or_current,
    is_ref,
    is_season,
    is_week_of,
    is_weekday,
    kind_at,
    not_compound,
)
from sayso.reading.grounding.dates_values import Context, Words
from sayso.reading.grounding.dates_words import LETTER, Word

Read = Callable[[Words, Context], Value | None]
Guard = Callable[[list[Word], int, int], bool]

_MACROS = {
    "NUM": "(?:COUNT|NUMBER|DAY|YEAR)",
    "DAYNUM": "(?:DAY|ORDINAL)",
    "EDGES": "(?:(?:THE? EDGE (?:OF|DASH|IN|ON)?)|EARLIER|LATER)",
    "NEAR": "(?:LAST|THIS|NEXT)",
    "ANYYEAR": "(?:YEAR|SHORTYEAR)",
    "THATYEAR": "(?:COMMA? OF? (?:FISCAL? YEAR|SHORTYEAR)|COMMA? OF? (?:THE? PREVIOUS|NEAR) UNIT)",
    "MANY": "(?:THE|A)? HEDGE? (?:(?:NUM (?:TO|OR|AND))? NUM|VAGUE)? MORE? DASH?",
}


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
    _rule("ISO", values.read_iso),
    _rule("SLASH", values.read_slash),
    _rule("NAMED", values.read_named),
    _rule("NUM BC", values.read_bc),
    # ranges of days before single days: "Dec. 26-28" would be Dec. 26 and a loose 28
    _rule(
        "MONTH DAYNUM (?:DASH|TO|AND|UNTIL) DAYNUM (?:COMMA? YEAR)?",
        values.read_day_range,
        lambda w, i, j: w[i + 1].kind == w[i + 3].kind and ends_range(w, i, j),
    ),
    _rule(
        "THE? DAYNUM (?:DASH|TO|AND|UNTIL) THE? DAYNUM OF? MONTH (?:COMMA? YEAR)?",
        values.read_day_range,
    ),
    # whole dates before months and years: "January 24, 2019" holds "January" and "2019"
    _rule(
        "(?:EDGES COMMA?)? (?:(?:THIS? NEXT)? WEEKDAY COMMA? ON?)? THE? MONTH (?:THE? DAYNUM) "
        "COMMA? (?:OF)? ANYYEAR",
        values.read_full_date,
    ),
    _rule(
        "(?:WEEKDAY COMMA?)? (?:THE)? DAYNUM (?:OF|DASH)? MONTH (?:COMMA|DASH)? OF? ANYYEAR",
        values.read_full_date,
    ),
    _rule("MONTH DAYNUM COMMA? (?:OF)? NEAR UNIT", values.read_full_date),
    _rule("EDGES? (?:(?:THIS? NEXT)? WEEKDAY COMMA?)? MONTH THE? DAYNUM", values.read_month_day),
    _rule("(?:WEEKDAY COMMA?)? THE? DAYNUM OF? MONTH", values.read_month_day),
    _rule("WEEKDAY COMMA? THE? DAYNUM", values.read_weekday_number, ends_phrase),
    # months and quarters with their year before bare years: "the third quarter of 1984"
    _rule(
        "EDGES? MONTH THATYEAR",
        values.read_month,
        lambda w, i, j: w[j - 1].kind != "UNIT" or w[j - 1].value == "Y",
    ),
    _rule("THE? ANYYEAR FISCAL? ORDINAL DASH? (?:QUARTER|HALF)", values.read_quarter),
    _rule("NEAR UNIT APOS FISCAL? ORDINAL DASH? (?:QUARTER|HALF)", values.read_quarter),
    _rule(
        "THE? NEAR? FISCAL? DASH? ORDINAL DASH? FISCAL? (?:QUARTER|HALF) (?:THATYEAR)?",
        values.read_quarter,
        lambda w, i, j: w[j - 1].kind != "UNIT" or w[j - 1].value == "Y",
    ),
    _rule(
        "EDGES? THE? (?:EDGES)? SEASON THATYEAR",
        values.read_season,
        lambda w, i, j: w[j - 1].kind != "UNIT" or w[j - 1].value == "Y",
    ),
    _rule("EDGES? (?:THE|THIS)? NEAR SEASON", values.read_season),
    _rule("EDGES? NEAR MONTH", values.read_month),
    _rule(
        "EDGES? THE? ORDINAL DASH? UNIT", values.read_century, lambda w, i, j: w[j - 1].value == "C"
    ),
    _rule("THE? EDGES? THE? DECADE", values.read_decade),
    # "every Friday" before "Friday", "every day" before "day"
    _rule(
        "EVERY (?:OTHER )?(?:NUM|ORDINAL)? (?:UNIT|MONTH|WEEKDAY PART?|PART)",
        values.read_set,
        lambda w, i, j: w[j - 1].value not in ("TS",),
    ),
    # "Friday last week" before "last week"; "last Friday" before "Friday"
    _rule(
        "EDGES? (?:ON )?(?:THE? (?:LAST|NEXT|PREVIOUS|FOLLOWING)|THIS NEXT?)? WEEKDAY "
        "(?:OF? NEAR UNIT|PART)?",
        values.read_weekday,
        lambda w, i, j: is_weekday(w, i, j) and (w[j - 1].kind != "UNIT" or w[j - 1].value == "W"),
    ),
    _rule("EDGES? DAYWORD PART?", values.read_dayword),
    # "noon Thursday" is joined later: a clock is read beside its day
    _rule("(?:AT )?(?:CLOCK|NUM) (?:AMPM|OCLOCK) (?:OPEN? ZONE CLOSE?)?", values.read_clock),
    _rule("(?:NUM|CLOCK) IN THE PART", values.read_clock),
    _rule("(?:CLOCK|YEAR|NUMBER) ZONE", values.read_clock),
    _rule("CLOCK", values.read_clock, is_clock_hour),
    _rule("NOON", values.read_clock, not_compound),
    # "last night", "this morning" before "night"; "last five years" before "five years"
    _rule(
        "EDGES? (?:LAST|THIS|NEXT) PART",
        values.read_near_unit,
        lambda w, i, j: w[j - 2].kind != "NEXT" and w[j - 2].text.lower() != "current",
    ),
    _rule("EDGES? THE? NEXT PART", values.read_from_previous),
    _rule(
        "THE? (?:HEDGE )?(?:LAST|NEXT|FOLLOWING|PREVIOUS) HEDGE? (?:(?:NUM (?:TO|OR))? NUM|VAGUE) MORE? UNIT",
        values.read_rolling,
    ),
    _rule(
        "EDGES? THE? (?:LAST|THIS|NEXT) FISCAL? (?:UNIT|WEEKEND)",
        values.read_near_unit,
        lambda w, i, j: is_near(w, i, j),
    ),
    _rule("EDGES? THE WEEKEND", values.read_near_unit),
    _rule("(?:HEDGE )?MANY UNIT AGO", values.read_ago),
    _rule("THE UNIT OF", values.read_event_anchored, is_week_of),
    _rule("(?:HEDGE )?MANY UNIT (?:AFTER|BEFORE)", values.read_event_anchored, is_event),
    _rule(
        "(?:HEDGE )?(?:A|NUM|VAGUE) MORE? UNIT (?:EARLIER|LATER|BEFORE|AFTER)",
        values.read_from_previous,
    ),
    _rule(
        "EDGES? THE? (?:NEXT|FOLLOWING|PREVIOUS) (?:UNIT|PART)",
        values.read_from_previous,
        lambda w, i, j: w[i].kind == "THE" or w[j - 2].kind in ("FOLLOWING", "PREVIOUS"),
    ),
    _rule("EDGES? (?:THE|THAT) SAME (?:UNIT|PART)", values.read_same),
    _rule(
        "EDGES? THAT (?:UNIT|PART)",
        values.read_same,
        lambda w, i, j: w[j - 1].text[-1] != "s" and w[j - 1].value not in ("TS", "TM"),
    ),
    _rule("EDGE OF? THE UNIT", values.read_same, lambda w, i, j: w[j - 1].value in "DWMYQ"),
    _rule("EDGES? THE? HOLIDAY (?:COMMA? YEAR)?", values.read_holiday, is_holiday),
    _rule("EDGES? MONTH", values.read_month, is_month),
    _rule("EDGES? THE? FISCAL? ANYYEAR", values.read_year, lambda w, i, j: is_any_year(w, i, j)),
    _rule("EDGES? THE? SEASON", values.read_season, is_season),
    _rule("THE? OTHER? YEARAGO (?:ORDINAL? QUARTER|PERIOD)", values.read_known_quarter),
    _rule("THE LATEST (?:QUARTER|PERIOD)|THE QUARTER|YEARAGO", values.read_known_quarter),
    _rule(
        "(?:HEDGE )?(?:THE|A)? HEDGE? (?:(?:NUM (?:TO|OR|AND))? NUM|VAGUE|A) MORE? DASH? UNIT",
        values.read_duration,
        is_length,
    ),
    _rule("REF UNIT", values.read_ref),
    _rule(
        "UNIT DASH? EDGE|UNIT APOS EDGE",
        values.read_the_year,
        lambda w, i, j: w[i].text == "year" and w[j - 1].text == "end",
    ),
    _rule(
        "THE UNIT",
        values.read_the_year,
        lambda w, i, j: w[j - 1].text == "year" and kind_at(w, i - 1) == "FOR",
    ),
    _rule("UNIT", values.read_duration, is_bare_length),
    _rule("SET", values.read_set, lambda w, i, j: w[i].text.islower()),
    _rule("THEN", values.read_that_time),
    _rule("NOW|THE? REF", values.read_ref, is_ref),
    _rule("(?:THE|THE? (?=THIS)) (?:LAST|THIS)", values.read_ref, is_past_or_current),
)


class Found(NamedTuple):
    """Words `[first, last)` that a rule took."""

    first: int
    last: int
    rule: Rule


def match_rules(words: list[Word]) -> list[Found]:
    """What the rules take, in the order of the text; no two share a word."""
    shape = "".join(LETTER[w.kind] for w in words)
    taken = bytearray(len(words))
    found = []
    for rule in RULES:
        for i, j in _free_matches(rule, shape, taken):
            if rule.allows is None or rule.allows(words, i, j):
                taken[i:j] = b"\1" * (j - i)
                found.append(Found(i, j, rule))
    return sorted(found, key=lambda f: f.first)


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
