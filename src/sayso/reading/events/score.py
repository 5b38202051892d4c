"""What tells how far an event is to be trusted: how plainly its words tell it, and what of it.

"Shelling killed four in Odda on Monday" tells all; in "officers of the unit that had been named in
the inquiry into the beatings" the event stands deep in the sentence, without day, place or people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.lexicon.events import Ontology
from sayso.reading.events.same import Told
from sayso.record import Event

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEP = 4  # words above a trigger


def signs_of(event: Event, told: Told, ontology: Ontology) -> Iterator[str]:
    """The names of what bears on whether an event is there and is of its type.

    `told` is the event as its own words tell it; `event` may have its day and place from others.
    """
    trigger, head = told.trigger, told.trigger.head
    is_noun = head.pos_ in {"NOUN", "PROPN"}
    yield f"family {ontology.family(event.type)}"
    for sign, is_there in (
        ("noun", is_noun),
        ("participle", not is_noun and head.dep_ in {"acl", "amod"}),
        ("general", ontology.types[event.type].general),
        ("phrase", len(trigger.tokens) > 1),
        ("light verb", trigger.light),
        ("negated", told.negated),
        ("hypothetical", told.unreal),
        ("no participants", not event.participants),
        ("figures", event.figures),
        ("no time", event.time is None),
        ("no place", event.place is None),
        ("deep", _is_deep(head)),
    ):
        if is_there:
            yield sign


def _is_deep(token: Token) -> bool:
    for _ in range(_DEEP):
        if token.head.i == token.i:
            return False
        token = token.head
    return True
