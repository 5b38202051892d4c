"""Feeds and lists of feeds: plain items out of hostile bytes."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("fastfeedparser", reason="feeds are part of sayso[desk]")

from sayso.errors import CaptureError
from sayso.intake.feeds import (
    EVERY,
    MOST_ITEMS,
    FeedLine,
    parse_feed,
    read_every,
    read_feed_list,
    write_opml,
)

URL = "https://news.example/feed.xml"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour &amp; Hill</title>
<item><title>Ferry &lt;b&gt;sinks&lt;/b&gt;</title><link>/a</link><guid>g1</guid>
<pubDate>Tue, 06 May 2031 10:00:00 +0200</pubDate>
<source url="https://wire.example/rss">Coast Wire</source>
<description>&lt;p&gt;Nine were saved.&lt;/p&gt;</description></item>
<item><link>https://news.example/b</link></item><item><title>nothing to tell it by</title></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill</title><entry><id>urn:1</id>
<title>Ferry</title><link href="https://hill.example/1"/><updated>2031-05-06T08:00:00Z</updated>
<source><title>Coast Wire</title></source><content type="html">&lt;p&gt;Nine&lt;/p&gt;</content>
</entry></feed>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Hill", "items": [
{"id": "1", "url": "https://hill.example/1", "title": "Ferry", "content_text": "Nine were saved.",
"date_published": "2031-05-06T08:00:00Z"}]}"""


def test_rss_is_read() -> None:
    """Title, linked page made whole, date in UTC, the item's own source, its HTML."""
    feed = parse_feed(RSS, URL)
    first, second = feed.items
    assert feed.title == "Harbour & Hill"
    assert (first.id, first.url) == ("g1", "https://news.example/a")
    assert first.published == "2031-05-06T08:00:00+00:00"
    assert first.source == "Coast Wire"
    assert first.content == "<p>Nine were saved.</p>"
    assert (second.id, second.source) == ("https://news.example/b", None)


@pytest.mark.parametrize("content", [ATOM, JSON])
def test_atom_and_json_are_read(content: bytes) -> None:
    """The same facts out of the other two kinds."""
    (item,) = parse_feed(content, URL).items
    assert (item.url, item.title) == ("https://hill.example/1", "Ferry")
    assert item.published == "2031-05-06T08:00:00+00:00"
    assert "Nine" in item.content


def test_the_source_of_an_atom_entry() -> None:
    """Atom names it by its title."""
    assert parse_feed(ATOM, URL).items[0].source == "Coast Wire"


def test_what_is_no_feed_is_an_error() -> None:
    """A page, an empty answer, JSON of another kind: which address, and what to give."""
    for content in (b"", b"<html><p>Hello</p></html>", b'{"a": 1}', b"\0\1\2", b"[1]"):
        with pytest.raises(CaptureError, match=r"news\.example/feed\.xml: no feed"):
            parse_feed(content, URL)


def test_entities_are_not_expanded() -> None:
    """Neither a file of this machine nor a thousand laughs come out."""
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY l0 "ha">{bomb}]>'
    body = "<rss><channel><title>&x;</title><item><guid>1</guid><title>&l11;</title></item>"
    content = f'<?xml version="1.0"?>{head}{body}</channel></rss>'.encode()
    begun = time.monotonic()
    try:
        said = repr(parse_feed(content, URL))
    except CaptureError as error:
        said = str(error)
    assert "root:" not in said
    assert len(said) < 10_000
    assert time.monotonic() - begun < 5


def test_items_are_bounded() -> None:
    """A feed without end gives its first items."""
    many = b"".join(b"<item><guid>%d</guid></item>" % n for n in range(MOST_ITEMS + 50))
    feed = parse_feed(b"<rss><channel>" + many + b"</channel></rss>", URL)
    assert len(feed.items) <= MOST_ITEMS
    assert feed.items[0].id == "0"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_an_error(content: bytes) -> None:
    """Nothing else is raised."""
    with contextlib.suppress(CaptureError):
        parse_feed(content, URL)


