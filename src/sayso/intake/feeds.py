"""Feeds (RSS, Atom, JSON Feed) and lists of feeds (TOML, OPML): their bytes become plain items."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import quoteattr

import fastfeedparser
from lxml import etree

from sayso.errors import CaptureError
from sayso.lexicon.load import parse_toml
from sayso.record.markup import MOST_EQUALS, is_crowded

MOST_ITEMS = 1_000  # of one answer, the first ones
MOST_FEEDS = 2_000  # of one list
MOST_TAGS = 500_000  # 1,000 items of an Atom feed with all that it may say have about 50,000
MOST_NAMESPACES = 1_000  # declarations; a parser looks through all for each name
LONGEST = 2_000  # characters of a title or an address
EVERY = 15 * 60  # seconds between two looks at a feed, where nobody says
LEAST_EVERY, MOST_EVERY = 30, 7 * 86_400
_EVERY = re.compile(r"(\d{1,6})\s*(s|m|h|d)?", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item: its id (or address), the page that it links, and what the feed says of it.

    `source` is whom the item itself names as the one it comes from (RSS `<source>`), `content` the
    HTML that the feed carries of it.
    """

    id: str
    url: str | None
    title: str | None
    published: str | None
    source: str | None
    content: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and its items, as they stand in it."""

    title: str | None
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed of a list: its address, and what its owner says of it.

    `every` is in seconds. `publisher` is what reports are published by where they do not say.
    """

    url: str
    name: str | None = None
    publisher: str | None = None
    every: int = EVERY


def parse_feed(content: bytes, url: str) -> Feed:
    """The feed in what an address answered; raises CaptureError where it is none, or a bomb."""
    _refuse_huge(url, content, "ask its publisher for a shorter one")
    try:
        found = fastfeedparser.parse(content, include_tags=False, include_media=False)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, etree.LxmlError) as error:
        what = f"no feed ({str(error)[:120] or type(error).__name__})"
        raise CaptureError(url, what, "give the address of an RSS, Atom or JSON feed") from error
    entries = list(found.get("entries") or ())[:MOST_ITEMS]
    sources = list(_sources(content))
    if len(sources) != len(entries):
        sources = [None] * len(entries)
    items = (_item(e, s, url) for e, s in zip(entries, sources, strict=True))
    title = (found.get("feed") or {}).get("title")
    return Feed(_line(title), tuple(item for item in items if item is not None))


def _refuse_huge(name: str, content: bytes, mend: str) -> None:
    """Raises CaptureError for what would take minutes or gigabytes to parse."""
    plain = content.replace(b"\0", b"")  # of UTF-16 as well
    tags, named = plain.count(b"<") + plain.count(b"{"), plain.count(b"xmlns")
    if is_crowded(plain):
        raise CaptureError(name, f"an element of more than {MOST_EQUALS:,} attributes", mend)
    if tags > MOST_TAGS:
        raise CaptureError(name, f"more than {MOST_TAGS:,} elements", mend)
    if named > MOST_NAMESPACES:
        raise CaptureError(name, f"more than {MOST_NAMESPACES:,} namespaces", mend)


def _item(entry: Any, source: str | None, base: str) -> FeedItem | None:
    """An item; None where nothing tells it from others."""
    link = _line(entry.get("link"))
    url = _joined(base, link) if link else None
    id_ = _line(entry.get("id")) or url
    if id_ is None:
        return None
    bodies = [str(c.get("value") or "") for c in entry.get("content") or () if isinstance(c, dict)]
    content = max((*bodies, str(entry.get("description") or "")), key=len)
    published = _line(entry.get("published")) or _line(entry.get("updated"))
    return FeedItem(id_, url, _line(entry.get("title")), published, source, content)


def _joined(base: str, link: str) -> str | None:
    """The whole address of a link; None for what is none: `http://[x`."""
    try:
        return urljoin(base, link)
    except ValueError:
        return None


def _line(value: Any) -> str | None:
    """A value as one line of bounded length, None for nothing."""
    text = " ".join(value.split())[:LONGEST] if isinstance(value, str) else ""
    return text or None


