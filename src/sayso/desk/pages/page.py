"""A template filled in and sent: what all pages share."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from sayso import __version__
from sayso.desk.asking import Asking, ask
from sayso.desk.pages import incident_words
from sayso.desk.pages.words import FILTERS
from sayso.desk.problems import Problem
from sayso.errors import UsageError

HERE = Path(__file__).resolve().parents[1]
NAV = (
    ("Incidents", "/incidents"),
    ("Review", "/review"),
    ("Sources", "/sources"),
    ("Watch", "/watch"),
    ("Log", "/log"),
    ("Add", "/add"),
)


@functools.cache
def templates() -> Environment:
    """The templates. Every value is escaped: a report's markup shows as the text that it is."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Seals],
    )
    made.filters.update(FILTERS | incident_words.FILTERS)
    made.globals.update(static=static, version=__version__, seal=SEAL.get)
    return made


# of the session that a page is made for: macros know nothing of who asks
SEAL: ContextVar[str] = ContextVar("seal", default="")
POSTED = re.compile(r"""<form\b[^>]*\bmethod="post"[^>]*>""")
SEALED = '{% if seal() %}<input type="hidden" name="seal" value="{{ seal() }}">{% endif %}'


class Seals(Extension):
    """Puts the session's seal into each form that changes something: none can be forgotten."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template with a seal in its forms."""
        return POSTED.sub(lambda form: form[0] + SEALED, source)


@functools.cache
def static(name: str) -> str:
    """The address of one of our files, with its version: it may be kept for good."""
    content = (HERE / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def page(asked: Asking, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page; 304 where the browser holds the very same."""
    given = SEAL.set(asked.who.seal)
    try:
        html = templates().get_template(template).render(
            asked=asked, link=asked.link, here=asked.here, nav=_nav(asked), **values
        )  # fmt: skip
    finally:
        SEAL.reset(given)
    mark = f'W/"{hashlib.sha256(html.encode()).hexdigest()[:24]}"'
    headers = {"etag": mark, "cache-control": "private, no-cache"}
    if status == 200 and mark in asked.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(html, status, headers)


def go_to(address: str) -> RedirectResponse:
    """After a form was taken: the page to look at, so that a reload sends nothing twice."""
    return RedirectResponse(address, 303)


def inside(address: str) -> str:
    """The address where it is one of the desk's, else its start."""
    # browsers leave out tabs and line breaks, and take a backslash for a slash: //evil.example
    own = re.match(r"/(?!/)[^\\]*$", address) and address.isprintable()
    return address if own else "/"


def _nav(asked: Asking) -> list[tuple[str, str, bool]]:
    """The pages that who asks may see, and whether this is one of theirs."""
    path = asked.request.url.path
    return [
        (name, to, path == to or path.startswith(f"{to}/"))
        for name, to in NAV
        if (rule := asked.desk.rights.rule_of("GET", to)) and rule.permission
        and asked.may(rule.permission)
    ]  # fmt: skip


def error_page(
    scope: Scope, problem: Problem, typed: Sequence[tuple[str, str]], headers: dict[str, str]
) -> Response:
    """The page that says what went wrong, what to do, and what had been typed."""
    request = Request(scope)
    try:
        asked = ask(request, request.query_params.get("at"))
    except UsageError:
        asked = ask(request)
    shown = page(asked, "error.html", status=problem.status, problem=problem, typed=typed)
    shown.headers.update(headers)
    return shown
