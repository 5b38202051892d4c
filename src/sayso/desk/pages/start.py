"""GET /, GET and POST /add: the box that takes links, texts and files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from sayso.desk.answers.adding import Given, split_pasted, take_in
from sayso.desk.asking import Asked, no_past
from sayso.desk.pages.page import go_to, page
from sayso.ledger import Filters
from sayso.pipeline.read import Ask

router = APIRouter()


@router.get("/")
def get_start(asked: Asked) -> Response:
    """The box where the ledger is empty, else the incidents."""
    if asked.ledger.incident_list(Filters(), limit=1).rows:
        return go_to(asked.link("/incidents"))
    return page(asked, "start.html", taken=None, typed="", published="")


@router.get("/add")
def get_add(asked: Asked) -> Response:
    """The box."""
    return page(asked, "start.html", taken=None, typed="", published="")


@router.post("/add")
def post_add(
    asked: Asked,
    text: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Read what was pasted or dropped into the ledger, and say what became of it."""
    no_past(asked)
    given = [Given(f.filename or "file", f.file.read()) for f in files or [] if f.size]
    given += split_pasted(text)
    inner = asked.desk.settings.inner
    taken = take_in(asked.ledger, given, Ask(published=published or None), inner)
    left = "" if taken.added and not taken.refused else text
    return page(asked, "start.html", taken=taken, typed=left, published=published)
