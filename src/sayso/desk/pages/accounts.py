"""/accounts: who may sign in, in which role, and what they may see; for admins."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Form, Response

from sayso.desk.accounts import account as kept
from sayso.desk.accounts import sessions, tokens
from sayso.desk.accounts.account import ROLES
from sayso.desk.asking import Asked, Asking
from sayso.desk.pages.page import go_to, page
from sayso.desk.problems import Problem
from sayso.desk.rights import OF_ROLE, WORDS, Permission
from sayso.errors import SaysoError
from sayso.record.marking import MARKINGS

router = APIRouter()
Said = Annotated[str, Form(max_length=400)]


@router.get("/accounts")
def get_accounts(asked: Asked) -> Response:
    """All accounts, with their tokens."""
    return _page(asked)


@router.post("/accounts")
def post_account(
    asked: Asked, name: Said = "", role: Said = "reader", clearance: Said = "", oidc: Said = ""
) -> Response:
    """A new account with a password that is shown this once; who gets it must choose another.

    Whom a provider lets in gets none.
    """
    _guarded(asked)
    door, password = asked.desk.door, "" if oidc.strip() else _password()
    try:
        made = kept.add_account(
            door.ledger, name, role=role, by=asked.by, clearance=clearance or None, oidc=oidc,
            hash_=door.passwords.hash(password) if password else None, given=bool(password),
        )  # fmt: skip
    except SaysoError as error:
        return _page(asked, wrong=str(error), status=400)
    return _page(asked, given=(made.name, password)) if password else go_to("/accounts")


@router.post("/accounts/{account}")
def post_change(
    asked: Asked, account: str, do: Annotated[str, Form(max_length=40)], role: Said = "",
    clearance: Said = "", oidc: Said = "",
) -> Response:  # fmt: skip
    """Change, disable, enable, or forget an account, or make a new password for it."""
    _guarded(asked)
    door, password = asked.desk.door, ""
    before = kept.account(door.ledger, account)
    try:
        match do:
            case "change":
                kept.change_account(
                    door.ledger, account, role=role or None, clearance=clearance or None,
                    oidc=oidc if asked.desk.settings.oidc else None,  # else the form has no field
                )  # fmt: skip
            case "disable" | "enable":
                kept.change_account(door.ledger, account, disabled=do == "disable")
            case "password":
                password = _password()
                kept.change_account(
                    door.ledger, account, hash=door.passwords.hash(password), given=True
                )
            case "forget":
                kept.forget_account(door.ledger, account)
            case _:
                raise Problem(400, f"{do!r:.40} cannot be done to an account")
    except SaysoError as error:
        return _page(asked, wrong=str(error), status=400)
    found = kept.account(door.ledger, account)
    if do in ("disable", "password") or (found and before and found.oidc != before.oidc):
        sessions.end(door.ledger, account)
    if password and found:
        return _page(asked, given=(found.name, password))
    return go_to("/accounts")


@router.post("/accounts/{account}/tokens/forget")
def post_forget_token(
    asked: Asked, account: str, id_: Annotated[str, Form(alias="id", max_length=100)]
) -> Response:
    """A token of an account no more."""
    tokens.forget_token(asked.desk.door.ledger, id_, account)
    return go_to("/accounts")


def _password() -> str:
    """100 random bits in five groups that can be read out."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(5))


def _guarded(asked: Asking) -> None:
    if asked.who.account is None:
        raise Problem(
            409, "this ledger has no accounts yet, and the first is made by who owns the ledger",
            "sayso account add NAME --role admin",
        )  # fmt: skip


def _added() -> Iterator[tuple[str, list[str]]]:
    """Each role with what it may do beyond the one before it."""
    held: frozenset[Permission] = frozenset()
    for role in ROLES:
        yield role, [does for may, does in WORDS.items() if may in OF_ROLE[role] - held]
        held = OF_ROLE[role]


def _page(
    asked: Asking, *, wrong: str = "", given: tuple[str, str] | None = None, status: int = 200
) -> Response:
    ledger = asked.desk.door.ledger
    held: dict[str, list[tokens.Token]] = {}
    for token in tokens.tokens_of(ledger):
        held.setdefault(token.account, []).append(token)
    answer = page(
        asked, "accounts.html", status=status, accounts=kept.accounts(ledger), tokens=held,
        wrong=wrong, given=given, roles=ROLES, markings=MARKINGS,
        may=dict(_added()), oidc=asked.desk.settings.oidc is not None,
    )  # fmt: skip
    answer.headers["cache-control"] = "no-store"  # it may show a password
    return answer
