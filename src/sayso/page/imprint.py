"""Who put a text out, which wire it carries, who wrote it and when, read off its typed blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.lexicon.publishers import find_by_name
from sayso.page.dateline import find_dateline
from sayso.page.dates import is_update, read_date
from sayso.page.html_names import join_names, names_in
from sayso.page.outlet import find_wire, host_of, is_social, publisher_at, wire_named
from sayso.record import Block, When

_BY = re.compile(r"^(?:(?:written|reported|words|story|text|report) )?by:?\s+", re.IGNORECASE)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|people|profiles?|staff|by|byline|journalists?|correspondents?|reporters?|team"
    r"|contributors?)/(?:[\w-]{1,40}/)?(?P<slug>[\w.%-]{2,80})/?(?:[?#]\S*)?$",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"(?:https?://|www\.)[^\s<>\"')]{3,2000}", re.IGNORECASE)
_OWN_ADDRESS = re.compile(r"(?:url|link|web address|source url|permalink)\s?: ", re.IGNORECASE)
_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?,?\s*"
    r"(?:by )?(?P<owner>[A-Z][^.;|,()]{1,60})",
    re.IGNORECASE,
)
_OF_PICTURE = re.compile(r"\W*(?:photo|pict|image|video)", re.IGNORECASE)
_RIGHTS = re.compile(r"\s+(?:all rights|20\d\d|19\d\d|inc\b|ltd\b|llc\b|via\b).*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the blocks say of the report's making; None where they do not say."""

    publisher: str | None = None
    credit: str | None = None
    byline: str | None = None
    url: str | None = None
    published: When | None = None


def _words(text: str, block: Block) -> str:
    return " ".join(text[block.start : block.end].split())


def read_byline(words: str) -> tuple[str | None, str | None]:
    """The names of a byline as printed, and the wire among them ("Jane Roe", "Reuters")."""
    bare = re.sub(r"\S+@\S+|@\w+", " ", words)
    wire = find_wire(_BY.sub("", bare))
    names = names_in(bare)
    people = tuple(n for n in names if not find_by_name(n) and not find_wire(n))
    return join_names(people or names), wire


def read_author_page(address: str) -> tuple[str | None, str | None]:
    """The name and the wire that an author's address gives ("…/author/afp-3": AFP, AFP)."""
    found = _AUTHOR_PAGE.search(address)
    if not found:
        return None, None
    slug = re.sub(r"[-_.]?\d{1,6}$", "", found["slug"])
    wire = wire_named(slug.replace("-", " ").upper())
    name = " ".join(part.capitalize() for part in re.split(r"[-_.]+", slug) if part)
    return (wire or name or None), wire


def _read_addresses(lines: Sequence[str]) -> Imprint:
    """Author pages first: they are on the publisher's own site, other links may lead anywhere."""
    found = [a for line in lines for a in _ADDRESSES.findall(line) if not is_social(a)]
    for address in found:
        name, wire = read_author_page(address)
        if name:
            return Imprint(publisher_at(address) or host_of(address), wire, name)
    own = [a for line in lines if _OWN_ADDRESS.match(line) for a in _ADDRESSES.findall(line)]
    known = {p for a in own or found if (p := publisher_at(a))}
    return Imprint(known.pop() if len(known) == 1 else None, url=own[0] if own else None)


def _read_owner(lines: Sequence[str]) -> str | None:
    for line in lines:
        found = _OWNER.match(line)
        if found:
            owner = _RIGHTS.sub("", found["owner"]).strip(" -–—")
            known = find_by_name(owner)
            return known.name if known else owner or None
    return None


def _read_published(text: str, blocks: Sequence[Block]) -> When | None:
    """The first date line's date, one that says "updated" only where no other is there."""
    lines = [_words(text, b) for b in blocks if b.kind == "dateline"]
    dated = [(line, when) for line in lines if (when := read_date(line))]
    first = next((when for line, when in dated if not is_update(line)), None)
    if first or dated:
        return first or dated[0][1]
    opened = (find_dateline(line + " -") or find_dateline(line) for line in lines)
    return next((d.published for d in opened if d and d.published), None)


def _read_credit(text: str, blocks: Sequence[Block]) -> str | None:
    """The wire of the dateline, else of the credit lines; a picture's credit is not the text's."""
    for block in blocks:
        if block.kind == "dateline":
            dateline = find_dateline(text[block.start : block.end] + " x")
            wire = find_wire(dateline.wire) if dateline and dateline.wire else None
            if wire:
                return wire
    for block in blocks:
        words = _words(text, block)
        if block.kind == "credit" and not _OF_PICTURE.match(words):
            wire = find_wire(words)
            if wire:
                return wire
    return None


def read_imprint(text: str, blocks: Sequence[Block]) -> Imprint:
    """Publisher, credit, byline, address and date that a text's own blocks give."""
    lines = {
        kind: [_words(text, b) for b in blocks if b.kind == kind]
        for kind in ("byline", "credit", "address")
    }
    page = _read_addresses(lines["address"])
    names, wire = read_byline(lines["byline"][0]) if lines["byline"] else (None, None)
    wire = wire or next((w for line in lines["byline"] if (w := read_byline(line)[1])), None)
    owner = _read_owner(lines["credit"])
    return Imprint(
        publisher=page.publisher or owner,
        credit=wire or _read_credit(text, blocks) or page.credit,
        byline=names or page.byline,
        url=page.url,
        published=_read_published(text, blocks),
    )
