"""Sessions: what a browser that signed in holds, until it expires or is ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sayso.desk.accounts.secret import Secret, is_secret, named, new_secret, parted
from sayso.ledger import Kept, Ledger

MOST = 20  # of an account; the one that was used longest ago ends
TOUCH = 300.0  # seconds: more exactly nobody needs to know when it was last used


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts: when it is not used, and in any case; in seconds."""

    idle: float = 12 * 3600.0
    whole: float = 7 * 86400.0


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that signed in: when, from where, and when it was last used; in seconds."""

    id: str
    account: str
    made: float
    used: float
    address: str
    agent: str
    hash: str

    def is_over(self, now: float, lasting: Lasting) -> bool:
        """True where it has expired."""
        return now - self.used > lasting.idle or now - self.made > lasting.whole


def begin(ledger: Ledger, account: str, address: str, agent: str, now: float) -> str:
    """What the browser is to hold: a new secret at each sign-in, never one that it brought."""
    secret: Secret = new_secret()
    own = sorted(sessions_of(ledger, account), key=lambda s: s.used)
    for old in own[: max(0, len(own) - MOST + 1)]:
        ledger.forget("session", old.id)
    value = {
        "account": account, "hash": secret.hash, "made": now, "used": now, "address": address,
        "agent": agent,
    }  # fmt: skip
    return named(ledger.keep("session", value).id, secret)


def find(ledger: Ledger, held: str, now: float, lasting: Lasting) -> Session | None:
    """The session whose secret a browser holds; None where there is none or it has expired."""
    id_, words = parted(held, "session")
    found = ledger.kept("session", id_) if id_ else []
    if not found or not is_secret(words, found[0].value["hash"]):
        return None
    session = _session(found[0])
    return None if session.is_over(now, lasting) else session


def touch(ledger: Ledger, id_: str, now: float) -> None:
    """Keep that a session was used."""
    ledger.alter("session", id_, lambda value: None if value is None else value | {"used": now})


def sessions_of(ledger: Ledger, account: str) -> list[Session]:
    """The sessions of an account, the last used first."""
    found = [_session(kept) for kept in ledger.kept("session") if kept.value["account"] == account]
    return sorted(found, key=lambda s: -s.used)


def end(ledger: Ledger, account: str, *, only: str | None = None, but: str | None = None) -> None:
    """End an account's sessions: all, `only` one, or all `but` one."""
    for session in sessions_of(ledger, account):
        if session.id != but and only in (None, session.id):
            ledger.forget("session", session.id)


def sweep(ledger: Ledger, now: float, lasting: Lasting) -> None:
    """Forget the sessions that have expired."""
    for kept in ledger.kept("session"):
        if _session(kept).is_over(now, lasting):
            ledger.forget("session", kept.id)


def _session(kept: Kept) -> Session:
    value: dict[str, Any] = kept.value
    names = ("account", "made", "used", "address", "agent", "hash")
    return Session(kept.id, *(value[name] for name in names))
