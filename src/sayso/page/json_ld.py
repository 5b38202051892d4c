"""What a page's JSON-LD says of its report, however it is wrapped, broken or repeated."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

MAX_SCRIPT = 1_000_000
MAX_NODES = 3_000
_ARTICLES: Final = (  # the nearest to a news report first
    "NewsArticle", "ReportageNewsArticle", "LiveBlogPosting", "AnalysisNewsArticle",
    "BackgroundNewsArticle", "ReviewNewsArticle", "OpinionNewsArticle", "AskPublicNewsArticle",
    "Report", "Article", "BlogPosting", "SocialMediaPosting", "TechArticle", "WebPage", "ItemPage",
)  # fmt: skip
# Under these keys stand other things than the page's report: an entry of a live blog has a
# datePublished of its own, a list of related stories whole NewsArticles.
_OTHERS: Final = frozenset({
    "liveBlogUpdate", "itemListElement", "hasPart", "comment", "mentions", "citation", "about",
    "relatedLink", "isBasedOn", "video", "image", "review", "breadcrumb", "associatedMedia",
    "subjectOf", "potentialAction",
})  # fmt: skip
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|"
                       r"(?:-->|//\s*\]\]>|\]\]>|;)\s*$")  # fmt: skip
_TRAILING_COMMA = re.compile(r",(\s{0,40}[}\]])")
_CUT_VALUE = re.compile(r'"(\w{3,30})"\s{0,5}:\s{0,5}"((?:[^"\\\n]|\\.){1,500})"')


@dataclass(frozen=True, slots=True)
class Stated:
    """What structured data states of a report; "" or () where it states nothing."""

    headline: str = ""
    published: str = ""
    modified: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    author_urls: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    url: str = ""
    words: int = 0
    is_free: bool | None = None


def read_json(script: str) -> list[Any]:
    """The values in one script, several in a row too; what cannot be read is left out."""
    text = script[:MAX_SCRIPT].strip().lstrip("\ufeff")
    for _ in range(3):
        text = _WRAPPING.sub("", text).strip()
    decoder = json.JSONDecoder(strict=False)  # raw line breaks in a description are common
    values: list[Any] = []
    for source in (text, _TRAILING_COMMA.sub(r"\1", text)):
        values, at = [], 0
        while at < len(source) and len(values) < 50:
            try:
                value, at = decoder.raw_decode(source, at)
            except (ValueError, RecursionError):
                break
            values.append(value)
            while at < len(source) and source[at] in " \t\r\n,;":
                at += 1
        if at >= len(source) and values:
            return values
    return values or _scrape(text)


def _scrape(text: str) -> list[Any]:
    """The plain string fields of JSON that is cut off or misquoted, the first of each key."""
    fields: dict[str, Any] = {}
    for key, value in _CUT_VALUE.findall(text[:20_000]):
        if key in ("headline", "datePublished", "dateModified", "url"):
            fields.setdefault(key, value)
    return [{"@type": "Article", **fields}] if "datePublished" in fields else []


def walk(values: list[Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each object of the values, and whether it may be the page's own report. No recursion."""
    open_: list[tuple[Any, bool]] = [(value, True) for value in reversed(values)]
    count = 0
    while open_ and count < MAX_NODES:
        value, own = open_.pop()
        if isinstance(value, dict):
            count += 1
            yield value, own
            open_ += [
                (inner, own and key not in _OTHERS)
                for key, inner in reversed(value.items())
                if isinstance(inner, (dict, list))
            ]
        elif isinstance(value, list):
            open_ += [(item, own) for item in reversed(value[:500])]


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type", "")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [str(kind).rpartition("/")[2] for kind in kinds]


def read_stated(scripts: list[str], address: str) -> Stated:
    """What the JSON-LD of a page states of the report at its address."""
    values = [value for script in scripts[:40] for value in read_json(script)]
    ids: dict[str, dict[str, Any]] = {}
    found: list[tuple[int, int, dict[str, Any]]] = []
    for order, (node, own) in enumerate(walk(values)):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            ids.setdefault(name, node)
        rank = min((_ARTICLES.index(t) for t in _types(node) if t in _ARTICLES), default=None)
        if own and rank is not None:
            # a node at this very address goes first, whatever its type
            here = bool(address) and _address(node).rstrip("/") == address.rstrip("/")
            found.append((rank if not here or rank >= 13 else -1, order, node))
    if not found:
        return Stated()
    found.sort(key=lambda item: item[:2])
    merged: dict[str, Any] = {}
    for _, _, node in found[:1] + [f for f in found[1:] if f[0] >= 9]:
        # a WebPage or an Article beside the NewsArticle fills only what that leaves open
        merged = {**{k: v for k, v in node.items() if v}, **merged}
    return _stated(found[0][2], merged, ids)


def _stated(node: dict[str, Any], merged: dict[str, Any], ids: dict[str, dict[str, Any]]) -> Stated:
    people = [p for key in ("author", "creator") for p in _list(merged.get(key), ids)]
    count = str(merged.get("wordCount", "")).replace(",", "")
    free = merged.get("isAccessibleForFree")
    return Stated(
        headline=_text(merged.get("headline")) or _text(merged.get("name")),
        published=_text(merged.get("datePublished")) or _text(merged.get("coverageStartTime"))
        or _text(merged.get("dateCreated")),
        modified=_text(merged.get("dateModified")),
        publisher=next(iter(_names(merged.get("publisher"), ids)), ""),
        authors=tuple(dict.fromkeys(n for p in people for n in _names(p, ids)))[:20],
        author_urls=tuple(
            _text(person.get(key))
            for person in people
            if isinstance(person, dict)
            for key in ("url", "sameAs", "@id")
            if isinstance(person.get(key), str)
        ),
        credits=tuple(
            name for key in ("sourceOrganization", "provider", "creditText", "copyrightHolder",
                             "contributor", "isBasedOn")
            for name in _names(merged.get(key), ids)
        ),
        url=_address(node),
        words=int(count) if count.isdigit() and len(count) < 7 else 0,
        is_free=None if free is None else str(free).strip().lower() not in ("false", "no", "0"),
    )  # fmt: skip


def _address(node: dict[str, Any]) -> str:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            return value
    return ""


def _list(value: Any, ids: dict[str, dict[str, Any]]) -> list[Any]:
    items = value if isinstance(value, list) else [value] if value else []
    return [
        ids.get(item["@id"], item)
        if isinstance(item, dict) and isinstance(item.get("@id"), str) and "name" not in item
        else item
        for item in items[:20]
    ]


def _names(value: Any, ids: dict[str, dict[str, Any]]) -> list[str]:
    names = []
    for item in _list(value, ids):
        name = item.get("name") if isinstance(item, dict) else item
        for one in name if isinstance(name, list) else [name]:
            words = _text(one)
            if words and not words.startswith(("http://", "https://", "#")):
                names.append(words)
    return names


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value", "")
    return " ".join(html.unescape(value).split())[:500] if isinstance(value, str) else ""
