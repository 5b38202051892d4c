"""What partners ask of a desk: signed by their key, without an account."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import islice
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header, Query, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from sayso.desk.asking import Desk, desk_of
from sayso.desk.problems import Problem
from sayso.errors import LedgerError, PartnerError
from sayso.exchange.partners.bundle import Statement, seal_bundle
from sayso.exchange.partners.compare import answer
from sayso.exchange.partners.keys import own_key
from sayso.exchange.partners.outbox import STEP, last_sent, settle, statements
from sayso.exchange.partners.partner import Partner, partner_of
from sayso.exchange.partners.requests import Doorman

router = APIRouter(prefix="/partners", tags=["partners"])
PING_SECONDS = 15
DIGITS = 12
MOST_MESSAGE = 20_000  # bytes
JSON = "application/json"


def doorman_of(request: Request) -> Doorman:
    """The desk's doorman, made when the first partner asks."""
    state = request.app.state
    if not hasattr(state, "doorman"):
        state.doorman = Doorman(desk_of(request).ledger)
    doorman: Doorman = state.doorman
    return doorman


async def who_signed(request: Request, body: bytes = b"") -> Partner:
    """The partner who signed a request; raises Problem where none did."""
    url = request.url
    path = url.path + (f"?{url.query}" if url.query else "")
    said, host = request.headers.get("authorization", ""), request.headers.get("host", "")
    try:
        return await to_thread.run_sync(
            doorman_of(request).of, said, request.method, path, host, body
        )
    except PartnerError as error:
        raise Problem(401, error.what, error.mend) from None


def _told(desk: Desk, partner: Partner, after: int) -> list[Statement]:
    """What is told behind a number, a hundred statements at most; first, what changed in it."""
    held = partner_of(desk.ledger, partner.key.id)  # raises where they were forgotten since
    settle(desk.ledger, held)
    if last_sent(desk.ledger, held) <= after:
        return []
    return list(islice(statements(desk.ledger, held, after), STEP))


def _sealed(desk: Desk, partner: Partner, told: Sequence[Statement]) -> bytes:
    return seal_bundle(told, own_key(desk.ledger.head().ledger, make=False), partner.key)


def _bundle(desk: Desk, partner: Partner, after: int) -> bytes:
    return _sealed(desk, partner, _told(desk, partner, after))


@router.get("/statements", response_class=Response)
async def get_statements(
    request: Request,
    after: Annotated[int, Query(ge=0, lt=10**DIGITS, description="The last number known.")] = 0,
) -> Response:
    """A bundle of what the partner who asks is told behind a number, a hundred at most."""
    partner = await who_signed(request)
    content = await to_thread.run_sync(_bundle, desk_of(request), partner, after)
    return Response(content, media_type=JSON, headers={"cache-control": "no-store"})


@router.get("/stream", response_class=EventSourceResponse)
async def get_stream(
    request: Request,
    last_event_id: Annotated[
        str | None, Header(description="The last number that was taken in.")
    ] = None,
) -> EventSourceResponse:
    """A stream of server-sent events: a bundle a statement, `id` its number, as it is told."""
    partner = await who_signed(request)
    said = last_event_id or "0"
    if not said.isdecimal() or len(said) > DIGITS:
        raise Problem(400, f"{said!r:.40} is no number", "give the last one, or none")
    stream = _stream(desk_of(request), partner, int(said))
    return EventSourceResponse(stream, ping=PING_SECONDS, headers={"cache-control": "no-store"})


async def _stream(desk: Desk, partner: Partner, after: int) -> AsyncIterator[ServerSentEvent]:
    while True:
        try:
            told = await to_thread.run_sync(_told, desk, partner, after)
        except PartnerError:  # forgotten meanwhile
            return
        except LedgerError:  # locked or gone for a while: who listens need not know
            told = []
        for each in told:
            envelope = await to_thread.run_sync(_sealed, desk, partner, [each])
            after = each.n
            yield ServerSentEvent(envelope.decode(), event="bundle", id=str(after))
        if not told:
            await asyncio.sleep(desk.settings.poll_seconds)


@router.post("/compare", response_class=Response)
async def post_compare(request: Request) -> Response:
    """A message of a comparison that both owners agreed to, answered; see `compare.py`."""
    body = await request.body()
    if len(body) > MOST_MESSAGE:
        raise Problem(413, "no message of a comparison is so large", "send a message of one")
    partner = await who_signed(request, body)
    try:
        said = await to_thread.run_sync(answer, desk_of(request).ledger, partner, body)
    except PartnerError as error:
        raise Problem(409, error.what, error.mend) from None
    return Response(said, media_type=JSON, headers={"cache-control": "no-store"})
