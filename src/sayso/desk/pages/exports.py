"""GET /exports: what left the ledger, and what became since of the reports that it tells of."""

from __future__ import annotations

from fastapi import APIRouter, Response

from sayso.desk.answers.exports import list_exports
from sayso.desk.api.exports import NAMED, Outdated
from sayso.desk.asking import Asked, Cursor
from sayso.desk.pages.page import page
from sayso.ledger.asking.outdated import WORDS

router = APIRouter()
SHOWN = 6  # changes, or reports, of one thing that left


@router.get("/exports")
def get_exports(asked: Asked, *, outdated: Outdated = False, cursor: Cursor = None) -> Response:
    """The list, as it is now."""
    found = list_exports(
        asked.ledger, outdated=outdated, limit=asked.desk.settings.pages, cursor=cursor,
        named=asked.may(NAMED),
    )  # fmt: skip
    return page(asked, "exports.html", found=found, outdated=outdated, cursor=cursor, words=WORDS,
                shown=SHOWN)  # fmt: skip
