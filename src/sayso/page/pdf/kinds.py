"""What each paragraph of a PDF is: by place on the sheet, letter and link, then by its words."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.lexicon.publishers import find_by_name
from sayso.page.blocks import Piece, type_pieces
from sayso.page.found import Found
from sayso.page.imprint import read_author_page, read_imprint
from sayso.page.lines import breaks_between, kind_of
from sayso.page.outlet import host_of, is_social, publisher_at
from sayso.page.pdf.lines import (
    Box,
    Line,
    compounds_in,
    join_halves,
    make_boxes,
    order_lines,
    runs_on,
)
from sayso.page.text import is_excerpt
from sayso.record import BlockKind

_MARGIN = 0.09  # of the sheet's height: where running heads and feet stand
_PRINTED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? +\d{1,2}[:.]\d\d")  # a browser's head
_ADDRESS = re.compile(r"\b(?:https?|file)://\S+|\bwww\.\S+")
_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines, its height, and the boxes of its larger pictures (x0, top, x1, bottom)."""

    lines: list[Line]
    height: float
    pictures: tuple[tuple[float, float, float, float], ...]


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return line.bottom < _MARGIN * sheet.height or line.top > (1 - _MARGIN) * sheet.height


def _unnumbered(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _find_running(sheets: Sequence[Sheet]) -> set[int]:
    """The ids of lines that are heads and feet: in the margin, and repeated or of their look."""
    margins = [line for sheet in sheets for line in sheet.lines if _in_margin(line, sheet)]
    seen = Counter(_unnumbered(line) for line in margins)
    running = set()
    for line in margins:
        repeated = seen[_unnumbered(line)] >= max(2, 0.4 * len(sheets))
        looks = _PRINTED.match(line.text) or _NUMBER.fullmatch(line.text)
        addressed = _ADDRESS.match(line.text) and len(line.words) <= 3
        if repeated or looks or addressed:
            running.add(id(line))
    # what stands on the row of a browser's date is the page's title in the print head
    rows = {(ln.page, round(ln.top)) for ln in margins if id(ln) in running}
    return running | {id(ln) for ln in margins if (ln.page, round(ln.top)) in rows}


def _is_captioned(box: Box, sheet: Sheet, usual: float) -> bool:
    """True for small letters right under or beside a picture."""
    first, last = box.lines[0], box.lines[-1]
    if box.size > usual - 0.9 and not (first.is_italic and box.size < usual):
        return False
    for x0, top, x1, bottom in sheet.pictures:
        below = -4 <= first.top - bottom < 40 and first.x0 < x1 and last.x1 > x0
        beside = (
            first.top < bottom
            and last.bottom > top
            and min(abs(first.x0 - x1), abs(x0 - max(ln.x1 for ln in box.lines))) < 30
        )
        if below or beside:
            return True
    return False


def _linked(box: Box) -> float:
    letters = sum(len(line.text) for line in box.lines) or 1
    return sum(line.linked * len(line.text) for line in box.lines) / letters


def _kind_by_look(box: Box, sheet: Sheet, usual: float, top_size: float) -> BlockKind | None:
    words = " ".join(box.text.split())
    if box.size == top_size and top_size >= 1.25 * usual and len(words.split()) <= 40:
        return "headline"
    if _is_captioned(box, sheet, usual):
        return "credit" if kind_of(words) == "credit" else "caption"
    by_words = kind_of(words)
    if by_words is None and _linked(box) > 0.75 and len(words) < 200:
        # a line that is all link leads elsewhere: a menu if short or many, else another story
        links = {uri for line in box.lines for uri in line.links}
        menu = len(words.split()) <= 3 or len(links) >= 0.5 * len(words.split())
        return "navigation" if menu else "related"
    larger = box.size >= 1.12 * usual or (box.lines[0].is_bold and box.size >= usual)
    if by_words is None and larger and len(words.split()) <= 14 and not words.endswith("."):
        return "headline"
    return by_words


def _usual_size(lines: Sequence[Line]) -> float:
    """The size of most letters of prose: lines of some length that are no link."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.linked < 0.5 and len(line.words) >= 4:
            sizes[line.size] += len(line.text)
    if not sizes:
        sizes.update(line.size for line in lines)
    return sizes.most_common(1)[0][0]


def _split_box(box: Box) -> list[Box]:
    """A paragraph's lines apart where their words say so ("By Jane Roe", then the date)."""
    boxes = [Box([box.lines[0]])]
    for before, line in pairwise(box.lines):
        if breaks_between(before.text, line.text) and not _wraps(before, line):
            boxes.append(Box([line]))
        else:
            boxes[-1].lines.append(line)
    return boxes


def _wraps(before: Line, line: Line) -> bool:
    return kind_of(before.text) is None and line.text[:1].islower()


@dataclass(slots=True)
class _Laid:
    """A paragraph with the sheet it begins on and what running line it is, if it is one."""

    box: Box
    sheet: Sheet
    running: bool


def _lay_sheet(sheet: Sheet, running: set[int]) -> list[_Laid]:
    """Heads first, feet last, what is between in reading order."""
    body = [line for line in sheet.lines if id(line) not in running]
    edge = [line for line in sheet.lines if id(line) in running]
    middle = sheet.height / 2
    boxes = [b for box in make_boxes(order_lines(body)) for b in _split_box(box)]
    heads = [_Laid(Box([ln]), sheet, running=True) for ln in edge if ln.top < middle]
    feet = [_Laid(Box([ln]), sheet, running=True) for ln in edge if ln.top >= middle]
    return [*heads, *(_Laid(box, sheet, running=False) for box in boxes), *feet]


def _join_columns(laid: list[_Laid]) -> list[_Laid]:
    """Paragraphs that a column's end cut, joined; a page's foot between keeps them apart."""
    joined: list[_Laid] = []
    for item in laid:
        last = joined[-1] if joined else None
        if (
            last
            and not last.running
            and not item.running
            and item.box.lines[0].top < last.box.lines[-1].top
            and runs_on(last.box, item.box)
        ):
            last.box.lines.extend(item.box.lines)
        else:
            joined.append(item)
    return joined


def _running_kind(words: str) -> BlockKind:
    return "address" if _ADDRESS.search(words) else "navigation"


def find_in_sheets(sheets: Sequence[Sheet], title: str | None, warnings: tuple[str, ...]) -> Found:
    """The report on some sheets: their text, fixed here, and its blocks."""
    running = _find_running(sheets)
    laid = _join_columns([item for sheet in sheets for item in _lay_sheet(sheet, running)])
    prose = [line for item in laid if not item.running for line in item.box.lines]
    usual = _usual_size(prose or [line for sheet in sheets for line in sheet.lines])
    first_page = [i.box.size for i in laid if not i.running and i.box.lines[0].page == 0]
    top_size = max(first_page, default=usual)
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    compounds = compounds_in(line.text for item in laid for line in item.box.lines)
    for item in laid:
        text = join_halves(item.box.text, compounds)
        words = " ".join(text.split())
        kind = (
            _running_kind(words)
            if item.running
            else _kind_by_look(item.box, item.sheet, usual, top_size)
        )
        lines = len(item.box.lines)
        pieces.append(Piece(at, at + len(text), words, True, False, lines, kind))  # noqa: FBT003
        parts.append(text)
        at += len(text) + 2
    return _make_found("\n\n".join(parts), pieces, laid, title, warnings)


def _make_found(
    text: str, pieces: list[Piece], laid: list[_Laid], title: str | None, warnings: tuple[str, ...]
) -> Found:
    blocks = type_pieces(text, pieces)
    imprint = read_imprint(text, blocks)
    url = imprint.url or _own_address(pieces, laid)
    links = [uri for item in laid for line in item.box.lines for uri in line.links]
    author, wire = next((a for uri in links if (a := read_author_page(uri))[0]), (None, None))
    heads = [(i.box.size, p) for i, p in zip(laid, pieces, strict=True) if p.kind == "headline"]
    headline = max(heads, key=lambda head: head[0])[1].words if heads else None
    return dataclasses.replace(
        Found(text, blocks),
        title=headline or title,
        publisher=imprint.publisher or _publisher(url, title, links),
        credit=imprint.credit or wire,
        byline=imprint.byline or author,
        url=url,
        published=imprint.published,
        excerpt=is_excerpt(text, blocks),
        warnings=warnings,
    )


def _own_address(pieces: Sequence[Piece], laid: Sequence[_Laid]) -> str | None:
    """The page's address from a browser's print line."""
    for piece, item in zip(pieces, laid, strict=True):
        found = _ADDRESS.search(piece.words) if item.running else None
        if found and host_of(found.group()):
            return found.group()
    return None


def _publisher(url: str | None, title: str | None, links: Sequence[str]) -> str | None:
    """By the page's address, its title's end ("… - The Herald"), or where most links lead."""
    if url and not is_social(url):
        return publisher_at(url) or host_of(url)
    end = re.split(r"\s[|–—-]\s", title)[-1] if title else ""
    known = find_by_name(end.strip())
    if known:
        return known.name
    hosts = Counter(h for uri in links if not is_social(uri) and (h := host_of(uri)))
    if hosts:
        host, count = hosts.most_common(1)[0]
        if count >= 3 and count > 0.6 * sum(hosts.values()):
            return publisher_at(f"https://{host}") or host
    return None
