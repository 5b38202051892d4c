"""Times: every mention of a time in a text, as an interval with its precision and basis."""

from __future__ import annotations

import functools
from datetime import date

from sayso.reading.grounding.times.ahead import is_ahead, is_behind
from sayso.reading.grounding.times.calendar import Stretch, Value, add, unit_value
from sayso.reading.grounding.times.context import Context
from sayso.reading.grounding.times.grammar import Found, match_rules
from sayso.reading.grounding.times.lengths import read_clock
from sayso.reading.grounding.times.names import join_ends, read_month, read_month_day
from sayso.reading.grounding.times.published import infer_published
from sayso.reading.grounding.times.relative import (
    read_event_anchored,
    read_from_previous,
    read_same,
)
from sayso.reading.grounding.times.score import signs_of
from sayso.reading.grounding.times.words import Word, read_words
from sayso.reading.scores import rate
from sayso.record import Span, Time, When

__all__ = ["infer_published", "read_signed_times", "read_times"]
# A quarter is still spoken of for so many words: "… from $3 million a year earlier".
_QUARTER_REACH = 60


def published_day(published: When | None) -> date | None:
    """The day of publication, or None where it isn't known to the day."""
    if published is None or not published.start or not published.end:
        return None
    if published.start[:10] != published.end[:10]:
        return None
    try:
        return date.fromisoformat(published.start[:10])
    except ValueError:
        return None


def read_times(text: str, published: When | None, *, narrative: bool = False) -> list[Time]:
    """The times that a text mentions, in its order; without a published date, symbolic values.

    `start` and `end` are ISO days (minutes where a clock time is named), the end inclusive.
    `narrative`: dates without a year hang on the date mentioned before, not on the published one
    (history, not news).
    """
    return [time for time, _ in read_signed_times(text, published, narrative=narrative)]


def read_signed_times(
    text: str, published: When | None, *, narrative: bool = False
) -> list[tuple[Time, list[str]]]:
    """The times of a text, each with the signs that its score was made of."""
    words, found = _match(text)
    reader = _Reader(words, published_day(published), narrative=narrative)
    return reader.read(found)


@functools.lru_cache(maxsize=1)
def _match(text: str) -> tuple[list[Word], list[Found]]:
    """The words of a text and what the rules take: amounts ask again for the text just read."""
    words = read_words(text)
    return words, match_rules(words)


