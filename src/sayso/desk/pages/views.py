"""GET and POST /views: saved views, each with its feed."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Response

from sayso.desk.accounts.tokens import make_token
from sayso.desk.answers.views import ASKS, save_view, views
from sayso.desk.answers.webhooks import add_webhook, forget_webhook, webhooks
from sayso.desk.asking import Asked, Asking
from sayso.desk.pages.page import go_to, page

router = APIRouter()


@router.get("/views")
def get_views(asked: Asked) -> Response:
    """All saved views."""
    return _page(asked)


@router.post("/views")
def post_view(
    asked: Asked,
    name: Annotated[str, Form(max_length=100)],
    asks: Annotated[str, Form(max_length=5000)] = "",
) -> Response:
    """Save the question of a list (as in its address) under a name, and show the list."""
    return go_to(save_view(asked.ledger, name, dict(parse_qsl(asks)), asked.by).list)


@router.post("/views/feed")
def post_feed(
    asked: Asked, asks: Annotated[str, Form(max_length=5000)] = "",
    name: Annotated[str, Form(max_length=400)] = "",
) -> Response:  # fmt: skip
    """An address by which a feed reader, which cannot sign in, reads this one view alone."""
    if asked.who.account is None:
        return go_to(f"/incidents.atom{'?' if asks else ''}{asks}")
    said = dict(parse_qsl(asks))
    kept = {k: v.strip() for k in ASKS if (v := said.get(k, "")) and v.strip()}
    door = asked.desk.door
    _, words = make_token(
        door.ledger, asked.who.account, f"feed: {name or urlencode(kept) or 'all incidents'}"[:100],
        ["read"], now=door.clock(), days=None, asks=kept,
    )  # fmt: skip
    address = f"/incidents.atom?{urlencode({**kept, 'key': words})}"
    return _page(asked, feed=str(asked.request.base_url).rstrip("/") + address)


def _page(asked: Asking, *, secret: str = "", feed: str = "") -> Response:
    return page(
        asked, "views.html", views=views(asked.ledger), secret=secret, feed=feed,
        webhooks=webhooks(asked.ledger) if asked.may("tell") else [],
        telling=asked.desk.settings.watch,
    )  # fmt: skip


@router.post("/views/webhook")
def post_webhook(
    asked: Asked,
    url: Annotated[str, Form(max_length=2000)],
    view: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Tell an address of what is new in a view; its secret is shown this once."""
    asks = next((v.asks for v in views(asked.ledger) if v.id == view), {})
    made = add_webhook(asked.ledger, url, asks, asked.by, asked.who.account)
    return _page(asked, secret=made.secret or "")


@router.post("/views/webhook/forget")
def post_forget_webhook(
    asked: Asked, id_: Annotated[str, Form(alias="id", max_length=100)]
) -> Response:
    """Tell an address no more."""
    forget_webhook(asked.ledger, id_)
    return go_to("/views")


@router.post("/views/forget")
def post_forget(asked: Asked, id_: Annotated[str, Form(alias="id", max_length=100)]) -> Response:
    """Forget a saved view."""
    asked.ledger.forget("view", id_)
    return go_to("/views")
