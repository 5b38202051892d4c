"""GET /api/v1/figures: counts as somebody stated them; /figures/{policy}: by a named policy."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from sayso.desk.answers.figures import CellList, FigureList, list_by_policy, list_figures
from sayso.desk.asking import Asked, Cursor, Filtered, fresh
from sayso.record.links import Policy

router = APIRouter(tags=["figures"], dependencies=[Depends(fresh)])

Incidents = Annotated[
    int, Query(ge=1, le=50, description="Incidents at most, each with all its figures that fit.")
]
ByPolicy = Annotated[
    Policy,
    Path(description="Worked out over the figures as stated; nothing is averaged."),
]


@router.get("/figures")
def get_figures(
    asked: Asked, filters: Filtered, limit: Incidents = 3, cursor: Cursor = None
) -> FigureList:
    """The figures of the incidents that fit, each with its speaker and its words.

    Beside each stands what can be said of it and the others of its incident: agrees, growth,
    revision, differs (growth not excluded), disagreement, or why they cannot be compared. The
    measure, the speaker and the certainty asked for hold for each figure.
    """
    return list_figures(asked.ledger, filters, limit=limit, cursor=cursor)


@router.get("/figures/{policy}")
def get_by_policy(
    asked: Asked, policy: ByPolicy, filters: Filtered, limit: Incidents = 30, cursor: Cursor = None
) -> CellList:
    """What a policy makes of each measure of the incidents that fit: low, best, high."""
    return list_by_policy(asked.ledger, filters, policy, limit=limit, cursor=cursor)
