"""POST /tables/{table}: what a page's "CSV" sends, and the file that comes back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response

from sayso.desk.answers.taking import take_along
from sayso.desk.api.tables import Names, Questioned, csv_of
from sayso.desk.asking import Asked

router = APIRouter()


@router.post("/tables/{table}")  # noqa: FAST003 - Questioned reads it
def post_table(asked: Asked, question: Questioned, names: Annotated[Names, Form()]) -> Response:
    """The table; names of private people hidden unless they are asked for."""
    if names == "shown":
        asked.need("names", "take the names of private people along")
    return csv_of(
        take_along(asked.ledger, question, by=asked.by, unmasked=names == "shown")
    )  # fmt: skip
