"""The desk as an ASGI application over one open ledger."""

from __future__ import annotations

import logging
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sayso import __version__
from sayso.desk.accounts.door import Door
from sayso.desk.accounts.passwords import Passwords
from sayso.desk.answers.log import Checker
from sayso.desk.api import adding as api_adding
from sayso.desk.api import events as api_events
from sayso.desk.api import exports as api_exports
from sayso.desk.api import feeds as api_feeds
from sayso.desk.api import figures as api_figures
from sayso.desk.api import incident as api_incident
from sayso.desk.api import incidents as api_incidents
from sayso.desk.api import judgements as api_judgements
from sayso.desk.api import log as api_log
from sayso.desk.api import me as api_me
from sayso.desk.api import partners as api_partners
from sayso.desk.api import reports as api_reports
from sayso.desk.api import review as api_review
from sayso.desk.api import sources as api_sources
from sayso.desk.api import tables as api_tables
from sayso.desk.api import views as api_views
from sayso.desk.api import webhooks as api_webhooks
from sayso.desk.api.described import describe, operation_id
from sayso.desk.api.sent import only_known
from sayso.desk.asking import Desk, Unchanged, not_modified
from sayso.desk.gate import Gate, rights_of, sealed
from sayso.desk.live.tail import Tail
from sayso.desk.live.watching import watching
from sayso.desk.pages import (
    account,
    accounts,
    atom,
    claims,
    exports,
    incident,
    incidents,
    log,
    me,
    new_claim,
    oidc,
    partners,
    reports,
    review,
    sign_in,
    sources,
    start,
    tables,
    views,
    watch,
)
from sayso.desk.problem_answers import LastResort, handle_problems
from sayso.desk.problems import RESPONSES
from sayso.desk.security import Guard
from sayso.desk.settings import Settings
from sayso.ledger import Ledger

STATIC = Path(__file__).parent / "static"
# one line a page and a noun: the order is that of /openapi.json
PAGES = (
    start.router, incidents.router, incident.router, atom.router, reports.router,
    new_claim.router, claims.router,
    sources.router, review.router, views.router, watch.router, log.router, exports.router,
    partners.router, me.router, tables.router,
    sign_in.router, oidc.router, account.router, accounts.router,
)  # fmt: skip
API = (
    api_incidents.router, api_incident.router, api_figures.router, api_reports.router,
    api_reports.adding,
    api_sources.router, api_judgements.router, api_review.router, api_adding.router,
    api_views.router, api_webhooks.router, api_feeds.router, api_log.router, api_exports.router,
    api_tables.router, api_events.router, api_me.router,
)  # fmt: skip
ABOUT = (
    "Who says what, on whose word, how sure: the nouns of the wire format "
    "(sayso.reading/1, sayso.incident/1). Errors are application/problem+json. Lists have a "
    "cursor; `at` replays the ledger as it was known at an instant."
)


def create_app(ledger: Ledger, settings: Settings) -> FastAPI:
    """The application; whoever opened the ledger closes it."""
    app = FastAPI(
        title="sayso",
        version=__version__,
        lifespan=watching,
        description=ABOUT,
        docs_url=None,  # both load scripts from other hosts
        redoc_url=None,
        openapi_url=None,  # a route below, so that the gate's check holds for it as for all
        dependencies=[Depends(sealed)],
        form_limits={"max_part_size": settings.most_body},  # a text that was pasted
    )
    handle_problems(app)
    app.add_exception_handler(Unchanged, not_modified)
    api = APIRouter(
        prefix="/api/v1", responses=RESPONSES, generate_unique_id_function=operation_id,
        dependencies=[Depends(only_known)],
    )  # fmt: skip
    for router in API:
        api.include_router(router)
    # signed by sayso itself: nobody calls these by hand
    api.include_router(api_partners.router, include_in_schema=False)
    app.include_router(api)
    describe(app)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.get("/openapi.json", include_in_schema=False)(openapi)
    app.mount("/static", Static(directory=STATIC))
    door = Door(ledger, Passwords(settings.cost), settings.lasting, alone=settings.alone)
    rights = rights_of(app)
    app.state.desk = Desk(
        ledger, settings, Tail(ledger, settings.poll_seconds), Checker(ledger), door, rights
    )
    app.add_middleware(Gate, door=door, rights=rights)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(LastResort, log=logging.getLogger("sayso.desk"))
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=settings.most_body)
    app.add_middleware(Guard, hosts=settings.hosts)  # outside all: it words the limit's refusal
    return app


def openapi(request: Request) -> Response:
    """The description of the API."""
    return JSONResponse(request.app.openapi())


class Static(StaticFiles):
    """Our own files: for good where the address names their version, else asked for anew."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file."""
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        age = "max-age=31536000, immutable" if versioned else "no-cache"
        response.headers["cache-control"] = age
        return response
