"""GET /api/v1/exports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from sayso.desk.answers.exports import ExportList, list_exports
from sayso.desk.asking import Asked, Cursor, Limit
from sayso.desk.rights import Permission

router = APIRouter(tags=["log"])
NAMED: Permission = "mark"  # who decides how widely reports go is told which partner was sent one
Outdated = Annotated[
    bool, Query(description="Only what rests on a report of which something became since.")
]


@router.get("/exports")
def get_exports(
    asked: Asked, *, outdated: Outdated = False, limit: Limit = 50, cursor: Cursor = None
) -> ExportList:
    """What left in files and to partners, newest first, with what became since of its reports.

    As it is now, whatever instant is asked for. A page of those outdated may be short, or empty,
    and have a `next`. Partners are named to whoever may mark reports.
    """
    return list_exports(
        asked.ledger, outdated=outdated, limit=limit, cursor=cursor, named=asked.may(NAMED)
    )
