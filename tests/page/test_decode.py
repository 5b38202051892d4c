"""A text file's bytes to its characters."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import CaptureError
from sayso.page.decode import decode
from sayso.record import Capture

CaptureOf = Callable[..., Capture]
TEXT = "“Both men,” she said — near the café — were held.\r\n\r\n  More came.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(capture_of: CaptureOf, encoding: str) -> None:
    """By mark, as UTF-8, by its NULs or as Windows-1252; line ends and spaces stay as they are."""
    assert decode(capture_of(TEXT.encode(encoding))) == TEXT


def test_another_alphabet(capture_of: CaptureOf) -> None:
    """A Cyrillic code page is told from its letters."""
    text = "Министерство обороны сообщило, что два солдата погибли под городом. " * 20
    assert decode(capture_of(text.encode("cp1251"))) == text


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"T\0h\0e army\0 said\0 so.", "NUL byte at 1"),
        (bytes(range(1, 32)) * 40, "binary"),
        (TEXT.encode() * 3 + b"\xff\xfe", "damaged UTF-8"),
        (b"\xff\xfe" + b"a" * 7, "damaged UTF-16"),
    ],
)
def test_what_is_no_text_is_refused(capture_of: CaptureOf, content: bytes, what: str) -> None:
    """NULs, control characters and damage are said with the file's name and what to do."""
    with pytest.raises(CaptureError, match=rf"^story\.txt: .*{what}.*; \w"):
        decode(capture_of(content))


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    """No bytes crash it."""
    with contextlib.suppress(CaptureError):
        assert isinstance(decode(Capture("x", content, "text", "0")), str)
