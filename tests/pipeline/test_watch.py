"""Feeds are watched: what is new is read once, what fails is tried later, hosts are spared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("httpx", reason="watching is part of sayso[desk]")
pytest.importorskip("fastfeedparser", reason="watching is part of sayso[desk]")

from sayso.intake.feeds import FeedLine
from sayso.intake.fetch import Fetcher
from sayso.ledger import Ledger
from sayso.pipeline.read import Ask
from sayso.pipeline.watch import TRIES, Watch, Watched, keep_feeds

Site = Any  # the fixture of tests/conftest.py

PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>SEAPORT, May 6 (Reuters) - A ferry sank off Seaport on Tuesday and {n} people drowned,
the coast guard said. Rescuers searched the harbour through the night.</p>
<p>The harbour master said the ferry had left late and in bad weather.</p>
</article></body></html>"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(f"sqlite:///{tmp_path}/watch.db") as opened:
        yield opened


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now


def feed_of(*items: str, base: str = "") -> str:
    """An RSS feed of items with these paths."""
    rows = "".join(
        f"<item><guid>{item}</guid><link>{base}{item}</link><title>Ferry {item}</title>"
        "<pubDate>Tue, 06 May 2031 10:00:00 GMT</pubDate></item>"
        for item in items
    )
    return f"<rss><channel><title>Harbour Daily</title>{rows}</channel></rss>"


Look = Callable[..., list[Watched]]


@pytest.fixture
def look(ledger: Ledger, site: Site) -> Look:
    """A function that looks at all kept feeds once, in a watch of its own."""

    def run(clock: Clock | None = None) -> list[Watched]:
        with Fetcher(inner=[("127.0.0.1", site.port)]) as fetcher:
            watch = Watch(ledger, fetcher, ask=Ask(reader="rules"), clock=clock or Clock())
            watch.hosts.between = 0.0
            return list(watch.run(once=True))

    return run


def state(ledger: Ledger) -> dict[str, Any]:
    """What is kept of the only feed."""
    (feed,) = ledger.kept("feed")
    return dict(feed.value["state"])


def test_new_items_are_read_once(ledger: Ledger, site: Site, look: Look) -> None:
    """The oldest first; a second look, by another process too, reads what is new since."""
    keep_feeds(ledger, [FeedLine(site.url + "/rss")])
    site.say("/rss", feed_of("/b", "/a"))
    site.say("/a", PAGE.format(title="Ferry sinks", n=9), Content_Type="text/html")
    site.say("/b", PAGE.format(title="Ferry toll rises", n=12), Content_Type="text/html")
    told = look()
    assert [t.url.removeprefix(site.url) for t in told] == ["/a", "/b"]
    assert [a.status for t in told for a in t.added] == ["new", "new"]
    reports = ledger.reports().rows
    assert {r.url for r in reports} == {site.url + "/a", site.url + "/b"}
    assert all(r.published and r.published["start"].startswith("2031-05-06") for r in reports)
    assert look() == []
    site.say("/rss", feed_of("/c", "/b"))
    site.say("/c", PAGE.format(title="Ferry raised", n=12) + "<p>More.</p>")
    assert [t.url.removeprefix(site.url) for t in look()] == ["/c"]
    assert state(ledger)["items"] == 2
    assert state(ledger)["title"] == "Harbour Daily"


def test_one_bad_item_never_stops_the_others(ledger: Ledger, site: Site, look: Look) -> None:
    """A page without a report is said and not asked for again."""
    keep_feeds(ledger, [FeedLine(site.url + "/rss")])
    site.say("/rss", feed_of("/good", "/bad"))
    site.say("/bad", "<html><body></body></html>")
    site.say("/good", PAGE.format(title="Ferry sinks", n=9))
    bad, good = look()
    assert bad.refused
    assert "/bad" in bad.refused
    assert good.added[0].status == "new"
    assert look() == []


def test_a_host_that_does_not_answer_is_tried_again(ledger: Ledger, site: Site) -> None:
    """In the same watch a few times, then said; a page that comes back is read."""
    keep_feeds(ledger, [FeedLine(site.url + "/rss")])
    site.say("/rss", feed_of("/a"))
    with Fetcher(inner=[("127.0.0.1", site.port)]) as fetcher:
        watch = Watch(ledger, fetcher, ask=Ask(reader="rules"), clock=Clock())
        watch.hosts.between = 0.0
        told = []
        for _ in range(TRIES):
            assert told == []
            told = list(watch.run(once=True))
    assert "404" in (told[0].refused or "")


def test_a_feed_that_fails_waits_longer(ledger: Ledger, site: Site, look: Look) -> None:
    """Twice as long each time; what its host asks is heard; once it answers all is well."""
    keep_feeds(ledger, [FeedLine(site.url + "/rss", every=60)])
    clock, waits = Clock(), []
    for _ in range(3):
        (told,) = look(clock)
        assert "404" in (told.refused or "")
        waits.append(state(ledger)["next"] - clock.now)
    assert waits == [120, 240, 480]
    assert state(ledger)["failures"] == 3
    site.say("/rss", "", 429, Retry_After="5000")
    look(clock)
    assert state(ledger)["next"] - clock.now == 5_000
    site.say("/rss", feed_of())
    look(clock)
    assert (state(ledger)["failures"], state(ledger)["error"]) == (0, None)


def test_what_did_not_change_is_not_sent_again(ledger: Ledger, site: Site, look: Look) -> None:
    """The feed's ETag is kept and sent along."""
    keep_feeds(ledger, [FeedLine(site.url + "/rss")])
    site.say("/rss", feed_of(), ETag='"v1"')
    look()
    site.say("/rss", "", 304)
    assert look() == []
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'
    assert state(ledger)["etag"] in ('"v1"', None)


