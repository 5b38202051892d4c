"""Pieces of a line put together or apart, where the markup parted too much or too little."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from sayso.page.html.dates import dates_in
from sayso.page.html.lines import Page, Piece
from sayso.page.html.names import is_byline

_LONG = 80  # a line with this much unnamed text is prose, whatever spans stand in it
_META = 240
_DATE_AND_NAME = re.compile(r"(.{6,60}?)[\s,|]{1,3}((?:[Pp]osted )?[Bb]y [^\n]{2,60})")


def settle_pieces(page: Page) -> None:
    """Join the pieces of running text, and part byline and dates that only a `<br>` keeps apart."""
    pieces: list[Piece] = []
    for line in _lines(page.pieces):
        joined = _join(page, line) if len(line) > 1 else line
        for piece in joined:
            pieces += _part(page, piece)
    page.pieces = pieces


def _lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        if piece.own_line and line:
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _join(page: Page, line: list[Piece]) -> list[Piece]:
    """One piece of a sentence in which a span names a date or a person; a credit at its end stays.

    `<p>On <time>27 December</time> the army said that …</p>` is one paragraph.
    """
    zones = [page.nodes[piece.node].zone for piece in line]
    plain = [p for p, zone in zip(line, zones, strict=True) if zone in (None, "quote", "meta")]
    if not any(len(piece) > _LONG for piece in plain):
        return _join_names(page, line, zones)
    tail = [line.pop()] if zones[-1] == "credit" and len(line[-1]) <= _LONG else []
    return [_merge(line, max(plain, key=len)), *tail]


def _join_names(page: Page, line: list[Piece], zones: list[str | None]) -> list[Piece]:
    """A byline in one piece though each name is an element: "By" "Ann Roe" "and" "Jo Li"."""
    at = [number for number, zone in enumerate(zones) if zone == "byline"]
    if not at:
        return line
    first, last = at[0], at[-1]
    if first and re.fullmatch(r"(?:\w+ )?by:?", page.words(line[first - 1]), re.IGNORECASE):
        first -= 1
    inner = [zone for zone in zones[first : last + 1] if zone not in (None, "byline", "meta")]
    if first == last or [z for z in inner if z != zones[first]]:
        return line
    return [*line[:first], _merge(line[first : last + 1], line[at[0]]), *line[last + 1 :]]


def _merge(line: list[Piece], main: Piece) -> Piece:
    """One piece over several of a line, in the element of the main one."""
    return dataclasses.replace(
        main,
        start=line[0].start,
        end=line[-1].end,
        link_chars=sum(piece.link_chars for piece in line),
        bold_chars=sum(piece.bold_chars for piece in line),
        own_line=line[0].own_line,
        hrefs=tuple(href for piece in line for href in piece.hrefs),
        by_image=line[0].by_image,
    )


def _part(page: Page, piece: Piece) -> list[Piece]:
    """The lines of a short piece as pieces where one of them is a date or a byline."""
    words = page.words(piece)
    if len(words) > _META:
        return [piece]
    pair = _DATE_AND_NAME.fullmatch(words)
    if pair and dates_in(pair[1]) and is_byline(pair[2]):
        half = piece.start + pair.start(2)
        return [
            dataclasses.replace(piece, end=piece.start + pair.end(1), link_chars=0),
            dataclasses.replace(piece, start=half, own_line=False, moment=None),
        ]
    if "\n" not in words:
        return [piece]
    lines = words.split("\n")
    if not any(dates_in(line) or is_byline(line) for line in lines):
        return [piece]
    parts, at = [], piece.start
    for line in lines:
        share = min(piece.link_chars, len(line)) if piece.link_chars else 0
        parts.append(
            dataclasses.replace(
                piece, start=at, end=at + len(line), link_chars=share, bold_chars=0,
                own_line=at == piece.start and piece.own_line,
            )
        )  # fmt: skip
        at += len(line) + 1
    return parts
