"""Paragraphs of plain text to typed blocks: what lines.py could not tell without neighbours.

Furniture is marked, never cut; what is not known to be anything else is body, since a sentence
lost is worse than a menu read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.page.dateline import find_opening
from sayso.page.lines import has_verb, is_title_case, kind_of, shows_picture
from sayso.page.outlet import wire_named
from sayso.page.paragraphs import Paragraph
from sayso.record import Block, BlockKind

_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}$")
_SEVERAL = re.compile(r"[.!?][\"'”’»)]{0,2}\s+[\"'“‘«(]?[A-Z]")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|St|Dr|Mr|Mrs|Ms|Gen|Col|Lt|Sgt|vs|No|Gov|Sen|Rep|Jr|Sr)\.\s")
# A line that ends in one of these goes on: furniture or a page break cut it.
_OPEN_END = re.compile(
    r"(?:,|['’]s|\b(?:the|an?|of|and|or|to|in|on|at|by|for|with|from|that|which|who|said|is|are"
    r"|was|were|has|have|had|its|his|her|their|as|but|not|be|been|will|would)|[-–—])$",
    re.IGNORECASE,
)
_LONGEST_HEADLINE = 30  # words
_LONGEST_CROSSHEAD = 10
_MOST_HEADLINES = 5  # kicker, headline, deck, names: more short lines are a list or verse
_NAME_JOINTS = re.compile(r"(?:,|\||/|\s[-–—]\s|—|\sfor\s|\sand\s)")
_OPENS = re.compile(r"(?:In|At|On|By|The|From|After|Before|Near)\b")
_NAME_ONLY = re.compile(r"[A-Z][\w'’.-]+(?: (?:[A-Z]\.?|[A-Z][\w'’.-]+|al|el|bin|de|van|von)){1,3}")


@dataclass(slots=True)
class Piece:
    """A paragraph in the making: its words, how it stands, and the kind it was found to be."""

    start: int
    end: int
    words: str
    apart: bool
    set_in: bool
    lines: int
    kind: BlockKind | None = None

    @property
    def ended(self) -> bool:
        """True where its words end as a sentence does."""
        return bool(_ENDED.search(self.words))


def _bare(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _is_headline_like(words: str, longest: int) -> bool:
    """True where words could be a headline: short, one sentence at most, not cut off."""
    if not words or len(words.split()) > longest or _OPEN_END.search(words):
        return False
    if words[0].islower() or words[0] in "(—–-[" or words.endswith((":", ";")):
        return False  # "—Jane Roe" under a quotation, "(Jane Roe)" before an answer
    return not _SEVERAL.search(_ABBREVIATED.sub("", words))


def _type_top(pieces: Sequence[Piece], title: str | None) -> None:
    """Headline, deck, names and captions before the first paragraph of prose."""
    headline: Piece | None = None
    titled = _bare(title or "")
    last = max((i for i, p in enumerate(pieces) if p.kind is None), default=0)
    open_pieces = [i for i in range(last) if pieces[i].kind is None]
    for i in open_pieces[:_MOST_HEADLINES]:
        piece = pieces[i]
        if pieces[i + 1].kind is None and pieces[i + 1].words[:1].islower():
            return  # a sentence that goes on in the next line, in a text with blank lines between
        if titled and _bare(piece.words) == titled:
            piece.kind, headline = "headline", piece
        elif headline and _is_name(piece, pieces[i + 1]):
            piece.kind = "byline"
        elif _is_headline_like(piece.words, _LONGEST_HEADLINE) and (
            not piece.ended or (headline is None and _is_titled(piece.words))
        ):
            piece.kind = "headline"
            headline = headline or piece
        else:
            return


def _is_titled(words: str) -> bool:
    """True where a line that ends with a stop is a headline all the same, by its capitals."""
    return len(words.split()) >= 5 and not words.isupper() and is_title_case(words, 0.9)


def _is_name(piece: Piece, after: Piece) -> bool:
    """True for a person's name alone between the headline and a date line or byline."""
    return bool(
        _NAME_ONLY.fullmatch(piece.words)
        and not _OPENS.match(piece.words)
        and after.kind in {"dateline", "byline"}
    )


def _type_wires(pieces: Sequence[Piece]) -> None:
    """A wire's name alone, or a name and its wire: byline before the text, credit after it."""
    prose = [i for i, p in enumerate(pieces) if p.kind is None and p.ended]
    first, last = (prose[0], prose[-1]) if prose else (len(pieces), -1)
    for i, piece in enumerate(pieces):
        if piece.kind is not None or len(piece.words.split()) > 8 or first <= i <= last:
            continue
        names = _NAME_JOINTS.split(piece.words.strip(" -–—()[]./|"))
        if wire_named(piece.words) or (len(names) <= 3 and wire_named(names[-1])):
            piece.kind = "byline" if i < first else "credit"


