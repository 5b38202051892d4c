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
    "MANY": "(?:THE|A)? HEDGE? (?:NUM|VAGUE)? MORE? DASH?",
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


def _at(words: list[Word], i: int) -> Word | None:
    return words[i] if 0 <= i < len(words) else None


def _kind(words: list[Word], i: int) -> str:
    return words[i].kind if 0 <= i < len(words) else ""


_LEADS = frozenset(
    ("IN", "OF", "SINCE", "UNTIL", "FROM", "BETWEEN", "AND", "TO", "DASH", "AFTER", "BEFORE",
     "EDGE", "OR", "HEDGE", "EARLIER", "LATER", "LAST", "THIS", "NEXT", "FOR", "OPEN", "SEASON",
     "COMMA", "THE")
)  # fmt: skip
# Names that end in a word of the calendar: "Black Friday", "Bloody Sunday", "Super Tuesday".
_TITLES = frozenset("black good bloody super ash fat cyber holy maundy palm boxing giving".split())
_COUNTED = frozenset(
    "people troops soldiers percent shares dollars points fighters men women children civilians "
    "miles km kilometers kilometres kg meters metres tons tonnes homes refugees houses workers "
    "jobs votes barrels feet euros pounds rubles roubles migrants prisoners students protesters "
    "hectares acres residents members deaths cases employees units mw mm lives calories".split()
)
_NUMBERED = frozenset(
    "resolution flight article room boeing route highway section no channel act rule page bus "
    "chapter number psalm unit squadron battalion brigade airbus model windows iso".split()
)


def _is_month(words: list[Word], i: int, j: int) -> bool:
    """True for a bare month; "March" and "May" need a word before that leads to a date.

    "Sources in March of the army" is rare; "May" opens sentences and "March" names rallies.
    """
    month = next(w for w in words[i:j] if w.kind == "MONTH")
    weak = month.text.lower().rstrip(".") in ("may", "march", "mar", "jan", "sept", "jun")
    before = words[i - 1] if i else None
    if j - i > 1:
        return not (weak and _kind(words, i) == "THE" and j - i == 2)
    if before and before.kind == "OTHER" and before.text[:1].isupper() and before.value is None:
        return not weak and before.end + 1 >= month.start and before.text.isupper() is False \
            and not before.text.isalpha()
    if not weak:
        after = _at(words, j)  # "April Smith", "August Wilson": a name goes on
        return not (
            after and after.kind == "OTHER" and after.text[:1].isupper()
            and (before is None or before.kind in ("STOP", "BREAK", "OTHER", "COMMA"))
        )  # fmt: skip
    return bool(before) and before is not None and before.kind in _LEADS - {"THE", "COMMA", "AND"}


def _is_year(words: list[Word], i: int, j: int) -> bool:
    """True for a bare year; not for "2000 people", "$2000", "Resolution 1701", "about 2000"."""
    year = next(w for w in words[i:j] if w.kind == "YEAR")
    at = words.index(year, i)
    before, after = _at(words, i - 1), _at(words, j)
    if j - i > 1 and at > i:
        return not (after and after.text.lower() in _COUNTED)
    if not 1500 <= year.value <= 2100:
        return False
    if before and (
        before.kind in ("MONEY", "HEDGE", "CLOCK", "NUMBER", "DAY")
        or before.text.lower() in _NUMBERED
        or (before.kind == "DASH" and before.end == year.start
            and _kind(words, i - 2) in ("OTHER", "NUMBER", "DAY"))
    ):  # fmt: skip
        return False
    if after is None:
        return True
    if after.text.lower() in _COUNTED or after.kind in ("UNIT", "ZONE", "AMPM"):
        return False
    if after.kind == "OTHER" and after.text == "%":
        return False
    led = before is not None and before.kind in _LEADS | {"ON", "APOS", "MONTH", "AT"}
    plural = after.kind == "OTHER" and after.text.islower() and after.text.endswith("s")
    return led or not plural or after.text in ("was", "is", "has", "as")


def _is_weekday(words: list[Word], i: int, j: int) -> bool:
    """True for a weekday; not for "Black Friday", nor "Sat" or "Sun" that stand alone."""
    at = next(k for k in range(i, j) if words[k].kind == "WEEKDAY")
    before = _at(words, at - 1)
    if before and before.text.lower() in _TITLES and before.text[:1].isupper():
        return False
    if len(words[at].text) <= 5 and words[at].text.lower() in ("sat", "sun", "wed", "mon", "fri"):
        return j - i > 1 or (_kind(words, i - 1) in ("ON", "OPEN") and words[at].text != "Sun")
    after = _at(words, j)
    if before and at == i and after and before.kind == "THE":  # "the Sunday Times"
        return not (after.kind == "OTHER" and after.text[:1].isupper())
    return True


