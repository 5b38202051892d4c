"""/api/v1/review: the queue of rows, what a row rests on, decisions on rows, who looks at what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from sayso.desk.answers.review import (
    Asks,
    ReviewList,
    RowDetail,
    Show,
    list_review,
    look_into,
)
from sayso.desk.answers.row_decisions import Action, Decided, RowDecision, decide_rows
from sayso.desk.api.incident import IncidentId
from sayso.desk.api.sent import Sent
from sayso.desk.asking import Asked, Cursor, Filtered, Flag, Limit, no_past
from sayso.desk.problems import Problem
from sayso.record.links import LIST_POLICY, Policy

router = APIRouter(tags=["review"])
Id = Annotated[str, Field(max_length=200)]


def asks(
    asked: Asked,
    policy: Annotated[
        Policy, Query(description="Which policy fills the figures' cells.")
    ] = LIST_POLICY,
    show: Annotated[
        Show, Query(description="`open`: rows to decide on; `decided`: those decided on.")
    ] = "open",
    blind: Annotated[  # noqa: FBT002 - a parameter of the address
        bool,
        Query(description="A second coder: others' decisions are hidden until you decide."),
    ] = False,
) -> Asks:
    """How somebody reviews."""
    return Asks(asked.by, policy, show, blind)


Asking = Annotated[Asks, Depends(asks)]


class NewRowDecision(Sent):
    """A decision on rows. Who makes it is whoever asks."""

    action: Action
    incidents: list[Id] = Field(
        [], max_length=1_000, description="The rows: many for accept and reject, else one."
    )
    reason: str = Field(
        "", max_length=10_000, description="Why; a default of the action where not."
    )
    seen: dict[str, Id] = Field(
        {}, max_length=1_000,
        description="By incident the `line` that was looked at: refused where it changed since.",
    )  # fmt: skip
    report: str = Field("", max_length=40, description="For accept_report.", examples=["r12"])
    cells: dict[str, Annotated[str, Field(max_length=400)]] = Field(
        {}, max_length=10, examples=[{"killed": "9", "date": "2031-05-06"}],
        description="For correct: type, date, place, killed, injured; as they should be.",
    )  # fmt: skip
    other: Id = Field("", description="For join: the incident that becomes part of the first.")
    apart: list[Id] = Field([], max_length=1_000, description="For split: reports that leave it.")
    source: str = Field("", max_length=2_000, description="For grade: the source's key.")
    grade: str = Field("", max_length=1, description="For grade: A to F.")
    entries: list[Id] = Field([], max_length=3_000, description="For undo: what to take back.")


@router.get("/review")
def get_review(
    asked: Asked, asking: Asking, filters: Filtered, flag: Flag, limit: Limit = 50,
    cursor: Cursor = None,
) -> ReviewList:  # fmt: skip
    """The rows to decide on: those first that leave most to doubt and on which most hangs.

    A row that was accepted or rejected is back once a cell of it changes, by a new text, figure or
    origin; a copy changes none. The queue is that of now: `at` is refused.
    """
    no_past(asked)
    return list_review(asked.ledger, asking, filters, flag=flag, limit=limit, cursor=cursor)


@router.get("/review/rows/{incident}")
def get_row(asked: Asked, asking: Asking, incident: IncidentId) -> RowDetail:
    """What a row rests on: its claims with their words, its decisions, incidents near it."""
    no_past(asked)
    return look_into(asked.ledger, incident, asking)


@router.post("/review/decisions", status_code=201)
def post_decision(asked: Asked, asking: Asking, said: NewRowDecision) -> Decided:
    """Decide on rows, one or many at once; `entries` of the answer take it back with `undo`."""
    no_past(asked)
    return decide_rows(asked.ledger, decision_of(said), asking)


def decision_of(said: NewRowDecision) -> RowDecision:
    """The same as the answers take it."""
    held = said.model_dump()
    lists = {k: tuple(held[k]) for k in ("incidents", "apart", "entries")}
    return RowDecision(**(held | lists))


class Look(Sent):
    """A tab of a browser, and the row that is open in it; none where it left."""

    tab: str = Field(max_length=60, examples=["3f0c"])
    row: str | None = Field(None, max_length=200)


@router.post("/review/presence")
def post_presence(asked: Asked, look: Look) -> dict[str, list[str]]:
    """Say which row is open in a tab, every few seconds; by row who else has it open."""
    if not look.tab:
        raise Problem(400, "a tab needs a name", "send any word as `tab`")
    others = asked.desk.presence.look(look.tab, asked.by, look.row)
    seen = {r.row.incident for r in asked.ledger.review_rows(sorted(others))}
    return {row: names for row, names in others.items() if row in seen}
