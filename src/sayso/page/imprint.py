"""Who put a text out, which wire it carries, who wrote it and when, read off its typed blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.lexicon.publishers import find_by_name
from sayso.page.dateline import find_dateline
from sayso.page.dates import is_update, split_date
from sayso.page.html.names import join_names, names_in
from sayso.page.outlet import (
    find_wire,
    host_of,
    is_social,
    looks_like_agency,
    looks_like_outlet,
    publisher_at,
    wire_named,
)
from sayso.record import Block, When

_BY = re.compile(r"^(?:(?:written|reported|words|story|text|report) )?by:?\s+", re.IGNORECASE)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|people|profiles?|staff|by|byline|journalists?|correspondents?|reporters?|team"
    r"|contributors?)/(?:[\w-]{1,40}/)?(?P<slug>[\w.%-]{2,80})/?(?:[?#]\S{0,2000})?$",
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
_RIGHTS = re.compile(
    r"(?<!\s)\s+(?:all rights|20\d\d|19\d\d|inc\b|ltd\b|llc\b|via\b).*", re.IGNORECASE
)


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


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline's names as printed, the wire and the paper among them, its date."""

    names: str | None = None
    wire: str | None = None
    paper: str | None = None
    published: When | None = None


def read_byline(words: str) -> Byline:
    """What a byline says ("By Jane Roe, Volga Chronicle, 24 December 2024")."""
    bare = re.sub(r"(?<!\S)\S+@\S+|@\w+", " ", words)
    dated = split_date(bare)
    line, when = (dated[0], dated[1]) if dated else (bare, None)
    names = names_in(line)
    wire = find_wire(_BY.sub("", line)) or next(filter(looks_like_agency, names), None)
    paper = next((n for n in names if looks_like_outlet(n) and not looks_like_agency(n)), None)
    people = tuple(n for n in names if not looks_like_outlet(n) and not find_wire(n))
    return Byline(join_names(people or names), wire, paper, when)


def read_author_page(address: str) -> tuple[str | None, str | None]:
    """The name and the wire that an author's address gives ("…/author/afp-3": AFP, AFP)."""
    found = _AUTHOR_PAGE.search(address)
    if not found:
        return None, None
    slug = re.sub(r"[-_.]?\d{1,6}$", "", found["slug"])
    wire = wire_named(slug.replace("-", " ").upper())
    name = " ".join(part.capitalize() for part in re.split(r"[-_.]+", slug) if part)
    return (wire or name or None), wire


@dataclass(frozen=True, slots=True)
class _Addresses:
    """What address lines say: the publisher if the table knows it, the host, an author's page."""

    publisher: str | None = None
    host: str | None = None
    author: str | None = None
    wire: str | None = None
    url: str | None = None


def _read_addresses(lines: Sequence[str]) -> _Addresses:
    """Author pages first: they are on the publisher's own site, other links may lead anywhere."""
    found = [a for line in lines for a in _ADDRESSES.findall(line) if not is_social(a)]
    for address in found:
        name, wire = read_author_page(address)
        if name:
            return _Addresses(publisher_at(address), host_of(address), name, wire)
    own = [a for line in lines if _OWN_ADDRESS.match(line) for a in _ADDRESSES.findall(line)]
    known = {p for a in own or found if (p := publisher_at(a))}
    return _Addresses(known.pop() if len(known) == 1 else None, url=own[0] if own else None)


def _is_told(text: str, name: str) -> bool:
    """True where sources speak to one of this name: an author's page of an agency, not a person."""
    return bool(re.search(rf"\b(?:told|tells|telling) (?:the )?{re.escape(name)}\b", text))


def _read_owner(lines: Sequence[str]) -> str | None:
    for line in lines:
        found = _OWNER.match(line)
        if found:
            owner = _RIGHTS.sub("", found["owner"]).strip(" -–—")
            known = find_by_name(owner)
            return known.name if known else owner or None
    return None


def _read_published(lines: Sequence[str]) -> When | None:
    """The first date line's date, one that says "updated" only where no other is there."""
    dated = [(line, found[1]) for line in lines if (found := split_date(line))]
    first = next((when for line, when in dated if not is_update(line)), None)
    if first or dated:
        return first or dated[0][1]
    opened = (find_dateline(line + " X") or find_dateline(line + " - X") for line in lines)
    return next((d.published for d in opened if d and d.published), None)


def _read_masthead(lines: Sequence[str]) -> str | None:
    """The paper that stands beside a date ("The Harbour Gazette, 27 December 2024")."""
    beside = (found[0] for line in lines if (found := split_date(line)))
    return next((name for name in beside if name and looks_like_outlet(name)), None)


def _read_wire(datelines: Sequence[str], credit_lines: Sequence[str]) -> str | None:
    """The wire of the dateline, else of the credit lines; a picture's credit is not the text's.

    A dateline's wire counts as printed where the table doesn't know it.
    """
    for line in datelines:
        dateline = find_dateline(line + " X")
        if dateline and dateline.wire:
            return find_wire(dateline.wire) or dateline.wire
    own = (line for line in credit_lines if not _OF_PICTURE.match(line))
    return next((wire for line in own if (wire := find_wire(line))), None)


def read_imprint(text: str, blocks: Sequence[Block]) -> Imprint:
    """Publisher, credit, byline, address and date that a text's own blocks give."""
    lines: dict[str, list[str]] = {"byline": [], "credit": [], "address": [], "dateline": []}
    for block in blocks:
        if block.kind in lines:
            lines[block.kind].append(_words(text, block))
    page = _read_addresses(lines["address"])
    bylines = [read_byline(line) for line in lines["byline"]]
    wire = next((b.wire for b in bylines if b.wire), None)
    paper = next((b.paper for b in bylines if b.paper), None)
    told = page.author if page.author and _is_told(text, page.author) else None
    return Imprint(
        publisher=page.publisher
        or _read_masthead(lines["dateline"])
        or paper
        or _read_owner(lines["credit"])
        or page.host,
        credit=wire or _read_wire(lines["dateline"], lines["credit"]) or page.wire or told,
        byline=next((b.names for b in bylines if b.names), None) or page.author,
        url=page.url,
        published=_read_published(lines["dateline"])
        or next((b.published for b in bylines if b.published), None),
    )
