"""Utterances: one act of saying, found in all the reports that carry it.

Two attributions are one act where the speakers are compatible, the times of speech overlap, and the
words or the grounded content agree (docs/origins.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.linking.figures.stated import reach
from sayso.linking.paraphrase import is_same
from sayso.linking.speakers.identity import Identity, fold, identify
from sayso.linking.speakers.lines import overlap
from sayso.linking.speakers.same import are_apart, same_speaker
from sayso.record import Attribution, Claim, Figure, Quotation, Reading, When, make_id, words_of
from sayso.record.links import AttributionRef, Ground, Spot, Utterance

_WORDS = re.compile(r"\w+")
_QUOTED = 6  # words in a row: what one speaker said, with cuts before and after
_LOOKED_AT = 5  # members of an utterance that a new one is compared with
_DIRECTNESS: tuple[Quotation, ...] = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class _Act:
    """An attribution with what it is compared by."""

    ref: AttributionRef
    who: Identity
    said: When | None
    quotation: Quotation
    words: str
    spot: Spot
    events: frozenset[str]
    figures: tuple[tuple[str, float, float], ...]

    @property
    def runs(self) -> set[tuple[str, ...]]:
        """The runs of words that show it when they are quoted elsewhere."""
        found = _WORDS.findall(self.words.lower())
        length = min(_QUOTED, len(found)) or 1
        return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


@dataclass
class _Growing:
    """An utterance as attributions join it."""

    acts: list[_Act]
    said: When | None
    grounds: list[Ground] = field(default_factory=list)


def find_utterances(readings: Iterable[Reading]) -> tuple[Utterance, ...]:
    """The acts of saying in readings, each with all its attributions; their order is no matter."""
    acts = [a for r in readings for a in _acts_of(r)]
    by_key: dict[str, list[_Growing]] = {}
    found: list[_Growing] = []
    for act in sorted(acts, key=lambda a: a.ref):
        keys = set(_keys(act.who))
        held = {id(u): u for key in keys for u in by_key.get(key, ())}
        for utterance in held.values():
            ground = _same_act(act, utterance)
            if ground is not None:
                utterance.acts.append(act)
                utterance.grounds.append(ground)
                utterance.said = _narrower(utterance.said, act.said)
                break
        else:
            utterance = _Growing([act], act.said)
            found.append(utterance)
        for key in keys:
            if not any(u is utterance for u in by_key.setdefault(key, [])):
                by_key[key].append(utterance)
    return tuple(_utterance(u) for u in found)


def _acts_of(reading: Reading) -> Iterator[_Act]:
    text, report = reading.report.text, reading.report.id
    sources = {s.id: s for s in reading.sources}
    events = {e.id: e for e in reading.events}
    figures = {f.id: f for f in reading.figures}
    for attribution in reading.attributions:
        source = sources.get(attribution.source_id or "")
        if source is None:
            continue
        own = _claims_under(reading, attribution)
        yield _Act(
            AttributionRef(report, attribution.id),
            identify(source),
            attribution.said,
            attribution.quotation,
            words_of(text, attribution.content),
            Spot(report, attribution.content),
            frozenset(events[e].type for c in own for e in c.events if e in events),
            tuple(_reaches(figures[f], text) for c in own for f in c.figures if f in figures),
        )


def _reaches(figure: Figure, text: str) -> tuple[str, float, float]:
    low, high = reach(figure, words_of(text, figure.span))
    return figure.counts, low or 0.0, float("inf") if high is None else high


def _claims_under(reading: Reading, attribution: Attribution) -> list[Claim]:
    return [c for c in reading.claims if c.attribution == attribution.id]


def _keys(who: Identity) -> Iterator[str]:
    """Keys under which compatible speakers meet; a speaker has one to four."""
    if who.person:
        yield f"person {who.person[-1][:4]}"
        yield f"person {who.person[0][:4]}"
    if who.organ:
        yield f"organ {who.organ}"
    if who.actor:
        yield f"name {fold(who.actor.name)}"
    yield f"name {fold(who.name)}"
    if who.form == "vague":
        yield f"vague {who.country} {who.kind}"
    if who.alias and who.alias.ties:
        yield f"alias {who.alias.group}"


def _same_act(act: _Act, utterance: _Growing) -> Ground | None:
    """Why an attribution is of an utterance, or None."""
    first = utterance.acts[0]
    if same_speaker(act.who, first.who) is None:
        return None
    if any(are_apart(act.who, other.who) for other in utterance.acts):
        return None
    if any(other.ref.report == act.ref.report for other in utterance.acts):
        return None  # two attributions of one report are two statements
    if not overlap(act.said, utterance.said):
        return None
    for other in utterance.acts[:_LOOKED_AT]:
        found = _agreement(act, other)
        if found:
            return Ground(*found, (other.spot, act.spot))
    return None


def _agreement(act: _Act, other: _Act) -> tuple[str, str] | None:
    shared, least = len(act.runs & other.runs), min(len(act.runs), len(other.runs))
    # half of the shorter: "it was confirmed through an ally that" opens more than one statement
    if shared * 2 > least:
        return "same words", "both carry the same words"
    meeting = list(_meetings(act, other))
    if meeting and not any(meeting):
        return None  # one said 48, the other 53
    if is_same(act.words, other.words):
        return "same content", "both say the same in other words"
    if act.events and act.events == other.events and any(meeting):
        return "same content", "both say the same of the same event, with the same figure"
    return None


def _meetings(act: _Act, other: _Act) -> Iterator[bool]:
    """For each two figures of one measure whether they can be one count: *48*, *about 50*."""
    for counts, low, high in act.figures:
        for counted, least, most in other.figures:
            if counts == counted:
                yield max(low, least) <= min(high, most)


def _narrower(a: When | None, b: When | None) -> When | None:
    if a is None or b is None:
        return a or b
    start, end = max(a.start or "", b.start or ""), min(a.end or "9", b.end or "9")
    narrower = a if (a.start or "", a.end or "9") == (start, end) else b
    return When(start or None, None if end == "9" else end, narrower.precision, narrower.basis)


def _utterance(growing: _Growing) -> Utterance:
    acts = growing.acts
    fullest = max(acts, key=lambda a: (a.who.is_told_apart, len(a.who.name), a.ref))
    quotation = min((a.quotation for a in acts), key=_DIRECTNESS.index)
    refs = tuple(a.ref for a in acts)
    return Utterance(
        make_id("utterance", refs[0].report, refs[0].attribution),
        fullest.who.name,
        fullest.who.actor,
        growing.said,
        quotation,
        refs,
        tuple(growing.grounds),
    )
