"""The report in a plain text: a dump of a web page, a wire story, a line of JSON's text."""

from __future__ import annotations

from sayso.page.blocks import Piece, make_pieces, type_pieces
from sayso.page.found import Found
from sayso.page.furniture import is_of_kind
from sayso.page.imprint import read_imprint
from sayso.page.lines import breaks_between
from sayso.page.paragraphs import split_paragraphs
from sayso.record import Block

_SHORT_EXCERPT = 1_200  # characters of body; a page with more is the report, wall or no wall


def read_text(text: str, title: str | None = None) -> Found:
    """A plain text as a report: every offset indexes `text` itself.

    `title` is the headline where the sender gave it, so that its line is known.
    """
    return make_found(text, make_pieces(text, split_paragraphs(text, breaks_between)), title)


def make_found(text: str, pieces: list[Piece], title: str | None = None) -> Found:
    """A text's paragraphs as a report, with what its own lines say of its making."""
    blocks = type_pieces(text, pieces, title)
    imprint = read_imprint(text, blocks)
    headline = next((b for b in blocks if b.kind == "headline"), None)
    words = " ".join(text[headline.start : headline.end].split()) if headline else None
    return Found(
        text=text,
        blocks=blocks,
        title=title or words,
        publisher=imprint.publisher,
        credit=imprint.credit,
        byline=imprint.byline,
        url=imprint.url,
        published=imprint.published,
        excerpt=is_excerpt(text, blocks),
    )


def is_excerpt(text: str, blocks: tuple[Block, ...]) -> bool:
    """True for a teaser or a consent wall: little to read, and a line that asks to subscribe."""
    body = sum(b.end - b.start for b in blocks if b.kind in {"body", "quote"})
    if body > _SHORT_EXCERPT:
        return False
    lines = (" ".join(text[b.start : b.end].split()) for b in blocks)
    return any(is_of_kind("wall", line) for line in lines)
