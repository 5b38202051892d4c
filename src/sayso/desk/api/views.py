"""/api/v1/views: saved views."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from sayso.desk.answers.views import View, save_view, views
from sayso.desk.api.sent import Sent, ViewAsks, said_of
from sayso.desk.asking import Asked
from sayso.desk.problems import Problem

router = APIRouter(tags=["views"])
ViewId = Annotated[str, Path(max_length=80, examples=["view-5d0c4e1f9a7b2c33"])]


@router.get("/views")
def get_views(asked: Asked) -> list[View]:
    """All saved views, the oldest first."""
    return views(asked.ledger)


class NewView(Sent):
    """A view to save."""

    name: str = Field(max_length=100, examples=["Strikes that are denied"])
    asks: ViewAsks = Field(examples=[{"type": "strike", "flag": "denied"}])


@router.post("/views", status_code=201)
def post_view(asked: Asked, view: NewView) -> View:
    """Save what a list of incidents asks for under a name."""
    return save_view(asked.ledger, view.name, said_of(view.asks), asked.by)


@router.delete("/views/{id_}", status_code=204)
def delete_view(asked: Asked, id_: ViewId) -> Response:
    """Forget a saved view."""
    if not asked.ledger.forget("view", id_):
        raise Problem(404, f"no view {id_!r:.60} is saved", "it may have been forgotten already")
    return Response(status_code=204)
