"""GET /watch: feeds and their health; POST: add, pause, look now, forget."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from sayso.desk.answers.feeds import (
    add_feed,
    add_list,
    change_feed,
    forget_feed,
    list_feeds,
)
from sayso.desk.asking import Asked, Asking
from sayso.desk.pages.page import go_to, page
from sayso.errors import SaysoError

router = APIRouter()
PERIODS = (("15m", "15 minutes"), ("5m", "5 minutes"), ("1h", "hour"), ("6h", "6 hours"),
           ("1d", "day"))  # fmt: skip


@router.get("/watch")
def get_watch(asked: Asked) -> Response:
    """The feeds."""
    return _page(asked)


@router.post("/watch")
def post_watch(
    asked: Asked,
    url: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    publisher: Annotated[str, Form()] = "",
    every: Annotated[str, Form()] = "15m",
    list_: Annotated[UploadFile | None, File(alias="list")] = None,
) -> Response:
    """Add a feed, or all of a list."""
    typed = {"url": url, "name": name, "publisher": publisher, "every": every}
    try:
        if list_ is not None and list_.size:
            add_list(asked.ledger, list_.filename or "the list", list_.file.read())
        if url.strip() or not (list_ and list_.size):
            add_feed(asked.ledger, url, name=name, publisher=publisher, every=every)
    except SaysoError as error:
        return _page(asked, typed=typed, wrong=str(error))
    return go_to("/watch")


@router.post("/watch/{feed}")
def post_feed(asked: Asked, feed: str, do: Annotated[str, Form()]) -> Response:
    """Pause, go on, look now or forget."""
    match do:
        case "pause" | "resume":
            change_feed(asked.ledger, feed, paused=do == "pause")
        case "look":
            change_feed(asked.ledger, feed, look=True)
        case "forget":
            forget_feed(asked.ledger, feed)
    return go_to("/watch")


def _page(asked: Asking, *, typed: dict[str, str] | None = None, wrong: str = "") -> Response:
    return page(
        asked, "watch.html", status=400 if wrong else 200,
        found=list_feeds(asked.ledger), typed=typed or {}, wrong=wrong, periods=PERIODS,
        watching=asked.desk.settings.watch,
    )  # fmt: skip
