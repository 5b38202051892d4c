"""Find the report in an HTML page: its text as given, its typed blocks, what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.errors import PageError
from sayso.page.dateline import find_dateline, find_opening
from sayso.page.dates import is_update
from sayso.page.facts import find_published
from sayso.page.found import Found
from sayso.page.html.dates import dates_in, read_line_date
from sayso.page.html.facts import (
    Head,
    find_byline,
    find_credit,
    find_house,
    gather_dates,
    read_head,
)
from sayso.page.html.kinds import is_appeal, judge
from sayso.page.html.lines import Page, Piece, read_page
from sayso.page.html.names import is_credit_line
from sayso.page.html.oracle import ask_trafilatura
from sayso.page.html.pieces import settle_pieces
from sayso.page.html.tree import read_tree
from sayso.page.html.zones import FURNITURE_ZONES, mark_zones, release_kept, splits_line
from sayso.record import FURNITURE, Block, BlockKind, Capture

_HOME = re.compile(r"(?:https?://[^/]{1,200})?/?(?:index\.\w{1,5})?")
_MAX_TRIED = 2_000  # lines among which a headline is sought
_FOLD = re.compile(r"[\W_]+")
_WALL = re.compile(
    r"(?:subscribe (?:now )?to (?:read|continue|unlock)|to (?:continue|keep) reading|already a "
    r"(?:subscriber|member)|this (?:article|story|content) is (?:for|only|available|exclusive|"
    r"reserved)|subscribers? only|log ?in to (?:read|continue)|register (?:for free )?to (?:read|"
    r"continue)|unlock (?:this|the full)|read the (?:full|rest)|full (?:story|article)|"
    r"continue reading|accept (?:all )?cookies? to|before you continue|we value your privacy|"
    r"premium (?:content|article)|start your (?:free )?trial|view the full)", re.IGNORECASE,
)  # fmt: skip
_STOP = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_CUT_END = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[\+\d{1,6} chars\])\s{0,3}[\"'”’»)]{0,2}$")


def find_html(capture: Capture) -> Found:
    """The report on an HTML page; raises PageError where no text can be read on it.

    The text as given is the page's visible text as `lines` fixes it, furniture in it. Nothing
    is fetched, whatever the page asks for.
    """
    tree = read_tree(capture.content, capture.name)
    head = read_head(tree.root, capture.url)
    page = read_page(tree.root, splits_line)
    if not page.pieces:
        raise PageError(
            capture.name, "no text a reader could see", "save the page after it has loaded"
        )
    kept = ask_trafilatura(tree.root)
    mark_zones(page)
    release_kept(page, kept)
    settle_pieces(page)
    title = find_title(page, head)
    kinds = judge(page, kept, title)
    if "body" not in kinds:
        _give_body(page, kinds)
    _settle_pull_quotes(page, kinds)
    warnings = tree.warnings + (("page too long: read in part",) if page.cut else ())
    return _found(page, kinds, head, title, warnings)


def _give_body(page: Page, kinds: list[BlockKind]) -> None:
    """Make body of the prose of a page whose every paragraph was taken for furniture.

    `<aside class="related-links"><p>Nine people were hurt …</p></aside>` and no other prose: the
    page's names are wrong, not its paragraphs. Of several boxes the one with most prose is it.
    """
    prose: dict[int, list[int]] = {}
    for number, (piece, kind) in enumerate(zip(page.pieces, kinds, strict=True)):
        words = page.words(piece)
        is_prose = len(piece) > 60 and _STOP.search(words) and piece.link_chars * 3 < len(piece)
        if kind in FURNITURE and is_prose and not (_WALL.search(words) or is_appeal(words)):
            prose.setdefault(page.nodes[piece.node].parent, []).append(number)
    sizes = {box: sum(len(page.pieces[n]) for n in numbers) for box, numbers in prose.items()}
    best = max(sizes, key=lambda box: sizes[box], default=None)
    # a page may be one long quotation, with its readers' comments below
    quoted = sum(len(p) for p, k in zip(page.pieces, kinds, strict=True) if k == "quote")
    if best is not None and sizes[best] > 2 * quoted:
        for number in prose[best]:
            kinds[number] = "body"


def _found(
    page: Page, kinds: list[BlockKind], head: Head, title: int | None, warnings: tuple[str, ...]
) -> Found:
    lines = {kind: _lines(page, kinds, kind) for kind in ("byline", "dateline", "credit", "body")}
    house_name, house = find_house(head, _furniture(page, kinds))
    dates = [
        form
        for line in (*lines["dateline"], *lines["byline"])
        for part in dates_in(line)
        if not is_update(part) and (form := read_line_date(part))
    ]
    moments = tuple(
        piece.moment for piece, kind in zip(page.pieces, kinds, strict=True)
        if kind in ("dateline", "byline") and piece.moment and not is_update(page.words(piece))
    )  # fmt: skip
    openings = tuple(d.wire for d in map(find_dateline, lines["body"][:2]) if d and d.wire)
    return Found(
        text=page.text,
        blocks=tuple(_blocks(page, kinds)),
        title=page.words(page.pieces[title]) if title is not None else head.title or None,
        publisher=house_name,
        credit=find_credit(head, house, (*lines["byline"], *openings, *_text_credits(page, kinds))),
        byline=find_byline(head, tuple(lines["byline"]), house_name),
        url=head.url or None,
        published=find_published(gather_dates(head, moments[:3], tuple(dates[:4]))),
        excerpt=is_excerpt(page, kinds, head),
        warnings=warnings,
    )


def _blocks(page: Page, kinds: list[BlockKind]) -> Iterator[Block]:
    """The blocks of the page; a dateline that opens a paragraph is one of its own, as in text."""
    for piece, kind in zip(page.pieces, kinds, strict=True):
        opening = find_opening(page.words(piece)) if kind == "body" else None
        if opening:
            yield Block("dateline", piece.start, piece.start + opening.length)
            yield Block("body", piece.start + opening.length, piece.end)
        else:
            yield Block(kind, piece.start, piece.end)


def _furniture(page: Page, kinds: list[BlockKind]) -> str:
    """What stands on the page beside the report, short lines only, in one text."""
    return "\n".join(
        page.words(piece) for piece, kind in zip(page.pieces, kinds, strict=True)
        if kind in FURNITURE and len(piece) < 120
    )  # fmt: skip


def _text_credits(page: Page, kinds: list[BlockKind]) -> list[str]:
    """The credit lines of the text: below its first paragraph, and not a picture's."""
    first = kinds.index("body") if "body" in kinds else len(kinds)
    return [
        page.words(piece)
        for piece, kind in list(zip(page.pieces, kinds, strict=True))[first:]
        if kind == "credit" and not _of_picture(page, piece)
    ]


