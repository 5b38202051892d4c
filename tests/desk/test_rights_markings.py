"""The rights matrix goes on: every route, for every clearance, with reports of every marking."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient

from sayso.desk.accounts.account import accounts, add_account
from sayso.desk.accounts.tokens import make_token
from sayso.desk.app import create_app
from sayso.desk.rights import SCOPES, Rule, rules
from sayso.desk.settings import Settings
from sayso.incidents.batch import Linking
from sayso.intake import read_captures
from sayso.ledger import Ledger
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import Capture
from sayso.record.marking import MARKINGS

SETTINGS = Settings(by="Ada", hosts=("testserver",), cost=(1, 8, 1))
NAMES = {"clear": "Clearwater", "green": "Greenhalgh", "amber": "Amberley",
         "amber+strict": "Strickland", "red": "Redfern"}  # fmt: skip
PROTECTED = "Ottoline Quickfall"
TEXT = (
    "Ferry sinks off Tarn\n\nTARN, May {day}, 2024 (Harbour Post) - {count} people were killed "
    "when a ferry sank off Tarn on Thursday, {first} {name}, a nurse, said on Friday. {name} said "
    "she had counted them at the pier of {name}.\n"
)
# a stream would not end; the sign-out would end what others need
APART = {"/api/v1/events", "/api/v1/partners/stream", "/sign-out"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """A ledger with a report of each marking, all of one incident, and one who is protected."""
    folder = tmp_path_factory.mktemp("marked")
    said = {**NAMES, "protected": PROTECTED.split()[1]}
    rows = [
        {"id": f"{level}.txt", "published": f"2024-05-0{n}", "publisher": "Harbour Post",
         "text": TEXT.format(day=n, count=n, name=name,
                             first="Ottoline" if level == "protected" else "Maud")}
        for n, (level, name) in enumerate(said.items(), 3)
    ]  # fmt: skip
    lines = folder / "reports.jsonl"
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    readings = [
        reader.read(report)
        for capture in read_captures(str(lines), form="jsonl")
        if isinstance(capture, Capture)
        for report in find_reports(capture)
    ]
    with Ledger.open(f"sqlite:///{folder / 'desk.db'}", linking=Linking()) as ledger:
        for reading, level in zip(readings, [*MARKINGS, "clear"], strict=True):
            (added,) = ledger.add([reading], marking=level)
            ledger.judge("note", added.report, by="Ada", reason=f"noted of {said[level]}")
        (key,) = {s.key for s in ledger.sources("quickfall").rows}
        ledger.judge("protect", key, by="Ada", reason="asked for")
        assert list(ledger.verify()) == []
    return folder / "desk.db"


@pytest.fixture(scope="module")
def ledger(store: Path) -> Iterator[Ledger]:
    """It, open."""
    with Ledger.open(f"sqlite:///{store}", linking=Linking()) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def values(ledger: Ledger) -> dict[str, list[str]]:
    """Of a path's parts, all that there is to ask for, hidden or not."""
    reports = [f"r{n}" for n in range(1, 80)]
    held = [r for r in reports if _is_held(ledger, r)]
    rows = [row.incident for row in ledger.incidents(limit=100)]
    claims = [c.claim for c in ledger.claims(limit=200).rows]
    keys = [quote(s.key) for s in ledger.sources(limit=200).rows]
    return {
        "report": held, "old": held, "incident_id": rows, "incident": rows, "claim": claims,
        "key": keys, "entry": ["e1"],
        "table": ["figures", "claims", "incidents", "log", "sources", "exports"],
        "policy": ["ucdp"], "path": ["desk.css"],
    }  # fmt: skip


def _is_held(ledger: Ledger, handle: str) -> bool:
    with ledger.whole.connect() as conn:
        query = f"SELECT 1 FROM report WHERE entry = {int(handle[1:])}"  # noqa: S608
        return conn.exec_driver_sql(query).scalar() is not None


