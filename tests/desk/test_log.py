"""The log: who did what, with its filters; the check of the ledger at a click."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from sayso.ledger import Ledger


def test_acts_are_listed_with_who_and_why(client: TestClient, ledger: Ledger) -> None:
    """A decision stands on top, its words escaped; a filter leaves the rest out."""
    claim = ledger.claims().rows[0].claim
    ledger.judge("reject", claim, by="Ana <b>", reason="<script>alert(1)</script>")
    html = client.get("/log").text
    assert "Ana &lt;b&gt;" in html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    (line,) = client.get("/api/v1/log", params={"by": "Ana <b>"}).json()["log"]
    assert (line["action"], line["target"], line["person"]) == ("reject", claim, True)
    acts = client.get("/api/v1/log", params={"act": "judgement"}).json()["log"]
    assert {each["act"] for each in acts} == {"judgement"}


def test_pages_of_the_log(client: TestClient) -> None:
    """A cursor leads on to older acts; none is met twice."""
    first = client.get("/api/v1/log", params={"limit": 5}).json()
    second = client.get("/api/v1/log", params={"limit": 5, "cursor": first["next"]}).json()
    entries = [line["entry"] for line in (*first["log"], *second["log"])]
    assert len(set(entries)) == 10


def test_what_cannot_be_asked_is_said(client: TestClient) -> None:
    """A handle that is none: 400 with what to write; an unknown kind: 422."""
    assert client.get("/api/v1/log", params={"about": "x"}).status_code == 400
    assert client.get("/log", params={"about": "x"}).status_code == 400
    assert client.get("/api/v1/log", params={"act": "x"}).status_code == 422


def checked(client: TestClient) -> dict[str, object]:
    """The check that was begun, once it has ended."""
    for _ in range(600):
        check: dict[str, object] = client.get("/api/v1/verify").json()
        if check["ended"]:
            return check
        time.sleep(0.05)
    raise AssertionError("the check did not end")


def test_the_ledger_is_checked_at_a_click(client: TestClient) -> None:
    """From the page: it begins, runs beside the requests, and says that all is well."""
    assert client.get("/api/v1/verify").json()["begun"] is None
    answer = client.post("/verify", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/log#check")
    assert checked(client)["troubles"] == []
    assert "are as they were entered" in client.get("/log").text


def test_a_changed_row_is_named(client: TestClient, ledger: Ledger) -> None:
    """By hand in the store: the check says which entry is not as entered."""
    with ledger.engine.begin() as conn:
        row = conn.scalar(text('SELECT min("row") FROM claim'))
        change = "UPDATE claim SET certainty = 'denied' WHERE \"row\" = :r"
        conn.execute(text(change), {"r": row})
    assert client.post("/api/v1/verify").status_code == 202
    assert checked(client)["troubles"]
    assert "not as entered" in client.get("/log").text
