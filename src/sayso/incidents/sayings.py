"""Acts of saying of an incident's reports, as people left them: who undid a join parts the acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.incidents.lines import Basis
from sayso.linking.saying.utterances import find_utterances
from sayso.record.ids import make_id
from sayso.record.links import AttributionRef, Utterance


def name_act(basis: Basis, ref: AttributionRef) -> str:
    """A name for an attribution that is a function of numbers alone."""
    ids = [a.id for a in basis.readings[ref.report].attributions]
    return f"{basis.handles[ref.report]}, statement {ids.index(ref.attribution) + 1}"


def join_id(basis: Basis, first: AttributionRef, ref: AttributionRef) -> str:
    """The id by which a person undoes that two attributions are one act of saying."""
    return make_id("join", "utterance", name_act(basis, first), name_act(basis, ref))


def standing_utterances(basis: Basis) -> Iterator[Utterance]:
    """The acts of saying that several reports carry, without those that a person undid."""
    for utterance in find_utterances(basis.readings.values()):
        first, *others = utterance.attributions
        kept = [
            (ref, ground)
            for ref, ground in zip(others, utterance.grounds, strict=True)
            if join_id(basis, first, ref) not in basis.undone
        ]
        if kept:
            yield replace(
                utterance,
                attributions=(first, *(ref for ref, _ in kept)),
                grounds=tuple(ground for _, ground in kept),
            )
