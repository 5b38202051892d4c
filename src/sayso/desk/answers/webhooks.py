"""Webhooks: who is told of what is new in the incidents that a question finds."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sayso.desk.answers.views import ASKS
from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import Kept, Ledger
from sayso.ledger.layout.instants import to_iso

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told: what it asks for, and how telling it fares.

    `entry` is the ledger's entry up to which it was told. `secret` signs what is sent; it is shown
    when the webhook is made, and not again.
    """

    id: str
    url: str
    asks: dict[str, str]
    by: str
    entry: int
    told: int = 0
    failures: int = 0
    error: str | None = None
    next: str | None = None
    secret: str | None = None


def webhooks(ledger: Ledger) -> list[Webhook]:
    """All webhooks, the oldest first."""
    return [webhook_of(kept) for kept in ledger.kept("webhook")]


def add_webhook(
    ledger: Ledger, url: str, asks: dict[str, str], by: str, account: str | None = None
) -> Webhook:
    """The webhook, told of what is new from now on; raises UsageError for what is no address.

    It is told for as long as the account that made it may make webhooks.
    """
    url = url.strip()
    if not url.startswith(("http://", "https://")) or len(url) > LONGEST:
        raise UsageError(f"{url!r:.60} is no address to tell; give http(s)://…")
    unknown = sorted(set(asks) - set(ASKS))
    if unknown:
        raise UsageError(f"{unknown[0]!r:.40} is no filter; there are {', '.join(ASKS)}")
    value = {
        "url": url, "by": by, "account": account, "secret": secrets.token_hex(24),
        "entry": ledger.head().entries,
        "asks": {k: v.strip() for k, v in asks.items() if v.strip()},
    }  # fmt: skip
    kept = ledger.keep("webhook", value)
    return webhook_of(kept, secret=True)


def forget_webhook(ledger: Ledger, id_: str) -> None:
    """Tell an address no more; raises NotInLedgerError."""
    if not ledger.forget("webhook", id_):
        raise NotInLedgerError(f"no webhook {id_!r:.60} is kept", "it may have been forgotten")


def webhook_of(kept: Kept, *, secret: bool = False) -> Webhook:
    """A webhook out of what is kept of it."""
    value: dict[str, Any] = kept.value
    due = value.get("next")
    return Webhook(
        kept.id, value["url"], value["asks"], value["by"], value["entry"], value.get("told", 0),
        value.get("failures", 0), value.get("error"),
        to_iso(int(due * 1_000_000)) if due and value.get("failures") else None,
        value["secret"] if secret else None,
    )  # fmt: skip
