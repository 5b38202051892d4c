"""Marking a report and protecting a source on their pages, and adding what is not for all."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.testclient import TestClient

from sayso.ledger import Ledger

TEXT = "TARN, May 3, 2024 - Nine people drowned when a ferry sank off Tarn, Maud Ellery said."


def test_a_report_is_marked_on_its_page(client: TestClient, ledger: Ledger) -> None:
    """The page says so, the decision can be taken back, and a marking that is none is refused."""
    (report, *_) = [r.report for r in ledger.reports().rows]
    address = f"/reports/{report}"
    assert "TLP:" not in client.get(address).text
    said = {"marking": "amber", "reason": "not out yet"}
    page = client.post(f"{address}/mark", data=said)
    assert page.status_code == 200
    assert "TLP:AMBER" in page.text
    assert "marked <b>amber</b>" in page.text
    assert ledger.seen_by("green").reports(limit=100).rows
    assert report not in {r.report for r in ledger.seen_by("green").reports(limit=100).rows}
    wrong = client.post(f"{address}/mark", data={"marking": "pink", "reason": "x"})
    assert wrong.status_code in (400, 422)
    assert client.get(f"/api/v1{address}").json()["report"]["marking"] == "amber"


def test_a_source_is_protected_on_its_page(client: TestClient, ledger: Ledger) -> None:
    """Below red its page is gone and its label speaks; too short a form comes back with why."""
    key = next(s.key for s in ledger.sources(limit=100).rows if s.kind == "person" and s.named)
    name = ledger.sources(key.partition("|")[0]).rows[0].name
    address = f"/sources/{quote(key, safe='')}"
    assert "Protect it" in client.get(address).text
    wrong = client.post(address, data={"action": "protect", "names": "X", "reason": "asked"})
    assert wrong.status_code == 400
    assert "letters" in wrong.text
    done = client.post(address, data={"action": "protect", "reason": "asked"})
    assert done.status_code == 200
    assert re.search(r"protected: <b>protected source \w{5}", done.text)
    assert name not in repr(ledger.seen_by("amber+strict").sources(limit=200))


def test_what_is_added_can_be_marked_at_once(client: TestClient, ledger: Ledger) -> None:
    """In the box and through the API: nobody sees it before it is marked."""
    client.post("/add", data={"text": TEXT, "marking": "red"})
    assert "Ellery" in repr(ledger.sources("ellery"))
    assert "Ellery" not in repr(ledger.seen_by("amber+strict").sources("ellery").rows)
    given = {"reports": [{"text": TEXT.replace("Ellery", "Quickfall")}], "marking": "green"}
    answer = client.post("/api/v1/reports", json=given)
    assert answer.status_code == 201
    (added,) = answer.json()["added"]
    assert ledger.report(added["report"]).marking == "green"
    given["marking"] = "white"
    assert client.post("/api/v1/reports", json=given).status_code == 422
