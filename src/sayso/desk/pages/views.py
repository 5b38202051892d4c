"""GET and POST /views: saved views, each with its feed."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Response

from sayso.desk.answers.views import save_view, views
from sayso.desk.asking import Asked
from sayso.desk.pages.page import go_to, page

router = APIRouter()


@router.get("/views")
def get_views(asked: Asked) -> Response:
    """All saved views."""
    return page(asked, "views.html", views=views(asked.ledger))


@router.post("/views")
def post_view(
    asked: Asked,
    name: Annotated[str, Form(max_length=100)],
    asks: Annotated[str, Form(max_length=5000)] = "",
) -> Response:
    """Save the question of a list (as in its address) under a name, and show the list."""
    return go_to(save_view(asked.ledger, name, dict(parse_qsl(asks)), asked.by).list)


@router.post("/views/forget")
def post_forget(asked: Asked, id_: Annotated[str, Form(alias="id", max_length=100)]) -> Response:
    """Forget a saved view."""
    asked.ledger.forget("view", id_)
    return go_to("/views")
