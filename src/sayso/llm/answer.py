"""What a model is asked to answer: words of the report, and values of ours that name what they are.

The nouns of `sayso.reading/1` in a form that models can give: words instead of offsets. Nothing
here is believed; `ground.py` looks for each quotation in the text.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sayso.errors import nearest
from sayso.lexicon.events import load_events
from sayso.record.reading import Certainty, Counts, Polarity, Scope

LARGEST = 4_000_000  # bytes of an answer, as a server sends it and as it is kept
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Few = Annotated[str, Field(max_length=600)]
Part = Literal["doer", "undergoer", "means"]


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore")


class SpeakerSaid(_Said):
    """One hop of the chain: who speaks, and the words that say that they do."""

    source: Few = Field(description="Who speaks, as written; empty where nobody is named.")
    cue: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description="The words of saying in the same sentence: said, according to, was confirmed."
    )


class PersonSaid(_Said):
    """Who takes part in an event."""

    words: Few
    part: Part


def _list_types(schema: dict[str, Any]) -> None:
    schema["enum"] = sorted(load_events().types)


class EventSaid(_Said):
    """What happened, inside the claim."""

    type: str = Field(json_schema_extra=_list_types)
    trigger: Few = Field(description="The word inside the claim that tells of it.")
    negated: bool = False
    hypothetical: bool = False
    participants: list[PersonSaid] = Field(default=[], max_length=12)
    time: Few = Field(default="", description="The words that say when, as written, or empty.")
    place: Few = Field(default="", description="The words that say where, as written, or empty.")

    @field_validator("type")
    @classmethod
    def _is_ours(cls, value: str) -> str:
        types = load_events().types
        if value not in types:
            near = nearest(value, types) or sorted(types)
            raise ValueError(f"{value!r:.40} is no type of event; nearest: {', '.join(near[:8])}")
        return value


class FigureSaid(_Said):
    """A number inside the claim."""

    words: Few = Field(description="The number with its hedge and noun: nearly 3,000 soldiers.")
    counts: Counts
    scope: Scope = "incident"


class ClaimSaid(_Said):
    """One statement, and on whose word it stands."""

    words: list[Words] = Field(
        min_length=1, max_length=6,
        description="What is claimed, as written; several pieces where other words part them.",
    )  # fmt: skip
    near: Annotated[str, Field(max_length=1500)] = Field(
        default="", description="The sentence that the claim stands in, as written."
    )
    speakers: list[SpeakerSaid] = Field(
        default=[], max_length=5,
        description="The chain, the outermost first; empty for the report's own voice.",
    )  # fmt: skip
    certainty: Certainty
    certainty_words: Few = Field(
        default="", description="The words that signal a certainty other than stated."
    )
    polarity: Polarity = "positive"
    events: list[EventSaid] = Field(default=[], max_length=8)
    figures: list[FigureSaid] = Field(default=[], max_length=12)


class Answer(_Said):
    """All claims of a report, in the order of the text."""

    claims: list[ClaimSaid] = Field(max_length=300)
