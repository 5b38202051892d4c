"""What the API does not know is refused: a wish that is passed over is a marking that is lost."""

from __future__ import annotations

from typing import Any

import pytest

PROBLEM = "application/problem+json"
TEXT = "Nine people drowned when a ferry sank off Seaport, the coast guard said."
REPORT = {"text": TEXT}
CLAIM = {"words": "Nine people drowned"}


@pytest.mark.parametrize(
    ("path", "body", "key"),
    [
        ("reports", {"reports": [{**REPORT, "marking": "red"}]}, "reports.0.marking"),
        ("reports", {"reports": [REPORT], "markng": "red"}, "markng"),
        ("reports", {"reports": [REPORT], "Marking": "red"}, "Marking"),
        ("reports/r2/claims", {"claim": {**CLAIM, "speakr": "Ada"}, "reason": "x"}, "claim.speakr"),
        ("reports/r2/claims", {"claim": CLAIM, "reason": "x", "by": "Ada"}, "by"),
        ("judgements", {"action": "mark", "target": "r2", "reason": "x", "Marking": "red"},
         "Marking"),
        ("review/decisions", {"action": "accept", "incidents": [], "Reason": "x"}, "Reason"),
        ("review/presence", {"tab": "a", "rows": "b"}, "rows"),
        ("views", {"name": "a", "asks": {}, "by": "Ada"}, "by"),
        ("views", {"name": "a", "asks": {"words": "dam"}}, "asks.words"),
        ("webhooks", {"url": "https://desk.example/", "ask": {}}, "ask"),
        ("webhooks", {"url": "https://desk.example/", "asks": {"words": "dam"}}, "asks.words"),
        ("feeds", {"url": "https://news.example/rss", "evry": "1h"}, "evry"),
    ],
)  # fmt: skip
def test_unknown_keys_are_refused(path: str, body: Any, key: str, client: Any) -> None:
    """422 that names the key, and nothing is kept."""
    ledger = client.app.state.desk.ledger
    before = ledger.head().entries

    answer = client.post(f"/api/v1/{path}", json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    assert f"{key}: no such key" in answer.json()["detail"]
    assert ledger.head().entries == before


@pytest.mark.parametrize(
    ("path", "unknown"),
    [("claims?words=capture*", "words"), ("incidents?as_known_at=soon", "as_known_at"),
     ("reports?nonsense=1", "nonsense"), ("figures?policy=ucdp", "policy"), ("me?x", "x")],
)  # fmt: skip
def test_unknown_parameters_are_refused(path: str, unknown: str, client: Any) -> None:
    """422 that names it and those that there are; else all would be answered as if it fitted."""
    answer = client.get(f"/api/v1/{path if '=' in path else path + '='}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    told = answer.json()
    assert told["detail"].startswith(f"{unknown}: no parameter")
    assert "at" in told["mend"].split(" takes ")[1].split(", ")


def test_a_marking_in_the_address_is_refused(client: Any) -> None:
    """Of what is sent it stands in the body."""
    answer = client.post("/api/v1/reports?marking=red", json={"reports": [REPORT]})
    assert answer.status_code == 422
    assert "marking: no parameter" in answer.json()["detail"]


def test_the_description_says_so(client: Any) -> None:
    """Every body that is JSON is closed, at each depth that has keys of its own."""
    described = client.get("/openapi.json").json()
    nouns = described["components"]["schemas"]
    bodies = [
        form["schema"]
        for methods in described["paths"].values()
        for said in methods.values()
        for kind, form in said.get("requestBody", {}).get("content", {}).items()
        if kind == "application/json"
    ]
    assert len(bodies) > 6
    closed: set[str] = set()
    todo = list(map(str, bodies))
    while todo:
        held = todo.pop()
        names = {name for name in nouns if f"/schemas/{name}'" in held} - closed
        closed |= names
        todo += [str(nouns[name]) for name in names]
    for name in closed:
        if "properties" in nouns[name]:
            assert nouns[name]["additionalProperties"] is False, name
    assert {"NewReports", "NewReport", "NewClaim", "NewJudgement", "ViewAsks"} <= closed
