"""Events as they come: from this process's commits and from others'."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sayso.errors import LedgerBusyError
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger

# what a second process does: enter something when told to
WRITER = """
import sys
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
with Ledger.open(sys.argv[1], maker="another", linking=Linking()) as ledger:
    print("open", flush=True)
    for claim in sys.stdin:
        ledger.judge("reject", claim.strip(), by="Ada", reason="a test")
        print("done", flush=True)
"""


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


def changing_claims(ledger: Ledger) -> list[str]:
    """Claims of three incidents whose rejection changes them; they stand as before."""
    found: dict[str, str] = {}
    for row in ledger.claims(limit=200).rows:
        before = ledger.head().entries
        entry = ledger.judge("reject", row.claim, by="Ada", reason="a trial").entry
        for change in ledger.incident_changes(before):
            found.setdefault(change.incident, row.claim)
        ledger.withdraw(entry, by="Ada", reason="a trial")
        if len(set(found.values())) == 3:
            break
    return list(dict.fromkeys(found.values()))


def test_what_another_process_enters_is_told_within_a_second(live: str, ledger: Ledger) -> None:
    """A second process commits; from its commit to the event less than a second goes by."""
    claim, *_ = changing_claims(ledger)
    stream = events(live, **{"Last-Event-ID": str(ledger.head().entries)})
    url = ledger.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as writer:  # fmt: skip
        assert writer.stdin and writer.stdout  # noqa: PT018
        assert writer.stdout.readline() == "open\n"
        committed: list[float] = []

        def note() -> None:
            writer.stdout.readline()
            committed.append(time.monotonic())

        waiting = threading.Thread(target=note)
        waiting.start()
        writer.stdin.write(f"{claim}\n")
        writer.stdin.close()
        told = next(stream)
        came = time.monotonic()
        waiting.join()
    stream.close()
    assert told["data"]["incident"].startswith("incident-")
    # a quarter of a second between two looks; the rest is for a machine that is busy
    assert came - committed[0] < 1


def test_who_loses_the_line_misses_nothing_and_gets_nothing_twice(
    live: str, ledger: Ledger
) -> None:
    """Written while a listener comes and goes: every changed incident's last line is told once."""
    claims = changing_claims(ledger)
    began = ledger.head().entries
    last: str | None = None
    told: list[str] = []
    with Ledger.open(str(ledger.engine.url), maker="another", linking=Linking()) as other:
        rejected: list[str] = []
        for n in range(2 * len(claims)):
            # the line is held for nothing, then for one event, and what is written falls between
            last = _listen(live, last, told, events=n % 2)
            if n < len(claims):
                rejected.append(other.judge("reject", claims[n], by="Ada", reason="a test").entry)
            else:
                other.withdraw(rejected.pop(), by="Ada", reason="a test")
    wanted = {c.entry for c in ledger.incident_changes(began, 1000)}
    deadline = time.monotonic() + 20
    while not wanted <= {int(id_) for id_ in told} and time.monotonic() < deadline:
        last = _listen(live, last, told, events=1)
    assert wanted <= {int(id_) for id_ in told}
    assert told == sorted(set(told), key=int)
    assert len(wanted) >= len(claims) > 1


def _listen(address: str, last: str | None, told: list[str], *, events: int) -> str | None:
    """Listen from the last id for so many events, as a browser does; the last id then."""
    headers = {} if last is None else {"Last-Event-ID": last}
    with httpx.stream("GET", f"{address}/api/v1/events", headers=headers, timeout=10) as answer:
        event = False
        for line in answer.iter_lines():
            key, _, value = line.partition(": ")
            if key == "id":
                last = value
            event = event or key == "data"
            if line:
                continue
            if event:
                told.append(last or "")
            if event or not events:
                return last
            event = False
    return last


def test_a_ledger_in_use_breaks_no_stream(live: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it cannot be asked nothing is told; afterwards all of it."""
    asked = Ledger.incident_changes
    failures = iter(range(2))

    def busy(self: Ledger, after: int, limit: int = 200) -> Any:
        if next(failures, None) is not None:
            raise LedgerBusyError("the ledger is in use", "try again")
        return asked(self, after, limit)

    monkeypatch.setattr(Ledger, "incident_changes", busy)
    stream = events(live, **{"Last-Event-ID": "0"})
    assert next(stream)["data"]["changes"][0]["kind"] == "opened"
    stream.close()


def test_an_id_of_another_ledger_begins_from_now(live: str, ledger: Ledger) -> None:
    """An id beyond the chain: what is entered from now on is told, not years later."""
    claim, *_ = changing_claims(ledger)
    stream = events(live, **{"Last-Event-ID": "999999999"})
    threading.Timer(0.5, lambda: ledger.judge("reject", claim, by="Ada", reason="a test")).start()
    assert int(next(stream)["id"]) < 999999999
    stream.close()


def test_a_wrong_id_is_a_problem(client: Any) -> None:
    """Words instead of a stream."""
    answer = client.get("/api/v1/events", headers={"Last-Event-ID": "x"})
    assert answer.status_code == 400
