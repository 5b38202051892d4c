"""A desk on a ledger, and all that can be asked of it: for whatever looks through every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from starlette.testclient import TestClient

from sayso.desk.accounts.account import add_account
from sayso.desk.accounts.tokens import make_token
from sayso.desk.app import create_app
from sayso.desk.rights import SCOPES, Rule, rules
from sayso.desk.settings import Settings
from sayso.ledger import Ledger

CHEAP = (1, 8, 1)
# a stream would not end; the sign-out would end what others need
APART = {"/api/v1/events", "/api/v1/partners/stream", "/sign-out"}


def client_of(ledger: Ledger, clearance: str = "red") -> TestClient:
    """A client of a desk that may do all that a token may, and see as much as said."""
    app = create_app(ledger, Settings(by="Ada", hosts=("testserver",), cost=CHEAP))
    add_account(ledger, "root", role="admin", by="attack", hash_="x")
    account = add_account(
        ledger, "asker", role="editor", by="attack", clearance=clearance, hash_="x"
    )
    now = app.state.desk.door.clock()
    _, words = make_token(ledger, account.id, "all", list(SCOPES), now=now, days=1)
    client = TestClient(app, raise_server_exceptions=False)
    client.headers["authorization"] = f"Bearer {words}"
    return client


def values(ledger: Ledger) -> dict[str, list[str]]:
    """Of a path's parts, all that there is to ask for, hidden or not."""
    handles = [f"r{n}" for n in range(1, ledger.head().entries + 1)]
    rows = [row.incident for row in ledger.incidents(limit=50)]
    keys = [quote(s.key, safe="") for s in ledger.sources(limit=50).rows]
    return {
        "report": handles[:40], "old": handles[:40], "incident_id": rows, "incident": rows,
        "claim": [c.claim for c in ledger.claims(limit=50).rows], "key": keys,
        "entry": ["e1", "e2"], "policy": ["ucdp"], "path": ["desk.css"],
        "table": ["figures", "claims", "incidents", "log", "sources", "exports"],
    }  # fmt: skip


def paths(rule: Rule, held: dict[str, list[str]]) -> Iterator[str]:
    """The paths of a route, with each of the values in it."""
    names = re.findall(r"\{(\w+?)(?::path)?\}", rule.path)
    for n in range(max((len(held.get(name, ["x"])) for name in names), default=1)):
        path = rule.path
        for at, name in enumerate(names):
            some = held.get(name) or ["x"]
            value = some[(n + at) % len(some)]
            path = re.sub(rf"\{{{name}(?::path)?\}}", lambda _, v=value: v, path, count=1)  # type: ignore[misc]
        yield path


def asked(held: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Method and path of all that is read, and of the tables that are taken along."""
    for rule in rules():
        reads = rule.method == "GET" or rule.path.endswith("/tables/{table}")
        if reads and rule.path not in APART and not rule.path.startswith("/static"):
            for path in paths(rule, held):
                yield rule.method, path
