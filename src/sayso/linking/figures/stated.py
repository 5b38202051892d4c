"""Figures as stated, ready to be laid side by side: of whom, over which scope, by whom, when."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sayso.lexicon.load import load_table
from sayso.linking.figures.feared import is_feared, is_forecast
from sayso.linking.speakers.identity import Identity, identify, names_of_joined
from sayso.linking.speakers.lines import voice_of
from sayso.linking.speakers.same import are_apart, joined_by_hand, same_speaker
from sayso.record import Claim, Event, Figure, Reading, Span, Spans, words_of
from sayso.record.links import ClaimRef, Spot, Statement
from sayso.record.reading import Scope
from sayso.record.view import path_of

# The roles whose holders a measure counts.
_COUNTED = frozenset(
    "dead injured hurt casualty captive arrested missing deployed displaced abducted victim"
    " detained released".split()
)
# "nine people, among them three children", "including two women", "two of them children"
_PART_BEFORE = re.compile(
    r"\b(?:among (?:them|whom|those|the \w+)(?: (?:were|was|are|is))?|including"
    r"|of (?:whom|them|those)(?: (?:were|was|are|is))?)(?: (?:at least|about|some|nearly))? $"
)
_PART_AFTER = re.compile(r"^ of (?:them|whom|those|the (?:dead|killed|victims|wounded|injured))\b")

# "four of them children", not "with children in their arms", "while children played"
_PART_OF = re.compile(
    r" of (?:them|whom|those)(?: (?:were|was|are|is))?"
    r" (?!(?:with|while|when|as|in|on|at|near|after|before|from|by|who)\b)(\w+(?: \w+)?)"
)


@functools.cache
def _widths() -> dict[str, Any]:
    table: dict[str, Any] = load_table("hedges")["width"]
    return table


def read_statements(
    readings: Iterable[Reading], group: Iterable[ClaimRef]
) -> tuple[Statement, ...]:
    """The figures of a group of claims as statements, speakers that are one under one key."""
    held = {r.report.id: r for r in readings}
    speakers = _Speakers(names_of_joined(held.values()))
    found: list[Statement] = []
    for ref in sorted(set(group)):
        reading = held.get(ref.report)
        claim = next((c for c in reading.claims if c.id == ref.claim), None) if reading else None
        if reading is not None and claim is not None and _is_stated(claim):
            found += _statements(reading, claim, ref, speakers)
    return tuple(found)


def _is_stated(claim: Claim) -> bool:
    """True where a claim's counts are anybody's word: *nobody knows how many died* states none."""
    return claim.polarity == "positive" and claim.certainty not in ("denied", "unknown")


class _Speakers:
    """Keys of speakers: one key for those that are one by `same_speaker`."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._known: list[tuple[str, Identity]] = []
        self._names = names  # of those that people joined, by group

    def key(self, who: Identity, own: str) -> str:
        found = self._key_of(who) or own
        self._known.append((found, who))
        return found

    def name(self, who: Identity) -> str:
        return self._names.get(who.alias.group, who.name) if who.alias else who.name

    def _key_of(self, who: Identity) -> str | None:
        """The key of whom a person joined with it, else of whom rules do and nobody parts."""
        known = self._known
        by_rule = (key for key, other in known if who == other or same_speaker(who, other))
        if who.alias is None:
            return next(by_rule, None)
        by_hand = (key for key, other in known if joined_by_hand(who, other))
        apart = {key for key, other in known if are_apart(who, other)}
        return next((key for key in itertools.chain(by_hand, by_rule) if key not in apart), None)


def _statements(
    reading: Reading, claim: Claim, ref: ClaimRef, speakers: _Speakers
) -> Iterator[Statement]:
    path = path_of(reading, claim)
    source = next((s for s in reading.sources if path and s.id == path[0].source_id), None)
    own = f"{reading.report.id}|{source.id if source else 'voice'}"
    voice = voice_of(reading.report, claim).who
    who = identify(source) if path else voice
    said = next((a.said for a in path if a.said), None) or reading.report.published
    text, figures = reading.report.text, {f.id: f for f in reading.figures}
    events = [e for e in reading.events if e.id in claim.events]
    for name in claim.figures:
        figure = figures.get(name)
        if figure is None or figure.scope == "earlier" or _is_unsaid(text, figure):
            continue
        if is_feared(text, figure.span) or _is_imagined(events, name) or is_forecast(text, figure):
            continue
        event = next((e for e in events if name in e.figures), events[0] if events else None)
        from_, to = reach(figure, words_of(text, figure.span))
        yield Statement(
            ref=ref,
            figure=name,
            counts=figure.counts,
            of=words_of(text, figure.of),
            people=_people(reading, figure, event),
            scope=_scope(figure, event),
            speaker=speakers.key(who, own),
            speaker_name=speakers.name(who),
            said=said,
            low=figure.low,
            best=figure.best,
            high=figure.high,
            from_=from_,
            to=to,
            spot=Spot(reading.report.id, figure.span),
            vague=_vague(words_of(text, figure.span)) if figure.bound == "vague" else None,
            correction=_is_corrected(reading, claim),
        )


