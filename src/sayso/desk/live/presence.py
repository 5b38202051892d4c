"""Who has which row open: in this process's memory, for as long as they say so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LASTS = 15.0  # seconds after which one who says nothing has left
MOST = 10_000  # tabs


class Presence:
    """Tabs that look at rows; each says every few seconds where it is."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tabs: dict[str, tuple[str, str, float]] = {}  # tab: row, name, when

    def look(self, tab: str, name: str, row: str | None) -> dict[str, list[str]]:
        """Note where a tab is (nowhere: it left); by row the names of those in other tabs."""
        now = self._clock()
        with self._lock:
            self._tabs = {t: seen for t, seen in self._tabs.items() if now - seen[2] < LASTS}
            self._tabs.pop(tab, None)
            if row is not None and len(self._tabs) < MOST:
                self._tabs[tab] = (row, name, now)
            others = [(r, n) for t, (r, n, _) in self._tabs.items() if t != tab]
        found: dict[str, list[str]] = {}
        for at, who in sorted(others):
            names = found.setdefault(at, [])
            if who not in names:
                names.append(who)
        return found
