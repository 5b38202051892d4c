"""GET /api/v1/log; GET and POST /api/v1/verify."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from sayso.desk.answers.log import Check, LogList, list_log
from sayso.desk.asking import Asked, Cursor, Limit, fresh
from sayso.ledger.entries.log import Act

router = APIRouter(tags=["log"])


def _words(description: str, **more: Any) -> Any:
    return Query(max_length=200, description=description, **more)


By = Annotated[str | None, _words("Who did it: a person's name, or a program's.")]
About = Annotated[
    str | None, _words("To what: r12 a report and all in it, c13.4, e15.", examples=["r12"])
]


@router.get("/log", dependencies=[Depends(fresh)])
def get_log(
    asked: Asked, by: By = None, act: Act | None = None, about: About = None,
    limit: Limit = 50, cursor: Cursor = None,
) -> LogList:  # fmt: skip
    """Who did what, newest first: reports, readings, decisions, exports, erasures."""
    return list_log(
        asked.ledger, by=by, act=act, about=about, at=asked.at, limit=limit, cursor=cursor
    )


@router.get("/verify")
def get_verify(asked: Asked) -> Check:
    """The last check of every entry and span; nothing where none was asked for since the start."""
    return asked.desk.checker.last


@router.post("/verify", status_code=202)
def post_verify(asked: Asked) -> Check:
    """Begin a check, where none runs."""
    return asked.desk.checker.start()
