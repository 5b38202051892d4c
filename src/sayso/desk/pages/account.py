"""/account: one's own password, sessions and tokens."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Response

from sayso.desk.accounts import account as kept
from sayso.desk.accounts import sessions, tokens, tries
from sayso.desk.accounts.account import Account
from sayso.desk.asking import Asked, Asking
from sayso.desk.pages.page import go_to, page
from sayso.desk.pages.sign_in import caller_of, keep_session
from sayso.desk.problems import Problem
from sayso.desk.rights import OF_ROLE, SCOPES, WORDS
from sayso.errors import SaysoError

router = APIRouter()
DAYS = (("7", "a week"), ("30", "30 days"), ("90", "90 days"), ("365", "a year"))
Id = Annotated[str, Form(alias="id", max_length=100)]
Password = Annotated[str, Form(max_length=4_000)]


@router.get("/account")
def get_account(asked: Asked) -> Response:
    """Where one is signed in, which tokens there are, who tried."""
    return _page(asked)


@router.post("/account/password")
def post_password(
    asked: Asked, old: Password = "", new: Password = "", again: Password = ""
) -> Response:
    """Another password; every other session ends."""
    _own(asked)
    if new != again:
        return _page(asked, wrong="the new password was not typed twice alike", status=400)
    try:
        done = asked.desk.door.change_password(asked.who, old, new, caller_of(asked.request))
    except SaysoError as error:
        return _page(asked, wrong=str(error), status=400)
    return keep_session(asked.request, go_to("/account"), done)


@router.post("/account/sessions")
def post_sessions(asked: Asked, id_: Id = "") -> Response:
    """End one of one's sessions, or all others."""
    own, here = _own(asked), asked.who.session
    if id_:
        sessions.end(asked.desk.door.ledger, own.id, only=id_)
    else:
        sessions.end(asked.desk.door.ledger, own.id, but=here)
    return go_to("/account")


@router.post("/account/tokens")
def post_token(
    asked: Asked, name: Annotated[str, Form(max_length=400)] = "",
    scope: Annotated[list[str] | None, Form(max_length=20)] = None,
    days: Annotated[int, Form(ge=1, le=tokens.MOST_DAYS)] = 30,
) -> Response:  # fmt: skip
    """A new token, whose words are shown this once."""
    own = _own(asked)
    scopes = [s for s in SCOPES if s in (scope or ()) and s in OF_ROLE[own.role]]
    door = asked.desk.door
    try:
        made = tokens.make_token(
            door.ledger, own.id, name, scopes, now=door.clock(), days=days
        )  # fmt: skip
    except SaysoError as error:
        return _page(asked, wrong=str(error), status=400)
    return _page(asked, words=made[1])


@router.post("/account/tokens/forget")
def post_forget_token(asked: Asked, id_: Id) -> Response:
    """One of one's tokens no more."""
    tokens.forget_token(asked.desk.door.ledger, id_, _own(asked).id)
    return go_to("/account")


def _own(asked: Asking) -> Account:
    found = kept.account(asked.desk.door.ledger, asked.who.account) if asked.who.account else None
    if found is None:
        raise Problem(
            409, "this ledger has no accounts", "make the first with `sayso account add NAME`"
        )
    return found


def _page(asked: Asking, *, wrong: str = "", words: str = "", status: int = 200) -> Response:
    own, door = _own(asked), asked.desk.door
    shown: dict[str, Any] = {
        "sessions": sessions.sessions_of(door.ledger, own.id),
        "tokens": tokens.tokens_of(door.ledger, own.id),
        "tries": tries.wrong_tries(door.ledger, own.name, door.clock()),
        "scopes": [(s, WORDS[s]) for s in SCOPES if s in OF_ROLE[own.role]],
    }
    answer = page(
        asked, "account.html", status=status, own=own, wrong=wrong, words=words, days=DAYS, **shown
    )
    answer.headers["cache-control"] = "no-store"  # it may show a token
    return answer
