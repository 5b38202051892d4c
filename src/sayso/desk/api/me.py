"""GET /api/v1/me: who asks, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from sayso.desk.asking import Asked
from sayso.desk.rights import WORDS

router = APIRouter(tags=["me"])


@dataclass(frozen=True, slots=True)
class Me:
    """Who asks: the name that decisions bear, the role, the strictest marking that is seen.

    `role` is null where the ledger has no accounts; `may` are the permissions, those of a token
    are its scopes.
    """

    name: str
    role: str | None
    clearance: str
    may: list[str]


@router.get("/me")
def get_me(asked: Asked) -> Me:
    """Who asks, and what they may do."""
    who = asked.who
    return Me(asked.by, who.role or None, who.clearance, [p for p in WORDS if p in who.permissions])
