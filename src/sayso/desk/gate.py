"""Who asks, and may they? Every request passes here before a byte of its body is read.

FastAPI reads a body before it solves dependencies, so a dependency would come too late for that;
the one here checks what only the body tells, the seal of a form.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts
from starlette._utils import get_route_path
from starlette.datastructures import Headers, QueryParams
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.desk.accounts.account import accounts
from sayso.desk.accounts.door import Door
from sayso.desk.accounts.who import NOBODY, Who
from sayso.desk.answers.views import ASKS
from sayso.desk.problem_answers import problem_response, wants_json
from sayso.desk.problems import Problem
from sayso.desk.rights import WORDS, Rights, Rule, who_may
from sayso.desk.security import SAFE
from sayso.errors import SaysoError

FEED = "/incidents.atom"
SEAL = "x-sayso-seal"
FIRST = ("/account", "/account/password", "/sign-out")  # while the password is one that was given


def rights_of(app: FastAPI) -> Rights:
    """The rule of each route of an application; raises RuntimeError for a route without one."""
    return Rights(
        (method, f"{route.path}/{{path:path}}" if isinstance(route.original_route, Mount) else
         str(route.path))
        for route in iter_route_contexts(app.routes)
        for method in sorted(getattr(route, "methods", None) or {"GET"})
    )  # fmt: skip


class Gate:
    """Lets a request pass that the table of rights allows, and notes who puts it."""

    def __init__(self, app: ASGIApp, door: Door, rights: Rights) -> None:
        self.app = app
        self.door = door
        self.rights = rights

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        rule = self.rights.rule_of(scope["method"], get_route_path(scope))
        state = scope.setdefault("state", {})
        state |= {"rule": rule, "who": NOBODY, "error": None}
        if rule is None or rule.permission is not None:
            try:
                who = await to_thread.run_sync(self._who, scope, rule)
                refused = self._refused(scope, rule, who)
            except SaysoError as error:  # the ledger is busy, or gone for a while
                state["error"] = error  # raised by `sealed`, when what was typed is known
            else:
                if refused is not None:
                    await refused(scope, receive, send)
                    return
                state["who"] = who or NOBODY
        await self.app(scope, receive, send)

    def _who(self, scope: Scope, rule: Rule | None) -> Who | None:
        headers = Headers(scope=scope)
        said = headers.get("authorization", "")
        if said and self.door.is_guarded():
            kind, _, words = said.partition(" ")
            return self.door.by_token(words.strip()) if kind.casefold() == "bearer" else None
        asked = QueryParams(scope["query_string"])  # read as the page reads it: the last one counts
        if rule is not None and rule.path == FEED and "key" in asked and self.door.is_guarded():
            asks = {k: v for k in ASKS if (v := asked.get(k, "").strip())}
            return self.door.by_feed(asked["key"], asks) if not asked.get("at") else None
        return self.door.by_session(held_in(headers, scope))

    def _refused(self, scope: Scope, rule: Rule | None, who: Who | None) -> Response | None:
        if who is None:
            return _sign_in_first(scope)
        if rule is None or rule.permission is None:
            return None  # no such page: the router says so
        if rule.permission == "self" and who.token:
            return problem_response(scope, Problem(
                403, "a token looks after no account", "sign in with the password"
            ))  # fmt: skip
        if rule.permission not in who.permissions:
            return problem_response(scope, self._forbidden(rule, who))
        if who.given and rule.path not in FIRST:
            return _password_first(scope)
        return None

    def _forbidden(self, rule: Rule, who: Who) -> Problem:
        """What is missing, and who can give it."""
        assert rule.permission is not None  # noqa: S101 - for the type checker
        does, roles = WORDS[rule.permission], who_may(rule.permission)
        if who.token and who.role in roles:
            return Problem(
                403, f"this token has not the scope {rule.permission}: {does}",
                "make one that has it, at /account",
            )  # fmt: skip
        held = accounts(self.door.ledger)
        admins = [a.name for a in held if a.role == "admin" and not a.disabled][:5]
        return Problem(
            403, f"your role, {who.role}, may not do this: {does}",
            f"it needs the role {' or '.join(roles)}, which {' or '.join(admins)} can give",
        )  # fmt: skip


def held_in(headers: Mapping[str, str], scope: Scope) -> str:
    """The session that a browser holds."""
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    found = cookie.get(session_cookie(scope))
    return found.value if found else ""


def session_cookie(scope: Mapping[str, Any]) -> str:
    """The cookie's name: over https one that no other host and no plain page can set."""
    return "__Host-sayso" if scope["scheme"] == "https" else "sayso_session"


def _sign_in_first(scope: Scope) -> Response:
    """To the sign-in and back; programs, and what a page's script asks for, are told instead."""
    headers = Headers(scope=scope)
    looks = scope["method"] in SAFE and "hx-request" not in headers
    if not wants_json(scope) and looks and headers.get("authorization") is None:
        query = scope["query_string"].decode("latin-1")
        here = scope["path"] + (f"?{query}" if query else "")
        to = "/sign-in" if here == "/" else f"/sign-in?back={quote(here[:2_000], safe='/')}"
        return RedirectResponse(to, 303, {"cache-control": "no-store"})
    answer = problem_response(scope, Problem(
        401, "one must sign in here: no session and no token, or one that has expired",
        "sign in at /sign-in, or send Authorization: Bearer with a token" if wants_json(scope)
        else "sign in at /sign-in, then go back: what you typed is still there",
    ))  # fmt: skip
    wrong = ', error="invalid_token"' if headers.get("authorization") else ""
    answer.headers["www-authenticate"] = f'Bearer realm="sayso"{wrong}'
    return answer


def _password_first(scope: Scope) -> Response:
    if wants_json(scope) or scope["method"] not in SAFE:
        return problem_response(scope, Problem(
            403, "your password was given to you", "choose your own at /account"
        ))  # fmt: skip
    return RedirectResponse("/account", 303, {"cache-control": "no-store"})


async def sealed(request: Request) -> None:
    """What changes something by a session carries the session's seal: another site knows none.

    Nothing goes on where nobody could tell who asks, or by another rule than the route's.
    """
    who, rule = request.state.who, request.state.rule
    if request.state.error is not None:
        raise request.state.error
    path = getattr(request.scope.get("route"), "path", None)
    if rule is None or path is None or not rule.path.endswith(path):
        raise RuntimeError(f"no rule was applied for {path}")
    if who.session is None or request.method in SAFE:
        return
    said = request.headers.get(SEAL) or (await request.form()).get("seal")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), who.seal.encode()):
        raise Problem(
            403, "the form is of another sign-in", "load the page anew, then send it again"
        )
