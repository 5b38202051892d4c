"""Who takes part in an incident's events, in which role, and the claims that say so."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping

from sayso.incidents.lines import Basis
from sayso.record import Event, Participant, Reading, words_of
from sayso.record.incident import ActorLine
from sayso.record.links import ClaimRef

# "nearly 3,000 North Korean soldiers", "at least 100 of the men", "two women": an actor is who,
# not how many
_COUNTED = re.compile(
    r"^(?:(?:at least|about|some|nearly|around|over|more than|fewer than|up to|estimated|an) )*"
    r"(?:[0-9][0-9,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    r"|dozens|scores|hundreds|thousands) (?:million |of (?:the |its |their )?)?(?=[^ ])",
    re.IGNORECASE,
)


def uncounted(name: str) -> str:
    """A name without the number before it: `14 passengers` is `passengers`."""
    return _COUNTED.sub("", name)


def find_actors(
    basis: Basis, numbers: Mapping[ClaimRef, str], withdrawn: Collection[ClaimRef]
) -> Iterator[ActorLine]:
    """Each participant of the events that claims which stand tell of, with all these claims."""
    standing = set(basis.standing_refs(withdrawn))
    found: dict[ActorLine, list[str]] = {}
    for report, reading in basis.readings.items():
        wanted = set(basis.events.get(report, ()))
        for event in reading.events:
            if event.id not in wanted or event.negated or event.hypothetical:
                continue
            claims = [
                numbers[ref]
                for c in reading.claims
                if event.id in c.events and (ref := ClaimRef(report, c.id)) in standing
            ]
            for each in event.participants if claims else ():
                found.setdefault(_line(reading, event, each), []).extend(claims)
    for line, held in found.items():
        yield dataclasses.replace(line, claims=tuple(dict.fromkeys(held)))


def _line(reading: Reading, event: Event, who: Participant) -> ActorLine:
    words, actor = uncounted(words_of(reading.report.text, who.text)), who.actor
    count = _count(reading, event, who)
    if actor is None:
        return ActorLine(event.type, who.role, words, None, None, None, count, ())
    name = uncounted(actor.name)
    return ActorLine(event.type, who.role, words, name, actor.country, actor.kind, count, ())


def _count(reading: Reading, event: Event, who: Participant) -> float | None:
    """How many of them the text counts: a figure of the event that stands in their words."""
    for figure in reading.figures:
        if figure.id in event.figures and any(
            own.start <= at.start and at.end <= own.end for at in figure.span for own in who.text
        ):
            return figure.best
    return None
