"""The patterns of amounts, made of the lexicon's hedges, measures and currencies."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.lexicon.load import load_table
from sayso.reading.grounding.amounts.numbers import GROUPS, NUMBER_WORDS, ONES, SCALES, TENS
from sayso.record import Bound


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled patterns, and what their words mean.

    `words` finds words and marks, of which `firsts` may begin an amount.
    """

    words: re.Pattern[str]
    firsts: frozenset[str]
    amount: re.Pattern[str]
    vague: re.Pattern[str]
    bounds: dict[str, Bound]
    after: dict[str, Bound]
    marks: dict[str, str]
    currencies: dict[str, str]
    measures: frozenset[str]
    named_before: frozenset[str]
    named_after: frozenset[str]
    of_people: frozenset[str]
    people: frozenset[str]

    def starts_in(self, text: str) -> list[int]:
        """Where an amount may begin: the patterns are dear, and most words are looked up."""
        firsts = self.firsts
        return [
            match.start()
            for match in self.words.finditer(text)
            if (word := match.group().lower()) in firsts or word[0].isdecimal()
        ]


def _either(words: list[str] | set[str]) -> str:
    """A pattern of phrases, the longest first, their spaces of any width."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(r"\s{1,3}".join(re.escape(p) for p in w.split()) for w in longest)


_GAP = r"(?:\s{1,3}and\s{1,3}|-and-|\s{1,3}|-)"


def _number_pattern() -> str:
    """A number in digits or words, which no text makes go back.

    No group is possessive: up to Python 3.11.4 one keeps what a part of it matched (gh-106052), and
    "30," was a number. Where a shorter match would do, what follows forbids it.
    """
    words = _either(set(NUMBER_WORDS) - {"score"})
    scales = _either(set(SCALES) | set(GROUPS) - {"score"})
    small, first = _either(set(ONES)), _either(set(ONES) | set(TENS))
    digits = r"\d++(?:[.,]\d++){0,20}(?![.,]\d)"
    half = rf"(?:-and-a-half|\s{{1,3}}and\s{{1,3}}a\s{{1,3}}half)(?:[\s-]{{1,3}}(?:{scales})\b)?"
    return (
        rf"(?:{digits}(?:k|bn|mn|m|b)?(?![^\W_])(?:(?:\s{{1,3}}|-)(?:{scales})\b)?"
        rf"|(?:half\s{{1,3}}an?|an?\s{{1,3}}quarter\s{{1,3}}of\s{{1,3}}an?|an?)\s{{1,3}}(?:{scales})\b"
        rf"(?:\s{{1,3}}and\s{{1,3}}a\s{{1,3}}half)?"
        rf"|(?:an?|one|two|three|four)(?:\s{{1,3}}|-)(?:third|quarter|fifth|tenth|half)s?\b(?=\s{{1,3}}(?:of|the|its)\b)"
        rf"|half(?=\s{{1,3}}(?:of|the|its|their|all)\b)"
        rf"|(?:{first})\b(?:{_GAP}(?:{words})\b){{0,9}}(?:{half})?"
        rf"|(?:{small})\b{half})"
    )


_BOUNDS: tuple[Bound, ...] = ("below", "above", "about")


@functools.cache
def load_patterns() -> Patterns:
    """The patterns of amounts, compiled once."""
    hedges, measures = load_table("hedges"), load_table("measures")
    bounds = {w: b for b in _BOUNDS for w in hedges["before"][b]}
    after = {w: b for b in _BOUNDS for w in hedges["after"][b]}
    marks, currencies = measures["money"]["marks"], measures["money"]["words"]
    loose = [*hedges["vague"]["always"], *hedges["vague"]["of_people"]]
    heads = re.escape("".join(m[0] for m in marks) + "~")
    words = re.compile(rf"(?<![\w-])(?:\w+|[{heads}])")
    opening = (
        *hedges["before"]["degree"], *bounds, "between", *NUMBER_WORDS, *SCALES, *GROUPS, *ONES,
        *TENS, "half", "a", "an", *marks, *loose,
    )  # fmt: skip
    amount = _amount_pattern(
        hedges["before"]["degree"], list(bounds), list(after), marks, currencies
    )
    return Patterns(
        words=words,
        firsts=frozenset(m.group() for w in opening if (m := words.match(w.lower()))),
        amount=re.compile(amount, re.IGNORECASE),
        vague=re.compile(rf"(?<![\w-])(?:{_either(loose)})\b", re.IGNORECASE),
        bounds=bounds,
        after=after,
        marks=marks,
        currencies=currencies,
        measures=frozenset(w for words in measures["units"].values() for w in words)
        | frozenset(measures["time"]["words"]),
        named_before=frozenset(measures["names"]["before"]),
        named_after=frozenset(measures["names"]["after"]),
        of_people=frozenset(hedges["vague"]["of_people"]),
        people=frozenset(load_table("events")["classes"]["people"]),
    )


def _amount_pattern(
    degrees: list[str],
    bounds: list[str],
    after: list[str],
    marks: Mapping[str, str],
    currencies: Mapping[str, str],
) -> str:
    """An amount, or a range of two, with its hedge before it and what stands behind it."""
    money, percent = _either(set(currencies)), r"%|per\s?cent\b|percent\b|percentage\spoints?\b"
    count = rf"(?:(?:{_either(set(marks))})\s?)?{_number_pattern()}"
    heads = re.escape("".join(m[0] for m in marks))
    return (
        rf"(?<![\w.,/:'-])(?=[\w~{heads}])"
        rf"(?:(?:(?P<degree>{_either(degrees)})\s{{1,3}})?"
        rf"(?P<hedge>{_either({*bounds, 'between'})})\s{{0,3}})?"
        rf"(?P<a>(?<![\w.,/:]){count})"
        rf"(?:(?P<unit_a>\s?%)?(?P<join>\s{{1,3}}(?:to|or|and)\s{{1,3}}|\s?[-\u2013\u2014]\s?)"
        rf"(?P<b>{count}))?"
        rf"(?P<unit>\s{{0,3}}(?:{percent})|\s{{1,3}}(?:{money})\b)?"
        rf"(?P<after>\s{{1,3}}(?:{_either(after)})\b|\+|-plus\b)?"
    )
