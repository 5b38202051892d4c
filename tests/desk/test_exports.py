"""What left, and what became of it since: the page, the API, and the list itself as a file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from sayso.ledger import Ledger


def test_a_table_that_left_before_a_correction_is_listed(
    client: TestClient, ledger: Ledger
) -> None:
    """By who took it and what became of which report, escaped; as JSON and as CSV too."""
    empty = client.get("/exports").text
    assert "Nothing left this ledger." in empty
    assert "Nothing that left is outdated." in client.get("/exports?outdated=true").text
    incident = ledger.incidents()[0].incident
    claim = ledger.row_claims(incident)[0]
    client.post("/api/v1/tables/figures", params={"of": incident})
    assert "as it was" in client.get("/exports").text
    made = ledger.judge("reject", claim.claim, by="Ana <b>", reason="it is wrong")
    html = client.get("/exports?outdated=true").text
    assert "was rejected" in html
    assert "Ana &lt;b&gt;" in html
    assert f"/log?about={made.entry}" in html
    (row,) = client.get("/api/v1/exports", params={"outdated": True}).json()["exports"]
    assert (row["by"], row["format"], row["to"]) == ("Ada", "csv", None)
    assert claim.report.report in row["reports"]
    (change,) = row["changes"]
    assert (change["what"], change["entry"], change["told"]) == ("rejected", made.entry, False)
    answer = client.post("/api/v1/tables/exports", params={"outdated": True})
    (cells,) = csv.DictReader(io.StringIO(answer.text))
    assert cells["changes"].startswith(f"{claim.report.report} rejected ")
    newest = client.get("/api/v1/exports").json()["exports"][0]
    assert (newest["entry"], newest["reports"]) == (answer.headers["x-sayso-entry"], [])


def test_pages_of_what_left(client: TestClient, ledger: Ledger) -> None:
    """A cursor leads on to what left before; the log leads here."""
    for n in range(5):
        ledger.note_export(f"{n}.csv", "csv", [], by="Ada")
    first = client.get("/api/v1/exports", params={"limit": 3}).json()
    rest = client.get("/api/v1/exports", params={"limit": 3, "cursor": first["next"]}).json()
    assert (len(first["exports"]), len(rest["exports"]), rest["next"]) == (3, 2, None)
    assert client.get("/api/v1/exports", params={"cursor": "x"}).status_code in (400, 404)
    assert "/exports?outdated=true" in client.get("/log").text
