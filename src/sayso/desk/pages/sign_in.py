"""/sign-in: a name and a password; /sign-out. Without scripts; the way back stays on the desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from sayso.desk.accounts.door import Caller, SignedIn
from sayso.desk.accounts.tries import WaitError
from sayso.desk.asking import Asked, Asking
from sayso.desk.gate import session_cookie
from sayso.desk.pages.page import go_to, inside, page
from sayso.errors import UsageError

router = APIRouter()
DEVICE_DAYS = 365
Back = Annotated[str, Query(max_length=3_000)]


@router.get("/sign-in")
def get_sign_in(asked: Asked, back: Back = "/") -> Response:
    """The form."""
    return sign_in_page(asked, back)


@router.post("/sign-in")
def post_sign_in(
    asked: Asked,
    name: Annotated[str, Form(max_length=400)] = "",
    password: Annotated[str, Form(max_length=4_000)] = "",
    back: Annotated[str, Form(max_length=3_000)] = "/",
) -> Response:
    """Sign in and go on; else the form again, with what is wrong."""
    try:
        done = asked.desk.door.sign_in(name, password, caller_of(asked.request))
    except WaitError as error:
        answer = sign_in_page(asked, back, name, str(error), 429)
        answer.headers["retry-after"] = str(error.seconds)
        return answer
    except UsageError as error:
        return sign_in_page(asked, back, name, str(error), 401)
    return keep_session(asked.request, go_to(inside(back)), done)


@router.post("/sign-out")
def post_sign_out(asked: Asked) -> Response:
    """End the session, and leave nothing of it in the browser."""
    asked.desk.door.sign_out(asked.who)
    answer = go_to("/sign-in")
    answer.delete_cookie(
        session_cookie(asked.request.scope), secure=asked.request.scope["scheme"] == "https"
    )
    answer.headers["clear-site-data"] = '"cache"'
    return answer


def caller_of(request: Request) -> Caller:
    """From where somebody signs in, and by which device."""
    return Caller(
        request.client.host if request.client else "",
        request.headers.get("user-agent", ""),
        request.cookies.get(device_cookie(request), ""),
    )


def keep_session(request: Request, answer: Response, done: SignedIn) -> Response:
    """The answer, with what the browser is to hold.

    The session is sent with a link from elsewhere too (Lax): a link in a message must lead to the
    page, not to the sign-in. What changes something needs the seal beside it. The device is asked
    for on the sign-in alone.
    """
    secure = request.scope["scheme"] == "https"
    answer.set_cookie(
        session_cookie(request.scope), done.session, path="/", httponly=True, secure=secure,
        samesite="lax",
    )  # fmt: skip
    if done.device:
        answer.set_cookie(
            device_cookie(request), done.device, path="/", httponly=True, secure=secure,
            samesite="strict", max_age=DEVICE_DAYS * 86400,
        )  # fmt: skip
    return answer


def device_cookie(request: Request) -> str:
    """The name of the cookie by which a browser is known again."""
    return "__Host-sayso-device" if request.scope["scheme"] == "https" else "sayso_device"


def sign_in_page(
    asked: Asking, back: str, name: str = "", wrong: str = "", status: int = 200
) -> Response:
    """The form, and the way to a provider where there is one; with what is wrong."""
    provider = asked.desk.settings.oidc
    return page(
        asked, "sign_in.html", status=status, back=inside(back), name=name, wrong=wrong,
        guarded=asked.desk.door.is_guarded(), oidc=provider.settings.label if provider else "",
    )  # fmt: skip
