"""The report, or the bundle of reports, in a Word file.

The text as given of a DOCX is what comes out here: its paragraphs in order, those of table cells
included, one a line, each with its words as they stand. Heads, feet and notes are not in it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from sayso.errors import CaptureError
from sayso.page.blocks import Piece
from sayso.page.bundle import split_bundle
from sayso.page.found import Found
from sayso.page.lines import kind_of
from sayso.page.text import make_found
from sayso.record import BlockKind, Capture, refuse_long

MOST_UNPACKED = 100 * 1024 * 1024  # a "zip bomb" unpacks to more
_STYLES: tuple[tuple[str, BlockKind], ...] = (
    ("title", "headline"),
    ("subtitle", "headline"),
    ("heading", "headline"),
    ("caption", "caption"),
    ("quote", "quote"),
    ("intense quote", "quote"),
    ("byline", "byline"),
    ("dateline", "dateline"),
)


def _read(capture: Capture) -> list[tuple[str, str]]:
    """Each paragraph's words and style. Raises CaptureError where it is damaged or a bomb."""
    import docx  # noqa: PLC0415 - only Word files need it

    try:
        with zipfile.ZipFile(io.BytesIO(capture.content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size <= MOST_UNPACKED:
            return list(_paragraphs(docx.Document(io.BytesIO(capture.content))))
    except Exception as error:  # zip, XML and package readers raise what broken bytes make them
        what = f"a damaged DOCX ({type(error).__name__})"
        raise CaptureError(capture.name, what, "save it again") from error
    what = f"a DOCX that unpacks to {size // 1024**2} MB"
    raise CaptureError(capture.name, what, "save its text as a TXT file")


def _paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    """Each paragraph's words and its style's name, in the order of the file."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    # .iter(), since python-docx's own iteration leaves out table cells and tracked insertions
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        style = paragraph.style
        yield paragraph.text, (style.name or "") if style is not None else ""


def _kind_by_style(style: str, words: str) -> BlockKind | None:
    named = style.casefold()
    for start, kind in _STYLES:
        if named == start or (start == "heading" and named.startswith("heading ")):
            return kind
    return kind_of(words)


def find_docx(capture: Capture) -> Iterator[Found]:
    """The report in a Word file, or all reports of a news database's.

    Styles (Title, Heading, Caption, Quote) tell what a paragraph is before its words do. Raises
    CaptureError where the file is damaged, encrypted, or unpacks to too much.
    """
    lines: list[str] = []
    pieces: list[Piece] = []
    at, apart = 0, True
    for text, style in _read(capture):
        words = " ".join(text.split())
        if words:
            start = at + len(text) - len(text.lstrip())
            end = at + len(text.rstrip())
            pieces.append(
                Piece(start, end, words, apart, False, 1, _kind_by_style(style, words))  # noqa: FBT003
            )
        apart = not words
        lines.append(text)
        at += len(text) + 1
    whole = "\n".join(lines)
    if reports := split_bundle(whole):
        yield from reports
        return
    refuse_long(capture.name, whole)
    yield make_found(whole, pieces, capture.facts.get("title"))
