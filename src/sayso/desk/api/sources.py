"""GET /api/v1/sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from sayso.desk.answers.sources import SourceList, SourceShown, list_sources, show_source
from sayso.desk.asking import Asked, Cursor, Limit, fresh

router = APIRouter(tags=["sources"], dependencies=[Depends(fresh)])
SourceKey = Annotated[
    str,
    Path(max_length=2_000, description="`key` of a source.", examples=["port officials|official|"]),
]
SourceName = Annotated[str | None, Query(max_length=400, description="Part of the name.")]


@router.get("/sources")
def get_sources(
    asked: Asked, name: SourceName = None, limit: Limit = 50, cursor: Cursor = None
) -> SourceList:
    """Who speaks, by name: in how many reports, since when, under which names and grade."""
    return list_sources(asked.ledger, name, at=asked.at, limit=limit, cursor=cursor)


@router.get("/sources/{key:path}")
def get_source(
    asked: Asked, key: SourceKey, limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Cursor = None,
) -> SourceShown:  # fmt: skip
    """One who speaks: in which reports, with which claims, beside whom."""
    return show_source(asked.ledger, key, at=asked.at, limit=limit, cursor=cursor)
