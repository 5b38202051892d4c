"""Which events of a report are the same one, so that they share its time and its place."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from sayso.lexicon.events import Ontology
from sayso.reading.events.company import is_definite
from sayso.reading.events.triggers import Trigger
from sayso.record import Place, When

# What an incident is, and what comes of it: both have the incident's time and place.
_INCIDENTS = frozenset({"violence", "mishap"})
_EFFECTS = frozenset({"dying", "hurting", "harm", "damage"})
_JOINED = _INCIDENTS | _EFFECTS | {"fight"}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as its own words tell it."""

    trigger: Trigger
    negated: bool
    unreal: bool
    time: When | None
    place: Place | None


def fill_settings(told: list[Told], ontology: Ontology) -> list[tuple[When | None, Place | None]]:
    """The time and place of each event: its own, its sentence's incident's, or the report's."""
    told = _share_in_sentence(told, ontology)
    main = _main_incident(told, ontology)
    if main is None:
        return [(t.time, t.place) for t in told]
    days: dict[int, set[str | None]] = {}
    for one in told:
        if one.time:
            days.setdefault(one.trigger.sentence, set()).add(one.time.start)
    return [_filled(t, main, ontology, days.get(t.trigger.sentence, set())) for t in told]


def _share_in_sentence(told: list[Told], ontology: Ontology) -> list[Told]:
    """An attack and the deaths it caused, told in one sentence, share what either one has."""
    known: dict[int, list[Told]] = {}
    for one in told:
        if (one.time or one.place) and ontology.family(one.trigger.type) in _JOINED:
            known.setdefault(one.trigger.sentence, []).append(one)
    out = []
    for one in told:
        if ontology.family(one.trigger.type) in _JOINED:
            for other in known.get(one.trigger.sentence, ()):
                if one.time and one.place:
                    break
                if _is_near(one, other):
                    one = dataclasses.replace(  # noqa: PLW2901 - filled step by step
                        one, time=one.time or other.time, place=one.place or other.place
                    )
        out.append(one)
    return out


def _is_near(one: Told, other: Told) -> bool:
    return one.trigger.sentence == other.trigger.sentence and not (
        one.time and other.time and one.time != other.time
    )


def _main_incident(told: list[Told], ontology: Ontology) -> Told | None:
    """The incident that the report is about: the first, with its first stated time and place."""
    incidents = [
        t for t in told
        if ontology.family(t.trigger.type) in _INCIDENTS and not (t.negated or t.unreal)
    ]  # fmt: skip
    if not incidents:
        return None
    first = incidents[0]
    twins = [t for t in incidents[:4] if _is_twin(first, t, ontology)]
    time = first.time or next((t.time for t in twins if t.time), None)
    place = first.place or next((t.place for t in twins if t.place), None)
    return dataclasses.replace(first, time=time, place=place)


def _is_twin(first: Told, other: Told, ontology: Ontology) -> bool:
    """True where a later mention may be the first incident again: "the attack", no other day."""
    if first.time and other.time and first.time.start != other.time.start:
        return False
    mine, theirs = ontology.types[first.trigger.type], ontology.types[other.trigger.type]
    if mine.family != theirs.family:
        return False
    return mine.name == theirs.name or (theirs.general and is_definite(other.trigger.head))


def _filled(
    one: Told, main: Told, ontology: Ontology, days: set[str | None]
) -> tuple[When | None, Place | None]:
    family = ontology.family(one.trigger.type)
    if one.unreal or family not in _INCIDENTS | _EFFECTS:
        return one.time, one.place
    # another day or an earlier year: another incident
    if main.time and any(day != main.time.start for day in days):
        return one.time, one.place
    head = one.trigger.head
    if family in _INCIDENTS and head.pos_ == "NOUN" and not is_definite(head) and one.place:
        return one.time, one.place
    time, place = one.time, one.place
    if time is None and main.time:
        time = dataclasses.replace(main.time, basis="report")
    if place is None or (main.place and place.country == main.place.country and not one.time):
        place = main.place
    return time, place