def _parser() -> etree.XMLParser:
    """Nothing is expanded, nothing is fetched, nothing may be huge."""
    return etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)


def _sources(content: bytes) -> Iterator[str | None]:
    """Whom each item of an RSS or Atom feed names as its source, which the parser leaves out."""
    try:
        root = etree.fromstring(content.strip(), _parser())
    except (etree.LxmlError, ValueError):
        return
    if root is None:
        return
    for item in root.iter("{*}item", "{*}entry"):
        source = next(item.iterchildren("{*}source"), None)
        title = next(source.iterchildren("{*}title"), source) if source is not None else None
        yield _line(title.text) if title is not None else None


def read_feed_list(name: str, content: bytes) -> list[FeedLine]:
    """The feeds of a TOML or OPML list.

    Raises CaptureError that says which line or feed is wrong; nothing is then taken.
    """
    text = content.decode("utf-8-sig", "replace")
    lines = list(_opml(name, content) if text.lstrip().startswith("<") else _toml(name, text))
    if len(lines) > MOST_FEEDS:
        raise CaptureError(name, f"{len(lines)} feeds", f"a list has at most {MOST_FEEDS}")
    return list({line.url: line for line in lines}.values())


def _toml(name: str, text: str) -> Iterator[FeedLine]:
    mend = 'write [[feed]] and below it url = "https://…"'
    try:
        feeds = parse_toml(text).get("feed", [])
    except tomllib.TOMLDecodeError as error:
        raise CaptureError(name, f"not TOML ({error})", mend) from error
    if not isinstance(feeds, list) or not feeds:
        raise CaptureError(name, "no feed in it", mend)
    for number, feed in enumerate(feeds, 1):
        where = f"{name}, feed {number}"
        if not isinstance(feed, dict):
            raise CaptureError(where, "no table", mend)
        unknown = set(feed) - {"url", "name", "publisher", "every"}
        if unknown:
            known = "url, name, publisher and every are known"
            raise CaptureError(where, f"{min(unknown)!r} is no setting", known)
        url = feed.get("url")
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise CaptureError(where, "no http(s) address", 'give url = "https://…"')
        every = read_every(where, feed.get("every", EVERY))
        yield FeedLine(url[:LONGEST], _line(feed.get("name")), _line(feed.get("publisher")), every)


def read_every(where: str, said: Any) -> int:
    """Seconds between two looks: a number of them, or *30s*, *15m*, *6h*, *1d*."""
    found = _EVERY.fullmatch(str(said).strip())
    seconds = int(found[1]) * _SECONDS[(found[2] or "s").lower()] if found else 0
    if not LEAST_EVERY <= seconds <= MOST_EVERY:
        what = f"every {str(said)[:40]!r} is no time between looks"
        raise CaptureError(where, what, "say 15m; 30s to 7d")
    return seconds


def _opml(name: str, content: bytes) -> Iterator[FeedLine]:
    _refuse_huge(name, content, f"a list has at most {MOST_FEEDS} feeds")
    try:
        root = etree.fromstring(content.strip(), _parser())
    except (etree.LxmlError, ValueError) as error:
        mend = "export the list as OPML again"
        raise CaptureError(name, f"not OPML ({str(error)[:120]})", mend) from error
    found = False
    for outline in root.iter("outline") if root is not None else ():
        url = (outline.get("xmlUrl") or "").strip()
        if url.startswith(("http://", "https://")):
            found = True
            yield FeedLine(url[:LONGEST], _line(outline.get("title") or outline.get("text")))
    if not found:
        raise CaptureError(name, "no feed in it", "an outline of a feed has an xmlUrl")


def write_opml(lines: list[FeedLine]) -> str:
    """The list as OPML 2.0."""
    outlines = "".join(
        f'    <outline type="rss" text={quoteattr(line.name or line.url)}'
        f" xmlUrl={quoteattr(line.url)}/>\n"
        for line in lines
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head><title>sayso</title></head>\n  <body>\n{outlines}  </body>\n</opml>\n"
    )
