"""GET /api/v1/incidents."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.desk.answers.incidents import IncidentList, list_incidents
from sayso.desk.asking import Asked, Cursor, Filtered, Limit, fresh

router = APIRouter(tags=["incidents"], dependencies=[Depends(fresh)])


@router.get("/incidents")
def get_incidents(
    asked: Asked, filters: Filtered, limit: Limit = 50, cursor: Cursor = None
) -> IncidentList:
    """The incidents that fit, those last told of first.

    Each filter holds for some claim of the incident: the place may stand in one, the toll in
    another.
    """
    return list_incidents(asked.ledger, filters, limit=limit, cursor=cursor)
