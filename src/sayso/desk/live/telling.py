"""Webhooks told of what is new, in the order in which it came, until they have taken it.

What is sent is signed; an address that does not take it is tried again, later each time. A copy
tells nothing: it changes no figure, no state and no origin.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sayso.desk.accounts.account import account, may
from sayso.desk.answers.incidents import list_incidents
from sayso.desk.answers.webhooks import Webhook, webhook_of
from sayso.errors import FetchError, LedgerError, UsageError
from sayso.incidents.changes import changes_between
from sayso.intake.fetch import Fetcher
from sayso.ledger import Filters, IncidentChange, Kept, Ledger

SCHEMA = "sayso.change/1"
STEP = 200  # incidents looked at in one go
NEWEST = 500  # incidents of a question, those last told of: what changed just now is among them
FIRST_WAIT, LONGEST_WAIT = 5.0, 21_600.0  # seconds
EVERY = 0.5  # seconds between two looks at the ledger's head
NAMES = {"q": "words", "from": "from_"}  # of filters in the address, where Filters has another


@dataclass
class Teller:
    """Tells the webhooks that a ledger keeps."""

    ledger: Ledger
    fetcher: Fetcher
    clock: Callable[[], float] = time.time

    def run(self, stop: threading.Event) -> None:
        """Tell until `stop` is set."""
        head = -1
        while not stop.wait(EVERY):
            try:
                entries = self.ledger.head().entries
                hooks = self.ledger.kept("webhook")
                if entries != head or any(h.value.get("failures") for h in hooks):
                    for hook in hooks:
                        self.tell(hook)
                    head = entries
            except LedgerError:  # locked or gone for a while
                stop.wait(EVERY)

    def tell(self, hook: Kept) -> None:
        """Send one webhook all that is new for it, as far as it takes it."""
        if hook.value.get("next", 0) > self.clock() or not self._may_be_told(hook):
            return
        ledger = self._seen_by(hook)
        while True:
            after = hook.value["entry"]
            found = ledger.incident_changes(after, STEP)
            if not found:
                return
            for change, sent in self._wanted(webhook_of(hook), found, ledger):
                try:
                    if sent is not None:
                        self._send(hook, sent)
                except FetchError as error:
                    self._note_failure(hook, error)
                    return
                hook = self._note(hook, entry=change.entry, told=sent is not None)

    def _may_be_told(self, hook: Kept) -> bool:
        """False where the account that made it is gone, disabled, or may make none any more."""
        owner = hook.value.get("account")  # None: made when there were no accounts
        return owner is None or may(self.ledger, owner, "tell")

    def _seen_by(self, hook: Kept) -> Ledger:
        """The ledger as the account that made it sees it; all of it where there were none."""
        owner = hook.value.get("account")
        held = account(self.ledger, owner) if owner is not None else None
        return self.ledger if held is None else self.ledger.seen_by(held.clearance)

    def _wanted(
        self, hook: Webhook, found: list[IncidentChange], ledger: Ledger
    ) -> Iterator[tuple[IncidentChange, dict[str, Any] | None]]:
        """Each change with what is to be sent of it, None where it tells nothing or fits not."""
        told = [(c, changes_between(c.before, c.after)) for c in found]
        fitting = (
            self._fitting(hook, ledger) if any(changes for _, changes in told) else frozenset()
        )
        for change, changes in told:
            if not changes or change.incident not in fitting:
                yield change, None
                continue
            yield change, {
                "schema": SCHEMA, "webhook": hook.id, "entry": change.entry, "at": change.at,
                "incident": change.incident,
                "changes": [{"kind": c.kind, "words": c.words} for c in changes],
            }  # fmt: skip

    def _fitting(self, hook: Webhook, ledger: Ledger) -> frozenset[str]:
        """The incidents that a webhook asks for, as far as they were told of lately."""
        asks = dict(hook.asks)
        flag = asks.pop("flag", None)
        said: dict[str, Any] = {NAMES.get(k, k): v for k, v in asks.items()}
        filters = Filters(**said)
        try:
            rows = list_incidents(ledger, filters, flag=flag, limit=NEWEST).incidents
        except UsageError:  # it asks for what this version has no name for any more
            return frozenset()
        return frozenset(row.incident for row in rows)

    def _send(self, hook: Kept, sent: dict[str, Any]) -> None:
        content = json.dumps(sent, ensure_ascii=False).encode()
        mark = hmac.new(hook.value["secret"].encode(), content, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Sayso-Signature": f"sha256={mark}"}
        self.fetcher.post(hook.value["url"], content, headers)

    def _note(self, hook: Kept, *, entry: int, told: bool) -> Kept:
        value = {k: v for k, v in hook.value.items() if k not in ("failures", "error", "next")}
        value |= {"entry": entry, "told": value.get("told", 0) + told}
        return self.ledger.keep("webhook", value, hook.id)

    def _note_failure(self, hook: Kept, error: FetchError) -> None:
        failures = hook.value.get("failures", 0) + 1
        pause = min(FIRST_WAIT * 2.0 ** min(failures - 1, 16), LONGEST_WAIT)
        said = {
            "failures": failures, "error": str(error),
            "next": self.clock() + max(pause, error.wait or 0),
        }  # fmt: skip
        self.ledger.keep("webhook", {**hook.value, **said}, hook.id)
