"""/sources: who speaks; /sources/{key}: one of them, beside whom, and what people say of it.

People grade a source, join it with another, or say that the two are not one.
"""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Response
from pydantic import BaseModel, Field

from sayso.desk.answers.judgements import decide
from sayso.desk.answers.sources import find_others, list_sources, show_source
from sayso.desk.api.sources import SourceKey, SourceName
from sayso.desk.asking import Asked, Asking, Cursor, no_past
from sayso.desk.pages.page import go_to, page
from sayso.errors import SaysoError, UsageError

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
def get_source(
    asked: Asked, key: SourceKey, cursor: Cursor = None,
    seek: Annotated[str, Query(max_length=400, description="Another's name, to join.")] = "",
) -> Response:  # fmt: skip
    """One who speaks; with `seek`, whom it may be joined with."""
    return _page(asked, key, cursor, seek=seek.strip())


class Said(BaseModel):
    """What the forms of a source's page say: a grade, whom it is one with, or not, its protection.

    `names` are forms of its name to hide, one a line; none: all that it is called.
    """

    action: Literal["grade", "join", "split", "protect"] = "grade"
    grade: str = Field("", max_length=1)
    other: str = Field("", max_length=2_000)
    names: str = Field("", max_length=2_000)
    seek: str = Field("", max_length=400)
    reason: str = Field("", max_length=10_000)


@router.post("/sources/{key:path}")
def post_source(asked: Asked, key: SourceKey, said: Annotated[Said, Form()]) -> Response:
    """Grade it, join it with another or split it off; what was typed comes back with an error."""
    no_past(asked)
    names = [name.strip() for name in said.names.splitlines() if name.strip()]
    detail = {"grade": said.grade.upper(), "other": said.other, "apart": [said.other],
              "names": names}  # fmt: skip
    try:
        if said.action in ("join", "split") and not said.other:
            raise UsageError("choose whom")
        decide(asked.ledger, said.action, key, by=asked.by, reason=said.reason, said=detail)
    except SaysoError as error:
        typed = said.model_dump()
        return _page(asked, key, None, seek=said.seek, typed=typed, wrong=str(error))
    if said.action == "protect" and asked.who.clearance != "red":
        return go_to("/sources")  # whoever protected it knows it by its label from now on
    part = "#one" if said.action in ("join", "split") else ""
    return go_to(f"/sources/{quote(key, safe='')}{part}")


def _page(
    asked: Asking, key: str, cursor: str | None, *, seek: str = "",
    typed: dict[str, str] | None = None, wrong: str = "",
) -> Response:  # fmt: skip
    shown = show_source(asked.ledger, key, at=asked.at, limit=REPORTS, cursor=cursor)
    others = find_others(asked.ledger, shown, seek, at=asked.at) if seek else []
    return page(
        asked, "source.html", status=400 if wrong else 200, shown=shown, grades=GRADES,
        typed=typed or {}, wrong=wrong, cursor=cursor, seek=seek, others=others,
    )  # fmt: skip
