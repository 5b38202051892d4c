"""GET /api/v1/events: what changes, as it changes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Header
from sse_starlette import EventSourceResponse, ServerSentEvent

from sayso.desk.asking import Asked, Asking
from sayso.desk.problems import Problem
from sayso.incidents.changes import changes_between
from sayso.ledger import IncidentChange

router = APIRouter(tags=["events"])
PING_SECONDS = 15
DIGITS = 18


@router.get("/events", response_class=EventSourceResponse)
async def get_events(
    asked: Asked,
    last_event_id: Annotated[
        str | None, Header(description="The `id` of the last event that was seen.")
    ] = None,
) -> EventSourceResponse:
    """A stream of server-sent events: one an incident that changed since it was last told of.

    `id` is the number of the ledger's entry, `data` is JSON: the incident's id, when, and the
    changes in words (a copy changes nothing). With `Last-Event-ID` it begins with what was missed.
    """
    tail = asked.desk.tail
    stream = _events(asked, await tail.begin(_entry(last_event_id)))
    return EventSourceResponse(stream, ping=PING_SECONDS, headers={"cache-control": "no-store"})


def _entry(said: str | None) -> int | None:
    if not said:
        return None
    if not said.isdecimal() or len(said) > DIGITS:
        raise Problem(400, f"{said!r:.40} is no event's id", "give the last id, or none")
    return int(said)


async def _events(asked: Asking, after: int) -> AsyncIterator[ServerSentEvent]:
    # no event, only its id: who loses the line before the first event begins again from here
    yield ServerSentEvent(id=str(after))
    async for changes in asked.desk.tail.changes(after, asked.ledger):
        # a stream outlives many a session
        if not await to_thread.run_sync(asked.desk.door.is_still, asked.who):
            return
        for change in changes:
            yield ServerSentEvent(_data(change), event="incident", id=str(change.entry))


def _data(change: IncidentChange) -> str:
    found = changes_between(change.before, change.after)
    return json.dumps({
        "incident": change.incident,
        "at": change.at,
        "moved_to": change.moved_to,
        "changes": [{"kind": c.kind, "words": c.words} for c in found],
    }, ensure_ascii=False)  # fmt: skip