class _Reader:
    """Reads matched mentions one after another, keeping what was named before."""

    def __init__(self, words: list[Word], today: date | None, *, narrative: bool) -> None:
        self.words = words
        self.context = Context(today, narrative)
        self.quarter_at = 0
        self.before: Value | None = None

    def read(self, found: list[Found]) -> list[tuple[Time, list[str]]]:
        times: list[tuple[Time, list[str]]] = []
        i = 0
        while i < len(found):
            taken, low, high, value = self._read_next(found, i)
            parts = found[i : i + taken]
            i += taken
            if value is None:
                continue
            self.before = self.context.previous
            self._remember(value, high)
            ended = self._open_end(low, value)
            signs = list(signs_of(parts, self.words[low:high], ended, self.context))
            times.append((self._make_time(low, high, ended, rate("times", signs)), signs))
        return times

    def _read_next(self, found: list[Found], i: int) -> tuple[int, int, int, Value | None]:
        """(mentions used, first word, last word, value): a range or clock with day is one."""
        here = found[i]
        after = found[i + 1] if i + 1 < len(found) else None
        if after and self._is_range(here, after):
            value = self._read_range(here, after)
            if value:
                return 2, here.first, after.last, value
        if after and here.rule.read is read_clock and self._is_beside(here, after):
            # "until 9 a.m. Tuesday": what stands before the hour tells of the day
            self.context.day_here = self._read_one(after, here.first)
            value = self._read_one(here)
            self.context.day_here = None
            return 2, here.first, after.last, value
        if after and here.last == after.first and here.rule.read is read_event_anchored:
            value = self._read_shifted(here, after)
            if value:
                return 2, here.first, after.last, value
        if here.rule.read is read_clock:
            self.context.day_here = self._day_of_sentence(found, i)
        value = self._read_one(here)
        self.context.day_here = None
        return 1, here.first, here.last, value

    def _read_one(self, found: Found, at: int | None = None) -> Value | None:
        """The value of a mention; `at` is where the words begin that it is read with."""
        first = found.first if at is None else at
        self.context.ahead = is_ahead(self.words, first, found.last)
        self.context.behind = is_behind(self.words, found.last)
        self.context.in_quarter = found.first - self.quarter_at < _QUARTER_REACH
        return found.rule.read(self.words[found.first : found.last], self.context)

    def _is_beside(self, clock: Found, day: Found) -> bool:
        """True for a day right behind its clock: "10 p.m. Wednesday", "5 p.m. EST, Nov. 6"."""
        if day.first - clock.last > 2:
            return False
        between = [w.kind for w in self.words[clock.last : day.first]]
        kinds = {w.kind for w in self.words[day.first : day.last]}
        return between in ([], ["ON"], ["COMMA"], ["ZONE"], ["ZONE", "COMMA"], ["ZONE", "ON"]) and (
            bool(kinds & {"WEEKDAY", "DAYWORD", "ISO"} or ("MONTH" in kinds and len(kinds) > 1))
        )

    def _day_of_sentence(self, found: list[Found], i: int) -> Value | None:
        """The day named nearest behind a clock time in its sentence ("10:35 a.m. (…) Friday")."""
        for after in found[i + 1 : i + 3]:
            between = self.words[found[i].last : after.first]
            if len(between) > 8 or any(w.kind in ("STOP", "BREAK") for w in between):
                break
            value = self._read_one(after)
            if value and value.precision == "day" and value.is_calendar and not value.clock:
                return value
        return None

    def _read_shifted(self, shift: Found, base: Found) -> Value | None:
        """A time counted from the date behind it: "two days after Christmas"."""
        value = self._read_one(base)
        if value is None or value.stretch is None or not value.is_calendar:
            return None
        previous, self.context.previous = self.context.previous, value
        self.context.previous_day, before = value, self.context.previous_day
        words = self.words[shift.first : shift.last]
        read = read_same if words[-1].kind == "OF" else read_from_previous
        shifted = read(words, self.context)
        self.context.previous, self.context.previous_day = previous, before
        return shifted

    def _is_range(self, low: Found, high: Found) -> bool:
        """True where "to", a dash, or "between … and" joins two mentions of one grain."""
        if not 1 <= high.first - low.last <= 2:
            return False
        between = [w.kind for w in self.words[low.last : high.first]]
        lead = self.words[low.first - 1].kind if low.first else ""
        joined = between in (["DASH"], ["TO"], ["UNTIL"]) or (
            between == ["AND"] and lead == "BETWEEN"
        )
        return joined and self.words[high.first].kind not in ("A", "THE", "NEXT", "LAST")

    def _read_range(self, low: Found, high: Found) -> Value | None:
        end = self._read_one(high)
        if end is None or not (end.timex[0].isdigit() or end.timex.startswith("XXXX-")):
            return None
        if low.rule.read in (read_month, read_month_day) and end.timex[:4].isdigit():
            self.context.year = int(end.timex[:4])
        start = self._read_one(low)
        if (
            self.context.year
            and start
            and end.stretch
            and start.stretch
            and ((start.stretch.first or date.min) > (end.stretch.last or date.max))
        ):
            self.context.year -= 1  # "from December to March 2023"
            start = self._read_one(low)
        self.context.year = None
        if start is None or start.timex.startswith("P") or len(start.timex) > 10:
            return None
        if start.precision != end.precision and not {start.precision, end.precision} <= {
            "day", "month", "year",
        }:  # fmt: skip
            return None
        return join_ends(start, end)

    def _open_end(self, first: int, value: Value) -> Value:
        """A value under "since" or "until": it runs to the published day, or up to its own end."""
        stretch, today = value.stretch, self.context.today
        k = first - 1
        while k >= 0 and self.words[k].kind in ("HEDGE", "ON", "AT", "THE"):
            k -= 1
        lead = self.words[k].kind if k >= 0 else ""
        if lead == "FOR" and value.timex.startswith("P") and stretch is None:
            return self._ongoing(k, value)
        if stretch is None or not value.is_calendar:
            return value
        if lead == "IN" and value.basis == "previous" and self.words[k].text.lower() == "within":
            return self._within(first, value)
        if lead == "SINCE":
            end = today if today and stretch.first and today >= stretch.first else None
            return value._replace(stretch=Stretch(stretch.first, end))
        if lead == "UNTIL" and self.words[k].text.lower() in ("until", "till"):
            return value._replace(stretch=Stretch(None, stretch.last))
        return value

    def _within(self, first: int, value: Value) -> Value:
        """From so far back to the date named before: "within two years before"."""
        base = self.before
        found = next((w for w in self.words[first:] if w.kind == "UNIT"), None)
        count = next((w.value for w in self.words[first:] if isinstance(w.value, (int, float))), 1)
        if base is None or found is None or base.stretch is None or base.stretch.first is None:
            return value
        begin = add(base.stretch.first, found.value, -int(count))
        if value.stretch and value.stretch.first and value.stretch.first > base.stretch.first:
            return value
        return value._replace(stretch=Stretch(begin, base.stretch.last))

    def _ongoing(self, k: int, value: Value) -> Value:
        """From so far back to the published day: "has been at war for seventeen years"."""
        today = self.context.today
        perfect = any(w.text.lower() in ("has", "have") for w in self.words[max(k - 7, 0) : k])
        digits = "".join(c for c in value.timex if c.isdigit())
        if not today or not perfect or not digits or value.timex.startswith("PT"):
            return value
        unit = value.timex[-1]
        start = unit_value(unit, add(today, unit, -int(digits))).stretch
        return value._replace(stretch=Stretch(start.first if start else None, today))

    def _remember(self, value: Value, at: int) -> None:
        if not value.is_calendar:
            return
        self.context.previous = value
        if value.precision in ("day", "minute", "hour"):
            self.context.previous_day = value
        if value.precision == "quarter" and not self._is_compared(value):
            self.context.previous_quarter, self.quarter_at = value, at

    def _is_compared(self, value: Value) -> bool:
        """True for the quarter a year before the one spoken of: "up from $2 million a year ago"."""
        known = self.context.previous_quarter
        if value.basis != "previous" or known is None:
            return False
        return bool(value.stretch and known.stretch and value.stretch < known.stretch)

    def _make_time(self, low: int, high: int, value: Value, score: float) -> Time:
        start, end = (
            (d.isoformat() if d else None for d in value.stretch) if value.stretch else (None, None)
        )
        if value.clock and start and value.clock != "T24:00":
            start, end = start + value.clock, start + value.clock
        first, last = self.words[low], self.words[high - 1]
        while first.kind in ("AT", "ON"):
            low += 1
            first = self.words[low]
        return Time(
            (Span(first.start, last.end),), start, end, value.precision, value.timex, value.basis,
            score,
        )  # fmt: skip