def _of_picture(page: Page, piece: Piece) -> bool:
    near = any(n.zone == "caption" or n.tag == "figure" for n in page.way_up(piece.node))
    return near or is_credit_line(page.words(piece), in_caption=True)


def _lines(page: Page, kinds: list[BlockKind], kind: BlockKind) -> list[str]:
    return [page.words(p) for p, k in zip(page.pieces, kinds, strict=True) if k == kind]


def find_title(page: Page, head: Head) -> int | None:
    """The piece that is the report's headline; None where no line of the page is.

    The line that says what the metadata call the title, an h1 before others; a logo's h1 says the
    site's name and is none.
    """
    wanted = [_FOLD.sub(" ", title).casefold().strip() for title in head.titles if title]
    best, best_score = None, 0.0
    for number, piece in enumerate(page.pieces[:_MAX_TRIED]):
        node = page.nodes[piece.node]
        if len(piece) > 400:
            continue
        if node.zone in FURNITURE_ZONES and not node.in_h1:
            continue
        score = _title_score(page.words(piece), piece, node.tag, wanted, is_h1=node.in_h1)
        if any(_HOME.fullmatch(href) for href in piece.hrefs):
            score -= 0.9  # the site's name over every page
        if node.zone in FURNITURE_ZONES:
            score -= 0.5
        if score > best_score + 1e-9:
            best, best_score = number, score
    return best


def _title_score(words: str, piece: Piece, tag: str, wanted: list[str], *, is_h1: bool) -> float:
    line = _FOLD.sub(" ", words).casefold().strip()
    if len(line) < 4:
        return 0.0
    like = max((_likeness(line, title) for title in wanted), default=0.0)
    linked = piece.link_chars * 2 > len(piece)
    if is_h1 and len(line.split()) > 2:
        return 1.0 + like - (0.6 if linked and like < 0.6 else 0.0)
    if like > 0.75:
        return like + (0.3 if tag in ("h2", "h3") else 0.0) - (0.3 if linked else 0.0)
    return 0.0


def _likeness(line: str, title: str) -> float:
    """How much two titles share, 0 to 1: the Dice coefficient of their words."""
    if line == title:
        return 1.0
    ours, theirs = set(line.split()), set(title.split())
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _settle_pull_quotes(page: Page, kinds: list[BlockKind]) -> None:
    """A pull quote that repeats the body is furniture: read, its claim would be told twice."""
    body = _FOLD.sub("", "".join(_lines(page, kinds, "body"))).casefold()
    for number, (piece, kind) in enumerate(zip(page.pieces, kinds, strict=True)):
        if kind == "quote" and len(piece) < 400:
            words = _FOLD.sub("", page.words(piece)).casefold()
            if words and words in body:
                kinds[number] = "related"


def is_excerpt(page: Page, kinds: list[BlockKind], head: Head) -> bool:
    """True for a teaser or a consent wall: the report's rest is not on the page.

    A prompt to subscribe proves nothing by itself (open sites beg too); the body must also be
    short, cut off, or far below the word count that the page states.
    """
    body = _lines(page, kinds, "body") + _lines(page, kinds, "quote")
    chars = sum(map(len, body))
    count = sum(len(w.split()) for w in body)
    if head.stated.words > 250 and count * 2 < head.stated.words:
        return True
    others = [page.words(p) for p, k in zip(page.pieces, kinds, strict=True) if k != "body"]
    walled = any(_WALL.search(words[:300]) for words in others if len(words) < 600)
    if not body:
        return True
    if head.stated.is_free is False and walled and chars < 1_500:
        return True  # "not free" alone stands on agencies' open pages, and in a subscriber's copy
    is_cut = bool(_CUT_END.search(body[-1][-40:]))
    return (is_cut and (walled or chars < 900)) or (walled and chars < 600)
