"""Feeds on the page and by the API: added, paused, looked at, forgotten; read while it runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from sayso.desk.app import create_app
from sayso.desk.settings import Settings
from sayso.intake.feeds import read_feed_list

if TYPE_CHECKING:
    from sayso.ledger import Ledger

STORY = (
    "<html><body><article><h1>Ferry sinks</h1><p>SEAPORT, May 6, 2031 - A ferry sank off Seaport "
    "on Tuesday and nine people drowned, the coast guard said.</p></article></body></html>"
)


def test_a_feed_by_the_api(client: Any) -> None:
    """Added, said anew, paused, forgotten."""
    made = client.post("/api/v1/feeds", json={"url": "https://a.example/rss", "every": "6h"})
    assert made.status_code == 201
    feed = made.json()
    assert (feed["health"], feed["every"]) == ("new", 21_600)
    again = client.post("/api/v1/feeds", json={"url": "https://a.example/rss", "name": "A"})
    assert again.json()["feed"] == feed["feed"]
    path = f"/api/v1/feeds/{feed['feed']}"
    assert client.patch(path, json={"paused": True}).json()["health"] == "paused"
    assert client.get(path).json()["health"] == "paused"
    assert client.delete(path).status_code == 204
    assert client.delete(path).status_code == 404
    assert client.get("/api/v1/feeds").json() == {"feeds": []}


def test_what_cannot_be_watched_is_refused(client: Any) -> None:
    """Another scheme, a time that is none: what to give instead."""
    for feed in ({"url": "ftp://a.example"}, {"url": "https://a.example", "every": "soon"}):
        answer = client.post("/api/v1/feeds", json=feed)
        assert answer.status_code in (400, 422)
        assert answer.json()["detail"]
    answer = client.post("/watch", data={"url": "nonsense <b>", "name": "Mine"})
    assert answer.status_code == 400
    assert "nonsense &lt;b&gt;" in answer.text
    assert 'value="Mine"' in answer.text


def test_a_list_in_and_out(client: Any) -> None:
    """OPML taken in on the page, TOML by the API, and all as OPML again."""
    opml = '<opml><body><outline text="A &amp; B" xmlUrl="https://a.example/rss"/></body></opml>'
    answer = client.post(
        "/watch", files={"list": ("mine.opml", opml.encode())}, follow_redirects=False
    )
    assert answer.status_code == 303
    toml = '[[feed]]\nurl = "https://b.example/rss"\n'
    assert client.post("/api/v1/feeds.opml", content=toml).status_code == 201
    lines = read_feed_list("out", client.get("/api/v1/feeds.opml").content)
    assert [(line.url, line.name) for line in lines] == [
        ("https://a.example/rss", "A & B"), ("https://b.example/rss", "https://b.example/rss"),
    ]  # fmt: skip
    assert "A &amp; B" in client.get("/watch").text


def test_the_page_acts(client: Any) -> None:
    """Pause, go on, look now, forget: each by its button, without a script."""
    client.post("/watch", data={"url": "https://a.example/rss"})
    (feed,) = client.get("/api/v1/feeds").json()["feeds"]
    path = f"/watch/{feed['feed']}"
    for do, health in (("pause", "paused"), ("resume", "new"), ("look", "new")):
        assert client.post(path, data={"do": do}).status_code == 200
        (feed,) = client.get("/api/v1/feeds").json()["feeds"]
        assert feed["health"] == health
    client.post(path, data={"do": "forget"})
    assert client.get("/api/v1/feeds").json()["feeds"] == []
    assert client.post(path, data={"do": "look"}).status_code == 404


def test_the_desk_watches(empty_ledger: Ledger, site: Any) -> None:
    """A feed that is added is read while the desk runs, and fares well."""
    testing = pytest.importorskip("starlette.testclient")
    site.say("/rss", "<rss><channel><title>Harbour</title><item><link>/a</link></item>"
             "</channel></rss>")  # fmt: skip
    site.say("/a", STORY)
    inner = (("127.0.0.1", site.port),)
    settings = Settings(by="Ada", hosts=("testserver",), watch=True, inner=inner)
    with testing.TestClient(create_app(empty_ledger, settings)) as client:
        client.post("/api/v1/feeds", json={"url": site.url + "/rss"})
        for _ in range(400):
            (feed,) = client.get("/api/v1/feeds").json()["feeds"]
            if feed["items"] is not None:
                break
            time.sleep(0.05)
        assert (feed["health"], feed["title"], feed["items"]) == ("well", "Harbour", 1)
        assert client.get("/api/v1/incidents").json()["incidents"]
    assert [r.url for r in empty_ledger.reports().rows] == [site.url + "/a"]