_UNSAID = re.compile(r"(?: how|, not) $")


def _is_unsaid(text: str, figure: Figure) -> bool:
    """True for *how many people died*, and for the six of *two died, not six*: nobody's word."""
    start = figure.span[0].start
    return _UNSAID.search(text[max(0, start - 6) : start].lower()) is not None


def is_part(text: str, spans: Spans) -> bool:
    """True for the count of some of those who are counted already: *among them three children*."""
    start, end = spans[0].start, spans[-1].end
    before, after = text[max(0, start - 60) : start].lower(), text[end : end + 30].lower()
    return bool(_PART_BEFORE.search(before) or _PART_AFTER.search(after))


def _is_imagined(events: Iterable[Event], figure: str) -> bool:
    """True where all that a figure counts may yet happen: *hundreds could die*."""
    own = [e for e in events if figure in e.figures]
    return bool(own) and all(e.hypothetical for e in own)


def _people(reading: Reading, figure: Figure, event: Event | None) -> str | None:
    """Whom a figure counts, as `country/group`, either part empty where it is not told.

    What another figure counts says nothing of them: of *12 people, including four children* the
    twelve are no children.
    """
    text = reading.report.text
    others = [s for f in reading.figures if f.id != figure.id for s in (*f.span, *f.of)]
    whole = [p for p in event.participants if p.role in _COUNTED] if event else []
    counted = [p for p in whole if not _meet(p.text, others)]
    actor = next((p.actor for p in whole if p.actor), None)
    words = " ".join(words_of(text, spans) for spans in (figure.of, *(p.text for p in counted)))
    part = _PART_OF.match(text, figure.span[-1].end)  # "four of them children"
    sorts = _sorts()
    group = next(
        (sorts[w] for w in _singulars(f"{part[1] if part else ''} {words}") if w in sorts), ""
    )
    if not group and actor and actor.kind in ("military", "rebels"):
        group = "fighters"
    country = (actor.country if actor else None) or ""
    return f"{country}/{group}" if country or group else None


def _meet(spans: Spans, others: Iterable[Span]) -> bool:
    return any(s.start < o.end and o.start < s.end for s in spans for o in others)


@functools.cache
def _sorts() -> dict[str, str]:
    """Words for people that no count of other people holds, each with its sort."""
    table: dict[str, list[str]] = load_table("incidents")["sorts"]
    return {word: sort for sort, words in table.items() for word in words}


def _singulars(words: str) -> Iterator[str]:
    for word in re.findall(r"[a-z]+", words.lower()):
        yield word
        yield word.removesuffix("s")


def _scope(figure: Figure, event: Event | None) -> Scope:
    """Casualties with no time of their own are a tally, whatever the sentence leaves out.

    *The service had put the number of killed or wounded at 1,000* counts since the war began.
    """
    if event is not None and event.type == "casualties" and event.time is None:
        return "cumulative"
    return figure.scope


def _is_corrected(reading: Reading, claim: Claim) -> bool:
    """True where the sentence says that the count is corrected."""
    start = min((s.start for s in claim.content), default=0)
    end = max((s.end for s in claim.content), default=0)
    sentence = reading.report.text[max(0, start - 60) : end + 60].lower()
    return any(f" {w}" in sentence for w in _widths()["corrected"]["words"])


def _vague(words: str) -> str | None:
    """The longest vague amount that the words hold: "several dozen", not "dozen"."""
    low = " ".join(words.lower().split())
    options = (w for w in {**_widths()["vague"], **_widths()["acled"]} if w in low)
    return max(options, key=len, default=None)


def reach(figure: Figure, words: str) -> tuple[float | None, float | None]:
    """From where to where a figure reaches when it is compared, by the declared widths."""
    widths, low_words = _widths(), words.lower()
    best = figure.best
    if figure.bound == "vague" or best is None:
        vague = widths["vague"].get(_vague(words) or "")
        return (vague[0], vague[1]) if vague else (figure.low, figure.high)
    match figure.bound:
        case "below":
            only = any(w in low_words for w in widths["below_only_words"])
            return _clean(best * widths["below_only" if only else "below"]), best
        case "above":
            only = any(w in low_words for w in widths["above_only_words"])
            return best, _clean(best * widths["above_only" if only else "above"])
        case "about":
            unit = _rounding(best)
            half = unit / 2 if unit > 1 else best * widths["about"]
            return _clean(best - half), _clean(best + half)
        case _:
            low = best if figure.low is None else figure.low
            return low, best if figure.high is None else figure.high


def _clean(number: float) -> float:
    """A product without what binary fractions add: 13,200,000, not 13,200,000.000000002."""
    return round(number, 6)


def _rounding(number: float) -> float:
    """The unit that a number is rounded to: 12,000 to 1,000, 1,500 to 100, 7 to 1."""
    unit = 1
    while number and number % (unit * 10) == 0:
        unit *= 10
    return unit


def order_of(statement: Statement) -> tuple[str, str]:
    """When a statement was said, for sorting: the unknown first."""
    said = statement.said
    return ((said.start or "")[:10], (said.end or "")[:10]) if said else ("", "")
