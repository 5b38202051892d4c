"""What became of the people of an incident, step by step: captured, then dead; 3 dead, then 5."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sayso.lexicon.events import load_events
from sayso.linking.figures.feared import is_feared, is_forecast
from sayso.linking.speakers.identity import identify, names_organisation
from sayso.linking.speakers.same import is_witness
from sayso.record import Attribution, Claim, Event, Figure, Reading, Span, When, words_of
from sayso.record.links import ClaimRef, Spot, State
from sayso.record.view import path_of

# Types of events that leave people in a state, in the order in which one may follow another.
_STATES: Mapping[str, str] = {
    "missing": "missing", "abduction": "abducted", "capture": "captured", "arrest": "arrested",
    "injury": "wounded", "release": "released", "death": "dead",
}  # fmt: skip
STATE_ORDER = {
    word: i
    for i, word in enumerate(
        "missing abducted captured arrested wounded released found dead".split()
    )
}
_HELD = frozenset({"abducted", "captured", "arrested"})
# Who was missing and is so no more has no type of event: "the boys were found alive in a barn".
_FOUND = re.compile(
    r"\b(?:found|located|recovered) (?:alive|safe|unharmed|unhurt|well)\b|\brescued\b"
)
_UNSAID = frozenset({"denied", "unknown"})
_EXACT = frozenset({"minute", "hour", "day"})


@dataclass(frozen=True, slots=True)
class _Told:
    """One claim's word on a state."""

    state: str
    figure: Figure | None
    when: When | None
    said: When | None
    ref: ClaimRef
    spot: Spot
    weak: bool = False  # the word of a witness, or of somebody of whom nothing is known
    taken_back: frozenset[float] = frozenset()  # higher counts that the words replace by this one

    @property
    def count(self) -> float | None:
        return None if self.figure is None else self.figure.best


def states(
    readings: Iterable[Reading],
    group: Iterable[ClaimRef],
    events: Mapping[str, Collection[str]] | None = None,
) -> tuple[State, ...]:
    """The states that a group of claims tells of, in the order in which they came about.

    `events` names for each report the events that are of the incident, where a claim may hold
    others. A lower count that is told later is no state: the comparison of figures shows it. But
    a count that is corrected to a lower one (*revised to 54 from 56*) is none any more.
    """
    held = {r.report.id: r for r in readings}
    told: list[_Told] = []
    for ref in sorted(set(group)):
        reading = held.get(ref.report)
        claim = next((c for c in reading.claims if c.id == ref.claim), None) if reading else None
        if reading is not None and claim is not None:
            own = events.get(ref.report) if events is not None else None
            told += _tell(reading, claim, ref, own)
    return tuple(sorted(_steps(_one_word(told)), key=_order))


def state_of(type_: str) -> str | None:
    """The state that events of a type leave people in: captured for a capture; None for most."""
    return _STATES.get(type_)


def _tell(
    reading: Reading, claim: Claim, ref: ClaimRef, own: Collection[str] | None
) -> Iterator[_Told]:
    if claim.polarity == "negative" or claim.certainty in _UNSAID:
        return
    path = path_of(reading, claim)
    said = next((a.said for a in path if a.said), None) or reading.report.published
    figures = {f.id: f for f in reading.figures if f.id in claim.figures}
    weak = bool(path) and _is_weak(reading, path[-1])
    for event in reading.events:
        wanted = event.id in claim.events and (own is None or event.id in own)
        if not wanted or event.negated or event.hypothetical or event.type not in _STATES:
            continue
        figure = _figure(reading.report.text, event, figures)
        told = figure.span if figure else event.trigger
        if told and is_feared(reading.report.text, told):
            continue
        if figure is None or figure.scope == "incident":
            spot = Spot(ref.report, _shown(event, figure))
            back = _taken_back(figure, figures)
            yield _Told(_STATES[event.type], figure, event.time, said, ref, spot, weak, back)
    found = _FOUND.search(words_of(reading.report.text, claim.content))
    if found and claim.content:
        start = claim.content[0].start + found.start()
        spot = Spot(ref.report, (Span(start, start + len(found[0])),))
        yield _Told("found", None, None, said, ref, spot)


def _is_weak(reading: Reading, attribution: Attribution) -> bool:
    """True for a witness and for who is not known by name or by kind: *one survivor*, *sources*."""
    source = next((s for s in reading.sources if s.id == attribution.source_id), None)
    who = identify(source)
    if is_witness(who):
        return True
    # "the emergency agency", "the regional disaster office" are somebody, though not which
    return not who.is_told_apart and who.kind is None and not names_organisation(who.words)


