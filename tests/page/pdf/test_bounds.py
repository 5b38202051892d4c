"""PDFs that would make their parser work for hours, or fill the memory: refused in words."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

from sayso.errors import CaptureError
from sayso.page import find_reports
from sayso.page.pdf import bounds as pdf_bounds
from sayso.record import Capture

CaptureOf = Callable[..., Capture]
WORDS = b"BT /F 9 Tf 1 0 0 1 60 700 Tm (Divers have raised the ferry, the guard said.) Tj ET"


def pdf_of(
    content: bytes, *more: bytes, said: bytes = b"", font: bytes = b"", uses: bytes = b""
) -> bytes:
    """A PDF of one page; `said` stands in its content's dictionary, objects from 6 on in `more`."""
    plain = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    resources = b"<</Font<</F 5 0 R>>" + uses + b">>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
        + resources + b">>",
        b"<<%b/Length %d>>stream\n%b\nendstream" % (said, len(content), content),
        font or plain,
        *more,
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def refused(capture_of: CaptureOf, content: bytes, why: str) -> None:
    """It is, and the reason is said."""
    with pytest.raises(CaptureError, match=rf"story\.pdf: {why}"):
        find_reports(capture_of(content, "pdf", "story.pdf"))


def test_a_page_is_read_within_its_budget(capture_of: CaptureOf) -> None:
    """The same page, packed or not, is a report."""
    packed = pdf_of(zlib.compress(WORDS), said=b"/Filter/FlateDecode")
    for content in (pdf_of(WORDS), packed):
        (report,) = find_reports(capture_of(content, "pdf", "story.pdf"))
        assert "raised the ferry" in report.text


def test_a_page_without_its_box_is_refused_once(capture_of: CaptureOf) -> None:
    """It is a damaged PDF: to close it, its pages were read again, outside of what was caught."""
    content = pdf_of(WORDS).replace(b"/MediaBox[0 0 600 800]", b"")
    refused(capture_of, content, r"a damaged PDF \(TypeError\)")


def test_a_stream_that_unpacks_to_too_much_is_refused(capture_of: CaptureOf) -> None:
    """Packed by zlib, and run lengths packed twice; before the memory is taken."""
    packed = zlib.compress(b" " * (pdf_bounds.MOST_UNPACKED + 9))
    refused(capture_of, pdf_of(packed, said=b"/Filter/FlateDecode"), "a PDF that unpacks to more")
    twice = b"/Filter[/RunLengthDecode/RunLengthDecode]"
    refused(capture_of, pdf_of(b"\x81\x81" * 30_000, said=twice), "a PDF that unpacks to more")


def test_a_damaged_checksum_does_not_take_time_by_the_square(capture_of: CaptureOf) -> None:
    """What stands before it is read."""
    packed = zlib.compress(WORDS + b" " * 20_000_000)[:-4] + b"xxxx"
    (report,) = find_reports(capture_of(pdf_of(packed, said=b"/Filter/FlateDecode"), "pdf", "a"))
    assert "raised the ferry" in report.text


def test_numbers_that_a_font_names_are_not_counted_through(capture_of: CaptureOf) -> None:
    """Four billion widths, or characters: refused at once, since the text can't be trusted."""
    cid = (b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts"
           b"[6 0 R]>>",
           b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[0 99999999999 500]"
           b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)>>"
           b"/FontDescriptor<<>>>>")  # fmt: skip
    refused(capture_of, pdf_of(WORDS, cid[1], font=cid[0]), "a PDF that takes more than")
    table = b"begincmap 1 beginbfrange <00000000> <ffffffff> <00000000> endbfrange endcmap"
    stream = b"<</Length %d>>stream\n%b\nendstream" % (len(table), table)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    refused(capture_of, pdf_of(WORDS, stream, font=font), "a PDF that takes more than")


def test_a_drawing_of_drawings_comes_to_an_end(
    capture_of: CaptureOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten of the next in each of twenty: ten to the twentieth."""
    monkeypatch.setattr(pdf_bounds, "MOST_STEPS", 100_000)
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X %d 0 R>>>>/Length 60>>"
        b"stream\n%b\nendstream" % (n + 1, b"/X Do " * 10)
        for n in range(6, 26)
    ]
    uses = b"/XObject<</X 6 0 R>>"
    refused(capture_of, pdf_of(b"/X Do ", *forms, uses=uses), "a PDF that takes more than")


def test_many_objects_and_long_lists_come_to_an_end(
    capture_of: CaptureOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each token is a step, in a list and in a file without a table of its objects."""
    monkeypatch.setattr(pdf_bounds, "MOST_STEPS", 100_000)
    refused(capture_of, pdf_of(b"[" + b"1 " * 200_000 + b"]"), "a PDF that takes more than")
    refused(capture_of, pdf_of(WORDS, *[b"<<>>"] * 30_000), "a PDF that takes more than")


def test_rows_wider_than_the_data_are_refused(capture_of: CaptureOf) -> None:
    """A predictor with rows of gigabytes."""
    said = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 5000000000>>"
    refused(capture_of, pdf_of(zlib.compress(WORDS), said=said), "a damaged PDF")


def test_an_object_that_refers_to_itself_comes_to_an_end(
    capture_of: CaptureOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a kilobyte whose pages are `2 0 R`, object 2, was followed for ever."""
    monkeypatch.setattr(pdf_bounds, "MOST_STEPS", 100_000)
    content = pdf_of(WORDS).replace(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"2 0 R")
    refused(capture_of, content, "a PDF that takes more than 100,000 steps")
