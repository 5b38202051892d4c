"""/api/v1/judgements: what people decide, and take back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query
from fastapi.openapi.models import Example
from pydantic import Field

from sayso.desk.answers.judgements import Withdrawn, decide, take_back
from sayso.desk.api.sent import Sent
from sayso.desk.asking import Asked, no_past
from sayso.ledger import Judged
from sayso.record.incident import Action
from sayso.record.marking import Marking

router = APIRouter(tags=["judgements"])
Target = Annotated[
    str,
    Query(max_length=2_000, description="A claim, a report, an incident or a source's key."),
]


class NewJudgement(Sent):
    """A decision. Who makes it is whoever asks.

    The account; where there are none, the cookie `sayso_by`, else the desk's owner.
    """

    action: Action
    target: str = Field(
        max_length=2_000, examples=["c13.4"],
        description="A claim, a report, an incident's id, a source's key; for undo a join's id.",
    )  # fmt: skip
    reason: str = Field(max_length=10_000, examples=["the text says nine"])
    field: str | None = Field(None, max_length=100, description="For correct: figure.0.best, …")
    new: Any = Field(None, description="For correct: the value.")
    also: dict[str, float | None] | None = Field(
        None, examples=[{"low": 9, "high": 12}],
        description="For correct, of a figure: its other numbers. Where none is given, the best of "
        "an exact figure takes low and high along.",
    )  # fmt: skip
    other: str | None = Field(
        None, max_length=2_000, description="For join: the other incident, or a source's key."
    )
    apart: list[str] | None = Field(
        None, description="For split: what leaves the incident, or keys of who is not the source."
    )
    into: str | None = Field(None, max_length=200, description="For split: where it goes.")
    incident: str | None = Field(None, max_length=200, description="For undo: the join's incident.")
    reports: list[str] | None = Field(None, description="For undo: what the join rests on.")
    grade: str | None = Field(None, max_length=1, description="For grade: A to F.")
    marking: Marking | None = Field(None, description="For mark: who may see it, TLP 2.0.")
    names: list[str] | None = Field(
        None, description="For protect: the forms to hide; else all that the source is called."
    )


EXAMPLES: dict[str, Example] = {
    "a figure": {"value": {
        "action": "correct", "target": "c13.4", "field": "figure.0.best", "new": 9,
        "reason": "the text says nine",
    }},
    "two sources": {"value": {
        "action": "join", "target": "port officials|official|", "other": "the port office|agency|",
        "reason": "one office",
    }},
}  # fmt: skip


@router.get("/judgements")
def get_judgements(asked: Asked, target: Target) -> list[Judged]:
    """The decisions that hold on something."""
    return list(asked.ledger.judgements(target, as_known_at=asked.at))


@router.post("/judgements", status_code=201)
def post_judgement(
    asked: Asked, judgement: Annotated[NewJudgement, Body(openapi_examples=EXAMPLES)]
) -> Judged:
    """Decide; a person's word outranks the machine's, and can be taken back."""
    no_past(asked)
    said = judgement.model_dump(exclude={"action", "target", "reason"}, exclude_unset=True)
    return decide(
        asked.ledger, judgement.action, judgement.target,
        by=asked.by, reason=judgement.reason, said=said,
    )  # fmt: skip


@router.delete("/judgements/{entry}")
def delete_judgement(
    asked: Asked,
    entry: Annotated[str, Path(max_length=40, examples=["e40"])],
    reason: Annotated[str, Query(max_length=10_000, description="Why. It is kept.")],
) -> Withdrawn:
    """Take a decision back: it no longer holds, and stays in the log."""
    no_past(asked)
    return take_back(asked.ledger, entry, by=asked.by, reason=reason)
