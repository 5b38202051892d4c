"""GET /log: who did what; POST /verify: a check of every entry and span."""

from __future__ import annotations

from fastapi import APIRouter, Response

from sayso.desk.answers.log import Check, list_log
from sayso.desk.api.log import About, By
from sayso.desk.asking import Asked, Cursor
from sayso.desk.pages.page import go_to, page
from sayso.ledger.entries.log import ACTS

router = APIRouter()


@router.get("/log")
def get_log(
    asked: Asked, by: By = None, act: str = "", about: About = None, cursor: Cursor = None
) -> Response:
    """The list; an empty field of its form asks for nothing."""
    said = {"by": (by or "").strip(), "act": act.strip(), "about": (about or "").strip()}
    found = list_log(
        asked.ledger, by=said["by"] or None, act=said["act"] or None, about=said["about"] or None,
        at=asked.at, limit=asked.desk.settings.pages, cursor=cursor,
    )  # fmt: skip
    return page(
        asked, "log.html", found=found, said=said, cursor=cursor, acts=ACTS,
        check=asked.desk.checker.last if asked.may("verify") else Check(), head=asked.ledger.head(),
    )  # fmt: skip


@router.post("/verify")
def post_verify(asked: Asked) -> Response:
    """Begin a check and go back to the log, which shows how it goes."""
    asked.desk.checker.start()
    return go_to("/log#check")
