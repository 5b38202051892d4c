"""/sources: who speaks; /sources/{key}: one of them, beside whom, and how people grade it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Response

from sayso.desk.answers.judgements import decide
from sayso.desk.answers.sources import list_sources, show_source
from sayso.desk.api.sources import SourceKey, SourceName
from sayso.desk.asking import Asked, Asking, Cursor, no_past
from sayso.desk.pages.page import go_to, page
from sayso.errors import SaysoError

router = APIRouter()
REPORTS = 20  # of a source on one page
GRADES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip


@router.get("/sources")
def get_sources(asked: Asked, name: SourceName = None, cursor: Cursor = None) -> Response:
    """The list, by name."""
    name = name.strip() if name else None
    found = list_sources(
        asked.ledger, name, at=asked.at, limit=asked.desk.settings.pages, cursor=cursor
    )
    return page(asked, "sources.html", found=found, name=name or "", cursor=cursor)


@router.get("/sources/{key:path}")
def get_source(asked: Asked, key: SourceKey, cursor: Cursor = None) -> Response:
    """One who speaks."""
    return _page(asked, key, cursor)


@router.post("/sources/{key:path}")
def post_grade(
    asked: Asked, key: SourceKey, grade: Annotated[str, Form(max_length=1)] = "",
    reason: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:  # fmt: skip
    """Grade it; what was typed comes back with an error."""
    no_past(asked)
    try:
        said = {"grade": grade.upper()}
        decide(asked.ledger, "grade", key, by=asked.by, reason=reason, said=said)
    except SaysoError as error:
        return _page(asked, key, None, typed={"grade": grade, "reason": reason}, wrong=str(error))
    return go_to(f"/sources/{quote(key, safe='')}")


def _page(
    asked: Asking, key: str, cursor: str | None, *, typed: dict[str, str] | None = None,
    wrong: str = "",
) -> Response:  # fmt: skip
    shown = show_source(asked.ledger, key, at=asked.at, limit=REPORTS, cursor=cursor)
    return page(
        asked, "source.html", status=400 if wrong else 200, shown=shown, grades=GRADES,
        typed=typed or {}, wrong=wrong, cursor=cursor,
    )  # fmt: skip