def _ends_phrase(words: list[Word], i: int, j: int) -> bool:
    """True where nothing is counted behind: "on Friday 14 people died" holds no 14th."""
    return words[j - 1].kind == "ORDINAL" or _kind(words, j) in (
        "", "STOP", "COMMA", "CLOSE", "BREAK", "DASH", "AT",
    )  # fmt: skip


def _is_length(words: list[Word], i: int, j: int) -> bool:
    """True for a length of time; not for ages, "a second round", "24-hour", "the day"."""
    unit = next(w for w in words[i:j] if w.kind in ("UNIT", "QUARTER"))
    after = _at(words, j)
    if after and after.text.lower() in ("old", "olds", "aged"):
        return False
    if after and after.kind == "DASH" and (_at(words, j + 1) or after).text.lower() == "old":
        return False
    if unit.value == "TS" and not unit.text.lower().endswith("s"):
        return False  # "a second blast"
    return not (i and words[i - 1].kind in ("MONEY", "EVERY"))


def _is_bare_length(words: list[Word], i: int, j: int) -> bool:
    """True for "weeks" and the like where a word of time stands before: "for weeks", "in days"."""
    return _is_length(words, i, j) and (
        _kind(words, i - 1) in ("FOR", "IN", "AFTER", "MORE", "OTHER", "OR", "LAST", "NEXT")
        and words[i].text.lower() not in ("seconds", "quarters", "centuries", "minutes")
    )


def _is_event(words: list[Word], i: int, j: int) -> bool:
    """True where "days after" goes on to its event; at a clause's end it hangs on a date."""
    return _kind(words, j) not in ("", "STOP", "COMMA", "CLOSE", "BREAK", "AND") and _is_length(
        words, i, j
    )


def _is_clock_hour(words: list[Word], i: int, j: int) -> bool:
    """True for an hour of the day: "at 0100 UTC", "10:35"; not for scores ("won 10:35")."""
    first = words[i]
    if first.kind == "CLOCK" and j - i == 1:
        hour, minute = (int(n) for n in first.text.split(":")[:2])
        return hour < 24 and minute < 60
    return True


def _is_holiday(words: list[Word], i: int, j: int) -> bool:
    """True for a feast that dates something; not for "the Christmas party"."""
    holiday = next(w for w in words[i:j] if w.kind == "HOLIDAY")
    return holiday.text.lower() not in ("christmas", "halloween") or _kind(words, i - 1) in (
        "ON", "AT", "BEFORE", "AFTER", "SINCE", "UNTIL", "IN", "EDGE", "LAST", "THIS", "NEXT",
        "OTHER",
    ) or j - i > 1  # fmt: skip


def _is_season(words: list[Word], i: int, j: int) -> bool:
    """True for a season; "fall" and "spring" are verbs and wells without a word that leads them."""
    if j - i > 1 and words[i].kind != "THE":
        return True
    season = next(w for w in words[i:j] if w.kind == "SEASON")
    before = _kind(words, i - 1)
    if season.text.lower() in ("fall", "spring"):
        return before in ("IN", "SINCE", "UNTIL", "BEFORE") and (
            words[i].kind != "THE" or before in ("IN", "SINCE", "UNTIL")
        ) and season.text == "spring"  # fmt: skip
    return before in ("IN", "SINCE", "UNTIL", "BEFORE", "AFTER", "OF", "OR", "FOR", "EDGE")


def _not_compound(words: list[Word], i: int, j: int) -> bool:
    return _kind(words, j) != "DASH" and not (i and words[i - 1].kind == "DASH")


def _is_ref(words: list[Word], i: int, j: int) -> bool:
    """True for a reference to the present or the past as such; "now-famous" and titles are none."""
    if i and words[i - 1].kind == "DASH":
        return False
    text = words[j - 1].text
    return not (text[0].isupper() and i and words[i - 1].kind not in ("STOP", "BREAK", "OTHER"))


