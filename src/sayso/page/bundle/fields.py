"""One report of a news database: its head's fields, its body, its tail."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.lexicon.publishers import find_by_name
from sayso.page.blocks import Piece, make_pieces, type_pieces
from sayso.page.bundle.names import (
    COVER,
    FIELDS,
    HEAD_LINE,
    OPENS_BODY,
    SMALL,
    TAIL,
    WORD_COUNT,
    field_of,
    is_owned,
)
from sayso.page.dates import read_date
from sayso.page.found import Found
from sayso.page.imprint import read_byline, read_imprint
from sayso.page.lines import breaks_between
from sayso.page.paragraphs import split_paragraphs
from sayso.page.text import is_excerpt
from sayso.record import Block, When


@dataclass(slots=True)
class _Head:
    """What a head says: name of the paper, date, headline, byline."""

    publisher: str | None = None
    published: When | None = None
    title: str | None = None
    byline: str | None = None


def _breaks(line: str, after: str) -> bool:
    """True between two lines of which one is a field, a copyright line or the like."""
    if field_of(after) or is_owned(after) or HEAD_LINE.fullmatch(after):
        return True
    here = field_of(line)
    if here and not here[1]:
        return True
    return bool(HEAD_LINE.fullmatch(line)) or breaks_between(line, after)


def _field(text: str, piece: Piece) -> tuple[str, str] | None:
    return field_of(piece.words, text[piece.start : piece.end])


def _find_body(text: str, pieces: Sequence[Piece]) -> tuple[int, int]:
    """Where the body begins and ends among the paragraphs, by the fields around it."""
    opened = (i for i, p in enumerate(pieces) if (f := _field(text, p)) and f[0] in OPENS_BODY)
    begin = next(opened, None)
    if begin is None:
        begin = _after_head(text, pieces)
    for i in range(begin + 1, len(pieces)):
        found = _field(text, pieces[i])
        coded = found and len(found[0]) <= 3 and found[0] not in OPENS_BODY
        if coded or TAIL.match(pieces[i].words) or (is_owned(pieces[i].words) and i > begin + 1):
            return begin, i
    return begin, len(pieces)


def _after_head(text: str, pieces: Sequence[Piece]) -> int:
    """The first paragraph after the last line that only a head has (a field, words, copyright)."""
    last = 0
    for i, piece in enumerate(pieces):
        if (TAIL.match(piece.words) and i > 3) or (len(piece.words) > 250 and i > last + 1):
            break
        marks = HEAD_LINE.fullmatch(piece.words) or is_owned(piece.words)
        if marks or _field(text, piece) or read_date(piece.words):
            last = i
    return last + 1


def _read_head(text: str, pieces: Sequence[Piece]) -> _Head:
    """Types a head's lines and reads what they say.

    The paper's name is the line before the date (Nexis), or after it where a count of words stands
    before it (Factiva); the headline is the first other line.
    """
    head = _Head()
    plain: list[Piece] = []
    for piece in pieces:
        found = _field(text, piece)
        if found:
            _take_field(head, piece, *found)
        elif HEAD_LINE.fullmatch(piece.words):
            piece.kind = "navigation"
        elif is_owned(piece.words):
            piece.kind = "credit"
        else:
            plain.append(piece)
    dated = next((i for i, p in enumerate(plain) if read_date(p.words)), None)
    if dated is not None:
        plain[dated].kind = "dateline"
        head.published = head.published or read_date(plain[dated].words)
        counted = any(
            WORD_COUNT.fullmatch(p.words) and p.start < plain[dated].start for p in pieces
        )
        _take_masthead(head, plain[dated + 1 :] if counted else plain[:dated][::-1])
    _take_headline(head, plain)
    return head


def _take_field(head: _Head, piece: Piece, name: str, value: str) -> None:
    piece.kind = FIELDS[name]
    if piece.kind == "dateline":
        head.published = head.published or read_date(value)
    elif name in {"sn", "publication title", "publication", "source"} and value:
        head.publisher = head.publisher or value
    elif name in {"hd", "headline", "title"} and value:
        head.title = head.title or value
    elif piece.kind == "byline" and value:
        head.byline = head.byline or value


def _take_masthead(head: _Head, lines: Sequence[Piece]) -> None:
    """The first line that can be the paper's name: credit, and the publisher."""
    for piece in lines if not head.publisher else ():
        if piece.kind != "byline" and not SMALL.fullmatch(piece.words):
            piece.kind, head.publisher = "credit", piece.words
            return


