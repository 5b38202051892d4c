"""The list of incidents: the same on the page, in the API and in the feed."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

from starlette.testclient import TestClient

from sayso.ledger import Ledger
from sayso.record.words import shorten_name

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(text: str) -> list[str]:
    """The incidents that a page lists."""
    return re.findall(r'<h2><a href="/incidents/(incident-\w+)', text)


def test_the_page_lists_what_the_api_answers(client: TestClient) -> None:
    """The same incidents in the same order, with the same filters."""
    for question in ("", "?type=capture", "?q=soldier&measure=killed", "?flag=denied"):
        rows = client.get(f"/api/v1/incidents{question}").json()["incidents"]
        assert rows, question
        assert titles(client.get(f"/incidents{question}").text) == [r["incident"] for r in rows]


def test_a_cursor_goes_through_all_of_them(client: TestClient, ledger: Ledger) -> None:
    """Pages of three hold each incident once."""
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        answer = client.get("/api/v1/incidents", params={"limit": 3, "cursor": cursor}).json()
        seen += [row["incident"] for row in answer["incidents"]]
        cursor = answer["next"]
    assert seen == [row.incident for row in ledger.incidents(limit=1000)]
    assert len(set(seen)) == len(seen) > 6


def test_a_flag_holds_for_every_row(client: TestClient) -> None:
    """Those flagged, all of them, and with a small limit page by page."""
    every = client.get("/api/v1/incidents?limit=1000").json()["incidents"]
    flagged = [r["incident"] for r in every if "one_origin" in r["flags"]]
    found = client.get("/api/v1/incidents?limit=1000&flag=one_origin").json()["incidents"]
    assert [r["incident"] for r in found] == flagged
    first = client.get("/api/v1/incidents?limit=2&flag=one_origin").json()
    assert [r["incident"] for r in first["incidents"]] == flagged[:2]
    wrong = client.get("/api/v1/incidents?flag=one_origins")
    assert wrong.status_code == 400
    assert "one_origin" in wrong.json()["detail"]


def test_figures_stand_beside_who_states_them(client: TestClient) -> None:
    """Every count of a row is shown with its speaker, and differing ones are not merged."""
    rows = client.get("/api/v1/incidents?limit=1000").json()["incidents"]
    row = next(r for r in rows if "differs" in r["flags"] or "disagreement" in r["flags"])
    page = html.unescape(client.get("/incidents").text)
    part = page[page.index(row["incident"]) :].partition("</li>\n<li class=")[0]
    for stated in row["stated"][:3]:
        assert shorten_name(stated["speaker"]) in part


def test_an_answer_that_is_held_is_not_sent_again(client: TestClient, ledger: Ledger) -> None:
    """304 until something is entered; then the answer."""
    mark = client.get("/api/v1/incidents").headers["etag"]
    held = {"If-None-Match": mark}
    assert client.get("/api/v1/incidents", headers=held).status_code == 304
    assert client.get("/api/v1/incidents?limit=2", headers=held).status_code == 200
    (row,) = ledger.incidents(limit=1)
    ledger.judge("note", row.incident, by="Ada", reason="seen")
    assert client.get("/api/v1/incidents", headers=held).status_code == 200
    page = client.get("/incidents").headers["etag"]
    assert client.get("/incidents", headers={"If-None-Match": page}).status_code == 304


def test_the_past_is_shown_and_said(client: TestClient) -> None:
    """Before anything was known nothing is listed; the page says when it looks, and leads back."""
    answer = client.get("/incidents?at=2020-01-01&type=capture")
    assert titles(answer.text) == []
    assert "You look at the past" in answer.text
    assert 'href="/incidents?type=capture">Back to now' in answer.text
    assert "at=2020-01-01" in answer.text
    assert client.get("/api/v1/incidents?at=2020-01-01").json()["incidents"] == []


def test_what_came_since_the_last_visit_is_marked(client: TestClient) -> None:
    """Nothing at the first visit; all that came since an earlier one; nothing once it was seen."""
    assert "Since your last visit" not in client.get("/incidents").text
    client.cookies.set("sayso_since", "2020-01-01T00:00:00+00:00")
    client.cookies.set("sayso_last", "2020-01-01T00:00:00+00:00")
    page = client.get("/incidents").text
    assert page.count('"badge">new<') == len(titles(page)) > 0
    client.cookies.clear()
    assert client.post("/incidents/seen").status_code == 200
    assert "nothing new or changed" in client.get("/incidents").text
    for broken in ("soon", "2020-01-01", "9999"):
        client.cookies.clear()
        client.cookies.set("sayso_since", broken)
        assert client.get("/incidents").status_code == 200


def test_a_view_is_saved_shown_and_forgotten(client: TestClient) -> None:
    """Its list tells its name, its feed asks the same; the API tells of it."""
    saved = client.post("/views", data={"name": "Captures <b>", "asks": "type=capture&x=1"})
    assert saved.url.path == "/incidents"
    assert "Saved view: <b>Captures &lt;b&gt;</b>" in saved.text
    (view,) = client.get("/api/v1/views").json()
    assert view["asks"] == {"type": "capture"}
    assert client.get(view["feed"]).status_code == 200
    client.post("/views", data={"name": "Taken", "asks": "type=capture"})
    (view,) = client.get("/api/v1/views").json()
    assert view["name"] == "Taken"
    assert "Taken" in client.get("/views").text
    client.post("/views/forget", data={"id": view["id"]})
    assert client.get("/api/v1/views").json() == []
    assert client.delete(f"/api/v1/views/{view['id']}").status_code == 404


def test_the_feed_tells_changes_and_no_copies(client: TestClient) -> None:
    """Valid Atom, an entry a change, each with an id of its own."""
    feed = ET.fromstring(client.get("/incidents.atom?type=capture").text)  # noqa: S314
    entries = feed.findall(f"{ATOM}entry")
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(set(ids)) == len(ids) > 0
    assert all((e.findtext(f"{ATOM}content") or "").strip() for e in entries)
    news = client.get("/api/v1/news?type=capture").json()
    assert len(news) == len(entries)
    assert all(each["changes"] for each in news)


def test_an_empty_ledger_begins_with_the_box(empty_client: TestClient, client: TestClient) -> None:
    """The box where nothing is held; else the incidents, the box one click away."""
    assert 'action="/add"' in empty_client.get("/").text
    filled = client.get("/")
    assert filled.url.path == "/incidents"
    assert 'href="/add"' in filled.text


def test_who_said_it_when_and_who_disagrees_is_one_click_away(client: TestClient) -> None:
    """A count in the list leads to who says it, on which day, and beside whom it differs."""
    html = client.get("/").text
    (to,) = set(re.findall(r'<a href="(/incidents/[\w-]+)#figures"><b>[Nn]early 3,000</b>', html))
    figures = client.get(to).text.partition('id="figures"')[2].partition("</section>")[0]
    row = next(r for r in re.findall(r"<tr data-row.*?</tr>", figures, re.DOTALL) if "3,000" in r)
    told = " ".join(re.sub(r"<[^>]+>", " ", row).split())
    assert "Zelensky" in told
    assert re.search(r"\d{1,2} Dec 2024", told)
    assert re.search(r"(disagree|differs).*South Korea", told)
