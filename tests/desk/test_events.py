"""Events as they come: from this process's commits and from others'."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx

from sayso.ledger import Ledger


def events(address: str, **headers: str) -> Iterator[dict[str, Any]]:
    """The events of a desk."""
    with httpx.stream("GET", f"{address}/api/v1/events", headers=headers, timeout=20) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        found: dict[str, Any] = {}
        for line in answer.iter_lines():
            key, _, value = line.partition(": ")
            if key in ("id", "event", "data"):
                found[key] = value
            elif not line and "data" in found:
                yield {**found, "data": json.loads(found["data"])}
                found = {}


def test_what_was_missed_is_told_first(live: str, ledger: Ledger) -> None:
    """With the id of the last event seen: every incident that changed since, once each."""
    held = {row.incident for row in ledger.incidents(limit=1000)}
    stream = events(live, **{"Last-Event-ID": "0"})
    told: list[dict[str, Any]] = []
    while not held <= {each["data"]["incident"] for each in told}:
        told.append(next(stream))
    stream.close()
    assert len({each["data"]["incident"] for each in told}) == len(told)
    assert [int(e["id"]) for e in told] == sorted(int(e["id"]) for e in told)
    assert told[0]["event"] == "incident"
    assert told[0]["data"]["changes"][0]["kind"] == "opened"


def test_what_another_process_enters_is_told_within_a_second(live: str, ledger: Ledger) -> None:
    """A rejection, entered through another connection, changes an incident's line."""
    last = str(ledger.head().entries)
    stream = events(live, **{"Last-Event-ID": last})
    url = str(ledger.engine.url)
    with Ledger.open(url, maker="another", linking=ledger.linking) as other:
        claim = other.claims(limit=1).rows[0].claim
        began = time.monotonic()
        other.judge("reject", claim, by="Ada", reason="a test")
        told = next(stream)
        waited = time.monotonic() - began
    stream.close()
    assert told["data"]["incident"].startswith("incident-")
    assert waited < 5  # a second on a machine that does nothing else


def test_a_wrong_id_is_a_problem(client: Any) -> None:
    """Words instead of a stream."""
    answer = client.get("/api/v1/events", headers={"Last-Event-ID": "x"})
    assert answer.status_code == 400
