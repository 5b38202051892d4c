"""GET /incidents.atom: what is new in the incidents that a question finds, for feed readers."""

from __future__ import annotations

import re
import uuid

from fastapi import APIRouter, Response

from sayso.desk.answers.incidents import list_incidents, news
from sayso.desk.asking import Asked, Filtered, Flag
from sayso.desk.pages.page import templates

router = APIRouter()
ROWS, ENTRIES = 100, 50
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@router.get("/incidents.atom")
def get_atom(asked: Asked, filters: Filtered, flag: Flag) -> Response:
    """An entry a change: opened, a state, a figure, an origin, a denial; never a copy."""
    rows = list_incidents(asked.ledger, filters, flag=flag, limit=ROWS).incidents
    text = templates().get_template("incidents.atom").render(
        asked=asked, base=str(asked.request.base_url).rstrip("/"), head=asked.ledger.head(),
        rows={row.incident: row for row in rows},
        news=news(asked.ledger, rows, limit=ENTRIES, at=asked.at), urn=_urn,
    )  # fmt: skip
    return Response(NOT_XML.sub("", text), media_type="application/atom+xml")


def _urn(ledger: str, entry: int) -> str:
    """The lasting id of what one entry of a ledger told."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"sayso:{ledger}/{entry}").urn
