"""/api/v1/webhooks: who is told of what is new."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from sayso.desk.answers.webhooks import Webhook, add_webhook, forget_webhook, webhooks
from sayso.desk.api.sent import Sent, ViewAsks, said_of
from sayso.desk.asking import Asked

router = APIRouter(tags=["webhooks"])


@router.get("/webhooks")
def get_webhooks(asked: Asked) -> list[Webhook]:
    """All webhooks and how telling them fares, the oldest first."""
    return webhooks(asked.ledger)


class NewWebhook(Sent):
    """Whom to tell, and of which incidents; of all where nothing is asked."""

    url: str = Field(max_length=2_000, examples=["https://desk.example/hook"])
    asks: ViewAsks | None = Field(None, examples=[{"type": "strike", "flag": "denied"}])


@router.post("/webhooks", status_code=201)
def post_webhook(asked: Asked, hook: NewWebhook) -> Webhook:
    """Tell an address of what is new from now on in the incidents that a question finds.

    A new origin, denial, state, figure, correction or withdrawal; never a copy. It is sent
    `{"schema": "sayso.change/1", "webhook", "entry", "at", "incident", "changes": [{kind, words}]}`
    with the header `X-Sayso-Signature: sha256=` and the HMAC of the body under `secret`, until it
    answers 2xx. An `entry` that comes twice is the same change.
    """
    return add_webhook(asked.ledger, hook.url, said_of(hook.asks), asked.by, asked.who.account)


@router.delete("/webhooks/{webhook}", status_code=204)
def delete_webhook(
    asked: Asked,
    webhook: Annotated[str, Path(max_length=80, examples=["webhook-5d0c4e1f9a7b2c33"])],
) -> None:
    """Tell an address no more."""
    forget_webhook(asked.ledger, webhook)
