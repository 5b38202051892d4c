"""/sign-in/oidc: to a provider of OpenID Connect and back, by links alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from sayso.desk.asking import Asked, Asking
from sayso.desk.pages.page import go_to, inside
from sayso.desk.pages.sign_in import Back, caller_of, keep_session, sign_in_page
from sayso.desk.problems import Problem
from sayso.errors import UsageError

if TYPE_CHECKING:  # its library is an extra
    from sayso.desk.accounts.oidc import Provider

router = APIRouter()
MOST_SECONDS = 600  # that one may take at the provider
Said = Annotated[str, Query(max_length=4_000)]


@router.get("/sign-in/oidc")
def get_oidc(asked: Asked, back: Back = "/") -> Response:
    """To the provider. A link, since a form may lead to no other site (Content-Security-Policy)."""
    provider, request = _provider(asked), asked.request
    try:
        address, cookie = provider.begin(inside(back), _come_back(request))
    except Problem as problem:
        return _refused(asked, back, problem)
    answer = go_to(address)
    answer.set_cookie(
        _cookie(request), cookie, max_age=MOST_SECONDS, path="/", httponly=True,
        secure=_secure(request), samesite="lax",  # the way back begins on the provider's site
    )  # fmt: skip
    answer.headers["cache-control"] = "no-store"
    return answer


@router.get("/sign-in/oidc/done")
def get_done(asked: Asked, code: Said = "", state: Said = "", error: Said = "") -> Response:
    """Back from the provider: in, where an admin made an account for whom it names."""
    provider, request = _provider(asked), asked.request
    trip = provider.trip(request.cookies.get(_cookie(request), ""))
    if not trip.is_state(state):
        words = "this sign-in was not begun in this browser, or took longer than ten minutes"
        return _refused(asked, "/", Problem(401, words, "begin again"))
    back = inside(trip.back)
    try:
        said = provider.finish(trip, "" if error else code, _come_back(request))
        mail = provider.settings.claim == "email"
        done = asked.desk.door.sign_in_by(said, caller_of(request), mail=mail)
    except Problem as problem:
        answer = _refused(asked, back, problem)
    except UsageError as wrong:
        answer = _refused(asked, back, Problem(403, str(wrong)))
    else:
        answer = keep_session(request, go_to(back), done)
    # one answer to one question: the same address opened again finds none
    answer.delete_cookie(_cookie(request), secure=_secure(request))
    answer.headers["cache-control"] = "no-store"
    return answer


def _provider(asked: Asking) -> Provider:
    if asked.desk.settings.oidc is None:
        raise Problem(404, "nobody signs in by OpenID Connect here", "sign in at /sign-in")
    return asked.desk.settings.oidc


def _refused(asked: Asking, back: str, problem: Problem) -> Response:
    words = f"{problem.detail}; {problem.mend}" if problem.mend else problem.detail
    return sign_in_page(asked, back, wrong=words, status=problem.status)


def _come_back(request: Request) -> str:
    """This desk's address at the provider, under the name by which it was opened."""
    return f"{request.base_url}sign-in/oidc/done"


def _secure(request: Request) -> bool:
    return bool(request.scope["scheme"] == "https")


def _cookie(request: Request) -> str:
    """Its name: over https one that no other host and no plain page can set."""
    return "__Host-sayso-oidc" if _secure(request) else "sayso_oidc"
