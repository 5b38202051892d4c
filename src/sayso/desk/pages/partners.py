"""GET /partners: whom the ledger exchanges with, and what each was sent.

Partners are added and forgotten at the command line, where the ledger's own key lies.
"""

from __future__ import annotations

from fastapi import APIRouter, Response

from sayso.desk.answers.partners import list_partners, partner_page
from sayso.desk.asking import Asked, Cursor
from sayso.desk.pages.page import page
from sayso.ledger.asking.outdated import WORDS

router = APIRouter()


@router.get("/partners")
def get_partners(asked: Asked) -> Response:
    """The list."""
    return page(asked, "partners.html", found=list_partners(asked.ledger))


@router.get("/partners/{partner}")
def get_partner(asked: Asked, partner: str, *, cursor: Cursor = None) -> Response:
    """One of them, with what they were sent and what became of it."""
    found = partner_page(
        asked.ledger, partner, limit=asked.desk.settings.pages, cursor=cursor
    )  # fmt: skip
    return page(asked, "partner.html", found=found, cursor=cursor, words=WORDS)
