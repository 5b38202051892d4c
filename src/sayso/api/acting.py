"""Which ledger is meant and who acts, where nobody says: for commands and from Python."""

from __future__ import annotations

import getpass
import os

from sayso.errors import UsageError

DEFAULT = "sqlite:///sayso.db"


def ledger_url(url: str | None) -> str:
    """The address of the ledger that is meant: this, else $SAYSO_LEDGER, else DEFAULT.

    An empty one is none, and is refused where it is opened: `--ledger "$ELSEWHERE"` with nothing
    there means no ledger of this folder.
    """
    return url if url is not None else os.environ.get("SAYSO_LEDGER") or DEFAULT


def who(by: str | None) -> str:
    """The name of who acts; raises UsageError where nothing tells, and for what is no name."""
    from sayso.record.clean import find_odd, name_odd  # noqa: PLC0415 - `sayso --help` needs none

    name = by if by is not None else os.environ.get("SAYSO_USER") or _login()
    if not name.strip():
        raise UsageError("who acts? the name that is given is empty")
    if odd := find_odd(name):
        raise UsageError(
            f"a name that holds {name_odd(odd)} would not be shown as it is; leave it out"
        )
    return name


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("who acts? say it with --by NAME (from Python by=…)") from None
