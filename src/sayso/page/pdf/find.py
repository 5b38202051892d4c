"""The report in a PDF: its words by place, letter and link.

The text as given of a PDF is what comes out here, fixed once: words by one space, a paragraph's
lines by a line end, a word that a line's end cuts in two whole again, paragraphs by an empty line,
pages in order and columns from left to right. Running heads and feet, page numbers and a browser's
print line stand where they stand on the page, as navigation or address.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.errors import CaptureError
from sayso.page.bundle.split import split_bundle
from sayso.page.found import Found
from sayso.page.pdf.bounds import budget
from sayso.page.pdf.kinds import Sheet, find_in_sheets
from sayso.page.pdf.lines import Line, Word, make_lines
from sayso.record import Capture

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

MOST_PAGES = 200
_CID = re.compile(r"\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class _Link:
    uri: str
    x0: float
    x1: float
    top: float
    bottom: float


def _read_words(page: PdfPage) -> list[Word]:
    found = page.extract_words(
        extra_attrs=["fontname", "size"], x_tolerance_ratio=0.17, y_tolerance=2
    )
    return [
        Word(
            w["text"].replace("\0", ""),
            float(w["x0"]),
            float(w["x1"]),
            float(w["top"]),
            float(w["bottom"]),
            float(w["size"]),
            str(w["fontname"]),
        )
        for w in found
        if w["text"].strip("\0 ") and w.get("upright", True)
    ]


def _read_links(page: PdfPage) -> list[_Link]:
    links = []
    for link in page.hyperlinks[:2000]:
        uri = link.get("uri")
        if isinstance(uri, str):
            links.append(_Link(uri, link["x0"], link["x1"], link["top"], link["bottom"]))
    return links


def _lay_links(lines: Sequence[Line], links: Sequence[_Link]) -> None:
    """Notes on each line which links lie over it, and how much of it they cover."""
    for line in lines:
        width, middle = max(line.x1 - line.x0, 1.0), (line.top + line.bottom) / 2
        over = [
            k for k in links if k.top <= middle <= k.bottom and k.x0 < line.x1 and k.x1 > line.x0
        ]
        line.links = tuple(dict.fromkeys(k.uri for k in over))
        line.linked = sum(min(k.x1, line.x1) - max(k.x0, line.x0) for k in over) / width


def _read_sheet(page: PdfPage, number: int) -> Sheet:
    lines = make_lines(_read_words(page), number)
    _lay_links(lines, _read_links(page))
    pictures = tuple(
        (float(i["x0"]), float(i["top"]), float(i["x1"]), float(i["bottom"]))
        for i in page.images[:200]
        if i["x1"] - i["x0"] > 60 and i["bottom"] - i["top"] > 40
    )
    return Sheet(lines, float(page.height), pictures)


def _open(capture: Capture) -> Any:
    import pdfplumber  # noqa: PLC0415 - slow to load, and only PDFs need it
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of fonts, to stderr
    try:
        return pdfplumber.open(io.BytesIO(capture.content), unicode_norm=None)
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect):
            raise CaptureError(
                capture.name, "an encrypted PDF", "save it without its password"
            ) from error
        raise _damaged(capture, error) from error
    except Exception as error:  # the parser raises what its own code meets in broken bytes
        raise _damaged(capture, error) from error


def _damaged(capture: Capture, error: Exception) -> CaptureError:
    cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    what = f"a damaged PDF ({type(cause).__name__})"
    return CaptureError(capture.name, what, "print or save it again")


def _read_sheets(capture: Capture) -> tuple[list[Sheet], str | None]:
    with budget() as held:
        try:
            sheets, title = _bounded_sheets(capture)
        except CaptureError as error:
            if held.over:
                raise CaptureError(capture.name, held.over, "print it to a new PDF") from error
            raise
    if held.over:  # the parser passed over it
        raise CaptureError(capture.name, held.over, "print it to a new PDF")
    return sheets, title


def _bounded_sheets(capture: Capture) -> tuple[list[Sheet], str | None]:
    pdf = _open(capture)  # no `with`: to close it, pdfplumber reads its pages once more
    try:
        pages = pdf.pages
        count = len(pages)
    except Exception as error:
        raise _damaged(capture, error) from error
    if count > MOST_PAGES:
        raise CaptureError(
            capture.name, f"a PDF of {count} pages, more than {MOST_PAGES}", "split it"
        )
    sheets = []
    for number, page in enumerate(pages):
        try:
            sheets.append(_read_sheet(page, number))
            page.close()
        except Exception as error:
            raise _damaged(capture, error) from error
    title = (pdf.metadata or {}).get("Title")
    return sheets, title if isinstance(title, str) and title.strip() else None


def _check(capture: Capture, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Warnings for pages without text; raises CaptureError where no page has any."""
    words = [w.text for sheet in sheets for line in sheet.lines for w in line.words]
    if not sheets:
        raise CaptureError(capture.name, "a PDF without pages", "save it again")
    if not words:
        raise CaptureError(
            capture.name,
            "a PDF without text (pictures only?)",
            "run text recognition (OCR) first",
        )
    if sum(bool(_CID.search(w)) for w in words) > 0.2 * len(words):
        raise CaptureError(
            capture.name, "a PDF whose fonts do not give their characters", "run OCR first"
        )
    bare = [str(i + 1) for i, sheet in enumerate(sheets) if not sheet.lines]
    return (f"no text on page {', '.join(bare[:20])} (pictures?)",) if bare else ()


def find_pdf(capture: Capture) -> Iterator[Found]:
    """The report in a PDF, or all reports of a news database's PDF.

    Raises CaptureError where it is encrypted, damaged, too long, or has no text.
    """
    sheets, title = _read_sheets(capture)
    warnings = _check(capture, sheets)
    found = find_in_sheets(sheets, title, warnings)
    yield from split_bundle(found.text) or [found]
