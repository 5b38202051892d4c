"""What forbids a reading: the words around that tell a date from a name, a score or a count."""

from __future__ import annotations

from collections.abc import Callable

from sayso.reading.grounding.times.words import Word


def word_at(words: list[Word], i: int) -> Word | None:
    """The word at a place, None outside of the text."""
    return words[i] if 0 <= i < len(words) else None


def kind_at(words: list[Word], i: int) -> str:
    """The kind of the word at a place, "" outside of the text."""
    return words[i].kind if 0 <= i < len(words) else ""


_LEADS = frozenset(
    ("IN", "OF", "SINCE", "UNTIL", "FROM", "BETWEEN", "AND", "TO", "DASH", "AFTER", "BEFORE",
     "EDGE", "OR", "HEDGE", "EARLIER", "LATER", "LAST", "THIS", "NEXT", "FOR", "OPEN", "SEASON",
     "COMMA", "THE", "BORDER")
)  # fmt: skip
# Names that end in a word of the calendar: "Black Friday", "Bloody Sunday", "Super Tuesday".
_TITLES = frozenset("black good bloody super ash fat cyber holy maundy palm boxing giving".split())
_COUNTED = frozenset(
    "people troops soldiers percent shares dollars points fighters men women children civilians "
    "miles km kilometers kilometres kg meters metres tons tonnes homes refugees houses workers "
    "jobs votes barrels feet euros pounds rubles roubles migrants prisoners students protesters "
    "hectares acres residents members deaths cases employees units mw mm lives calories".split()
)
_MODALS = frozenset("will would could may might can should must 'll to expected hopes".split())
_NUMBERED = frozenset(
    "resolution flight article room boeing route highway section no channel act rule page bus "
    "chapter number psalm unit squadron battalion brigade airbus model windows iso".split()
)


def is_month(words: list[Word], i: int, j: int) -> bool:
    """True for a bare month; "March" and "May" need a word before that leads to a date.

    "Sources in March of the army" is rare; "May" opens sentences and "March" names rallies.
    """
    month = next(w for w in words[i:j] if w.kind == "MONTH")
    weak = month.text.lower().rstrip(".") in ("may", "march", "mar", "jan", "sept", "jun")
    before = words[i - 1] if i else None
    if j - i > 1:
        return not (weak and kind_at(words, i) == "THE" and j - i == 2)
    if before and before.kind == "OTHER" and before.text[:1].isupper() and before.value is None:
        return (
            not weak
            and before.end + 1 >= month.start
            and before.text.isupper() is False
            and not before.text.isalpha()
        )
    if not weak:
        after = word_at(words, j)  # "April Smith", "August Wilson": a name goes on
        return not (
            after and after.kind == "OTHER" and after.text[:1].isupper()
            and (before is None or before.kind in ("STOP", "BREAK", "OTHER", "COMMA"))
        )  # fmt: skip
    return bool(before) and before is not None and before.kind in _LEADS - {"THE", "COMMA", "AND"}


def is_year(words: list[Word], i: int, j: int) -> bool:
    """True for a bare year; not for "2000 people", "$2000", "Resolution 1701", "about 2000"."""
    year = next(w for w in words[i:j] if w.kind == "YEAR")
    at = words.index(year, i)
    before, after = word_at(words, i - 1), word_at(words, j)
    if j - i > 1 and at > i:
        return not (after and after.text.lower() in _COUNTED)
    if not 1500 <= year.value <= 2100:
        return False
    if before and (
        before.kind in ("MONEY", "HEDGE", "CLOCK", "NUMBER", "DAY")
        or before.text.lower() in _NUMBERED
        or (before.kind == "DASH" and before.end == year.start
            and kind_at(words, i - 2) in ("OTHER", "NUMBER", "DAY"))
    ):  # fmt: skip
        return False
    if after is None:
        return True
    if before and before.text == "In":  # it opens a sentence: "In 2014 rebels took the town"
        return True
    if after.text.lower() in _COUNTED or after.kind in ("UNIT", "ZONE", "AMPM"):
        return False
    if after.kind == "OTHER" and after.text == "%":
        return False
    led = before is not None and before.kind in _LEADS | {"ON", "APOS", "MONTH", "AT"}
    plural = after.kind == "OTHER" and after.text.islower() and after.text.endswith("s")
    return led or not plural or after.text in ("was", "is", "has", "as")


def is_weekday(words: list[Word], i: int, j: int) -> bool:
    """True for a weekday; not for "Black Friday", nor "Sat" or "Sun" that stand alone."""
    at = next(k for k in range(i, j) if words[k].kind == "WEEKDAY")
    before = word_at(words, at - 1)
    if before and before.text.lower() in _TITLES and before.text[:1].isupper():
        return False
    if len(words[at].text) <= 5 and words[at].text.lower() in ("sat", "sun", "wed", "mon", "fri"):
        return j - i > 1 or (kind_at(words, i - 1) in ("ON", "OPEN") and words[at].text != "Sun")
    after = word_at(words, j)
    if before and at == i and after and before.kind == "THE":  # "the Sunday Times"
        return not (after.kind == "OTHER" and after.text[:1].isupper())
    return True


