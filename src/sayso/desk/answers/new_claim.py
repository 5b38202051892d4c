"""A claim that was missed, as a person tells it, and the parts that make it one in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, replace
from datetime import date
from typing import Any, ClassVar

from sayso.errors import UsageError
from sayso.ledger import Judged, Ledger
from sayso.ledger.asking.report_page import ReportPage
from sayso.lexicon.countries import check_country
from sayso.lexicon.events import load_events
from sayso.reading.grounding.amounts.numbers import NUMBER_WORDS, parse_digits, parse_number
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import place_named
from sayso.record import Span, make_id, words_of
from sayso.record.reading import Bound, Certainty, Counts, Polarity, Scope, Source, SourceKind
from sayso.record.wire import encode

Wire = dict[str, Any]
_WORD = rf"(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
COUNTED = re.compile(rf"\d[\d,]*(?:\.\d+)?|\b{_WORD}(?:(?:[- ]|\sand\s){_WORD})*\b", re.IGNORECASE)
MOST = 1e12  # of people
MOST_WORDS = 400  # of a pattern: longer words are more than one claim


@dataclass(frozen=True, slots=True)
class NewClaim:
    """Who says what in which words of a report; `near` tells apart words that stand there twice.

    No speaker is the report's own voice. Without `type` it tells of no event, without `counts` it
    states no figure; `best` may be left out of a figure that is only bounded.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}  # where it is sent

    words: str
    near: int = 0
    speaker: str = ""
    speaker_kind: SourceKind = "person"
    certainty: Certainty = "stated"
    polarity: Polarity = "positive"
    type: str = ""
    start: str | None = None
    end: str | None = None
    place: str = ""
    country: str = ""
    counts: Counts | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    bound: Bound = "exact"
    scope: Scope = "incident"


def add_claim(ledger: Ledger, report: str, said: NewClaim, *, by: str, reason: str) -> Judged:
    """The word for the claim, entered. Raises UsageError for what makes none."""
    parts = parts_of_claim(ledger.report_page(report), said)
    return ledger.add_claim(report, parts, by=by, reason=reason)


def parts_of_claim(page: ReportPage, said: NewClaim) -> Wire:
    """The claim and all that it is made of, as the wire has them."""
    report = page.reading.report
    span = find_words(report.text, said.words, said.near)
    _refuse_loose(report.text, span, said)
    content = [[span.start, span.end]]
    source = _speaker(page, said, span)
    at = (report.id, content, source and source["id"])
    attribution = source and {
        "id": make_id("attribution", *at), "source": _nearest(source["mentions"], span),
        "source_id": source["id"], "cue": [], "content": content, "within": None, "to": [],
        "quotation": "indirect", "said": None, "score": 1.0,
    }  # fmt: skip
    figure = _figure(report.text, span, said, at) if said.counts else None
    figures = [figure["id"]] if figure else []
    event = _event(said, content, figures, at) if said.type else None
    claim = {
        "id": make_id("claim", *at, *astuple(replace(said, words="", near=0, speaker=""))),
        "content": content, "attribution": attribution and attribution["id"],
        "certainty": said.certainty, "polarity": said.polarity, "certainty_cue": [],
        "events": [event["id"]] if event else [], "figures": figures,
    }  # fmt: skip
    parts = {"sources": source, "attributions": attribution, "events": event, "figures": figure}
    return {"claims": [claim], **{kind: [each] if each else [] for kind, each in parts.items()}}


def _refuse_loose(text: str, span: Span, said: NewClaim) -> None:
    """Raises UsageError for what would be dropped: a number of nothing, a country of no place.

    The number that the words give may stand without: the form offers it unasked.
    """
    given = {said.low, said.best, said.high} - {None}
    if not said.counts and given - {number for number, _ in numbers_in(text, span)}:
        raise UsageError("say what the number counts: killed, wounded, …; or give no number")
    place_given(said.place, said.country)


def find_words(text: str, words: str, near: int = 0) -> Span:
    """Where words stand in a text, however its lines break; of several places the nearest.

    Raises UsageError where they do not stand there.
    """
    pieces = [re.escape(piece) for piece in words.split()]
    if not pieces:
        raise UsageError("give the words of the report that say it")
    if len(pieces) > MOST_WORDS:
        raise UsageError(f"a claim of more than {MOST_WORDS} words is several; add them one by one")
    found = [Span(*m.span()) for m in re.finditer(r"\s+".join(pieces), text)]
    if not found:
        raise UsageError(f"“{' '.join(words.split()):.80}” does not stand in the report so")
    return min(found, key=lambda span: abs(span.start - near))


