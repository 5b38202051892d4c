"""Deeds that speakers own up to or deny: in *the army denied that it had fired* it is the army."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sayso.record import Event, Participant

if TYPE_CHECKING:
    from sayso.reading.attribution.hops import Hop, Scene
    from sayso.reading.attribution.sources import Person
    from sayso.record import Actor

# Behind other verbs "it" may be the strike: "the ministry said it killed twelve".
_OWNING = frozenset({"acknowledge", "admit", "concede", "confess", "deny", "refute"})
_BODY = frozenset({"it", "they"})
_PERSON = frozenset({"he", "she"})
# Who denies "they had been tortured" does not speak of themselves.
_DOERS = frozenset(
    "abductor agent attacker authority captor giver imposer killer leaver party protester sender"
    " side taker threatener".split()
)


def with_own_deeds(
    scene: Scene,
    hops: list[Hop],
    events: list[Event],
    people: Mapping[int, Person],
    actor_of: Callable[[Hop], Actor | None],
) -> list[Event]:
    """The events, a pronoun that opens what a speaker denies or admits read as the speaker.

    `people` holds the speakers by their hop's identity, `actor_of` tells whom a hop's speaker acts
    for. What a spokesman says that *they* did is not his deed: the pronoun stays one.
    """
    actors: dict[int, Actor] = {}
    for hop in hops:
        at = _opening_pronoun(scene, hop, people.get(id(hop)))
        actor = actor_of(hop) if at is not None else None
        if at is not None and actor is not None:
            actors[at] = actor
    return [_with_actors(event, actors) for event in events] if actors else events


def _opening_pronoun(scene: Scene, hop: Hop, speaker: Person | None) -> int | None:
    """Where the pronoun stands that opens the content and means the speaker; else None."""
    if speaker is None or not (hop.says and hop.content):
        return None
    token = scene.parse.token_at(hop.content[0].start)
    while (token.is_punct or token.lower_ == "that") and token.i + 1 < len(token.doc):
        token = token.nbor(1)
    own = {"i"} if speaker.is_person else {"we"}
    if hop.verb.lemma_.lower() in _OWNING:
        own |= _PERSON if speaker.is_person else _BODY
    return token.idx if token.lower_ in own else None


def _with_actors(event: Event, actors: dict[int, Actor]) -> Event:
    def actor_of(participant: Participant) -> Actor | None:
        does = participant.actor is None and participant.role in _DOERS
        return actors.get(participant.text[0].start) if does and participant.text else None

    told = tuple(
        dataclasses.replace(p, actor=actor) if (actor := actor_of(p)) else p
        for p in event.participants
    )
    return dataclasses.replace(event, participants=told) if told != event.participants else event
