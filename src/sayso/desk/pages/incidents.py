"""GET /incidents: what is new and what changed, with filters that live in the address."""

from __future__ import annotations

from fastapi import APIRouter, Response

from sayso.desk.answers.incidents import list_incidents
from sayso.desk.asking import Asked, Cursor, Filtered
from sayso.desk.pages.choices import certainties, event_types, measures
from sayso.desk.pages.page import page

router = APIRouter()
NAMES = {  # of a filter in the address: its label
    "q": "words", "place": "where", "actor": "who takes part", "type": "what", "measure": "counts",
    "speaker": "who says it", "certainty": "how sure", "from": "from", "to": "to",
}  # fmt: skip


@router.get("/incidents")
def get_incidents(asked: Asked, filters: Filtered, cursor: Cursor = None) -> Response:
    """The list."""
    limit = asked.desk.settings.pages
    found = list_incidents(asked.ledger, filters, limit=limit, cursor=cursor)
    said = {k: v for k in NAMES if (v := asked.request.query_params.get(k, "").strip())}
    return page(
        asked, "incidents.html", found=found, said=said, names=NAMES, cursor=cursor,
        types=event_types(), measures=measures(), certainties=certainties(),
    )  # fmt: skip