def ends_phrase(words: list[Word], i: int, j: int) -> bool:
    """True where nothing is counted behind: "on Friday 14 people died" holds no 14th."""
    del i
    last = words[j - 1]
    return (last.kind == "ORDINAL" and last.text[0].isdigit()) or kind_at(words, j) in (
        "", "STOP", "COMMA", "CLOSE", "BREAK", "DASH", "AT",
    )  # fmt: skip


def is_length(words: list[Word], i: int, j: int) -> bool:
    """True for a length of time; not for ages, "a second round", "24-hour", "the day"."""
    unit = next(w for w in words[i:j] if w.kind in ("UNIT", "QUARTER"))
    after = word_at(words, j)
    if after and after.text.lower() in ("old", "olds", "aged"):
        return False
    if after and after.kind == "DASH" and (word_at(words, j + 1) or after).text.lower() == "old":
        return False
    if unit.value == "Q" and kind_at(words, j - 2) == "DASH":
        return False  # "three-quarters"
    if unit.value == "TS" and not unit.text.lower().endswith("s"):
        return False  # "a second blast"
    before = word_at(words, i - 1)
    if (
        before
        and words[i].kind == "A"
        and j - i == 2
        and (before.kind in ("COUNT", "NUMBER", "DAY", "UNIT") or before.text.endswith("s"))
    ):
        return False  # a rate: "four flights a week", "$5 million a year"
    return not (before and before.kind in ("MONEY", "EVERY"))


def is_bare_length(words: list[Word], i: int, j: int) -> bool:
    """True for "weeks" and the like where a word of time stands before: "for weeks", "in days"."""
    return (
        words[i].text.lower()
        in ("days", "weeks", "months", "years", "decades", "centuries", "hours")
        and kind_at(words, i - 1) in ("FOR", "IN", "AFTER", "MORE", "OTHER", "OR", "LAST", "NEXT")
        and is_length(words, i, j)
    )


def is_event(words: list[Word], i: int, j: int) -> bool:
    """True where "days after" goes on to its event; at a clause's end it hangs on a date."""
    return kind_at(words, j) not in ("", "STOP", "COMMA", "CLOSE", "BREAK", "AND") and is_length(
        words, i, j
    )


def is_clock_hour(words: list[Word], i: int, j: int) -> bool:
    """True for an hour of the day: "at 0100 UTC", "10:35"; not for scores ("won 10:35")."""
    first = words[i]
    if first.kind == "CLOCK" and j - i == 1:
        hour, minute = (int(n) for n in first.text.split(":")[:2])
        return hour < 24 and minute < 60
    return True


def is_holiday(words: list[Word], i: int, j: int) -> bool:
    """True for a feast that dates something; not for "the Christmas party"."""
    holiday = next(w for w in words[i:j] if w.kind == "HOLIDAY")
    return holiday.text.lower() not in ("christmas", "halloween") or kind_at(words, i - 1) in (
        "ON", "AT", "BEFORE", "AFTER", "SINCE", "UNTIL", "IN", "EDGE", "LAST", "THIS", "NEXT",
        "OTHER",
    ) or j - i > 1  # fmt: skip


def is_season(words: list[Word], i: int, j: int) -> bool:
    """True for a season; "fall" and "spring" are verbs and wells without a word that leads them."""
    if j - i > 1 and words[i].kind != "THE":
        return True
    season = next(w for w in words[i:j] if w.kind == "SEASON")
    before = kind_at(words, i - 1)
    if season.text.lower() in ("fall", "spring"):
        return before in ("IN", "SINCE", "UNTIL", "BEFORE") and (
            words[i].kind != "THE" or before in ("IN", "SINCE", "UNTIL")
        ) and season.text == "spring"  # fmt: skip
    return before in ("IN", "SINCE", "UNTIL", "BEFORE", "AFTER", "OF", "OR", "FOR", "EDGE")


def not_compound(words: list[Word], i: int, j: int) -> bool:
    """True where no dash joins the words to others."""
    return kind_at(words, j) != "DASH" and not (i and words[i - 1].kind == "DASH")


def is_ref(words: list[Word], i: int, j: int) -> bool:
    """True for a reference to the present or the past as such; "now-famous" and titles are none."""
    if i and words[i - 1].kind == "DASH":
        return False
    text, before, after = words[j - 1].text, word_at(words, i - 1), word_at(words, j)
    if text.lower() == "future" or words[i].kind == "THE":  # "the future", not "future talks"
        return words[i].kind == "THE" and text.lower() == "future" and kind_at(words, j) != "OF"
    if text.lower() == "soon":  # "will soon fall"; in a story, "they soon fled" dates nothing
        return any(w.text.lower() in _MODALS for w in words[max(i - 4, 0) : i]) and not (
            after and after.text.lower() in ("as", "after")
        )
    if (
        text.lower() == "previously"
        and before
        and (before.kind in ("THE", "A", "APOS") or before.text.lower() == "as")
    ):
        return False  # "the previously announced plan" dates nothing
    return not (text[0].isupper() and i and words[i - 1].kind not in ("STOP", "BREAK", "OTHER"))