def _paths(rule: Rule, values: dict[str, list[str]]) -> Iterator[str]:
    names = re.findall(r"\{(\w+?)(?::path)?\}", rule.path)
    if not names:
        yield rule.path
        return
    for n in range(max(len(values.get(name, ["x"])) for name in names)):
        path = rule.path
        for at, name in enumerate(names):
            some = values.get(name, ["x"])
            path = re.sub(rf"\{{{name}(?::path)?\}}", some[(n + at) % len(some)], path, count=1)
        yield path


@pytest.mark.parametrize("clearance", MARKINGS)
def test_no_route_tells_what_is_marked_above_a_clearance(
    clearance: str, ledger: Ledger, values: dict[str, list[str]]
) -> None:
    """Not a word of it, whatever one asks for; and each may read what it is cleared for."""
    app = create_app(ledger, SETTINGS)
    door = app.state.desk.door
    held = {a.name: a for a in accounts(ledger)}
    if not held:
        add_account(ledger, "root", role="admin", by="tests", hash_="x")
    name = f"editor {clearance}"
    account = held.get(name) or add_account(
        ledger, name, role="editor", by="tests", clearance=clearance, hash_="x"
    )
    _, words = make_token(ledger, account.id, "all", list(SCOPES), now=door.clock(), days=1)
    client = TestClient(app, raise_server_exceptions=False)
    client.headers["authorization"] = f"Bearer {words}"
    level = MARKINGS.index(clearance)
    hidden = [NAMES[m] for m in MARKINGS[level + 1 :]]
    hidden += [] if clearance == "red" else PROTECTED.split()
    seen, wrong = "", []
    asked = [r for r in rules() if r.method == "GET" and r.permission and r.path not in APART]
    asked += [r for r in rules() if r.method == "POST" and r.path.endswith("/tables/{table}")]
    for rule in asked:
        for path in _paths(rule, values):
            answer = client.request(rule.method, path, follow_redirects=False)
            text = answer.text + str(answer.headers)
            for echo in (path.rpartition("/")[2], *_unquoted(path)):
                text = text.replace(echo, "")
            seen += answer.text
            told = [name for name in hidden if re.search(name, text, re.IGNORECASE)]
            if told or answer.status_code >= 500:
                wrong.append((rule.method, path, answer.status_code, told))
    assert wrong == []
    assert all(NAMES[m] in seen for m in MARKINGS[: level + 1])
    assert "protected source" in seen
    assert (PROTECTED in seen) == (clearance == "red")


def _unquoted(path: str) -> list[str]:
    """What a refusal may say again: the key that was asked for, as a page writes it."""
    key = unquote(path.rpartition("/")[2])
    return [key, escape(key), json.dumps(key)[1:-1]] if "|" in key else []


def test_who_may_not_mark_marks_nothing_and_lifts_nothing(ledger: Ledger) -> None:
    """A coder's token for all: 403 for a mark, a protection, and taking one back."""
    app = create_app(ledger, SETTINGS)
    if not accounts(ledger):
        add_account(ledger, "root", role="admin", by="tests", hash_="x")
    coder = add_account(ledger, "coder", role="coder", by="tests", clearance="red", hash_="x")
    clock = app.state.desk.door.clock
    _, words = make_token(ledger, coder.id, "all", list(SCOPES), now=clock(), days=1)
    client = TestClient(app, raise_server_exceptions=False)
    client.headers["authorization"] = f"Bearer {words}"
    (red,) = [r for r in ledger.reports(limit=100).rows if r.name == "red.txt"]
    said = {"action": "mark", "target": red.report, "marking": "clear", "reason": "for all"}
    assert client.post("/api/v1/judgements", json=said).status_code == 403
    said = {"action": "protect", "target": "maud redfern, a nurse|person|", "reason": "x"}
    assert client.post("/api/v1/judgements", json=said).status_code in (403, 404)
    (mark,) = [j for j in ledger.judgements(red.report) if j.action == "mark"]
    url = f"/api/v1/judgements/{mark.entry}"
    assert client.delete(url, params={"reason": "x"}).status_code == 403
    assert ledger.report(red.report).marking == "red"