def _type_lists(pieces: Sequence[Piece]) -> None:
    """What stands under a heading such as "Related stories", up to the next prose."""
    under: BlockKind | None = None
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.kind in {"related", "navigation", "advert"}:
            heads = piece.words.rstrip(":").count(" ") <= 3 and len(piece.words) <= 40
            under = "related" if piece.kind == "related" and heads else None
        elif piece.kind is None and under and before and before.kind == "related":
            item = re.sub(r"^[•·*\-–—>\d.]{1,3} ", "", piece.words)
            if piece.ended or not _is_headline_like(item, 20):
                under = None
            else:
                piece.kind = "related"
        else:
            under = None


def _type_captions(pieces: Sequence[Piece]) -> None:
    """A caption that its place shows: before the text, and about a picture or without a verb."""
    prose = [p for p in pieces if p.kind is None and p.ended]
    if len(prose) >= 3 and shows_picture(prose[0].words):
        prose[0].kind = "caption"
        return
    prose = [p for p in pieces if p.kind is None]
    if len(prose) < 3 or sum(p.apart for p in prose) * 2 < len(prose):
        return  # where all lines touch, touching says nothing
    first, after = prose[0], prose[1]
    if first.apart and not after.apart and first.ended and _is_scene(first.words):
        first.kind = "caption"


# "Rescuers searching …", never "During the talks in Doha …"
_SCENE = re.compile(
    r"(?!(?:During|In|At|After|Before|With|By|As|When|While|For|On|Under|From|Since|Despite|Speaking"
    r"|According|To|Of|If|But|And|It|There|Also)\b)"
    r"[A-Z“\"'(][^.!?]{0,60}?\s(?:\w{3,}ing|pictured|seen|gathered|at|outside|near)\b"
)


def _is_scene(words: str) -> bool:
    """True for a phrase such as "Rescuers searching the rubble of a market in Idlib."."""
    if _SEVERAL.search(words) or len(words.split()) > 35:
        return False
    return bool(_SCENE.match(words)) and not has_verb(words)


def _type_crossheads(pieces: Sequence[Piece]) -> None:
    """Short lines without a stop between two paragraphs of prose."""
    for i in range(1, len(pieces) - 1):
        before, piece, after = pieces[i - 1 : i + 2]
        if piece.kind is not None or piece.ended or piece.lines > 1:
            continue
        if not (before.kind in {None, "caption"} and before.ended):
            continue
        if after.kind is not None or not after.ended or len(after.words.split()) <= 8:
            continue
        if _is_headline_like(piece.words, _LONGEST_CROSSHEAD) and not after.words[0].islower():
            piece.kind = "headline"


def make_pieces(text: str, paragraphs: Sequence[Paragraph]) -> list[Piece]:
    """Paragraphs with their words folded and, where words alone tell it, their kind."""
    pieces = []
    for p in paragraphs:
        words = " ".join(text[p.start : p.end].split())
        piece = Piece(p.start, p.end, words, p.apart, p.set_in, p.lines, kind_of(words))
        if piece.kind == "caption" and p.lines > 12:
            piece.kind = None
        pieces.append(piece)
    return pieces


def type_pieces(text: str, pieces: Sequence[Piece], title: str | None = None) -> tuple[Block, ...]:
    """The blocks of a text, in order and without overlap; every paragraph lies in one.

    A dateline that opens a paragraph is a block of its own inside it, and the body begins after
    it. The order: lists before headlines (a related headline is not the report's), wires before
    headlines ("Agence France-Presse" alone is no headline), crossheads last.
    """
    _type_lists(pieces)
    _type_wires(pieces)
    _type_captions(pieces)
    _type_top(pieces, title)
    _type_crossheads(pieces)
    blocks: list[Block] = []
    for piece in pieces:
        kind = piece.kind or ("quote" if _is_quoted_block(piece) else "body")
        if kind == "body":
            dateline = find_opening(text[piece.start : piece.end])
            if dateline:
                cut = piece.start + dateline.length
                blocks.append(Block("dateline", piece.start, cut))
                blocks.append(Block("body", cut, piece.end))
                continue
        blocks.append(Block(kind, piece.start, piece.end))
    return tuple(blocks)


def _is_quoted_block(piece: Piece) -> bool:
    """True for a paragraph that the page sets in or marks with ">" as someone else's words."""
    return piece.words.startswith("> ") or (piece.set_in and piece.lines > 1 and piece.apart)