def test_a_list_in_toml() -> None:
    """Addresses with what their owner says of them; the same address twice is one."""
    text = (
        '[[feed]]\nurl = "https://a.example/rss"\nname = "A"\nevery = "6h"\n'
        'publisher = "A Daily"\n[[feed]]\nurl = "https://b.example/rss"\n'
        '[[feed]]\nurl = "https://b.example/rss"\n'
    )
    assert read_feed_list("feeds.toml", text.encode()) == [
        FeedLine("https://a.example/rss", "A", "A Daily", 6 * 3_600),
        FeedLine("https://b.example/rss", None, None, EVERY),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[feed]\n", "not TOML"),
        ("", "no feed in it"),
        ("feed = [1]", "feed 1: no table"),
        ('[[feed]]\nurl = "ftp://a"\n', "feed 1: no http"),
        ('[[feed]]\nurl = "https://a.example"\nevrey = "1h"\n', "feed 1: 'evrey' is no setting"),
        ('[[feed]]\nurl = "https://a.example"\nevery = "soon"\n', "feed 1: every 'soon'"),
        ("<opml><body/></opml>", "no feed in it"),
    ],
)
def test_a_broken_list_says_where(text: str, what: str) -> None:
    """Which feed, what is wrong, what to write."""
    with pytest.raises(CaptureError, match=what):
        read_feed_list("feeds.toml", text.encode())


def test_a_list_as_opml_and_back() -> None:
    """Names and addresses come back as they were, whatever stands in them."""
    lines = [FeedLine("https://a.example/rss?x=1&y=<2>", 'A "daily" & <b>')]
    assert read_feed_list("feeds.opml", write_opml(lines).encode()) == lines


def test_times_between_looks() -> None:
    """Numbers are seconds; too often and too seldom are refused."""
    assert [read_every("x", s) for s in (60, "90", "15m", "2H", "1 d")] == [
        60, 90, 900, 7_200, 86_400,
    ]  # fmt: skip
    for said in ("5s", "8d", "-1", "m", True):
        with pytest.raises(CaptureError):
            read_every("x", said)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<rss><channel>" + b"<item/>" * 500_001 + b"</channel></rss>", "elements"),
        (
            b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"{}," * 500_001,
            "elements",
        ),
        (b"<rss " + b" ".join(b'a%d="x"' % n for n in range(5_001)) + b"/>", "attributes"),
        (f"<rss {'xmlns:a=1 ' * 1_001}/>".encode("utf-16"), "namespaces"),
    ],
    ids=["items", "json", "attributes", "utf-16"],
)
def test_a_feed_of_millions_of_nothing_is_refused(content: bytes, what: str) -> None:
    """Twenty megabytes of empty items took gigabytes; of namespaces, minutes."""
    with pytest.raises(CaptureError, match=rf"more than \d+,\d+ {what}"):
        parse_feed(content, "https://paper.example/feed")
    if b"<" in content[:9]:
        with pytest.raises(CaptureError, match=rf"more than \d+,\d+ {what}|no feed in it|not TOML"):
            read_feed_list("list", content)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("feed = " + "[" * 9_000, "nested too deep"),
        ("a." * 9_000 + "a = 1", "more than 10,000 characters in one line"),
        ("#\n" * 3_000_000, "more than 5,000,000 characters"),
    ],
    ids=["deep", "dots", "long"],
)
def test_a_hostile_list_in_toml_is_refused(text: str, what: str) -> None:
    """Brackets ended the program, a key of dots took time by the square of its length."""
    with pytest.raises(CaptureError, match=what):
        read_feed_list("feeds.toml", text.encode())


def test_a_link_that_is_no_address_is_left_out() -> None:
    """The item is told by its own id, else not at all; the others stay."""
    feed = parse_feed(RSS.replace(b"<link>/a<", b"<link>http://[a<"), URL)
    assert [item.url for item in feed.items] == [None, "https://news.example/b"]
