"""What an HTML page says of itself outside its text: title, address, publisher, people, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.lexicon.publishers import Publisher, find_by_name, find_publisher, is_wire, wires_in
from sayso.page.facts import Dates
from sayso.page.facts_address import facts_of_address
from sayso.page.html.names import join_names, names_in
from sayso.page.json_ld import Stated, read_stated
from sayso.record.address import split_address

if TYPE_CHECKING:
    from lxml import etree

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "publish_date", "pubdate",
    "date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "citation_publication_date", "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "article.published", "published-date", "originalpublicationdate", "last-published", "ptime",
    "cxense:publishtime", "displaydate", "article_date_original", "og:pubdate",
)  # fmt: skip
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
_AUTHOR_META = (
    "author", "article:author_name", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "twitter:data1", "citation_author", "article:author",
)  # fmt: skip
_SITE_META = ("og:site_name", "application-name", "dc.publisher", "publisher", "cre", "copyright")
_TITLE_META = ("og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title")
_NOBODY = frozenset(
    "admin|administrator|editor|editors|staff|webmaster|redaktion|web desk|news desk|newsroom|guest"
    "|author|unknown".split("|")
)
_STAFF = re.compile(r"\b(?:staff|newsroom|desk|editors|agencies)\b", re.IGNORECASE)
_SITE_TAIL = re.compile(r"(?<!\s)\s+(?:[|–—·•»:]|-|::)\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """A page's facts as its markup states them, before its visible text is asked."""

    title: str = ""
    titles: tuple[str, ...] = ()
    page_title: str = ""
    url: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    stated: Stated = field(default_factory=Stated)
    stamps: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()


def read_head(root: etree._Element, address: str | None) -> Head:
    """The facts in meta, link, title and JSON-LD elements."""
    metas = _metas(root)
    canonical = next(
        (str(link.get("href")) for link in root.iter("link")
         if "canonical" in str(link.get("rel") or "").lower() and link.get("href")), "",
    )  # fmt: skip
    url = next(
        (u.strip() for u in (canonical, *metas.get("og:url", []), address or "")
         if u.strip().startswith(("http://", "https://"))), "",
    )  # fmt: skip
    scripts = [
        script.text or "" for script in root.iter("script")
        if "ld+json" in str(script.get("type") or "").lower()
    ]  # fmt: skip
    stated = read_stated(scripts, url)
    title_element = root.find(".//title")
    page_title = _words_of(title_element)
    titles = tuple(
        t
        for t in (
            stated.headline,
            *_first(metas, _TITLE_META),
            page_title,
            *_SITE_TAIL.split(page_title),
        )
        if t
    )
    return Head(
        title=next(iter(titles), ""),
        titles=titles,
        page_title=page_title,
        url=url or (stated.url if stated.url.startswith("http") else ""),
        site=next(iter(_first(metas, _SITE_META)), ""),
        authors=tuple(_first(metas, _AUTHOR_META)),
        stated=stated,
        stamps=tuple(s for s in (stated.published, *_first(metas, _PUBLISHED_META)) if s),
        modified=tuple(s for s in (stated.modified, *_first(metas, _MODIFIED_META)) if s),
    )


def _words_of(element: etree._Element | None) -> str:
    """The element's characters, white space folded; "" for none."""
    return " ".join(str(element.xpath("string()")).split()) if element is not None else ""


