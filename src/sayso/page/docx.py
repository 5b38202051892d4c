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
from sayso.page.bundle.split import split_bundle
from sayso.page.found import Found
from sayso.page.lines import kind_of
from sayso.page.text import make_found
from sayso.record import BlockKind, Capture, refuse_long
from sayso.record.markup import MOST_EQUALS, is_crowded

MOST_UNPACKED = 100 * 1024 * 1024  # a "zip bomb" unpacks to more
MOST_TAGS = 4_000_000  # a news database's export of 500 reports has about 1 million
MOST_PARAGRAPHS = 200_000  # the same export: 25,000
MOST_RUNS = 400_000  # stretches of one style in all paragraphs; the same export: 100,000
_TXT = "save its text as a TXT file"
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
        _refuse_bomb(capture)
        return list(_paragraphs(capture.name, docx.Document(io.BytesIO(capture.content))))
    except CaptureError:
        raise
    except Exception as error:  # zip, XML and package readers raise what broken bytes make them
        what = f"a damaged DOCX ({type(error).__name__})"
        raise CaptureError(capture.name, what, "save it again") from error


def _refuse_bomb(capture: Capture) -> None:
    """Raises CaptureError for what unpacks to more bytes or elements than a report can have.

    Elements are counted before a tree is made of them: `<w:p/>` takes seven bytes in the file and
    hundreds in memory.
    """
    with zipfile.ZipFile(io.BytesIO(capture.content)) as archive:
        size = sum(info.file_size for info in archive.infolist())
        if size > MOST_UNPACKED:
            what = f"a DOCX that unpacks to {size // 1024**2} MB"
            raise CaptureError(capture.name, what, _TXT)
        tags = 0
        for info in archive.infolist():
            part = archive.read(info)
            tags += part.count(b"<")
            if tags > MOST_TAGS:
                what = f"a DOCX of more than {MOST_TAGS:,} elements"
                raise CaptureError(capture.name, what, _TXT)
            if is_crowded(part):
                what = f"a DOCX with an element of more than {MOST_EQUALS:,} attributes"
                raise CaptureError(capture.name, what, _TXT)


def _paragraphs(name: str, document: Any) -> Iterator[tuple[str, str]]:
    """Each paragraph's words and its style's name, in the order of the file.

    Raises CaptureError where there are more than MOST_PARAGRAPHS, or MOST_RUNS in them.
    """
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    styles: dict[str | None, str] = {}
    runs = 0
    # .iter(), since python-docx's own iteration leaves out table cells and tracked insertions
    for count, element in enumerate(document.element.body.iter(qn("w:p")), 1):
        if count > MOST_PARAGRAPHS:
            what = f"a DOCX of more than {MOST_PARAGRAPHS:,} paragraphs"
            raise CaptureError(name, what, "split it, or save its text as a TXT file")
        runs += len(element)
        if runs > MOST_RUNS:
            what = f"a DOCX of more than {MOST_RUNS:,} runs of text"
            raise CaptureError(name, what, "split it, or save its text as a TXT file")
        id_ = element.style
        if id_ not in styles:  # python-docx looks through all styles each time
            style = document.part.get_style(id_, WD_STYLE_TYPE.PARAGRAPH)
            styles[id_] = (style.name or "") if style is not None else ""
        yield Paragraph(element, document).text, styles[id_]


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
