"""Accounts: who may sign in, in which role, and what they may see."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sayso.desk.rights import OF_ROLE, Permission
from sayso.errors import NotInLedgerError, UsageError, nearest
from sayso.ledger import Kept, Ledger
from sayso.ledger.judging.marks import check_marking
from sayso.ledger.layout.instants import now, to_iso
from sayso.record.marking import Marking

Role = Literal["reader", "coder", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_NAME = 80
LONGEST_OIDC = 255
SIGN_INS = 20  # of an account that are kept


@dataclass(frozen=True, slots=True)
class SignIn:
    """When somebody signed in, from which address, with what, and how."""

    at: str
    address: str
    agent: str
    how: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `clearance` is the strictest marking that they may see.

    `given`: the password was made for them, and is to be changed. `oidc`: by which subject or
    e-mail address a provider of OpenID Connect knows them.
    """

    id: str
    name: str
    role: Role
    clearance: Marking
    made: str
    by: str
    disabled: bool = False
    given: bool = False
    oidc: str | None = None
    hash: str | None = field(default=None, repr=False)
    devices: tuple[str, ...] = field(default=(), repr=False)  # hashes, the newest last
    sign_ins: tuple[SignIn, ...] = field(default=(), repr=False)  # the newest first


def accounts(ledger: Ledger) -> list[Account]:
    """All accounts, by name."""
    found = [account_of(kept) for kept in ledger.kept("account")]
    return sorted(found, key=lambda a: _folded(a.name))


def account(ledger: Ledger, id_: str) -> Account | None:
    """The account with an id; None where it is not kept."""
    found = ledger.kept("account", id_)
    return account_of(found[0]) if found else None


def named(ledger: Ledger, name: str) -> Account:
    """The account of a name; raises NotInLedgerError."""
    held = accounts(ledger)
    found = by_name(held, name)
    if found is None:
        near = nearest(name, [a.name for a in held])
        mend = f"did you mean {near[0]}?" if near else "see `sayso account list`"
        raise NotInLedgerError(f"there is no account {name!r:.90}", mend)
    return found


def by_name(held: Sequence[Account], name: str) -> Account | None:
    """The account that a name means, however it is cased."""
    return next((a for a in held if _folded(a.name) == _folded(name)), None)


def by_oidc(held: Sequence[Account], said: str, *, mail: bool) -> Account | None:
    """The account that a provider's word means: a subject to the letter, `mail` in any case."""
    if mail:
        return next((a for a in held if a.oidc and _one_case(a.oidc) == _one_case(said)), None)
    return next((a for a in held if a.oidc == said), None)


def may(ledger: Ledger, id_: str, permission: Permission) -> bool:
    """True where the account is there, is not disabled, and its role has the permission."""
    found = account(ledger, id_)
    return found is not None and not found.disabled and permission in OF_ROLE[found.role]


def add_account(  # noqa: PLR0913 - what an account is
    ledger: Ledger, name: str, *, role: str, by: str, clearance: str | None = None,
    hash_: str | None = None, given: bool = False, oidc: str | None = None,
) -> Account:  # fmt: skip
    """A new account; raises UsageError. The first is an admin: somebody must make the others."""
    name = _checked_name(name)
    oidc = _checked_oidc(oidc or "")

    def check(rows: list[Kept]) -> None:
        held = [account_of(row) for row in rows]
        if by_name(held, name):
            raise UsageError(f"there is an account {name!r} already")
        if not held and role != "admin":
            raise UsageError("the first account must be an admin: who else could make the others?")
        _check_oidc_free(oidc, held)

    value = {
        "name": name, "role": _checked_role(role), "made": to_iso(now()), "by": by, "hash": hash_,
        "clearance": clearance or ("red" if role == "admin" else "amber"),
        "given": given, "oidc": oidc,
    }  # fmt: skip
    check_marking(value["clearance"])
    return account_of(ledger.keep("account", value, check=check))