def _figure(text: str, event: Event, figures: Mapping[str, Figure]) -> Figure | None:
    """The count of those in the state: the greatest that the claim gives, parts being parts."""
    counts = load_events().types[event.type].counts
    own = [figures[f] for f in event.figures if f in figures and figures[f].counts == counts]
    known = [f for f in own if f.best is not None and not is_forecast(text, f)]
    now = [f for f in known if f.scope != "earlier"]
    return max(now or known, key=lambda f: (f.best or 0, f.id), default=None)


def _taken_back(figure: Figure | None, figures: Mapping[str, Figure]) -> frozenset[float]:
    """The counts that a claim replaces by a lower one: 56 of *revised to 54 from 56*."""
    if figure is None or figure.best is None:
        return frozenset()
    before = (f for f in figures.values() if f.scope == "earlier" and f.counts == figure.counts)
    return frozenset(f.best for f in before if f.best is not None and f.best > figure.best)


def _shown(event: Event, figure: Figure | None) -> tuple[Span, ...]:
    spans = {*event.trigger, *(figure.span if figure else ())}
    return tuple(sorted(spans, key=lambda s: (s.start, s.end)))


def _one_word(told: list[_Told]) -> list[_Told]:
    """One word for how people came to be held: who *was seized* in a capture was captured.

    Who was wounded when taken is captured: the wound is no state of its own.
    """
    votes = Counter(t.state for t in told if t.state in _HELD)
    if not votes:
        return told
    word = max(votes, key=lambda w: (votes[w], -STATE_ORDER[w]))
    held = [replace(t, state=word) if t.state in _HELD else t for t in told]
    numbers = {t.count or 1 for t in held if t.state == word}
    return [t for t in held if t.state != "wounded" or (t.count or 1) not in numbers]


def _steps(told: Iterable[_Told]) -> Iterator[State]:
    by_word: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        by_word[one.state].append(one)
    for word, all_ in by_word.items():
        yield from _grow(word, all_)


def _grow(word: str, told: list[_Told]) -> Iterator[State]:
    """The states of one word: each count that is higher than all that were told before.

    Where any count is told, a mention without one (*the dead*) says nothing of its own; and of one
    report the greatest count is the toll (*five people, two of them children*).
    """
    told = _without_taken_back(_without_weak(told))
    most: dict[str, float] = {}
    for one in told:
        most[one.ref.report] = max(most.get(one.ref.report, 0), one.count or 0)
    counting = [t for t in told if t.count is not None and t.count == most[t.ref.report]]
    by_count: dict[float | None, list[_Told]] = defaultdict(list)
    for one in counting or told:
        by_count[one.count if counting else None].append(one)
    highest = -1.0
    for count, said in sorted(by_count.items(), key=lambda kv: (_first(kv[1]), kv[0] or 0)):
        if (count or 0) > highest:
            highest = count or 0
            yield _state(word, count, said)


def _without_weak(told: list[_Told]) -> list[_Told]:
    """Without a survivor's 20 where the coast guard counts 15: it stays among the figures."""
    if any(t.count is not None and not t.weak for t in told):
        return [t for t in told if t.count is None or not t.weak]
    return told


def _without_taken_back(told: list[_Told]) -> list[_Told]:
    """Without the counts that a later word, or one of the same day, replaces by a lower one."""
    ends: dict[float, str] = {}
    for one in told:
        for count in one.taken_back:
            ends[count] = max(ends.get(count, ""), _start(one.said))
    return [t for t in told if t.count not in ends or _start(t.said) > ends[t.count]]


def _first(told: Iterable[_Told]) -> str:
    return min((_start(t.said) for t in told), default="9")


def _start(when: When | None) -> str:
    return (when.start or "9")[:10] if when else "9"


def _state(word: str, count: float | None, told: list[_Told]) -> State:
    told = sorted(told, key=lambda t: (_start(t.said), t.ref))
    bounds = Counter(t.figure.bound for t in told if t.figure)
    return State(
        state=word,
        count=count,
        bound=bounds.most_common(1)[0][0] if bounds else None,
        when=_when(told),
        said=told[0].said,
        refs=tuple(dict.fromkeys(t.ref for t in told)),
        spots=tuple(dict.fromkeys(t.spot for t in told)),
    )


def _when(told: Iterable[_Told]) -> When | None:
    """The day that most give, a more exact time before a vaguer one."""
    votes = Counter(t.when for t in told if t.when)
    days = Counter({w: sum(n for v, n in votes.items() if _start(v) == _start(w)) for w in votes})
    return max(
        votes, key=lambda w: (w.precision in _EXACT, days[w], votes[w], str(w)), default=None
    )


def _order(state: State) -> tuple[str, str, int, float]:
    said = _start(state.said)
    came = _start(state.when) if state.when and state.when.precision in _EXACT else said
    return came, said, STATE_ORDER[state.state], state.count or 0
