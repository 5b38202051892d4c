"""Problems answered: application/problem+json under /api, the same as a page elsewhere.

What was typed into a form stands on the page, so that nothing is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.desk.pages.page import error_page
from sayso.desk.problems import Problem, ProblemBody, problem_of
from sayso.errors import SaysoError
from sayso.pipeline.defects import defect_words, trace_of

API = "/api/"


def wants_json(scope: Scope) -> bool:
    """True under /api."""
    return cast("str", scope["path"]).startswith((API, "/openapi.json"))


def problem_response(
    scope: Scope, problem: Problem, typed: Sequence[tuple[str, str]] = ()
) -> Response:
    """The problem as JSON or as a page."""
    headers = {"cache-control": "no-store"}
    if problem.status == 503:
        headers["retry-after"] = "2"
    if wants_json(scope):
        body = ProblemBody(
            title=problem.title, status=problem.status, detail=problem.detail, mend=problem.mend
        )
        return JSONResponse(
            body.model_dump(), problem.status, headers, media_type="application/problem+json"
        )
    return error_page(scope, problem, typed, headers)


async def _answer(request: Request, error: Exception) -> Response:
    return problem_response(request.scope, problem_of(error), await _typed(request))


async def _typed(request: Request) -> list[tuple[str, str]]:
    """What a form held, where one was read before the error."""
    held: FormData | None = getattr(request, "_form", None)
    if held is None:
        return []
    return [(k, v) for k, v in held.multi_items() if isinstance(v, str) and v.strip()]


def handle_problems(app: FastAPI) -> None:
    """Answer every error in the one shape."""
    for kind in (Problem, SaysoError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _answer)


class LastResort:
    """Turns a defect of ours into a page that says so; the trace goes to the log."""

    def __init__(self, app: ASGIApp, log: logging.Logger) -> None:
        self.app = app
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # the last place that can put it into words
            # not the error's own words: they may hold words of a report
            words = defect_words(error)
            self.log.error("%s: %s%s", scope.get("path"), words, trace_of(error))  # noqa: TRY400
            if started or scope["type"] != "http":
                raise
            await problem_response(scope, problem_of(error))(scope, receive, send)
