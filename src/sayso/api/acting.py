"""Which ledger is meant and who acts, where nobody says: for commands and from Python."""

from __future__ import annotations

import getpass
import os

from sayso.errors import UsageError

DEFAULT = "sqlite:///sayso.db"


def ledger_url(url: str | None) -> str:
    """The address of the ledger that is meant: this, else $SAYSO_LEDGER, else DEFAULT."""
    return url or os.environ.get("SAYSO_LEDGER") or DEFAULT


def who(by: str | None) -> str:
    """The name of who acts; raises UsageError where nothing tells."""
    name = by or os.environ.get("SAYSO_USER")
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("who acts? say it with --by NAME (from Python by=…)") from None
