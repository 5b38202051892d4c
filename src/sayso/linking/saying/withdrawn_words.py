"""Sentences in which somebody takes back what they said: who, what, and of which day."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.lexicon.load import load_table
from sayso.record import Span, Spans

_SENTENCE = re.compile(r"[^.!?\n]+")
# "refused to withdraw its report", "has not withdrawn it", "called on the agency to retract"
_ONLY_ASKED = re.compile(
    r"(?:\b(?:not|never|no|nor|refus\w+|declin\w+|without|should|must|ask\w*|urg\w+|demand\w*"
    r"|call\w*|if|unless|whether|may|might|could|would|until)\b|n['’]t\b)[^,;:]{0,40}$",
    re.IGNORECASE,
)
# "this report has been withdrawn", but "an earlier version of this report"
_THIS = re.compile(r"(?<!of )\bthis (?:\w+ )?$", re.IGNORECASE)
_BEFORE_DAY = re.compile(r"\s*(?:(?:of|from|dated|(?:(?:published|issued|sent|filed) )?on)\s*)?")
_ELSE = "after|before|from|because|as|when|following|since|until|amid|if|into|to"
_NEAR = 30  # characters behind what is taken back in which its day stands

What = Literal["statement", "report"]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One such sentence.

    `who` is where it may name who takes back; `what` is "report" for a publisher's text; `this`
    where that text is the one at hand; `days` are where its day may stand, before and behind it;
    `denied` where only words such as *was false* tell it, which another may say too.
    """

    span: Span
    who: Spans
    what: What
    this: bool
    days: tuple[Span, Span]
    denied: bool

    def holds_day(self, text: str, day: Span) -> bool:
        """True for the day of what is taken back: *its report of 11 June*, *its June 11 story*."""
        before, after = self.days
        between = text[after.start : day.start].lower() if after.covers(day) else None
        follows = between is not None and _BEFORE_DAY.fullmatch(between) is not None
        return follows or before.covers(day)


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len)[::-1])


@dataclass(frozen=True, slots=True)
class _Words:
    active: re.Pattern[str]
    passive: re.Pattern[str]
    errors: re.Pattern[str]
    thing: re.Pattern[str]
    tells: re.Pattern[str]


@functools.cache
def _words() -> _Words:
    table: dict[str, list[str]] = load_table("institutions")["withdrawn"]
    verbs, texts = _any_of(table["verbs"]), _any_of(table["reports"])
    thing = rf"\b(?P<what>(?P<text>{texts})|{_any_of(table['things'])})s?\b"
    # "withdrew on Tuesday its report", not "was withdrawn after the report"
    some = rf"(?:(?!(?:{_ELSE})\b)[\w'’-]+\s+){{0,6}}?"
    aux = r"(?:has|have|had|was|were|is|are)\s+(?:been\s+|being\s+|now\s+)?"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Words(
        compiled(rf"\b(?P<verb>{verbs})\s+{some}{thing}"),
        # "its report on the raid has been withdrawn"; not "troops were withdrawn from Oda"
        compiled(rf"{thing}(?P<of>[^,;:]{{0,60}}?)\s{aux}(?P<verb>{verbs})\b(?!\s+from\b)"),
        compiled(rf"\b(?P<verb>{_any_of(table['errors'])})\b"),
        compiled(thing),
        compiled(rf"\b(?:{_any_of(table['tells'])})\b"),
    )


# "a report said that troops were withdrawn" takes no report back
_SAYS = re.compile(r"\b(?:that|which|said|says|saying|who)\b", re.IGNORECASE)
_BY = re.compile(r"\s{1,9}by\s+[^,;:]{1,60}", re.IGNORECASE)


def taken_back(text: str) -> Iterator[TakenBack]:
    """The sentences of a text in which somebody takes back a statement or a report."""
    for match in _SENTENCE.finditer(text):
        found = _read(match)
        if found:
            yield found


def _read(sentence: re.Match[str]) -> TakenBack | None:
    words, known = sentence[0], _words()
    found = known.active.search(words)
    passive = None if found else known.passive.search(words)
    if passive and not _SAYS.search(passive["of"]):
        found = passive
    verb, thing, errors = found, found, None
    if not found:
        verb = errors = known.errors.search(words)
        thing = known.thing.search(words, 0, errors.start()) if errors else None
    if not verb or not thing:
        return None
    start, end = verb.span("verb")
    if _ONLY_ASKED.search(words[max(0, start - 60) : start]):
        return None
    at, (first, last) = sentence.start(), thing.span("what")
    span = Span(at + len(words) - len(words.lstrip()), sentence.end())
    by = _BY.match(words, end)
    first_, last_ = _subject(words[: max(start, span.start - at)])
    opening = Span(max(span.start, at + first_), max(span.start, at + last_))
    who = (opening, Span(at + end, at + by.end())) if by else (opening,)
    return TakenBack(
        span=span,
        who=(span,) if errors else who,
        what="report" if thing["text"] else "statement",
        this=found is passive and passive is not None and _is_this(words[:first]),
        days=(
            Span(at + min(end, first), at + first),
            Span(at + last, min(sentence.end(), at + last + _NEAR)),
        ),
        denied=errors is not None,
    )


# "Meridian said on Friday that it had"
_PRONOUN = re.compile(r"\b(?:it|they|he|she|we)\s+(?:(?:has|have|had|\w+ly)\s+)*$", re.IGNORECASE)
# "Meridian, which said that six had died, has"
_CLOSED = re.compile(r",\s*(?:(?:has|have|had|also|now|later|\w+ly)\s+)*$", re.IGNORECASE)


def _subject(opening: str) -> tuple[int, int]:
    """Where who takes back stands among the words before the verb.

    *The army told Meridian that it had*: the army. *Meridian said that the ministry had*: the
    ministry. *The ministry, Meridian reported,*: the ministry.
    """
    tells = list(_words().tells.finditer(opening))
    if not tells:
        return 0, len(opening)
    first, last = tells[0], tells[-1]
    if _CLOSED.search(opening, last.end()):
        comma = opening.rfind(",", 0, first.start())
        return 0, comma if comma >= 0 else first.start()
    if not _PRONOUN.search(opening, last.end()):
        return last.end(), len(opening)
    teller = next((t for t in reversed(tells) if t[0].lower() != "that"), first)
    before = [t.end() for t in tells if t.end() <= teller.start()]
    return max(before, default=0), teller.start()


def _is_this(before: str) -> bool:
    return _THIS.search(before) is not None
