"""Word files: styles, order, bundles, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from sayso.errors import CaptureError
from sayso.page import find_reports
from sayso.page.docx import MOST_PARAGRAPHS, MOST_RUNS, MOST_TAGS, MOST_UNPACKED
from sayso.record import Capture, Report

CaptureOf = Callable[..., Capture]
Kinds = Callable[[Report], list[tuple[str, str]]]
BODY = "Divers have raised the ferry that sank off the port of Larne, the coast guard said."


def _save(paragraphs: list[tuple[str, str | None]]) -> bytes:
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "The owner has not answered."
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_styles_tell_what_a_paragraph_is(capture_of: CaptureOf, kinds_in: Kinds) -> None:
    """Title, Caption and Quote by style, the rest by words; a table's cells are read in order."""
    content = _save(
        [("Ferry raised", "Title"), ("By Jane Roe, Reuters", None), ("27 December 2024", None),
         ("The ferry beside a crane", "Caption"), (f"LARNE (Reuters) - {BODY}", None),
         ("", None), ("We have found them.", "Quote")]
    )  # fmt: skip
    (report,) = find_reports(capture_of(content, "docx", "story.docx"))
    assert [kind for kind, _ in kinds_in(report)] == [
        "headline", "byline", "dateline", "caption", "dateline", "body", "quote", "body",
    ]  # fmt: skip
    assert (report.title, report.credit, report.byline) == ("Ferry raised", "Reuters", "Jane Roe")
    assert report.text.splitlines()[-1] == "The owner has not answered."


def test_a_damaged_file_is_refused(capture_of: CaptureOf) -> None:
    """Half a file and a ZIP without a document are refused in words."""
    content = _save([(BODY, None)])
    for broken in (content[: len(content) // 2], content.replace(b"document.xml", b"dokument.xml")):
        with pytest.raises(CaptureError, match=r"^story\.docx: a damaged DOCX .*; save it again"):
            find_reports(capture_of(broken, "docx", "story.docx"))


def test_a_bomb_is_not_unpacked(capture_of: CaptureOf) -> None:
    """A small file that unpacks to far too much is refused before it does."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as entry,
    ):
        for _ in range(MOST_UNPACKED // 1024**2 + 1):
            entry.write(b" " * 1024**2)
    with pytest.raises(CaptureError, match="unpacks to"):
        find_reports(capture_of(out.getvalue(), "docx", "story.docx"))


def _xml(body: bytes) -> bytes:
    """A Word file with this in its body."""
    made, out = io.BytesIO(_save([])), io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + body)
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<w:p/>" * (MOST_PARAGRAPHS + 1), "more than 200,000 paragraphs"),
        (b"<w:p>" + b"<w:r/>" * (MOST_RUNS + 1) + b"</w:p>", "more than 400,000 runs"),
        (b"<w:p/>" * (MOST_TAGS + 1), "more than 4,000,000 elements"),
        (b"<w:p " + b" ".join(b'a%d="b"' % n for n in range(5_001)) + b"/>", "5,000 attributes"),
    ],
    ids=["paragraphs", "runs", "elements", "attributes"],
)
def test_millions_of_nothing_are_refused(capture_of: CaptureOf, body: bytes, why: str) -> None:
    """Empty elements pack to a few kilobytes and took minutes and gigabytes to read."""
    with pytest.raises(CaptureError, match=rf"story\.docx: a DOCX .*{why}.*; .*TXT file"):
        find_reports(capture_of(_xml(body), "docx", "story.docx"))
