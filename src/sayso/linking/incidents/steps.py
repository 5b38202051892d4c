"""What linking decides: incidents, how well a mention fits one, and each step that was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sayso.linking.incidents.mentions import Mention

Step = Literal["opens", "joins", "leaves", "merges", "judged"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of linking: which mention, which incident, the score and what it rests on.

    `opens` and `joins` place a new mention; `leaves` moves one out again (`incident` is where it
    goes, `other` what it left); `merges` empties `other` into `incident`; `judged` is a person's.
    `features` are those of the closest pair, each with what it added to the score (in words:
    incidents_grounds); `words` say the step for people.
    """

    number: int
    step: Step
    mention: str
    incident: str
    other: str | None = None
    score: float | None = None
    closest: str | None = None
    features: Mapping[str, float] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, as linked: its mentions, in the order in which they came."""

    id: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a mention fits an incident: the score, and the closest pair with its features."""

    incident: str
    score: float
    closest: str
    features: Mapping[str, float]


_STEPS: Mapping[Step, str] = {
    "joins": "the same incident",
    "leaves": "fits better here than where it was",
    "merges": "two incidents are one",
    "judged": "a person says so",
}


def say(step: Step, fit: Fit | None) -> str:
    """A decision in words; what speaks for it and against it is told by its features."""
    if step != "opens":
        return _STEPS[step]
    if fit is None:
        return "a new incident: nothing held shares its time, place, names or rare words"
    return "a new incident: the closest that is held is another"
