"""What is new in the ledger, as it comes: one poller a process, many listeners.

The chain's head is asked for four times a second, so that what another process enters (a watcher,
a command) is told of too. Nobody listens: nothing is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from anyio import to_thread

from sayso.errors import LedgerError
from sayso.ledger import IncidentChange, Ledger

STEP = 200  # changes taken at a time


class Tail:
    """Listeners of one ledger; made for one event loop."""

    def __init__(self, ledger: Ledger, poll_seconds: float) -> None:
        self.ledger = ledger
        self.poll_seconds = poll_seconds
        self._entry = 0  # of the chain's head
        self._moved = asyncio.Condition()
        self._listeners = 0
        self._poller: asyncio.Task[None] | None = None

    async def begin(self, after: int | None = None) -> int:
        """The entry to listen from: the last that was told, the newest where none was told yet.

        Never one that this ledger does not reach: what was told may have been another's.
        """
        head = await self._head()
        return head if after is None else min(after, head)

    async def changes(self, entry: int, ledger: Ledger) -> AsyncIterator[list[IncidentChange]]:
        """The incidents that changed since an entry, as they change; as `ledger` shows them."""
        self._join()
        try:
            while True:
                seen = self._entry  # before asking: what comes meanwhile wakes us
                try:
                    found = await to_thread.run_sync(ledger.incident_changes, entry, STEP)
                except LedgerError:  # locked or gone for a while: who listens need not know
                    await asyncio.sleep(self.poll_seconds)
                    continue
                if found:
                    entry = found[-1].entry
                    yield found
                if len(found) < STEP:
                    await self._wait(seen)
        finally:
            self._leave()

    async def _wait(self, seen: int) -> None:
        """Until the head is past what was seen of it."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._entry > seen)

    def _join(self) -> None:
        self._listeners += 1
        if self._poller is None:
            self._poller = asyncio.create_task(self._poll())

    def _leave(self) -> None:
        self._listeners -= 1
        if not self._listeners and self._poller is not None:
            self._poller.cancel()
            self._poller = None

    async def _head(self) -> int:
        return (await to_thread.run_sync(self.ledger.head)).entries

    async def _poll(self) -> None:
        while True:
            try:
                entry = await self._head()
            except LedgerError:  # locked or gone for a while: ask again
                entry = self._entry
            if entry > self._entry:
                async with self._moved:
                    self._entry = entry
                    self._moved.notify_all()
            await asyncio.sleep(self.poll_seconds)
