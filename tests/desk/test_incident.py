"""The page of an incident, its API and its tables, and what people decide there."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.exchange.coded.bring import bring
from sayso.exchange.coded.read import ColumnMap, read_lists
from sayso.incidents.chains import chains_of
from sayso.incidents.view import view_incident
from sayso.incidents.words import flags_of
from sayso.intake import make_capture
from sayso.ledger import Ledger
from sayso.page import find_reports
from sayso.pipeline.read import Ask, read_all
from sayso.reading.reader import Reader
from sayso.record import Reading

TABLES = ("figures", "claims", "states", "policies", "origins", "joins", "reports")


def flagged(client: TestClient, *flags: str) -> dict[str, Any]:
    """The first listed incident that has all of some flags."""
    rows = client.get("/api/v1/incidents?limit=1000").json()["incidents"]
    found: dict[str, Any] = next(r for r in rows if set(flags) <= set(r["flags"]))
    return found


def largest(client: TestClient) -> str:
    """The incident of most reports."""
    rows = client.get("/api/v1/incidents?limit=1000").json()["incidents"]
    return str(max(rows, key=lambda r: len(r["handles"]))["incident"])


def shown(client: TestClient, incident: str, question: str = "") -> str:
    """The text of an incident's page."""
    answer = client.get(f"/incidents/{incident}{question}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_the_api_answers_what_the_command_prints(client: TestClient, ledger: Ledger) -> None:
    """`sayso.incident/1`, whole, by the id, its first signs or a report."""
    id_ = largest(client)
    answer = client.get(f"/api/v1/incidents/{id_}").json()
    view = view_incident(ledger, id_)
    assert answer["schema"] == "sayso.incident/1"
    assert [c["claim"] for c in answer["claims"]] == [c.claim for c in view.claims]
    main = next(r.report for r in view.report_lines if r.main)
    assert client.get(f"/api/v1/incidents/{main}").json()["id"] == id_
    assert client.get(f"/api/v1/incidents/{id_[:16]}").json()["id"] == id_


def test_what_nobody_knows_is_said(client: TestClient) -> None:
    """404 for an unknown id, on the page as in the API; an unknown table and policy too."""
    assert client.get("/incidents/incident-0000000000000000").status_code == 404
    answer = client.get("/api/v1/incidents/incident-0000000000000000")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    id_ = largest(client)
    assert client.get(f"/api/v1/incidents/{id_}/others.csv").status_code == 422
    assert client.get(f"/incidents/{id_}?policy=mean").status_code == 400
    assert client.get(f"/incidents/{id_}?at=2020-01-01").status_code == 404


def test_who_said_how_many_and_who_differs_stands_without_a_click(client: TestClient) -> None:
    """Each count beside its full speaker and day, the two that differ in one sentence."""
    row = flagged(client, "differs")
    page = shown(client, row["incident"])
    part = page[page.index('id="figures"') : page.index('id="timeline"')]
    view = client.get(f"/api/v1/incidents/{row['incident']}").json()
    pair = next(c for c in view["comparisons"] if c["verdict"] == "differs")
    figures = {f["id"]: f for f in view["figures"]}
    for side in (pair["a"], pair["b"]):
        assert figures[side]["speaker"] in part
        assert f'/reports/{figures[side]["words"]["report"]}#{figures[side]["claim"]}"' in part
    assert "Differs, growth not excluded:" in part
    assert not re.search(r"<details", part)


def test_the_flags_are_those_of_the_list(client: TestClient, ledger: Ledger) -> None:
    """What a list flags, the page flags."""
    for row in client.get("/api/v1/incidents?limit=1000").json()["incidents"]:
        assert list(flags_of(view_incident(ledger, row["incident"]))) == row["flags"]


def test_every_part_of_the_view_is_on_the_page(client: TestClient) -> None:
    """States, speakers' words, origins, joins with an undo, tasks, excluded grades, reports."""
    id_ = largest(client)
    view = client.get(f"/api/v1/incidents/{id_}").json()
    page = " ".join(shown(client, id_).split())
    for origin in (*view["origins"], *view["denials"]):
        assert origin["name"] in page
    for join in view["joins"]:
        assert f'name="target" value="{join["id"]}"' in page
    for task in view["tasks"]:
        assert task["words"][1:] in page
    for grade in view["excluded"]:
        assert grade["words"] in page
    for report in view["report_lines"]:
        assert f'href="/reports/{report["report"]}"' in page
    for words in {
        c["content"]["words"]
        for c in view["claims"]
        if c["types"] and "“" not in c["content"]["words"]
    }:
        assert words[:40] in page


def test_tables_hold_a_row_each_with_what_it_stands_on(client: TestClient) -> None:
    """Each table is CSV with a header; figures and claims name report, publisher and characters."""
    id_ = largest(client)
    view = client.get(f"/api/v1/incidents/{id_}").json()
    for name in TABLES:
        answer = client.get(f"/api/v1/incidents/{id_}/{name}.csv")
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert all(r["incident"] == id_ and None not in r and None not in r.values() for r in rows)
    rows = list(csv.DictReader(io.StringIO(
        client.get(f"/api/v1/incidents/{id_}/claims.csv").text)))  # fmt: skip
    assert [r["claim"] for r in rows] == [c["claim"] for c in view["claims"]]
    assert all(r["report"] and r["publisher"] and re.match(r"\d+-\d+", r["spans"]) for r in rows)


def test_the_chain_picture_leads_from_each_report_to_an_origin(
    client: TestClient, ledger: Ledger
) -> None:
    """Edges join nodes that there are; from every report drawn one comes to an origin."""
    id_ = largest(client)
    answer = client.get(f"/api/v1/incidents/{id_}/chains").json()
    nodes = {n["id"]: n for n in answer["nodes"]}
    onward: dict[str, set[str]] = {}
    for edge in answer["edges"]:
        assert {edge["a"], edge["b"]} <= nodes.keys()
        if edge["kind"] in ("carries", "rests"):
            onward.setdefault(edge["a"], set()).add(edge["b"])
    for id_node, node in nodes.items():
        if node["kind"] != "report":
            continue
        reached, todo = set(), [id_node]
        while todo:
            at = todo.pop()
            todo += onward.get(at, set()) - reached
            reached |= onward.get(at, set())
        assert {nodes[r]["kind"] for r in reached} & {"origin", "denial"}, node
    view = view_incident(ledger, id_)
    drawn = {e.id for e in chains_of(view).edges if e.kind == "join"}
    assert drawn <= {j.id for j in view.joins}


def test_a_policy_is_switched_in_the_address(client: TestClient) -> None:
    """What changes against the present policy is said; under the present one nothing is."""
    id_ = flagged(client, "differs")["incident"]
    assert "What changes from" not in shown(client, id_)
    page = shown(client, id_, "?policy=lowest")
    assert "What changes from most recent to lowest:" in page
    assert '<option value="lowest" selected>' in page


def decide(client: TestClient, incident: str, **said: Any) -> Any:
    """What a form of the page sends."""
    return client.post(f"/incidents/{incident}/decide", data=said, follow_redirects=False)


def test_a_claim_is_rejected_and_taken_back(client: TestClient) -> None:
    """It stays, struck and said so, and no longer counts; taking back asks for a reason too."""
    id_ = flagged(client, "differs")["incident"]
    view = client.get(f"/api/v1/incidents/{id_}").json()
    claim = next(f["claim"] for f in view["figures"])
    answer = decide(client, id_, action="reject", target=claim, reason="misread", part="claims")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/incidents/{id_}#claims"
    after = client.get(f"/api/v1/incidents/{id_}").json()
    assert next(c for c in after["claims"] if c["claim"] == claim)["standing"] == "rejected"
    assert claim not in {f["claim"] for f in after["figures"]}
    page = shown(client, id_)
    assert "<del>" in page
    assert "misread" in page
    entry = after["judgements"][0]["entry"]
    assert decide(client, id_, action="withdraw", target=entry, reason=" ").status_code == 400
    assert decide(client, id_, action="withdraw", target=entry, reason="it is right").is_redirect
    assert "<del>" not in shown(client, id_)


def test_a_join_is_undone(client: TestClient) -> None:
    """By its id in the list of joins; it stands among the decisions then, with an undo."""
    rows = client.get("/api/v1/incidents?limit=1000").json()["incidents"]
    views = (client.get(f"/api/v1/incidents/{r['incident']}").json() for r in rows)
    view = next(v for v in views if any(j["bound"] == "both" for j in v["joins"]))
    join = next(j["id"] for j in view["joins"] if j["bound"] == "both")
    assert decide(client, view["id"], action="undo", target=join, reason="two men").is_redirect
    after = client.get(f"/api/v1/incidents/{view['id']}").json()
    assert join not in {j["id"] for j in after["joins"]}
    assert after["judgements"][0]["target"] == join
    wrong = decide(client, view["id"], action="undo", target="join-0", reason="x")
    assert wrong.status_code == 400


def test_a_report_is_split_off_and_another_incident_joined(client: TestClient) -> None:
    """A new incident holds what left; joined again, its address leads here and says so."""
    id_ = largest(client)
    last = client.get(f"/api/v1/incidents/{id_}").json()["report_lines"][-1]["report"]
    assert decide(client, id_, action="split", target=last, reason="another").is_redirect
    held = client.get(f"/api/v1/incidents/{id_}").json()["report_lines"]
    assert last not in {r["report"] for r in held}
    other = client.get(f"/api/v1/incidents/{last}").json()["id"]
    assert other != id_
    address = f"http://testserver/incidents/{other}?at="
    assert decide(client, id_, action="join", other=address, reason="one after all").is_redirect
    moved = client.get(f"/incidents/{other}", follow_redirects=False)
    assert moved.status_code == 303
    assert moved.headers["location"].startswith(f"/incidents/{id_}?joined=")
    assert "which was joined to this incident" in client.get(f"/incidents/{other}").text


def test_a_source_is_graded_by_its_name(client: TestClient) -> None:
    """The grade stands at the origin; nobody of that name, or no grade, is refused."""
    id_ = largest(client)
    view = client.get(f"/api/v1/incidents/{id_}").json()
    name = next(o["name"] for o in view["origins"] if o["kind"] not in ("voice", "cycle"))
    said = {"action": "grade", "grade": "B", "reason": "long known"}
    assert decide(client, id_, target=name, **said).is_redirect
    origins = client.get(f"/api/v1/incidents/{id_}").json()["origins"]
    assert next(o["grade"] for o in origins if o["name"] == name) == "B"
    assert decide(client, id_, target="nobody at all", **said).status_code == 404
    assert decide(client, id_, target=name, **(said | {"grade": "G"})).status_code == 400


def test_what_was_typed_comes_back_with_an_error(client: TestClient) -> None:
    """A decision without a reason, or of no kind, changes nothing and loses nothing."""
    id_ = largest(client)
    answer = decide(client, id_, action="join", other="incident-no", reason="typed with care")
    assert answer.status_code == 404
    assert "typed with care" in answer.text
    assert decide(client, id_, action="erase", target="c1.0", reason="x").status_code == 400
    assert decide(client, id_, action="reject", reason="x").status_code == 400
    assert client.get(f"/api/v1/incidents/{id_}").json()["judgements"] == []


def test_nothing_is_decided_in_the_past(client: TestClient, ledger: Ledger) -> None:
    """The page of the past has no forms for it, and refuses them; links stay in the past."""
    id_ = largest(client)
    at = ledger.head().at
    page = shown(client, id_, f"?at={at.replace('+', '%2B')}")
    assert 'action="/incidents/' not in page.replace('method="get" action="/incidents/', "")
    assert re.search(r'href="/reports/r\d+\?at=[^"]+#c', page)
    answer = client.post(
        f"/incidents/{id_}/decide", params={"at": at}, data={"action": "reject", "reason": "x"}
    )
    assert answer.status_code == 409


HOSTILE = (
    "HARBOUR TOWN, May 5 (Wire) — Nine soldiers were killed in Oda on Monday, said "
    '<script>alert("x")</script> Mayor "Ann\\ Lee" </script><img src=x onerror=alert(1)>. '
    "Kyiv's army said twelve soldiers were killed in Oda on Monday. =HYPERLINK(1) \u202e The "
    "guild's spokesman said that ten soldiers were killed in Oda.\n"
)


@pytest.fixture
def hostile(empty_ledger: Ledger, tmp_path: Any) -> Ledger:
    """A ledger of one report that carries markup and script."""
    lines = tmp_path / "hostile.jsonl"
    told = {"id": "<b>h</b>", "text": HOSTILE, "published": "2031-05-06", "title": "<i>Oda</i>",
            "publisher": "</script><script>alert(2)</script>"}  # fmt: skip
    lines.write_text(json.dumps(told), "utf-8")
    empty_ledger.add([o for o in read_all([str(lines)], Ask()) if isinstance(o, Reading)])
    return empty_ledger


def test_markup_of_a_report_is_text(hostile: Ledger, empty_client: TestClient) -> None:
    """No tag of a report is a tag of the page, in its words as in its data for scripts."""
    (row,) = hostile.incidents(limit=1)
    page = empty_client.get(f"/incidents/{row.incident}").text
    for tag in ("<script>alert", "<img src=x", "<b>h</b>", "<i>Oda</i>"):
        assert tag not in page
    assert page.count("<script") == page.count("</script>")
    for found in re.findall(r'<script type="application/json" id="[^"]+">(.*?)</script>', page):
        json.loads(found)
    for name in TABLES:
        text = empty_client.get(f"/api/v1/incidents/{row.incident}/{name}.csv").text
        for cells in csv.reader(io.StringIO(text)):
            assert not any(c.startswith(("=", "+", "@")) for c in cells)


def test_an_incident_that_is_held_is_not_sent_again(client: TestClient, ledger: Ledger) -> None:
    """304 until something is entered."""
    id_ = largest(client)
    mark = client.get(f"/api/v1/incidents/{id_}").headers["etag"]
    held = {"If-None-Match": mark}
    assert client.get(f"/api/v1/incidents/{id_}", headers=held).status_code == 304
    ledger.judge("note", id_, by="Ada", reason="seen")
    assert client.get(f"/api/v1/incidents/{id_}", headers=held).status_code == 200
    assert "seen" in client.get(f"/incidents/{id_}").text


def test_the_page_says_how_it_stands_to_coded_rows(
    empty_client: TestClient, empty_ledger: Ledger, reader: Reader
) -> None:
    """Nothing without coded rows; then `new`, or which row it is and what would change there."""
    text = "Police said shelling killed nine people in Porto, Portugal, on 2 May 2024."
    (report,) = find_reports(make_capture("a.txt", text.encode()))
    empty_ledger.add([reader.read(report)])
    (row,) = empty_ledger.incidents()
    assert "Your team" not in shown(empty_client, row.incident)
    head = "event_id_cnty,event_date,country,location,event_type,fatalities"
    coded = "2024-05-02,Portugal,Porto,Explosions/Remote violence"
    tables = read_lists(f"{head}\nPOR7,{coded},4\n".encode(), "coded.csv", ColumnMap())
    list(bring(empty_ledger, tables, "coded.csv", by="Ada", replace=False, dry=False))
    assert "would change POR7: fatalities: 4 → 9" in shown(empty_client, row.incident)
