"""GET /, GET and POST /add: the box that takes links, texts and files."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Response, UploadFile

from sayso.desk.answers.adding import Given, Taken, split_pasted, take_in
from sayso.desk.asking import Asked, Asking, no_past
from sayso.desk.pages.page import go_to, page
from sayso.ledger import Filters
from sayso.pipeline.read import Ask
from sayso.record.marking import MARKINGS, Marking

router = APIRouter()


@router.get("/")
def get_start(asked: Asked) -> Response:
    """The box where the ledger is empty, else the incidents."""
    if asked.ledger.incident_list(Filters(), limit=1).rows:
        return go_to(asked.link("/incidents"))
    return _page(asked)


@router.get("/add")
def get_add(asked: Asked) -> Response:
    """The box."""
    return _page(asked)


def _page(
    asked: Asking, taken: Taken | None = None, typed: str = "", published: str = "",
    marking: str = "",
) -> Response:  # fmt: skip
    return page(
        asked, "start.html", taken=taken, typed=typed, published=published, marking=marking,
        markings=MARKINGS,
    )  # fmt: skip


@router.post("/add")
def post_add(
    asked: Asked,
    text: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    marking: Annotated[Marking | Literal[""], Form()] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Read what was pasted or dropped into the ledger, and say what became of it."""
    no_past(asked)
    given = [Given(f.filename or "file", f.file.read()) for f in files or [] if f.size]
    given += split_pasted(text)
    inner = asked.desk.settings.inner
    ask = Ask(published=published or None)
    taken = take_in(asked.ledger, given, ask, inner, marking or None, asked.by)
    left = "" if taken.added and not taken.refused else text
    return _page(asked, taken, left, published, marking)
