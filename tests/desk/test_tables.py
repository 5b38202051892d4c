"""Tables taken along: what rows rest on, names hidden, and a word in the ledger that it left."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from sayso.desk.answers.incident_tables import TABLES
from sayso.desk.answers.taking import ALONE

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from sayso.ledger import Ledger


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV, by column."""
    return list(csv.DictReader(io.StringIO(text)))


def of_each(ledger: Ledger) -> dict[str, str]:
    """Something that each table can be of."""
    incident = ledger.incidents()[0].incident
    alone = dict.fromkeys(ALONE, "")
    lawyers = ledger.sources("Darfur Lawyers").rows[0].key  # others count what they count
    more = {"source": ledger.sources().rows[0].key, "beside": lawyers,
            "report": ledger.incidents()[0].handles[0]}  # fmt: skip
    return alone | more | dict.fromkeys(TABLES, incident)


def test_every_table_leaves_as_csv_and_is_noted(client: TestClient, ledger: Ledger) -> None:
    """A header and rows; the log says who took it, and its reports list it."""
    for table, of in of_each(ledger).items():
        answer = client.post(f"/api/v1/tables/{table}", params={"of": of} if of else {})
        assert answer.status_code == 200, (table, answer.text)
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.headers["content-disposition"].endswith('.csv"')
        assert len(answer.text.splitlines()) > 1 or table in ("joins", "states", "events"), table
        line = ledger.log(about=answer.headers["x-sayso-entry"]).rows[0]
        assert (line.act, line.by) == ("export", "Ada")
    report = ledger.incidents()[0].handles[0]
    assert ledger.exports(report)


def test_a_row_of_the_list_names_its_sources(client: TestClient, ledger: Ledger) -> None:
    """The reports that it rests on and their publishers; filters are those of the list."""
    text = client.post("/api/v1/tables/incidents", params={"type": "capture"}).text
    rows = rows_of(text)
    assert {row["type"] for row in rows} == {"capture"}
    (held,) = [r for r in ledger.incidents() if r.incident == rows[0]["incident"]]
    assert rows[0]["rests_on"] == "; ".join(held.handles)
    assert rows[0]["publishers"]


def test_private_names_are_hidden_unless_asked_for(client: TestClient, ledger: Ledger) -> None:
    """As in exports; the form says which; the same rows otherwise."""
    private = next(
        s for s in ledger.sources(limit=500).rows
        if s.kind == "person" and re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", s.name)
    )  # fmt: skip
    report = ledger.source_page(private.key, limit=1).reports.rows[0].report
    texts = {
        names: client.post(f"/tables/report?of={report}", data={"names": names}).text
        for names in ("hidden", "shown")
    }
    assert private.name in texts["shown"]
    assert private.name not in texts["hidden"]
    assert "█" in texts["hidden"]
    assert len(rows_of(texts["shown"])) == len(rows_of(texts["hidden"]))
    listed = client.post("/api/v1/tables/sources", params={"name": private.name}).text
    assert private.name.lower() not in listed.lower()
    official = next(s for s in ledger.sources(limit=500).rows if s.kind == "official")
    ledger.judge("join", official.key, other=private.key, by="Ada", reason="her office")
    listed = client.post("/api/v1/tables/sources", params={"name": private.name}).text
    assert official.kind in listed
    assert private.name.lower() not in listed.lower()


def test_whom_a_source_stands_beside(client: TestClient, ledger: Ledger) -> None:
    """A row two figures: whose, in which words, what is said of them, and both reports."""
    key = ledger.sources("Darfur Lawyers").rows[0].key
    rows = rows_of(client.post("/api/v1/tables/beside", params={"of": key}).text)
    shown = client.get(f"/api/v1/sources/{quote(key, safe='')}").json()
    assert len(rows) == sum(len(other["pairs"]) for other in shown["beside"])
    assert {row["other"] for row in rows} <= {other["name"] for other in shown["beside"]}
    assert all(row["report"] and row["other_report"] and row["verdict"] for row in rows)


def test_the_log_leaves_without_what_names_somebody(client: TestClient, ledger: Ledger) -> None:
    """A private source's key and the reasons that people wrote are hidden; with names they go."""
    private = next(s for s in ledger.sources(limit=500).rows if s.kind == "person")
    ledger.judge("grade", private.key, grade="C", by="Ada", reason="Bo Aldermoor phoned us")
    shown = client.post("/tables/log?act=judgement", data={"names": "shown"}).text
    hidden = client.post("/tables/log?act=judgement", data={"names": "hidden"}).text
    name = private.key.partition("|")[0]
    assert name in shown
    assert "Aldermoor" in shown
    assert name not in hidden
    assert "Aldermoor" not in hidden
    assert [r["entry"] for r in rows_of(hidden)] == [r["entry"] for r in rows_of(shown)]


def test_pages_offer_what_they_show(client: TestClient, ledger: Ledger) -> None:
    """Each list's and table's page has the form, with its filters in the address."""
    incident, report = ledger.incidents()[0].incident, ledger.incidents()[0].handles[0]
    source = ledger.sources().rows[0].key
    for path, action in (
        ("/incidents?type=capture", "/tables/incidents?type=capture"),
        ("/sources", "/tables/sources"), ("/log", "/tables/log"),
        (f"/incidents/{incident}", f"/tables/figures?of={incident}"),
        (f"/reports/{report}", f"/tables/report?of={report}"),
        (f"/sources/{source}", "/tables/source?of="),
    ):  # fmt: skip
        assert f'action="{action}' in client.get(path).text, path


@pytest.mark.parametrize(
    ("path", "status"),
    [("nothing", 422), ("figures", 400), ("figures?of=incident-0", 404), ("report?of=r999", 404),
     ("source?of=nobody", 404), ("incidents?flag=praise", 400), ("log?about=x", 400)],
)  # fmt: skip
def test_what_is_not_there_leaves_nothing(
    path: str, status: int, client: TestClient, ledger: Ledger
) -> None:
    """Said as elsewhere, and nothing is noted."""
    before = ledger.head()
    assert client.post(f"/api/v1/tables/{path}").status_code == status
    assert ledger.head() == before
