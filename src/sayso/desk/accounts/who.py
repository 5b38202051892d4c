"""Who asks: by which account and in which way, what they may do and see."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.desk.rights import ALL, Permission
from sayso.record.marking import Marking


@dataclass(frozen=True, slots=True)
class Who:
    """Who puts a request, and what they may do.

    `account` is None where the ledger has no accounts: whoever sits at this machine may do all,
    under the name that they give. `seal` is what the forms of a session must carry.
    """

    name: str
    permissions: frozenset[Permission]
    clearance: Marking
    account: str | None = None
    role: str = ""
    session: str | None = None
    token: str | None = None
    given: bool = False  # the password is to be changed first
    seal: str = field(default="", repr=False)


NOBODY = Who("", frozenset(), "clear")
ANYBODY = Who("", ALL, "red")  # at a desk without accounts
