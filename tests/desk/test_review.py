"""Review by data set row: the queue and decisions by the API and by plain forms."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from sayso.desk.answers.agreement import agreement_of
from sayso.desk.live.presence import LASTS, Presence
from sayso.ledger import Judged, Ledger

SEEN = "/api/v1/review/decisions"


def queue(client: TestClient, **asked: Any) -> list[dict[str, Any]]:
    """The rows to decide on."""
    answer = client.get("/api/v1/review", params={"limit": 1000, **asked})
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def decide(client: TestClient, action: str, **more: Any) -> dict[str, Any]:
    """A decision that is taken."""
    answer = client.post(SEEN, json={"action": action, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def as_somebody(client: TestClient, name: str) -> None:
    """Who acts from now on."""
    client.cookies.set("sayso_by", name)


def test_the_queue_begins_with_what_leaves_most_to_doubt(
    client: TestClient, ledger: Ledger
) -> None:
    """Every row once, by its order; each says why it stands there, and what it says."""
    rows = queue(client)
    assert {r["incident"] for r in rows} == {r.incident for r in ledger.incidents(limit=1000)}
    assert [r["order"] for r in rows] == sorted((r["order"] for r in rows), reverse=True)
    assert rows[0]["doubts"]
    assert {r["status"] for r in rows} == {"machine"}
    disputed = [n for n, r in enumerate(rows) if "disagreement" in r["row"]["flags"]]
    assert disputed
    assert max(disputed) < len(rows) / 2


def test_cells_follow_the_policy(client: TestClient) -> None:
    """Where policies differ on the dead, so does the cell."""
    lowest, highest = ({r["incident"]: r["cells"]["figures"].get("killed") for r in
                        queue(client, policy=p)} for p in ("lowest", "highest"))  # fmt: skip
    assert lowest != highest
    assert client.get("/api/v1/review", params={"policy": "mean"}).status_code == 422


def test_an_accepted_row_leaves_and_undo_brings_it_back(client: TestClient, ledger: Ledger) -> None:
    """The decision stands in the ledger with who, when, why; taken back, the row is back."""
    first = queue(client)[0]
    made = decide(
        client, "accept", incidents=[first["incident"]], seen={first["incident"]: first["line"]}
    )
    (held,) = ledger.judgements(first["incident"])
    assert (held.action, held.by, held.entry) == ("accept", "Ada", made["entries"][0])
    assert held.reason == "read with its words: the row holds"
    assert first["incident"] not in {r["incident"] for r in queue(client)}
    (shown,) = queue(client, show="decided")
    assert (shown["incident"], shown["status"]) == (first["incident"], "accepted")
    decide(client, "undo", entries=made["entries"], incidents=[first["incident"]])
    assert queue(client)[0]["incident"] == first["incident"]
    assert ledger.judgements(first["incident"]) == ()


def test_many_rows_at_once_and_back(client: TestClient) -> None:
    """Bulk: all chosen are rejected with one reason, and all are taken back by their rows."""
    ids = [r["incident"] for r in queue(client)][:4]
    made = decide(client, "reject", incidents=ids, reason="out of scope")
    assert len(made["entries"]) == 4
    assert not set(ids) & {r["incident"] for r in queue(client)}
    decide(client, "undo", incidents=ids)
    assert set(ids) <= {r["incident"] for r in queue(client)}


def test_nobody_decides_on_what_changed_while_they_looked(client: TestClient) -> None:
    """A line that is not the row's any more is refused with what to do; of many only that one."""
    one, two = queue(client)[:2]
    seen = {one["incident"]: "e1", two["incident"]: two["line"]}
    answer = client.post(SEEN, json={"action": "accept", "incidents": [one["incident"]],
                                     "seen": seen})  # fmt: skip
    assert answer.status_code == 409
    assert "changed while you looked" in answer.json()["detail"]
    made = decide(client, "accept", incidents=[one["incident"], two["incident"]], seen=seen)
    assert made["incidents"] == [two["incident"]]
    assert [r["target"] for r in made["refused"]] == [one["incident"]]


