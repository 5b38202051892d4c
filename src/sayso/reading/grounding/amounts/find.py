"""Amounts: every count that a text states, with the bounds that its own words give it.

`nearly 3,000 soldiers`: low None, best and high 3000, bound "below". Nothing is filled in that the
words leave open; a profile that assumes bounds works on figures, later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.grounding.amounts.guards import counts_nothing, find_counted
from sayso.reading.grounding.amounts.numbers import SCALES, parse_number
from sayso.reading.grounding.amounts.words import Patterns, load_patterns
from sayso.reading.grounding.times.find import read_times
from sayso.record import Bound, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.parsing.parse import Parse

__all__ = ["Amount", "parse_number", "read_amounts"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as stated, with its hedge.

    `span` holds the words with their hedge ("at least five", "hundreds", "exceeded 100"),
    `number` the words of the number alone ("five", "hundreds", "100"). `counted` is the index of
    the token that the number counts ("soldiers" in "nearly 3,000 North Korean soldiers"), None
    where no noun follows ("190 were dead"); `unit` its lemma, or "%" or "USD" and the like.
    Bounds are None where the words leave them open. `share` is set for "half" and "a third",
    which are of a whole that the words need not number: their bounds are None. A negated count
    ("no casualties") is no amount.
    """

    span: Span
    number: Span
    low: float | None
    best: float | None
    high: float | None
    bound: Bound
    counted: int | None = None
    unit: str = ""
    is_percent: bool = False
    is_money: bool = False
    share: float | None = None


class _Bounds(NamedTuple):
    low: float | None
    best: float | None
    high: float | None
    bound: Bound


_SHARE = re.compile(r"(?:an?|one|two|three|four)[\s-]{1,3}\w+s?|half", re.IGNORECASE)
_SCALE_WORD = re.compile(rf"(?:{'|'.join(SCALES)})\b", re.IGNORECASE)


def bound_number(value: float, hedge: Bound) -> _Bounds:
    """The bounds that a hedge gives a number, by the guide: what it leaves open stays None."""
    match hedge:
        case "below":
            return _Bounds(None, value, value, "below")
        case "above":
            return _Bounds(value, value, None, "above")
        case "about":
            return _Bounds(None, value, None, "about")
        case _:
            return _Bounds(value, value, value, "exact")


def read_amounts(parse: Parse) -> list[Amount]:
    """The amounts of a text in their order; ages, dates, clock times, distances, names are none."""
    patterns, text = load_patterns(), parse.text
    starts = patterns.starts_in(text)
    taken = bytearray(len(text) + 1)
    for time in read_times(text, None):
        for span in time.span:
            taken[span.start : span.end] = b"\1" * len(span)
    found: list[Amount] = []
    for amount in _read_numbers(parse, patterns, starts, taken):
        found.append(amount)
        taken[amount.span.start : amount.span.end] = b"\1" * len(amount.span)
    found.extend(_read_vague(parse, patterns, starts, taken))
    return sorted(found, key=lambda a: a.span)


def _read_numbers(
    parse: Parse, patterns: Patterns, starts: list[int], taken: bytearray
) -> Iterator[Amount]:
    """Amounts that hold a number; where a reading fails, the search goes on behind its hedge."""
    # a number does not run on into the next paragraph: "Strike kills six ¶ Six people …"
    text = parse.text.replace("\n\n", ";;")
    at = 0
    for first in starts:
        match = patterns.amount.match(text, first) if first >= at else None
        if match is None:
            continue
        start, end = match.span("a")
        at = max(match.end(), match.start() + 1)
        if 1 in taken[start:end]:
            at = end
            continue
        again: re.Match[str] | None = match
        while again is not None:  # "five or 20 or 35": each second number is read in its turn
            amount, again = _read_match(parse, patterns, again, taken)
            if amount is not None:
                yield amount
                at = max(at, amount.span.end)


def _read_match(
    parse: Parse, patterns: Patterns, match: re.Match[str], taken: bytearray
) -> tuple[Amount | None, re.Match[str] | None]:
    """The amount of a match, and the match of a second number in it that is still to be read."""
    pair = _read_pair(parse, match, taken)
    last = match.end("b") if pair else match.end("a")
    number = Span(match.start("a"), last)
    whole = match["b"] is None or pair is not None
    unit = match["unit"] if whole else (match["unit_a"] or "")
    unit = (unit or "").strip()
    is_money = _currency(patterns, match["a"], unit)
    if counts_nothing(parse, patterns, number, unit):
        return None, None
    if pair is None:
        value = _value_of(patterns, match["a"])
        hedge = _hedge_of(patterns, match, whole=whole)
        if value is None or (match["a"][-1:] in "mb" and not is_money):
            return None, None  # "10m" without a currency is as likely ten metres
        bounds = bound_number(value, hedge)
    else:
        bounds = pair
    span = _span_of(parse.text, match, bounds.bound, last if not whole else None)
    is_percent = bool(unit) and (unit[0] == "%" or unit.lower().startswith("per"))
    counted = None if is_percent or is_money else find_counted(parse, number)
    lemma = parse.tokens[counted].lemma_.lower() if counted is not None else ""
    share = bounds.best if _SHARE.fullmatch(match["a"]) and (bounds.best or 1) < 1 else None
    if share is not None:
        bounds = _Bounds(None, None, None, bounds.bound)
    amount = Amount(
        span, number, *bounds, counted=counted, unit="%" if is_percent else is_money or lemma,
        is_percent=is_percent, is_money=bool(is_money), share=share,
    )  # fmt: skip
    return amount, None if whole else _second(patterns, match.string, match, taken)


