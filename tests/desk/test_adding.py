"""The box and POST /api/v1/reports: links, texts and files, answered with one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk.answers.adding import MOST_LINKS, split_pasted
from sayso.desk.app import create_app
from sayso.desk.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.ledger import Ledger

STORY = "SEAPORT, May 6, 2031 - A ferry sank off Seaport, Chile, and nine people drowned, {} said."


@pytest.fixture
def desk(empty_ledger: Ledger, site: Any) -> Iterator[Any]:
    """A client of an empty desk that may fetch a site of this test's own."""
    testing = pytest.importorskip("starlette.testclient")
    settings = Settings(by="Ada", hosts=("testserver",), inner=(("127.0.0.1", site.port),))
    with testing.TestClient(create_app(empty_ledger, settings)) as client:
        yield client


def test_what_is_pasted_is_told_apart() -> None:
    """Links alone in their part, texts parted by a line of dashes, a link inside a text stays."""
    given = split_pasted(
        "https://a.example/1\nhttps://a.example/1\nHTTPS://b.example/2\n---\nOne text.\n"
        "https://c.example/3\n\nIts end.\n=====\nAnother.\n"
    )
    assert [(g.name, g.content) for g in given] == [
        ("https://a.example/1", None), ("HTTPS://b.example/2", None),
        ("pasted text 1", b"One text.\nhttps://c.example/3\n\nIts end."),
        ("pasted text 2", b"Another."),
    ]  # fmt: skip
    assert split_pasted(" \n---\n") == []
    sent = split_pasted("One text.\r\nIts end.\r\n---\r\nAnother.\r\n")  # as a browser does
    assert [g.content for g in sent] == [b"One text.\nIts end.", b"Another."]


def test_links_and_texts_are_answered_with_a_sentence(desk: Any, site: Any) -> None:
    """Two texts and a link of one incident: how many reports, texts, and who says so."""
    body = f"<article><h1>Ferry sinks</h1><p>{STORY.format('police')}</p></article>"
    site.say("/a", f"<html><body>{body}</body></html>")
    text = f"{site.url}/a\n---\n{STORY.format('police')}\n---\n{STORY.format('the mayor')}"
    html = desk.post("/add", data={"text": text}).text
    assert "Three reports, " in html
    assert "earliest here" in html
    assert "police" in html


def test_what_cannot_be_read_stops_nothing(desk: Any, site: Any) -> None:
    """A link that leads nowhere is said and stays in the box; the text beside it is read."""
    html = desk.post("/add", data={"text": f"{site.url}/no\n---\n{STORY.format('police')}"}).text
    assert "answered 404" in html
    assert "One report, one text; it goes back to police." in html
    assert f"{site.url}/no</textarea>" in html or f"{site.url}/no\n" in html


def test_inner_links_are_refused(desk: Any, site: Any) -> None:
    """Nobody reaches into the network that the desk runs in."""
    html = desk.post("/add", data={"text": "http://169.254.169.254/latest/meta-data/"}).text
    assert "an inner address" in html
    many = "\n".join(f"{site.url}/{n}" for n in range(MOST_LINKS + 1))
    assert desk.post("/add", data={"text": many}).status_code == 400
    assert site.asked == []


def test_reports_by_the_api(desk: Any) -> None:
    """Facts are kept, the sentence comes along; again, nothing is new; nothing at all is 422."""
    body = {"reports": [{"text": STORY.format("police"), "publisher": "Harbour Gazette",
                         "published": "2031-05-07", "url": "https://h.example/1"},
                        {"html": "<p></p>"}]}  # fmt: skip
    made = desk.post("/api/v1/reports", json=body)
    assert made.status_code == 201
    assert made.json()["added"][0]["status"] == "new"
    assert made.json()["summary"]["sentence"] == "One report, one text; it goes back to police."
    assert len(made.json()["refused"]) == 1
    assert desk.post("/api/v1/reports", json={"reports": body["reports"][:1]}).status_code == 200
    for wrong in ({"reports": []}, {"reports": [{}]}, {"reports": [{"html": ""}]}, {}):
        assert desk.post("/api/v1/reports", json=wrong).status_code == 422