def test_robots_are_heard(ledger: Ledger, site: Site, look: Look) -> None:
    """A page that its host does not want fetched is not; the feed's own text stands for it."""
    keep_feeds(ledger, [FeedLine(site.url + "/rss", publisher="Harbour Daily")])
    site.say("/robots.txt", "User-agent: *\nDisallow: /a")
    body = PAGE.format(title="x", n=9).split("</h1>")[1].replace("<", "&lt;") * 2
    carried = f"<item><guid>1</guid><link>/a</link><description>{body}</description></item>"
    bare = "<item><guid>2</guid><link>/a/2</link></item>"
    site.say("/rss", f"<rss><channel>{carried}{bare}</channel></rss>")
    forbidden, told = look()
    assert "robots" in (forbidden.refused or "")
    assert told.added[0].claims > 0
    assert "/a" not in [path for path, _ in site.asked]


def test_inner_addresses_of_a_feed_are_not_fetched(ledger: Ledger, site: Site, look: Look) -> None:
    """A feed may be inner where its owner said so; what it links may not."""
    keep_feeds(ledger, [FeedLine(site.url + "/rss")])
    site.say("/rss", feed_of(f"http://localhost:{site.port}/admin"))
    for _ in range(TRIES):
        assert all(not t.added for t in look())
    assert "/admin" not in [path for path, _ in site.asked]


def test_paused_and_forgotten_feeds_rest(ledger: Ledger, site: Site, look: Look) -> None:
    """Neither is asked."""
    one, two = keep_feeds(ledger, [FeedLine(site.url + "/1"), FeedLine(site.url + "/2")])
    ledger.keep("feed", {**one.value, "paused": True}, one.id)
    ledger.forget("feed", two.id)
    assert look() == []
    assert site.asked == []


def test_a_list_again_changes_what_it_says(ledger: Ledger) -> None:
    """The same address is one feed; how it fared stays."""
    (feed,) = keep_feeds(ledger, [FeedLine("https://a.example/rss")])
    ledger.keep("feed", {**feed.value, "state": {"etag": "x"}}, feed.id)
    (again,) = keep_feeds(ledger, [FeedLine("https://a.example/rss", "A", every=60)])
    assert again.id == feed.id
    assert (again.value["every"], again.value["state"]) == (60, {"etag": "x"})