def _second(
    patterns: Patterns, text: str, match: re.Match[str], taken: bytearray
) -> re.Match[str] | None:
    """The second of two numbers that make no range ("five or 20", "rose from 20 to 35")."""
    if match["join"].strip() in ("-", "\u2013", "\u2014"):
        return None
    if 1 in taken[match.start("b") : match.end("b")]:
        return None
    return patterns.amount.match(text, match.start("b"))


def _value_of(patterns: Patterns, words: str) -> float | None:
    for mark in sorted(patterns.marks, key=len, reverse=True):
        if words.lower().startswith(mark.lower()):
            words = words[len(mark) :]
            break
    return parse_number(words.strip())


def _currency(patterns: Patterns, words: str, unit: str) -> str:
    """The currency that a mark before or a word behind the number names, else ""."""
    folded = " ".join(unit.lower().split())
    if folded in patterns.currencies:
        return patterns.currencies[folded]
    for mark in sorted(patterns.marks, key=len, reverse=True):
        if words.lower().startswith(mark.lower()):
            return patterns.marks[mark]
    return ""


def _read_pair(parse: Parse, match: re.Match[str], taken: bytearray) -> _Bounds | None:
    """The bounds of a range ("between 5 and 7", "30 to 40", "4,000-5,000", "two or three")."""
    if match["b"] is None or 1 in taken[match.start("b") : match.end("b")]:
        return None
    join, hedge = match["join"].strip().lower(), (match["hedge"] or "").lower()
    before = parse.text[max(match.start() - 6, 0) : match.start()].lower().split()
    if join == "and" and hedge != "between":
        return None
    if join == "to" and before[-1:] == ["from"]:  # "rose from 20 to 35": a change, no range
        return None
    low, high = match["a"], match["b"]
    patterns = load_patterns()
    a, b = _value_of(patterns, low), _value_of(patterns, high)
    scale = _SCALE_WORD.search(high)
    if a is not None and scale and not _SCALE_WORD.search(low) and a < 1000:
        a *= SCALES[scale.group().lower()]  # "between 300 and 400 billion"
    if a is None or b is None or a >= b:
        return None
    if not join.isalpha() and not re.match(r"\s?[a-z%]|\s[A-Z]", parse.text[match.end("b") :]):
        return None  # "a 3-5 defeat," is a score where nothing is counted behind it
    return _Bounds(a, None, b, "range")


# "handed over 30 bodies": of the verb, no hedge
_PARTICLE = re.compile(
    r"\b(?:hand(?:s|ed|ing)?|turn(?:s|ed|ing)?|t[ao]k(?:es?|ing)|taken|gives?|gave|given|signs?"
    r"|signed|br(?:ing|ought)|sen[dt])\s{1,2}$",
    re.IGNORECASE,
)


def _hedge_of(patterns: Patterns, match: re.Match[str], *, whole: bool) -> Bound:
    after = (match["after"] or "").strip().lower() if whole else ""
    if after in ("+", "-plus"):
        return "above"
    if after:
        return patterns.after[" ".join(after.split())]
    hedge = " ".join((match["hedge"] or "").lower().split())
    if hedge == "over" and _PARTICLE.search(
        match.string, max(0, match.start() - 20), match.start()
    ):
        return "exact"
    return patterns.bounds.get(hedge, "exact")


def _span_of(text: str, match: re.Match[str], bound: Bound, last: int | None) -> Span:
    """From the hedge (where it bounds) to the unit: "nearly 3,000", "around five percent"."""
    start = match.start("a")
    if match["hedge"] and (bound == "range" or match["hedge"].lower() != "between"):
        start = match.start("degree") if match["degree"] else match.start("hedge")
    end = last if last is not None else match.end()
    return Span(start, end - (len(text[start:end]) - len(text[start:end].rstrip())))


def _read_vague(
    parse: Parse, patterns: Patterns, starts: list[int], taken: bytearray
) -> Iterator[Amount]:
    """Amounts without a number: "dozens", "several", and "some" where it stands for people."""
    at = 0
    for first in starts:
        match = patterns.vague.match(parse.text, first) if first >= at else None
        if match is None:
            continue
        at = match.end()
        span = Span(match.start(), match.end())
        if 1 in taken[span.start : span.end]:
            continue
        counted = find_counted(parse, span)
        lemma = parse.tokens[counted].lemma_.lower() if counted is not None else ""
        word = match.group().lower()
        if word in patterns.of_people and lemma not in patterns.people:
            continue
        if counts_nothing(parse, patterns, span, ""):
            continue
        taken[span.start : span.end] = b"\1" * len(span)
        yield Amount(span, span, None, None, None, "vague", counted=counted, unit=lemma)