def _take_headline(head: _Head, lines: Sequence[Piece]) -> None:
    """The first line that is left, and what goes on right under it."""
    given, last = head.title is not None, None
    words: list[str] = []
    for piece in lines:
        if piece.kind not in {None, "related", "caption", "navigation"}:
            last = None
            continue
        goes_on = last is not None and not piece.apart and len(words) < 5
        if given or SMALL.fullmatch(piece.words) or (words and not goes_on):
            piece.kind, last = "navigation", None
        else:
            words.append(piece.words)
            piece.kind, last = "headline", piece
    head.title = head.title or " ".join(words) or None


def _split_label(text: str, piece: Piece) -> list[Piece]:
    """A field's name apart from a value that is read ("GRAPHIC: The bridge near Velsk")."""
    found = _field(text, piece)
    if not found or not found[1] or piece.kind not in {"headline", "caption", None}:
        return [piece]
    given = text[piece.start : piece.end]
    at = given.find(found[1][:20].split(maxsplit=1)[0], len(found[0]))
    if at <= 0:
        return [piece]
    label = dataclasses.replace(piece, end=piece.start + at, words="", kind="navigation")
    return [label, dataclasses.replace(piece, start=piece.start + at, words=found[1])]


def _cover_end(text: str) -> int:
    """Where a cover page (the search, the list of titles) ends and the first report begins."""
    if not COVER.search(text[:3000]):
        return 0
    lines = make_pieces(text, split_paragraphs(text, lambda _line, _after: True))
    for i, line in enumerate(lines):
        if read_date(line.words) and not field_of(line.words):
            while i > 0 and not lines[i].apart:
                i -= 1  # noqa: PLW2901 - back to the head's first line
            return lines[i].start
    return 0


def type_section(given: str, number: str) -> Found:
    """One report of a bundle, its blocks and what its head says; offsets index its own text."""
    text = given[_cover_end(given) :]
    pieces = make_pieces(text, split_paragraphs(text, _breaks))
    begin, end = _find_body(text, pieces)
    at = pieces[begin].start if begin < len(pieces) else len(text)
    top = make_pieces(text, split_paragraphs(text[:at], lambda _line, _after: True))
    head = _read_head(text, top)
    body, tail = pieces[begin:end], pieces[end:]
    for piece in body:
        piece.kind = None if _field(text, piece) else piece.kind
    _type_tail(text, tail)
    parts = [part for piece in [*top, *body, *tail] for part in _split_label(text, piece)]
    for part in parts:  # "Body" on a line of its own
        found = field_of(part.words)
        if part.kind is None and found and not found[1]:
            part.kind = "navigation"
    return _make_found(text, type_pieces(text, parts, head.title), head, number)


def _make_found(text: str, blocks: tuple[Block, ...], head: _Head, number: str) -> Found:
    imprint = read_imprint(text, blocks)
    byline = read_byline(head.byline or "")
    known = find_by_name(head.publisher) if head.publisher else None
    return Found(
        text,
        blocks,
        title=head.title,
        publisher=known.name if known else head.publisher or imprint.publisher,
        credit=byline.wire or imprint.credit,
        byline=byline.names or imprint.byline,
        url=imprint.url,
        published=head.published or imprint.published,
        excerpt=is_excerpt(text, blocks),
        name=number,
    )


def _type_tail(text: str, pieces: Sequence[Piece]) -> None:
    """Kinds after the body: a picture's words under "Graphic", the rest the database's own."""
    under_graphic = False
    for piece in pieces:
        found = _field(text, piece)
        if found:
            under_graphic = found[0] == "graphic"
            piece.kind = "navigation" if not found[1] else FIELDS[found[0]]
        elif is_owned(piece.words):
            piece.kind = "credit"
        else:
            piece.kind = "caption" if under_graphic else "navigation"
