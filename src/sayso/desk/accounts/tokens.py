"""Tokens: what a program shows instead of signing in, and what the address of a feed holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.desk.accounts.secret import is_secret, named, new_secret, parted
from sayso.errors import UsageError
from sayso.ledger import Kept, Ledger

MOST = 50  # of an account
LONGEST_NAME = 100
MOST_DAYS = 3660
DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Token:
    """What a program may do in an account's name, until when; `asks`: a feed's, of one view.

    Instants are in seconds.
    """

    id: str
    account: str
    name: str
    scopes: tuple[str, ...]
    made: float
    until: float | None
    used: float | None
    asks: dict[str, str] | None


def make_token(  # noqa: PLR0913 - what a token is
    ledger: Ledger, account: str, name: str, scopes: Sequence[str], *, now: float,
    days: float | None, asks: dict[str, str] | None = None,
) -> tuple[Token, str]:  # fmt: skip
    """A new token and its words, which are shown this once; raises UsageError."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"a token needs a name of at most {LONGEST_NAME} characters")
    if not scopes:
        raise UsageError("a token needs a scope: what may it do?")
    if days is not None and not 0 < days <= MOST_DAYS:
        raise UsageError(f"a token lasts 1 to {MOST_DAYS} days")
    if len(tokens_of(ledger, account)) >= MOST:
        raise UsageError(f"an account has at most {MOST} tokens: forget one first")
    secret = new_secret()
    kept = ledger.keep("token", {
        "account": account, "name": name, "scopes": sorted(set(scopes)), "hash": secret.hash,
        "made": now, "until": None if days is None else now + days * DAY, "used": None,
        "asks": asks,
    })  # fmt: skip
    return _token(kept), named(kept.id, secret)


def find_token(ledger: Ledger, words: str, now: float) -> Token | None:
    """The token of some words; None where there is none or it has expired."""
    id_, secret = parted(words, "token")
    found = ledger.kept("token", id_) if id_ else []
    if not found or not is_secret(secret, found[0].value["hash"]):
        return None
    token = _token(found[0])
    return None if token.until is not None and token.until <= now else token


def touch_token(ledger: Ledger, id_: str, now: float) -> None:
    """Keep that a token was used."""
    ledger.alter("token", id_, lambda value: None if value is None else value | {"used": now})


def tokens_of(ledger: Ledger, account: str | None = None) -> list[Token]:
    """The tokens of an account, or all; the newest first."""
    held = [_token(kept) for kept in ledger.kept("token")]
    return sorted((t for t in held if account in (None, t.account)), key=lambda t: -t.made)


def forget_token(ledger: Ledger, id_: str, account: str | None = None) -> None:
    """A token no more; of `account` alone where one is named. Raises UsageError."""
    if all(token.id != id_ for token in tokens_of(ledger, account)):
        raise UsageError("there is no such token; it may have been forgotten")
    ledger.forget("token", id_)


def _token(kept: Kept) -> Token:
    value: dict[str, Any] = kept.value
    return Token(
        kept.id, value["account"], value["name"], tuple(value["scopes"]), value["made"],
        value["until"], value["used"], value["asks"],
    )  # fmt: skip
