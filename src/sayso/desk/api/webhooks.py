"""/api/v1/webhooks: who is told of what is new."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path

from sayso.desk.answers.webhooks import Webhook, add_webhook, forget_webhook, webhooks
from sayso.desk.asking import Asked

router = APIRouter(tags=["webhooks"])


@router.get("/webhooks")
def get_webhooks(asked: Asked) -> list[Webhook]:
    """All webhooks and how telling them fares, the oldest first."""
    return webhooks(asked.ledger)


@router.post("/webhooks", status_code=201)
def post_webhook(
    asked: Asked,
    url: Annotated[str, Body(max_length=2_000, examples=["https://desk.example/hook"])],
    asks: Annotated[
        dict[str, str] | None, Body(max_length=10, examples=[{"type": "strike", "flag": "denied"}])
    ] = None,
) -> Webhook:
    """Tell an address of what is new from now on in the incidents that a question finds.

    A new origin, denial, state, figure, correction or withdrawal; never a copy. It is sent
    `{"schema": "sayso.change/1", "webhook", "entry", "at", "incident", "changes": [{kind, words}]}`
    with the header `X-Sayso-Signature: sha256=` and the HMAC of the body under `secret`, until it
    answers 2xx. An `entry` that comes twice is the same change.
    """
    return add_webhook(asked.ledger, url, asks or {}, asked.by, asked.who.account)


@router.delete("/webhooks/{webhook}", status_code=204)
def delete_webhook(
    asked: Asked,
    webhook: Annotated[str, Path(max_length=80, examples=["webhook-5d0c4e1f9a7b2c33"])],
) -> None:
    """Tell an address no more."""
    forget_webhook(asked.ledger, webhook)