def test_a_report_accepted_decides_its_rows(client: TestClient, ledger: Ledger) -> None:
    """All claims of the report hold; a row goes once each of its reports was accepted."""
    row = next(r for r in queue(client) if len(r["row"]["handles"]) == 2)
    first, second = row["row"]["handles"]
    decide(client, "accept_report", report=first)
    assert row["incident"] in {r["incident"] for r in queue(client)}
    decide(client, "accept_report", report=second)
    assert row["incident"] not in {r["incident"] for r in queue(client)}
    assert [j.action for j in ledger.judgements(first)] == ["accept"]


def test_a_cell_is_corrected_under_the_row(client: TestClient, ledger: Ledger) -> None:
    """The cell says what was typed, old and new are kept, and it can be taken back."""
    row = next(r for r in queue(client) if r["cells"]["type"] and r["cells"]["time"])
    id_ = row["incident"]
    made = decide(
        client, "correct", incidents=[id_], cells={"date": "2031-05-06"}, reason="told so"
    )
    (now,) = [r for r in queue(client, show="decided") if r["incident"] == id_]
    assert now["cells"]["time"]["start"] == "2031-05-06"
    last = ledger.judgements(id_)[-1]
    assert last.detail["new"] == {"date": "2031-05-06"}
    assert last.detail["old"]["date"] == row["cells"]["time"]["start"][:10]
    history = client.get(f"/api/v1/review/rows/{id_}").json()["history"]
    assert {"accept", "correct"} == {j["action"] for j in history}
    decide(client, "undo", entries=made["entries"])
    assert client.get(f"/api/v1/review/rows/{id_}").json()["row"]["cells"] == row["cells"]


@pytest.mark.parametrize(
    ("cells", "words"), [({}, "no cell was changed"), ({"killed": "many"}, "no number of people")]
)
def test_a_correction_that_cannot_be_meant(
    client: TestClient, cells: dict[str, str], words: str
) -> None:
    """It says why, and nothing is entered."""
    id_ = queue(client)[0]["incident"]
    answer = client.post(SEEN, json={"action": "correct", "incidents": [id_], "cells": cells})
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_rows_are_joined_split_and_sources_graded(client: TestClient) -> None:
    """Two rows become one; taken apart again they are two; a grade is by name and kept."""
    one, two = queue(client)[:2]
    joined = decide(client, "join", incidents=[one["incident"]], other=two["incident"])
    assert two["incident"] not in {r["incident"] for r in queue(client)}
    detail = client.get(f"/api/v1/review/rows/{one['incident']}").json()
    assert set(detail["row"]["row"]["handles"]) >= set(two["row"]["handles"])
    decide(client, "undo", entries=joined["entries"])
    assert two["incident"] in {r["incident"] for r in queue(client)}
    large = next(r for r in queue(client) if len(r["row"]["handles"]) > 1)
    decide(client, "split", incidents=[large["incident"]], apart=large["row"]["handles"][:1])
    left = client.get(f"/api/v1/review/rows/{large['incident']}").json()["row"]["row"]["handles"]
    assert large["row"]["handles"][0] not in left
    speaker = client.get(f"/api/v1/review/rows/{one['incident']}").json()["speakers"][0]
    decide(client, "grade", source=speaker["key"], grade="b")
    graded = client.get(f"/api/v1/review/rows/{one['incident']}").json()["speakers"]
    assert {s["key"]: s["grade"] for s in graded}[speaker["key"]] == "B"