def is_past_or_current(words: list[Word], i: int, j: int) -> bool:
    """True for "in the past" and "the current wave"; not for "the past winner", nor "this"."""
    text, after = words[j - 1].text.lower(), word_at(words, j)
    if text == "past":
        return kind_at(words, i - 1) == "IN" and not (
            after and after.kind == "OTHER" and after.end - words[j - 1].end > 30
        )
    return text == "current"


def is_week_of(words: list[Word], i: int, j: int) -> bool:
    """True for "the week of" where a day follows: "the week of March 6"."""
    return words[i + 1].text.lower() == "week" and kind_at(words, j) in ("MONTH", "WEEKDAY", "DAY")


def ends_range(words: list[Word], i: int, j: int) -> bool:
    """True for a range of days: "March 3 and 4", not "March 3 and 4 people"."""
    after = word_at(words, j)
    return words[j - 1].kind == "YEAR" or not (
        words[i + 2].kind == "AND" and after and after.kind == "OTHER" and after.text.islower()
    )


def is_near(words: list[Word], i: int, j: int) -> bool:
    """True for "last week"; not for "the next day", which hangs on a date, nor "past minutes"."""
    unit, relative = words[j - 1], next(w for w in words[i:j] if w.kind in ("LAST", "THIS", "NEXT"))
    if unit.kind == "UNIT" and unit.text.lower().endswith("s"):
        return False
    if unit.kind == "UNIT" and unit.value in ("TS", "TM", "TH"):
        return False
    return not (unit.value == "D" and relative.kind in ("NEXT", "LAST", "THIS")
                and relative.text.lower() != "this")  # fmt: skip


def is_past_day(words: list[Word], i: int, j: int) -> bool:
    """True for "over the past day", a day back from the report's; "the last day" is of anything."""
    del i
    return words[j - 2].text.lower() == "past" and words[j - 1].value == "D"


def is_own_night(words: list[Word], i: int, j: int) -> bool:
    """True unless a day beside it tells which night: "overnight on Sunday"."""
    if words[j - 1].text.lower() != "overnight":
        return True
    beside = {"WEEKDAY", "MONTH", "DAYWORD", "DAY", "LAST"}
    return not beside & {w.kind for w in (*words[max(i - 2, 0) : i], *words[j : j + 2])}


def is_any_year(words: list[Word], i: int, j: int) -> bool:
    """True for a bare year, or a short one ('98) where a word leads to it."""
    if words[j - 1].kind == "SHORTYEAR":
        return kind_at(words, i - 1) in _LEADS and kind_at(words, j) != "OTHER"
    return is_year(words, i, j)


def ends_in(*values: object, unless: bool = False) -> Callable[[list[Word], int, int], bool]:
    """A guard: the last word is a unit of one of these values (or, `unless`, no other unit)."""

    def allows(words: list[Word], i: int, j: int) -> bool:
        del i
        last = words[j - 1]
        return (unless and last.kind != "UNIT") or any(last.value == v for v in values)

    return allows


def is_set(words: list[Word], i: int, j: int) -> bool:
    """True for "every day"; "every second" is an ordinal."""
    del i
    return bool(words[j - 1].value != "TS")


def is_lower(words: list[Word], i: int, j: int) -> bool:
    """True where no name begins here ("the Daily Star")."""
    del j
    return words[i].text.islower()


def is_day_range(words: list[Word], i: int, j: int) -> bool:
    """True for two numbers of one manner behind a month: "Dec. 26-28"."""
    return words[i + 1].kind == words[i + 3].kind and ends_range(words, i, j)


def is_near_weekday(words: list[Word], i: int, j: int) -> bool:
    """True for a weekday, alone or in a week that is named ("Friday last week")."""
    last = words[j - 1]
    return is_weekday(words, i, j) and (last.kind != "UNIT" or last.value == "W")


def is_part_of_day(words: list[Word], i: int, j: int) -> bool:
    """True for "last night", "this morning"; not for "the next morning" nor "current evening"."""
    del i
    return words[j - 2].kind != "NEXT" and words[j - 2].text.lower() != "current"


def hangs_on_date(words: list[Word], i: int, j: int) -> bool:
    """True for "the next day", "the following year", which a date before them holds."""
    return words[i].kind == "THE" or words[j - 2].kind in ("FOLLOWING", "PREVIOUS")


def is_that_unit(words: list[Word], i: int, j: int) -> bool:
    """True for "that week"; not for "that minute" nor plurals."""
    del i
    return words[j - 1].text[-1] != "s" and words[j - 1].value not in ("TS", "TM")


def is_year_end(words: list[Word], i: int, j: int) -> bool:
    """True for "year-end" and "the year's end"."""
    return words[i].text == "year" and words[j - 1].text == "end"


def is_for_the_year(words: list[Word], i: int, j: int) -> bool:
    """True for "for the year", the report's own."""
    return words[j - 1].text == "year" and kind_at(words, i - 1) == "FOR"
