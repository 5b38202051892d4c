"""Which report came first of each text and date; in a file, since there may be millions."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Keys:
    """The first report of each key; raises sqlite3.Error where the disk is full."""

    def __init__(self, place: Path) -> None:
        place.unlink(missing_ok=True)
        self._held = sqlite3.connect(place, isolation_level=None)
        self._held.execute("PRAGMA journal_mode = OFF")
        self._held.execute("PRAGMA synchronous = OFF")
        self._held.execute("PRAGMA cache_size = -65536")  # kB: pages that are kept at hand
        self._held.execute("CREATE TABLE key (key BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID")
        self._held.execute("BEGIN")  # and never ended: nobody else reads it, and nothing is kept

    def first(self, key: bytes, id_: str) -> str | None:
        """The id of the report that had this key before; None where this is the first."""
        found = self._held.execute("SELECT id FROM key WHERE key = ?", (key,)).fetchone()
        if found is None:
            self._held.execute("INSERT INTO key VALUES (?, ?)", (key, id_))
            return None
        return str(found[0])

    def close(self, place: Path) -> None:
        """Nothing is left of it."""
        self._held.close()
        place.unlink(missing_ok=True)
