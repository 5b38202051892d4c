"""GET /api/v1/incidents."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sayso.desk.answers.incidents import IncidentList, Told, list_incidents, news
from sayso.desk.asking import Asked, Cursor, Filtered, Flag, Limit, fresh

router = APIRouter(tags=["incidents"], dependencies=[Depends(fresh)])


@router.get("/incidents")
def get_incidents(
    asked: Asked, filters: Filtered, flag: Flag, limit: Limit = 50, cursor: Cursor = None
) -> IncidentList:
    """The incidents that fit, those last told of first.

    Each filter holds for some claim of the incident: the place may stand in one, the toll in
    another.
    """
    return list_incidents(asked.ledger, filters, flag=flag, limit=limit, cursor=cursor)


@router.get("/news")
def get_news(asked: Asked, filters: Filtered, flag: Flag, limit: Limit = 50) -> list[Told]:
    """What was new in the incidents that fit (the 100 last told of), newest first.

    Opened, a state, a figure, a correction, an origin, a denial, a withdrawal; never a copy.
    """
    rows = list_incidents(asked.ledger, filters, flag=flag, limit=100).incidents
    return news(asked.ledger, rows, limit=limit, at=asked.at)