def _metas(root: etree._Element) -> dict[str, list[str]]:
    """Contents of meta elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for number, meta in enumerate(root.iter("meta")):
        if number > 1_000:
            break
        content = " ".join(str(meta.get("content") or "").split())[:1_000]
        for name in ("property", "name", "itemprop", "http-equiv"):
            key = str(meta.get(name) or "").strip().lower()
            if key and content:
                found.setdefault(key, []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [value for name in names for value in metas.get(name, [])]


def find_house(head: Head, furniture: str) -> tuple[str | None, Publisher | None]:
    """The publisher's name, by the table's own name where it is known there.

    The address goes first: a group writes its own name into every paper's JSON-LD ("Postmedia"),
    and a canonical link that points elsewhere is the one who published first.
    """
    host = split_address(head.url).hostname if head.url else None
    known = find_publisher(host or "")
    if known:
        return known.name, known
    for name in (head.site, head.stated.publisher):
        known = find_by_name(name)
        if known:
            return known.name, known
    return (head.site or head.stated.publisher or _site_in_title(head, furniture)), None


def _site_in_title(head: Head, furniture: str) -> str | None:
    """The part of the page's title that also stands in its furniture: the site's own name.

    "Gulf Daily Bulletin: Shell hits hotel" with GULF DAILY BULLETIN over the page.
    """
    around = furniture.casefold()
    for part in re.split(r"(?<!\s)\s+(?:[|–—·•»]|-|::)\s+|:\s+", head.page_title):
        words = part.strip()
        is_name = 1 < len(words) <= 40 and words != (head.titles[0] if head.titles else "")
        if is_name and words[0].isupper() and words.casefold() in around:
            known = find_by_name(words)
            return known.name if known else words
    return None


def find_credit(head: Head, house: Publisher | None, lines: tuple[str, ...]) -> str | None:
    """The agency or agencies whose text the report carries, ", " between; never its own publisher.

    `lines` are the bylines, credit lines and datelines of the report, in that order of trust.
    """
    from_links = [facts_of_address(url).wire for url in head.stated.author_urls]
    groups = [" / ".join(head.stated.authors), " / ".join(head.authors[:3]),
              " / ".join(head.stated.credits), *lines]  # fmt: skip
    names = [name for name in from_links if name]
    for group in groups:
        names += [wire.name for wire in wires_in(group)] or _wires_behind(group)
        if names:
            break
    own = house.name if house else None
    return ", ".join(name for name in dict.fromkeys(names) if name != own) or None


def find_byline(head: Head, visible: tuple[str, ...], house: str | None) -> str | None:
    """Who wrote it, as printed: the visible lines' people, else the markup's, else a wire alone.

    An agency beside people is the credit, not one of the authors; "Staff, with AFP" names nobody.
    """
    printed = tuple(dict.fromkeys(name for line in visible for name in names_in(line)))
    marked = tuple(dict.fromkeys(name for p in head.stated.authors for name in names_in(p)))
    meta = tuple(dict.fromkeys(name for p in head.authors for name in names_in(p)))
    nobody = {(house or "").casefold(), *_NOBODY}
    for names in (printed, marked, meta):
        people = tuple(
            dict.fromkeys(
                _without_wire(n) for n in names if not is_wire(n) and n.casefold() not in nobody
            )
        )
        if people:
            return join_names(people)
    if any(_STAFF.search(line) for line in visible):
        return None
    for names in (printed, marked, meta):
        if names and all(is_wire(name) for name in names):
            return join_names(names)
    return None


def _wires_behind(group: str) -> list[str]:
    """The agencies written behind names without a comma."""
    found = []
    for name in names_in(group):
        bare = _without_wire(name)
        if bare != name:
            found += [wire.name for wire in wires_in(name.removeprefix(bare))]
    return found


def _without_wire(name: str) -> str:
    """A name without the agency that a CMS writes behind it ("ANN ROE Associated Press")."""
    words = name.split()
    for tail in (3, 2, 1):
        if len(words) - tail >= 2 and is_wire(" ".join(words[-tail:])):
            return " ".join(words[:-tail])
    return name


def gather_dates(head: Head, stamps: tuple[str, ...], printed: tuple[str, ...]) -> Dates:
    """All dates of the page, its visible ones given by the caller."""
    address = facts_of_address(head.url).date if head.url else None
    return Dates((*head.stamps, *stamps), address, printed, head.modified)
