"""What commands say beside their answers, what an assistant is told, and a desk that is served.

A command's own answer is for who holds the ledger, and may name the protected one; what it says
beside it goes into logs and shell histories, and may not. Where a command takes a clearance, its
answer may not either.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner
from mcp import Client

from attack.desk import asked, values
from attack.planted import WORDS
from attack.search import NAME, look
from attack.tally import Tally
from sayso.assistant.answers import Answers
from sayso.assistant.server import TOOLS, make_server
from sayso.cli.main import run, sayso
from sayso.desk.accounts.account import add_account, named
from sayso.desk.accounts.tokens import make_token
from sayso.desk.rights import SCOPES
from sayso.exchange.formats.offer import FORMATS
from sayso.ledger import Ledger

STREAMS = ("/api/v1/events", "/api/v1/partners/stream")


def _lines(ledger: Ledger, url: str, folder: Path) -> Iterator[tuple[list[str], bool]]:
    """Command lines, none of which says the name, and whether their answers are looked at too."""
    story = folder / "story.txt"
    story.write_text(f"{WORDS}, {NAME} said.\n\n{NAME} spoke on Monday.\n", "utf-8")
    at = ["--ledger", url]
    (claim, *_) = [c.claim for c in ledger.claims(limit=1).rows]
    (row, *_) = [r.incident for r in ledger.incidents(limit=1)]
    for verb in ("incidents", "claims", "figures", "sources", "exports", "verify"):
        yield [verb, *at], False
        yield [verb, "zzz", *at], False
        yield [verb, *at, "--as-known-at", "never"], False
        yield [verb, *at, "--nosuch"], False
    yield ["sources", "Quillan", *at], False
    yield ["claims", "--speaker", "Ravenscour", *at], False
    for what in (row, "r1", "r0", "r999", "i0"):
        yield ["incident", what, *at], False
    for action in ("accept", "reject", "note", "withdraw", "grade", "mark", "protect", "correct"):
        for target in (claim, "r1", "e1", "c0.0", "nobody"):
            yield ["judge", action, target, *at, "--by", "x"], False
            yield ["judge", action, target, *at, "--by", "x", "--reason", "why"], False
    for form in FORMATS:
        for level in ("clear", "amber"):
            out = str(folder / f"said-{level}{form.ending}")
            yield ["export", form.name, *at, "--out", out, "--clearance", level], True
    yield ["export", "csv", *at, "--clearance", "purple"], True
    yield ["read", str(story), "--reader", "rules"], False
    yield ["read", str(story), "--from", "pdf"], False
    yield ["read", str(story), "--published", "2024-05-02", "--format", "nosuch"], False
    yield ["add", str(story), *at], False
    yield ["add", str(story), *at], False  # a second time it is held
    yield ["add", str(story), *at, "--marking", "purple"], False
    yield ["compare", str(story), "--reader", "rules", "--reader", "rules"], False
    yield ["link", "--from", "jsonl", str(story)], False
    yield ["import", str(story), *at], False
    yield ["partner", "list", *at], False
    yield ["partner", "send", "South", *at], False
    yield ["account", "list", *at], False
    yield ["doctor", *at], False
    yield ["erase", "r999", *at, "--by", "x"], False
    yield ["move", "sqlite:////nowhere/at/all.db", *at], False
    yield ["corpus", str(story), "--out", str(folder / "corpus")], False


def commands(tally: Tally, url: str, folder: Path) -> None:
    """Right and wrong usage of each command; what it says beside its answer."""
    with Ledger.open(url) as ledger:
        lines = list(_lines(ledger, url, folder))
    tried = {line[0] for line, _ in lines}
    apart = {"watch", "serve", "mcp", "schema", "demo"}  # they run on, or hold no ledger
    tally.expect(tried | apart >= set(sayso.commands), f"untried: {set(sayso.commands) - tried}")
    tally.expect(
        NAME.encode() in _said(["sources", "--format", "jsonl", "--ledger", url])[0],
        "no answer was caught",
    )
    spoken = 0
    for line, whole in lines:
        out, err = _said(line)
        spoken += bool(err)
        look(tally, f"what `sayso {' '.join(line[:3])}` says", err)
        if whole:
            look(tally, f"the answer of `sayso {' '.join(line[:3])}`", out)
    tally.expect(spoken > len(lines) // 2, "few commands said anything to look through")
    for name in sayso.commands:
        look(tally, f"the help of {name}", b"".join(_said([name, "--help"])))


def _said(line: Sequence[str]) -> tuple[bytes, bytes]:
    """What a command writes to standard output and to standard error."""
    with CliRunner().isolation() as streams:
        run(line)
        return streams[0].getvalue(), streams[1].getvalue()


def assistant(tally: Tally, url: str) -> None:
    """Each tool, for every incident and report, without the right to see the name."""
    with Ledger.open(url) as whole:
        for level in ("clear", "amber", "amber+strict"):
            ledger = whole.seen_by(level, marks=False)
            for unmasked in (False, True):
                calls = _calls(values(whole))
                told = asyncio.run(_answered(make_server(Answers(ledger, unmasked)), calls))
                for (name, _), said in zip(calls, told, strict=True):
                    look(tally, f"{name} for an assistant, {level}", said)
    tally.expect({n for n, _ in calls} == set(TOOLS) - {"judge"}, "a tool is not asked")


def _calls(held: dict[str, list[str]]) -> list[tuple[str, dict[str, Any]]]:
    made: list[tuple[str, dict[str, Any]]] = [
        (name, {"search": search})
        for name in ("find_claims", "find_incidents", "figures")
        for search in ({}, {"words": "soldiers"}, {"speaker": "Quillan"}, {"as_known_at": "x"})
    ]
    made += [("get_incident", {"incident": each}) for each in (*held["incident"], "i0")]
    return [*made, *(("get_report", {"report": each}) for each in (*held["report"], "r999"))]


async def _answered(server: Any, calls: Sequence[tuple[str, dict[str, Any]]]) -> list[bytes]:
    async with Client(server) as client:
        return [repr(await client.call_tool(name, said)).encode() for name, said in calls]


def served(tally: Tally, url: str) -> None:
    """A desk of its own process: what it streams and answers, and all that it logs.

    Somebody who may see the name looks at its pages as well: that stands in no log.
    """
    with Ledger.open(url) as ledger:
        held = values(ledger)
        tokens = {"asker": _token(ledger, "asker")}
        add_account(ledger, "seer", role="admin", by="attack", clearance="red", hash_="x")
        tokens["seer"] = _token(ledger, "seer")
    child = subprocess.Popen(
        [sys.executable, "-m", "sayso", "serve", "--port", "0", "--no-watch", "--ledger", url],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        said = child.stdout.readline() if child.stdout else b""
        found = re.search(rb"http://\S+", said)
        tally.expect(found is not None, f"the desk did not begin: {said!r}")
        if found is None:
            return
        with httpx.Client(base_url=found[0].decode(), timeout=30) as client:
            _ask(tally, client, held, tokens)
    finally:
        child.send_signal(signal.SIGINT)
        out, _ = child.communicate(timeout=30)
    look(tally, "what `sayso serve` says and logs", said + out)


def _token(ledger: Ledger, name: str) -> str:
    _, words = make_token(
        ledger, named(ledger, name).id, "l", list(SCOPES), now=time.time(), days=1
    )
    return words


def _ask(
    tally: Tally, client: httpx.Client, held: dict[str, list[str]], tokens: dict[str, str]
) -> None:
    seer, asker = ({"authorization": f"Bearer {tokens[who]}"} for who in ("seer", "asker"))
    for method, path in asked(held):
        client.request(method, path, headers=seer)
    for path in STREAMS:
        told = _streamed(client, path, {**asker, "last-event-id": "0"})
        look(tally, f"the stream of {path}", told)
        tally.expect("partners" in path or b"data:" in told, f"{path} tells nothing")
    for path in (
        "/incidents.atom",
        "/incidents.atom?q=soldiers",
        "/incidents.atom?speaker=Quillan",
    ):
        answer = client.get(path, headers=asker)
        tally.expect(answer.status_code == 200, f"{path}: {answer.status_code}")
        look(tally, path, answer.content)


def _streamed(client: httpx.Client, path: str, headers: dict[str, str]) -> bytes:
    told = b""
    try:
        with client.stream("GET", path, headers=headers, timeout=2) as answer:
            for part in answer.iter_bytes():
                told += part
    except httpx.ReadTimeout:
        pass
    return told
