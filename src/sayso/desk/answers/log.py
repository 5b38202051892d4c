"""Who did what, and whether the ledger is whole."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from sayso.errors import SaysoError
from sayso.ledger import Ledger, Trouble
from sayso.ledger.entries.log import LogLine
from sayso.ledger.layout.instants import now, to_iso

MOST_TROUBLES = 200


@dataclass(frozen=True, slots=True)
class LogList:
    """A page of the log, newest first; `next` is the cursor of the page after."""

    log: tuple[LogLine, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The last check of every entry and span: when, and what was found; `entries` were held then.

    `running` from its start to its end, `failed` where the ledger could not be read to its end.
    """

    begun: str | None = None
    ended: str | None = None
    entries: int = 0
    troubles: tuple[Trouble, ...] = ()
    failed: str | None = None

    @property
    def running(self) -> bool:
        """True from its start to its end."""
        return self.begun is not None and self.ended is None


class Checker:
    """Checks a ledger beside the requests, one check at a time: a large one takes minutes."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self.last = Check()

    def start(self) -> Check:
        """The check that runs now: a new one, where none does."""
        with self._lock:
            if not self.last.running:
                self.last = Check(to_iso(now()), entries=self._ledger.head().entries)
                threading.Thread(target=self._run, name="verify", daemon=True).start()
            return self.last

    def _run(self) -> None:
        found: list[Trouble] = []
        failed = None
        try:
            for trouble in self._ledger.verify():
                found.append(trouble)
                if len(found) == MOST_TROUBLES:
                    break
        except SaysoError as error:
            failed = str(error)
        with self._lock:
            self.last = replace(
                self.last, ended=to_iso(now()), troubles=tuple(found), failed=failed
            )


def list_log(  # noqa: PLR0913 - one argument a filter
    ledger: Ledger, *, by: str | None, act: str | None, about: str | None, at: str | None,
    limit: int, cursor: str | None = None,
) -> LogList:  # fmt: skip
    """The acts that fit; raises UsageError for what cannot be asked."""
    page = ledger.log(
        by=by, act=act, about=about, as_known_at=at, limit=limit, cursor=cursor
    )  # fmt: skip
    return LogList(page.rows, page.next)
