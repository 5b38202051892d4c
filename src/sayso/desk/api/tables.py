"""POST /api/v1/tables/{table}: a list or a table taken along as CSV, noted in the ledger."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response

from sayso.desk.answers.taking import Left, Question, TableName, take_along
from sayso.desk.api.exports import NAMED, Outdated
from sayso.desk.api.log import About, By
from sayso.desk.api.sources import SourceName
from sayso.desk.asking import Asked, Cursor, Filtered, Flag
from sayso.ledger.entries.log import Act

router = APIRouter(tags=["tables"])
EXAMPLE = "key,name,kind\r\nport officials|official|,port officials,official\r\n"
CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/csv": {"schema": {"type": "string", "examples": [EXAMPLE]}}},
        "description": "The table; `x-sayso-entry` is the entry that notes that it left.",
    }
}
Names = Literal["hidden", "shown"]
OF = "Of what: an incident's id, a report (r12), a source's key; not for lists."


def question(  # noqa: PLR0913, PLR0917 - FastAPI reads the names here
    asked: Asked, table: TableName, filters: Filtered, flag: Flag,
    of: Annotated[str, Query(max_length=2_000, description=OF)] = "",
    name: SourceName = None, by: By = None, act: Act | None = None, about: About = None,
    cursor: Cursor = None, *, outdated: Outdated = False,
) -> Question:  # fmt: skip
    """What is asked for: the parameters of the list that it is a table of."""
    named = asked.may(NAMED)
    return Question(table, of, filters, flag, name, by or None, act, about or None, cursor,
                    outdated=outdated, named=named)  # fmt: skip


Questioned = Annotated[Question, Depends(question)]


def csv_of(left: Left) -> Response:
    """The answer that a browser keeps as a file."""
    headers = {
        "content-disposition": f'attachment; filename="{left.name}"', "x-sayso-entry": left.entry
    }  # fmt: skip
    return Response(left.content, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/tables/{table}", response_class=Response, responses=CSV)  # noqa: FAST003
def post_table(
    asked: Asked, question: Questioned,
    names: Annotated[Names, Query(description="The names of private people.")] = "hidden",
) -> Response:  # fmt: skip
    """Take a table along: its first 200 rows, each with its sources. That it left is kept."""
    if names == "shown":
        asked.need("names", "take the names of private people along")
    return csv_of(take_along(asked.ledger, question, by=asked.by, unmasked=names == "shown"))
