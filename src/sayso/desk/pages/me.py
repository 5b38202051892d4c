"""POST /me: who acts in this browser, and how light its pages are."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Response

from sayso.desk.asking import BY_COOKIE, COOKIE_DAYS, THEME_COOKIE, THEMES
from sayso.desk.pages.page import go_to, inside

router = APIRouter()
MOST_NAME = 80


@router.post("/me")
def post_me(
    by: Annotated[str, Form(max_length=MOST_NAME)] = "",
    theme: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Keep both in the browser, and go back to the page."""
    answer = go_to(inside(back))
    for name, value in ((BY_COOKIE, quote(by.strip())), (THEME_COOKIE, theme)):
        if value and (name == BY_COOKIE or value in THEMES):
            answer.set_cookie(
                name, value, max_age=COOKIE_DAYS * 86400, httponly=True, samesite="strict"
            )
        else:
            answer.delete_cookie(name)
    return answer
