"""GET /review: rows to decide on; POST /review: decide. Everything also without scripts."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response

from sayso.desk.answers.review import Asks, ReviewRow, list_review, look_into, rows_now
from sayso.desk.answers.row_decisions import (
    MEASURES,
    REASONS,
    Decided,
    decide_rows,
    shown_cells,
)
from sayso.desk.api.review import Asking, NewRowDecision, decision_of
from sayso.desk.asking import Asked, Cursor, Filtered, Flag, no_past
from sayso.desk.pages.choices import event_types
from sayso.desk.pages.page import go_to, page
from sayso.incidents.glance import FLAGS
from sayso.record.links import LIST_POLICY, POLICY_NAMES

router = APIRouter()
ROWS = 30
TSV = (
    "incident", "type", "date", "place", "country", "actors", "killed_low", "killed_best",
    "killed_high", "injured_low", "injured_best", "injured_high", "origins_least", "origins_most",
    "reports", "status",
)  # fmt: skip
HELD = {"q", "flag", "policy", "show", "blind", "cursor"}


@router.get("/review")
def get_review(  # noqa: PLR0913, PLR0917 - what the address holds
    asked: Asked, asking: Asking, filters: Filtered, flag: Flag, cursor: Cursor = None,
    row: str = "", done: str = "",
) -> Response:  # fmt: skip
    """The queue; `row` is open in it, `done` are the entries that were just made."""
    no_past(asked)
    found = list_review(asked.ledger, asking, filters, flag=flag, limit=ROWS, cursor=cursor)
    detail = look_into(asked.ledger, row, asking) if row else None
    rows = list(found.rows)
    if detail is not None and all(r.incident != row for r in rows):
        rows.insert(0, detail.row)  # it was decided just now, or stands on another page
    return page(
        asked, "review.html", found=found, rows=rows, detail=detail, said=_held(asked.request),
        done=[e for e in done.split(",") if e], cursor=cursor, flags=FLAGS,
        policies=POLICY_NAMES, **_shared(asked, asking),
    )  # fmt: skip


@router.get("/review/rows/{incident}")
def get_row(asked: Asked, asking: Asking, incident: str, closed: str = "") -> Response:
    """A row by itself, open unless `closed`: what the page's script takes in; 204 where it is none.

    No error then: rows are joined under one's hands.
    """
    no_past(asked)
    found = rows_now(asked.ledger, [incident], asking)
    if not found:
        return Response(status_code=204)
    detail = None if closed else look_into(asked.ledger, incident, asking)
    return page(
        asked, "review_row.html", row=found[0], detail=detail, **_shared(asked, asking)
    )  # fmt: skip


def _shared(asked: Asked, asking: Asks) -> dict[str, Any]:
    return {
        "held": _held(asked.request), "asks": asking, "reasons": REASONS, "types": event_types(),
        "tsv": tsv_of, "columns": "\t".join(TSV), "cells_of": shown_cells,
    }  # fmt: skip


def _held(request: Request) -> dict[str, str]:
    """What the address holds, to go on with."""
    return {k: v for k, v in request.query_params.items() if k in HELD and v}


@router.post("/review")
def post_review(  # noqa: PLR0913, PLR0917 - the fields of the page's forms
    asked: Asked, asking: Asking,
    action: Annotated[str, Form()],
    incident: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
    seen: Annotated[list[str], Form()] = [],  # noqa: B006
    apart: Annotated[list[str], Form()] = [],  # noqa: B006
    entries: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    report: Annotated[str, Form()] = "",
    other: Annotated[str, Form()] = "",
    source: Annotated[str, Form()] = "",
    grade: Annotated[str, Form()] = "",
    cell_type: Annotated[str | None, Form()] = None,
    cell_date: Annotated[str | None, Form()] = None,
    cell_place: Annotated[str | None, Form()] = None,
    cell_killed: Annotated[str | None, Form()] = None,
    cell_injured: Annotated[str | None, Form()] = None,
) -> Response:  # fmt: skip
    """Decide by a form; then the queue again, with a way to take it back."""
    no_past(asked)
    cells = {
        "type": cell_type, "date": cell_date, "place": cell_place, "killed": cell_killed,
        "injured": cell_injured,
    }  # fmt: skip
    said = NewRowDecision.model_validate({
        "action": action, "incidents": incident, "reason": reason, "report": report,
        "seen": dict(pair.split("=", 1) for pair in seen if "=" in pair), "apart": apart,
        "cells": {k: v for k, v in cells.items() if v is not None}, "other": other,
        "source": source, "grade": grade, "entries": [e for e in entries.split(",") if e],
    })  # fmt: skip
    made = decide_rows(asked.ledger, decision_of(said), asking)
    return go_to(_after(said.action, made, asking))


def _after(action: str, made: Decided, asking: Asks) -> str:
    """The queue again; with the row still open where more may be decided on it."""
    held = {"policy": asking.policy, "blind": "1" if asking.blind else None, "show": asking.show}
    stays = made.incidents[:1] if action in ("join", "split", "grade") else []
    left = {k: v for k, v in held.items() if v not in (None, LIST_POLICY, "open")}
    more = {"row": stays[0]} if stays else {}
    done = {} if action == "undo" else {"done": ",".join(made.entries)}
    return f"/review?{urlencode({**left, **more, **done})}"


def tsv_of(row: ReviewRow) -> str:
    """A row as tab-separated values, in the order of TSV."""
    cells = row.cells
    place, time = cells.place or {}, cells.time or {}
    actors = "; ".join(a["name"] for a in cells.actors)
    killed, injured = (cells.figures.get(m, (None, None, None)) for m in MEASURES.values())
    values = [
        row.incident, cells.type, (time.get("start") or "")[:10], place.get("name"),
        place.get("country"), actors, *killed, *injured, *cells.origins, len(row.row.handles),
        row.status,
    ]  # fmt: skip
    return "\t".join("" if v is None else " ".join(str(v).split()) for v in values)
