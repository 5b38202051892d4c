"""What SQLite and PostgreSQL refuse, in our words: what, where, and what to do."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import (
    LedgerBusyError,
    LedgerDamageError,
    LedgerError,
    LedgerFullError,
    LedgerLostError,
    LedgerUrlError,
)

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

ROOM = "make room on the disk, then add again: what was acknowledged is kept"
OPENING = "make its folder first"
_SQLITE_WORDS: tuple[tuple[str, type[LedgerError], str, str], ...] = (
    ("locked", LedgerBusyError, "the ledger is in use", "try again when the other writer is done"),
    ("busy", LedgerBusyError, "the ledger is in use", "try again when the other writer is done"),
    ("full", LedgerFullError, "the disk is full", ROOM),
    ("disk i/o", LedgerFullError, "the disk takes no more or is broken", ROOM),
    ("not a database", LedgerDamageError, "the file is no ledger", "name another file"),
    ("malformed", LedgerDamageError, "the file is damaged", "restore a copy of it"),
    ("unable to open", LedgerUrlError, "the file cannot be opened", OPENING),
    ("no such table", LedgerDamageError, "a table is missing", "restore a copy of it"),
    ("could not decode", LedgerDamageError, "a value is damaged", "restore a copy of it"),
    ("readonly", LedgerUrlError, "the file may not be written", "change its rights"),
)
_POSTGRES_WORDS: tuple[tuple[str, type[LedgerError], str, str], ...] = (
    ("55P03", LedgerBusyError, "the ledger is in use", "try again when the other writer is done"),
    ("40001", LedgerBusyError, "another writer came between", "try again"),
    ("53100", LedgerFullError, "the server's disk is full", ROOM),
    ("42P01", LedgerDamageError, "a table is missing", "restore a copy of it"),
    ("53", LedgerBusyError, "the server takes no more", "try again later"),
)
# Of an address, where the driver gives no state.
_CONNECTING: tuple[tuple[str, str, str], ...] = (
    (
        "password authentication failed|no password supplied",
        "the server takes no such user with that password",
        "check the address and PGPASSWORD",
    ),
    ("no pg_hba.conf entry", "the server lets nobody in from here", "ask who runs it"),
    (
        '(?:database|role) ".*" does not exist',
        "no such database or user is there",
        "make it (createdb), or check the address",
    ),
    (
        "invalid (?:connection option|[a-z_]+ value|port number|integer value)",
        "the address has an option or value that PostgreSQL does not know",
        "check it",
    ),
)


def in_words(error: DBAPIError, url: str) -> LedgerError:
    """The driver's error as one of ours: never with a value that was being written."""
    cause = error.orig
    words = str(cause).lower()
    if isinstance(cause, sqlite3.Error):
        for key, kind, what, mend in _SQLITE_WORDS:
            if key in words:
                return kind(f"{url}: {what}", _mend_opening(url) if mend is OPENING else mend)
        return LedgerError(f"{url}: {type(cause).__name__}", "run `sayso verify`")
    state = getattr(cause, "sqlstate", None) or ""
    for key, kind, what, mend in _POSTGRES_WORDS:
        if state.startswith(key):
            return kind(f"{url}: {what}", mend)
    for key, what, mend in _CONNECTING:
        if not state and re.search(key, words):
            return LedgerUrlError(f"{url}: {what}", mend)
    if error.connection_invalidated or state[:2] in ("", "08", "57"):
        return LedgerLostError(
            f"{url}: the server cannot be reached or went away",
            "see that it runs, then add again: what was acknowledged is kept",
        )
    return LedgerError(f"{url}: the server refused ({state})", "run `sayso verify`")


def _mend_opening(url: str) -> str:
    """What to do about a file that cannot be opened: its folder may be there, and take none."""
    folder = Path(url.partition(":///")[2]).parent
    if not folder.is_dir():
        return OPENING
    return f"no file can be made in {folder}: change its rights, or name a file elsewhere"