def _speaker(page: ReportPage, said: NewClaim, span: Span) -> Wire | None:
    """Who speaks: one whom the reading knows by that name, or somebody new."""
    name = " ".join(said.speaker.split())
    if not name:
        return None
    text = page.reading.report.text
    for source in page.reading.sources:
        if name.casefold() in _names(text, source):
            return dict(encode(source))
    found = [Span(*m.span()) for m in re.finditer(re.escape(name), text)]
    mentions = [[[s.start, s.end]] for s in sorted(found, key=lambda s: abs(s.start - span.start))]
    named = said.speaker_kind != "unnamed"
    return {
        "id": make_id("source", page.reading.report.id, name, said.speaker_kind), "name": name,
        "kind": said.speaker_kind, "named": named, "actor": None, "mentions": mentions[:1],
    }  # fmt: skip


def _names(text: str, source: Source) -> set[str]:
    """What a source is called in a report."""
    called = (words_of(text, mention) for mention in source.mentions)
    return {each.casefold() for each in (source.name, *called)}


def _nearest(mentions: list[list[list[int]]], span: Span) -> list[list[int]]:
    return min(mentions, key=lambda m: abs(m[0][0] - span.start), default=[])


def _figure(text: str, span: Span, said: NewClaim, at: tuple[Any, ...]) -> Wire:
    low, best, high = said.low, said.best, said.high
    given = [number for number in (low, best, high) if number is not None]
    if not given:
        raise UsageError("a figure needs a number: the best, the least or the most")
    if sorted(given) != given or not 0 <= given[0] <= given[-1] < MOST:
        raise UsageError("the numbers of a figure go up, from the least to the most, from 0 on")
    if said.bound == "exact":
        low, high = best if low is None else low, best if high is None else high
    number = _place_of(text, span, best)
    return {
        "id": make_id("figure", *at, said.counts, low, best, high), "span": [number],
        "low": low, "best": best, "high": high, "bound": said.bound, "counts": said.counts,
        "of": [], "scope": said.scope, "since": None,
    }  # fmt: skip


def numbers_in(text: str, span: Span) -> Iterator[tuple[float, Span]]:
    """The numbers that stand in words of a text, in digits or words, and where."""
    for match in COUNTED.finditer(text, span.start, span.end):
        digits = match[0][0].isdecimal()
        number = parse_digits(match[0]) if digits else parse_number(match[0])
        if number is not None:
            yield number, Span(*match.span())


def _place_of(text: str, span: Span, best: float | None) -> list[int]:
    """Where a number stands within words; all of them where it does not."""
    own = next((s for number, s in numbers_in(text, span) if number == best), span)
    return [own.start, own.end]


def _event(said: NewClaim, content: Any, figures: list[str], at: tuple[Any, ...]) -> Wire:
    types = load_events().types
    if said.type not in types:
        raise UsageError(f"{said.type!r:.60} is no type; take one of {', '.join(sorted(types))}")
    return {
        "id": make_id("event", *at, said.type), "type": said.type, "trigger": content,
        "negated": False, "hypothetical": False, "participants": [],
        "time": when_given(said.start, said.end), "place": place_given(said.place, said.country),
        "figures": figures, "score": None,
    }  # fmt: skip


def when_given(start: str | None, end: str | None) -> Wire | None:
    """The days that a person gives; one alone leaves the other side open."""
    if not start and not end:
        return None
    for day in filter(None, (start, end)):
        try:
            date.fromisoformat(day)
        except ValueError:
            raise UsageError(f"{day!r:.40} is no day; write 2024-12-27") from None
    if start and end and end < start:
        raise UsageError("the last day lies before the first")
    precision = "day" if start == end else "unknown"
    return {"start": start or None, "end": end or None, "precision": precision, "basis": "given"}


def place_given(name: str, country: str) -> Any:
    """A place by the name that a person writes, as the gazetteer knows it.

    Raises UsageError for what is no country's code, and for a country of no place.
    """
    name, code = name.strip(), country.strip().upper()
    if code and not name:
        raise UsageError("a country stands with a place; write its name as the place")
    if not name:
        return None
    if code:
        check_country(code)
    with closing(Gazetteer()) as gazetteer:
        return encode(place_named(gazetteer, name, code or None))