RULES: tuple[Rule, ...] = (
    _rule("ISO", values.read_iso),
    _rule("SLASH", values.read_slash),
    _rule("NAMED", values.read_named),
    _rule("NUM BC", values.read_bc),
    # ranges of days before single days: "Dec. 26-28" would be Dec. 26 and a loose 28
    _rule("MONTH DAYNUM (?:DASH|TO|AND|UNTIL) DAYNUM (?:COMMA? YEAR)?", values.read_day_range,
          lambda w, i, j: w[i + 1].kind == w[i + 3].kind and _ends_range(w, i, j)),
    _rule("THE? DAYNUM (?:DASH|TO|AND|UNTIL) THE? DAYNUM OF? MONTH (?:COMMA? YEAR)?",
          values.read_day_range),
    # whole dates before months and years: "January 24, 2019" holds "January" and "2019"
    _rule("(?:EDGES COMMA?)? (?:(?:THIS? NEXT)? WEEKDAY COMMA? ON?)? THE? MONTH (?:THE? DAYNUM) "
          "COMMA? (?:OF)? ANYYEAR", values.read_full_date),
    _rule("(?:WEEKDAY COMMA?)? (?:THE)? DAYNUM (?:OF|DASH)? MONTH (?:COMMA|DASH)? OF? ANYYEAR",
          values.read_full_date),
    _rule("MONTH DAYNUM COMMA? (?:OF)? NEAR UNIT", values.read_full_date),
    _rule("EDGES? (?:(?:THIS? NEXT)? WEEKDAY COMMA?)? MONTH THE? DAYNUM", values.read_month_day),
    _rule("(?:WEEKDAY COMMA?)? THE? DAYNUM OF? MONTH", values.read_month_day),
    _rule("WEEKDAY COMMA? THE? DAYNUM", values.read_weekday_number, _ends_phrase),
    # months and quarters with their year before bare years: "the third quarter of 1984"
    _rule("EDGES? MONTH THATYEAR", values.read_month,
          lambda w, i, j: w[j - 1].kind != "UNIT" or w[j - 1].value == "Y"),
    _rule("THE? ANYYEAR FISCAL? ORDINAL DASH? (?:QUARTER|HALF)", values.read_quarter),
    _rule("NEAR UNIT APOS FISCAL? ORDINAL DASH? (?:QUARTER|HALF)", values.read_quarter),
    _rule("THE? NEAR? FISCAL? DASH? ORDINAL DASH? FISCAL? (?:QUARTER|HALF) (?:THATYEAR)?",
          values.read_quarter, lambda w, i, j: w[j - 1].kind != "UNIT" or w[j - 1].value == "Y"),
    _rule("EDGES? THE? (?:EDGES)? SEASON THATYEAR", values.read_season,
          lambda w, i, j: w[j - 1].kind != "UNIT" or w[j - 1].value == "Y"),
    _rule("EDGES? (?:THE|THIS)? NEAR SEASON", values.read_season),
    _rule("EDGES? NEAR MONTH", values.read_month),
    _rule("EDGES? THE? ORDINAL DASH? UNIT", values.read_century,
          lambda w, i, j: w[j - 1].value == "C"),
    _rule("THE? EDGES? THE? DECADE", values.read_decade),
    # "every Friday" before "Friday", "every day" before "day"
    _rule("EVERY (?:OTHER )?(?:NUM|ORDINAL)? (?:UNIT|MONTH|WEEKDAY PART?|PART)", values.read_set,
          lambda w, i, j: w[j - 1].value not in ("TS",)),
    # "Friday last week" before "last week"; "last Friday" before "Friday"
    _rule("EDGES? (?:ON )?(?:THE? (?:LAST|NEXT|PREVIOUS|FOLLOWING)|THIS NEXT?)? WEEKDAY "
          "(?:OF? NEAR UNIT|PART)?", values.read_weekday,
          lambda w, i, j: _is_weekday(w, i, j)
          and (w[j - 1].kind != "UNIT" or w[j - 1].value == "W")),
    _rule("EDGES? DAYWORD PART?", values.read_dayword),
    # "noon Thursday" is joined later: a clock is read beside its day
    _rule("(?:AT )?(?:CLOCK|NUM) (?:AMPM|OCLOCK) (?:OPEN? ZONE CLOSE?)?", values.read_clock),
    _rule("(?:NUM|CLOCK) IN THE PART", values.read_clock),
    _rule("(?:CLOCK|YEAR|NUMBER) ZONE", values.read_clock),
    _rule("CLOCK", values.read_clock, _is_clock_hour),
    _rule("NOON", values.read_clock, _not_compound),
    # "last night", "this morning" before "night"; "last five years" before "five years"
    _rule("EDGES? (?:LAST|THIS|NEXT) PART", values.read_near_unit,
          lambda w, i, j: w[j - 2].kind != "NEXT" and w[j - 2].text.lower() != "current"),
    _rule("EDGES? THE? NEXT PART", values.read_from_previous),
    _rule("THE? (?:HEDGE )?(?:LAST|NEXT|FOLLOWING|PREVIOUS) HEDGE? (?:NUM|VAGUE) (?:TO NUM)? MORE? UNIT",
          values.read_rolling),
    _rule("EDGES? THE? (?:LAST|THIS|NEXT) FISCAL? (?:UNIT|WEEKEND)", values.read_near_unit,
          lambda w, i, j: _is_near(w, i, j)),
    _rule("EDGES? THE WEEKEND", values.read_near_unit),
    _rule("(?:HEDGE )?MANY UNIT AGO", values.read_ago),
    _rule("(?:HEDGE )?MANY UNIT (?:AFTER|BEFORE)", values.read_event_anchored, _is_event),
    _rule("(?:HEDGE )?(?:A|NUM|VAGUE) MORE? UNIT (?:EARLIER|LATER|BEFORE|AFTER)",
          values.read_from_previous),
    _rule("EDGES? THE? (?:NEXT|FOLLOWING|PREVIOUS) (?:UNIT|PART)", values.read_from_previous,
          lambda w, i, j: w[i].kind == "THE" or w[j - 2].kind in ("FOLLOWING", "PREVIOUS")),
    _rule("EDGES? (?:THE|THAT) SAME (?:UNIT|PART)", values.read_same),
    _rule("EDGES? THAT (?:UNIT|PART)", values.read_same,
          lambda w, i, j: w[j - 1].text[-1] != "s" and w[j - 1].value not in ("TS", "TM")),
    _rule("EDGE OF? THE UNIT", values.read_same, lambda w, i, j: w[j - 1].value in "DWMYQ"),
    _rule("EDGES? THE? HOLIDAY (?:COMMA? YEAR)?", values.read_holiday, _is_holiday),
    _rule("EDGES? MONTH", values.read_month, _is_month),
    _rule("EDGES? THE? FISCAL? ANYYEAR", values.read_year,
          lambda w, i, j: _is_any_year(w, i, j)),
    _rule("EDGES? THE? SEASON", values.read_season, _is_season),
    _rule("THE (?:THIS|LAST|YEARAGO) (?:QUARTER|PERIOD)", values.read_known_quarter),
    _rule("THE QUARTER", values.read_known_quarter),
    _rule("(?:HEDGE )?(?:THE|A)? HEDGE? (?:NUM|VAGUE|A) MORE? DASH? (?:UNIT)", values.read_duration,
          _is_length),
    _rule("REF UNIT", values.read_ref),
    _rule("UNIT", values.read_duration, _is_bare_length),
    _rule("SET", values.read_set, lambda w, i, j: w[i].text.islower()),
    _rule("NOW|REF", values.read_ref, _is_ref),
)


def _ends_range(words: list[Word], i: int, j: int) -> bool:
    """ "March 3 and 4" is a range of days; "March 3 and 4 people" is not."""
    after = _at(words, j)
    return words[j - 1].kind == "YEAR" or not (
        words[i + 2].kind == "AND" and after and after.kind == "OTHER" and after.text.islower()
    )


def _is_near(words: list[Word], i: int, j: int) -> bool:
    """ "Last week", "the past year"; not "the next day", which hangs on a date, nor "past minutes"."""
    unit, relative = words[j - 1], next(w for w in words[i:j] if w.kind in ("LAST", "THIS", "NEXT"))
    if unit.kind == "UNIT" and unit.text.lower().endswith("s"):
        return False
    if unit.kind == "UNIT" and unit.value in ("TS", "TM", "TH"):
        return False
    return not (unit.value == "D" and relative.kind in ("NEXT", "LAST", "THIS")
                and relative.text.lower() != "this")  # fmt: skip


def _is_any_year(words: list[Word], i: int, j: int) -> bool:
    if words[j - 1].kind == "SHORTYEAR":
        return _kind(words, i - 1) in _LEADS and _kind(words, j) != "OTHER"
    return _is_year(words, i, j)


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
