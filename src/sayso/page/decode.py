"""A text file's bytes to its characters, once and for all: offsets index what comes out here."""

from __future__ import annotations

import codecs
import re

from sayso.errors import CaptureError
from sayso.record import Capture

_BOMS = (  # UTF-32 before UTF-16, whose mark is the beginning of the other's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")
_SAMPLE = 200_000
_STRAY_NULS = 500  # at most one NUL in so many bytes is dirt in a text; more is a binary
_SAVE = "save it as UTF-8 and read it again"


def _decode_as(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise CaptureError(
            name, f"damaged {error.encoding.upper()} at byte {error.start}", _SAVE
        ) from error


def _utf16_without_mark(content: bytes) -> str | None:
    """Which UTF-16 bytes with NULs are: every other byte of Latin text is NUL."""
    sample = content[:4096]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.4 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def refuse_binary(content: bytes, name: str) -> None:
    """Raises CaptureError for bytes that are no text: many NULs or other control characters.

    A stray NUL, as old databases leave in a text, stays in it; `find.py` reads it as a space.
    """
    nuls = content.count(b"\0")
    if nuls > max(1, len(content) // _STRAY_NULS):
        at = content.index(b"\0")
        raise CaptureError(
            name, f"binary or damaged: a NUL byte at {at}", "give the text, HTML, PDF, DOCX or RTF"
        )
    sample = content[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) * 200 > len(sample):
        raise CaptureError(
            name, "binary, not text", "give the text, HTML, PDF, DOCX or RTF of the report"
        )


def _guess(content: bytes, name: str) -> str:
    """An encoding for bytes that are not UTF-8: Windows-1252 where only its signs stand out."""
    sample = content[:_SAMPLE]
    good, high = len(_MULTIBYTE.findall(sample)), len(_HIGH.findall(sample))
    if good >= 3 and good * 4 >= high:  # mostly UTF-8: no other encoding would make words of it
        return "utf-8"
    if high * 20 < len(sample):
        try:
            content.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for odd encodings

    best = from_bytes(sample).best()
    if best is None:
        raise CaptureError(name, "its encoding cannot be told", _SAVE)
    return best.encoding


def decode(capture: Capture) -> str:
    """The characters of a text capture: by its byte order mark, as UTF-8, or as best fits.

    Line ends, spaces and odd characters stay as they are. Raises CaptureError where the bytes are
    binary, damaged, or in no encoding that can be told.
    """
    content, name = capture.content, capture.name
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decode_as(content, encoding, name)
    if b"\0" in content[:4096]:
        wide = _utf16_without_mark(content)
        if wide:
            return _decode_as(content, wide, name)
    refuse_binary(content, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(content, _guess(content, name), name)