def test_a_blind_coder_sees_nothing_of_others_until_they_decide(client: TestClient) -> None:
    """The row is open to them with no name on it; once they decided, both decisions show."""
    id_ = queue(client)[0]["incident"]
    decide(client, "accept", incidents=[id_], reason="Ada's own reason")
    as_somebody(client, "Bo")
    row = next(r for r in queue(client, blind=True) if r["incident"] == id_)
    assert (row["status"], row["decided"]) == ("machine", [])
    hidden = [client.get("/review", params={"blind": "1", "row": id_}).text,
              client.get(f"/api/v1/review/rows/{id_}", params={"blind": 1}).text]  # fmt: skip
    assert not any("own reason" in text for text in hidden)
    decide(client, "reject", incidents=[id_])
    detail = client.get(f"/api/v1/review/rows/{id_}", params={"blind": 1}).json()
    assert {j["by"] for j in detail["row"]["decided"]} == {"Ada", "Bo"}
    agreement = client.get("/api/v1/review", params={"blind": 1}).json()["agreement"]
    assert (agreement["rows"], agreement["coders"], agreement["raw"]) == (1, ["Ada", "Bo"], 0.0)


def _judged(target: str, by: str, action: str) -> Judged:
    return Judged("e1", action, target, by, "2031-05-06", "read")


def test_agreement_is_that_of_the_book() -> None:
    """Krippendorff's two coders with ten binary units: 0.6 raw, alpha 0.095."""
    ones = "0100000000"
    others = "1110010001"
    said = {"0": "accept", "1": "reject"}
    told = [_judged(f"i{n}", by, said[c]) for by, codes in (("a", ones), ("b", others))
            for n, c in enumerate(codes)]  # fmt: skip
    found = agreement_of([*told, _judged("i99", "a", "accept")])
    assert (found.rows, found.raw, found.alpha) == (10, 0.6, 0.095)


def test_agreement_that_chance_would_give_has_no_figure() -> None:
    """All decisions alike: raw agreement is whole, alpha none; nobody decided: neither."""
    alike = [_judged("i1", by, "accept") for by in "ab"]
    assert (agreement_of(alike).raw, agreement_of(alike).alpha) == (1.0, None)
    assert agreement_of([]).rows == 0


def test_two_people_on_one_row_see_it(client: TestClient) -> None:
    """Each hears of the other's tab, not of their own; who left or fell silent is gone."""
    now = [0.0]
    here = Presence(lambda: now[0])
    assert here.look("t1", "Ada", "row") == {}
    assert here.look("t2", "Bo", "row") == {"row": ["Ada"]}
    assert here.look("t1", "Ada", "other") == {"row": ["Bo"]}
    now[0] = LASTS
    assert here.look("t2", "Bo", None) == {}
    answer = client.post("/api/v1/review/presence", json={"tab": "x", "row": "incident-1"})
    assert answer.json() == {}


def test_the_page_decides_by_forms_alone(client: TestClient, ledger: Ledger) -> None:
    """Open a row by its link, accept it by its form, take it back by the line that offers it."""
    row = queue(client)[0]
    id_ = row["incident"]
    page = client.get("/review", params={"row": id_})
    assert page.status_code == 200
    assert all(c.content.split()[0] in page.text for c in ledger.row_claims(id_)[:3])
    (action,) = set(re.findall(r'<form class="decide" method="post" action="([^"]*)"', page.text))
    answer = client.post(
        action, data={"action": "accept", "incident": id_, "seen": f"{id_}={row['line']}"},
        follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == 303
    (entry,) = parse_qs(urlsplit(answer.headers["location"]).query)["done"]
    assert [j.entry for j in ledger.judgements(id_)] == [entry]
    shown = client.get(answer.headers["location"]).text
    assert "Done: 1 decision" in shown
    client.post("/review", data={"action": "undo", "entries": entry, "incident": id_})
    assert ledger.judgements(id_) == ()


def test_the_past_is_not_decided_on(client: TestClient) -> None:
    """The queue and its decisions are of now."""
    for path in ("/review?at=2020-01-01", "/api/v1/review?at=2020-01-01"):
        assert client.get(path).status_code == 409
    answer = client.post(f"{SEEN}?at=2020-01-01", json={"action": "accept", "incidents": ["x"]})
    assert answer.status_code == 409


def test_an_empty_ledger_has_nothing_to_review(empty_client: TestClient) -> None:
    """It says so."""
    assert queue(empty_client) == []
    assert "Nothing is left to review" in empty_client.get("/review").text