def change_account(ledger: Ledger, id_: str, **changes: Any) -> Account:
    """The account after what is given was changed; raises UsageError where it cannot be.

    `role`, `clearance`, `disabled`, `hash` with `given`, `oidc` (empty for none).
    """
    said = {k: v for k, v in changes.items() if v is not None}
    if "role" in said:
        _checked_role(said["role"])
    if "clearance" in said:
        check_marking(said["clearance"])
    if "oidc" in said:
        said["oidc"] = _checked_oidc(said["oidc"])

    def check(rows: list[Kept]) -> None:
        held = [account_of(row) for row in rows]
        _check_oidc_free(said.get("oidc", ""), [a for a in held if a.id != id_])
        if said.get("disabled") or said.get("role", "admin") != "admin":
            _check_admin_left(held, id_)

    found = ledger.alter(
        "account", id_, lambda value: None if value is None else value | said, check=check
    )
    if found is None:
        raise NotInLedgerError("there is no such account", "it may have been forgotten")
    return account_of(found)


def forget_account(ledger: Ledger, id_: str) -> None:
    """No account left, no session and no token of it; what its owner decided stays."""

    def check(rows: list[Kept]) -> None:
        if len(rows) > 1:
            _check_admin_left([account_of(row) for row in rows], id_)

    if not ledger.forget("account", id_, check=check, of=("session", "token")):
        raise NotInLedgerError("there is no such account", "it may have been forgotten")


def note_sign_in(ledger: Ledger, id_: str, done: SignIn, device: str | None, **more: Any) -> None:
    """Keep that somebody signed in, and the device that is known from now on."""

    def change(value: dict[str, Any] | None) -> dict[str, Any] | None:
        if value is None:
            return None
        said = {"at": done.at, "address": done.address, "agent": done.agent, "how": done.how}
        devices = [*value.get("devices", ()), *([device] if device else [])]
        lasts = [said, *value.get("sign_ins", ())][:SIGN_INS]
        return value | more | {"sign_ins": lasts, "devices": devices[-SIGN_INS:]}

    ledger.alter("account", id_, change)


def account_of(kept: Kept) -> Account:
    """An account out of what is kept of it."""
    value = kept.value
    return Account(
        kept.id, value["name"], value["role"], value["clearance"], value["made"], value["by"],
        bool(value.get("disabled")), bool(value.get("given")), value.get("oidc") or None,
        value.get("hash"),
        tuple(value.get("devices", ())),
        tuple(SignIn(**each) for each in value.get("sign_ins", ())),
    )  # fmt: skip


def _folded(name: str) -> str:
    """One form of a name, so that nobody signs as somebody else by another case or width."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _checked_name(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"an account needs a name of at most {LONGEST_NAME} printable characters")
    return name


def _checked_role(role: str) -> str:
    if role not in ROLES:
        raise UsageError(f"{role!r:.40} is no role; there are {', '.join(ROLES)}")
    return role


def _checked_oidc(said: str) -> str:
    """What a provider is to say of an account."""
    said = said.strip()
    if len(said) > LONGEST_OIDC or not said.isprintable():
        raise UsageError(
            f"a subject or e-mail address has at most {LONGEST_OIDC} printable characters"
        )
    return said


def _check_oidc_free(said: str, others: Sequence[Account]) -> None:
    """Raises UsageError for what a provider says of another account already."""
    if said and (found := by_oidc(others, said, mail=True)):
        raise UsageError(f"{found.name!r} signs in by that subject or e-mail address already")


def _one_case(mail: str) -> bytes:
    """An e-mail address in small letters: a to z alone, since the Kelvin sign is no k."""
    return mail.encode("utf-8", "replace").lower()


def _check_admin_left(held: Sequence[Account], without: str) -> None:
    if not any(a.role == "admin" and not a.disabled and a.id != without for a in held):
        raise UsageError("this is the only admin: make another first, so that one is left")
