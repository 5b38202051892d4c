"""What the tests of forms share: captures from text, and a small PDF writer of our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from sayso.record import Block, Capture, Form, Report


@dataclass(frozen=True)
class Put:
    """A string at a place of a PDF page, from its top left, with a letter, perhaps a link."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False
    link: str | None = None


@dataclass(frozen=True)
class Picture:
    """A grey picture on a PDF page."""

    x: float
    y: float
    width: float
    height: float


_HEIGHT = 792
_ENCRYPT = (
    b"<< /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -4 >>"
)


def _escape(text: str) -> bytes:
    code = text.encode("cp1252")
    return code.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _draw(things: Sequence[Put | Picture]) -> bytes:
    out = []
    for thing in things:
        if isinstance(thing, Picture):
            y = _HEIGHT - thing.y - thing.height
            out.append(b"q %f 0 0 %f %f %f cm /Im Do Q" % (thing.width, thing.height, thing.x, y))
        else:
            font = b"/B" if thing.bold else b"/F"
            place = (font, thing.size, thing.x, _HEIGHT - thing.y - thing.size, _escape(thing.text))
            out.append(b"BT %s %f Tf %f %f Td (%s) Tj ET" % place)
    return b"\n".join(out)


def _notes(things: Sequence[Put | Picture]) -> bytes:
    links = [t for t in things if isinstance(t, Put) and t.link]
    return b" ".join(
        b"<< /Type /Annot /Subtype /Link /Rect [%f %f %f %f] /A << /S /URI /URI (%s) >> >>"
        % (
            t.x,
            _HEIGHT - t.y - 1.3 * t.size,
            t.x + 0.5 * t.size * len(t.text),
            _HEIGHT - t.y,
            _escape(t.link or ""),
        )
        for t in links
    )


def write_pdf(
    pages: Sequence[Sequence[Put | Picture]], *, title: str = "", encrypted: bool = False
) -> bytes:
    """A PDF with strings, pictures and links at given places."""
    objects: list[bytes] = [b"", b""]  # the catalogue and the pages come first
    resources = (
        b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding"
        b" /WinAnsiEncoding >> /B << /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding"
        b" /WinAnsiEncoding >> >> /XObject << /Im 3 0 R >> >>"
    )
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace"
        b" /DeviceGray /Length 1 >>\nstream\n\x80\nendstream"
    )
    kids = []
    for things in pages:
        content = _draw(things)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 %d] /Contents %d 0 R /Resources %s"
            b" /Annots [%s] >>" % (_HEIGHT, len(objects), resources, _notes(things))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%s) >>" % _escape(title))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in places)
    lock = b" /Encrypt " + _ENCRYPT + b" /ID [(ab) (ab)]" if encrypted else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        lock,
        start,
    )
    return bytes(out)


@pytest.fixture(scope="session")
def put() -> type[Put]:
    """A string at a place of a PDF page."""
    return Put


@pytest.fixture(scope="session")
def picture() -> type[Picture]:
    """A picture at a place of a PDF page."""
    return Picture


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """The bytes of a PDF from things at places."""
    return write_pdf


@pytest.fixture(scope="session")
def capture_of() -> Callable[..., Capture]:
    """A capture of a text or of bytes."""

    def make(
        content: str | bytes, form: Form = "text", name: str = "story.txt", **facts: str
    ) -> Capture:
        code = content.encode() if isinstance(content, str) else content
        return Capture(name, code, form, "0" * 64, facts=facts)

    return make


@pytest.fixture(scope="session")
def kinds_in() -> Callable[[Report], list[tuple[str, str]]]:
    """Each block's kind and words, white space folded, to compare with."""

    def kinds(report: Report) -> list[tuple[str, str]]:
        def words(block: Block) -> str:
            return " ".join(report.text[block.start : block.end].split())

        return [(block.kind, words(block)) for block in report.blocks]

    return kinds
