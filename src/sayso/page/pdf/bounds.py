"""How much a PDF may make its parser do: pdfminer believes each number that a file gives.

A kilobyte can say that a stream unpacks to gigabytes, that a font has four billion widths, that a
drawing draws itself a thousand times over. So what pdfminer unpacks, the tokens that it reads, the
numbers that it counts through and the letters that it sets are charged to a budget, one a file.
"""

from __future__ import annotations

import contextlib
import functools
import io
import zlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

MOST_UNPACKED = 200 * 1024 * 1024  # bytes of all streams that are looked into; pictures are not
MOST_STEPS = 8_000_000  # a page of 3,000 letters takes about 20,000: 200 pages, 4 million
A_LETTER = 2  # steps: setting one takes far longer than reading a token


class OverBudgetError(Exception):
    """The file makes more work than any report does."""


@dataclass(slots=True)
class Budget:
    """What is left to one file; `over` says what was too much of, even where nobody heard."""

    unpacked: int = field(default_factory=lambda: MOST_UNPACKED)
    steps: int = field(default_factory=lambda: MOST_STEPS)
    over: str = ""

    def step(self, count: int = 1) -> None:
        """Charge steps; raises OverBudgetError."""
        self.steps -= count
        if self.steps < 0:
            self.over = f"a PDF that takes more than {MOST_STEPS:,} steps to read"
            raise OverBudgetError(self.over)

    def unpack(self, count: int) -> None:
        """Charge bytes; raises OverBudgetError."""
        self.unpacked -= count
        if self.unpacked < 0:
            self.over = f"a PDF that unpacks to more than {MOST_UNPACKED // 1024**2} MB"
            raise OverBudgetError(self.over)


_BUDGET: ContextVar[Budget] = ContextVar("budget")


@contextlib.contextmanager
def budget() -> Iterator[Budget]:
    """A fresh budget for the file that is read inside."""
    _bound()
    mark = _BUDGET.set(Budget())
    try:
        yield _BUDGET.get()
    finally:
        _BUDGET.reset(mark)


def _now() -> Budget:
    return _BUDGET.get(None) or Budget()


def _inflate(data: bytes) -> tuple[bytes, int, zlib.error | None]:
    """What can be unpacked; how many bytes were taken in; what ended it early."""
    held, left, parts, at = _now(), zlib.decompressobj(), [], 0
    fault: zlib.error | None = None
    while at < len(data) and not left.eof and fault is None:
        block = data[at : at + 16_384]
        before = left.copy()
        try:
            part = left.decompress(block, held.unpacked + 1)
            at += len(block)
        except zlib.error:
            part, taken, fault = _up_to_the_fault(before, block)
            at += taken
        held.unpack(len(part))
        parts.append(part)
    return b"".join(parts), at, fault or (None if left.eof else zlib.error("it breaks off"))


def _up_to_the_fault(unpacker: Any, block: bytes) -> tuple[bytes, int, zlib.error]:
    """Byte by byte, what a block gives before its fault."""
    parts: list[bytes] = []
    for n in range(len(block)):
        try:
            parts.append(unpacker.decompress(block[n : n + 1]))
        except zlib.error as error:
            return b"".join(parts), n, error
    return b"".join(parts), len(block), zlib.error("it breaks off")


class _Zlib:
    """zlib as pdfminer's streams see it."""

    error = zlib.error
    decompressobj = zlib.decompressobj

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """The bytes unpacked; raises zlib.error for what is damaged or breaks off."""
        found, _, fault = _inflate(data)
        if fault is not None:
            _now().unpacked += len(found)  # it is unpacked again, as far as it goes
            raise fault
        return found


def _decompress_corrupted(data: bytes) -> bytes:
    """As pdfminer's own, in time by the length: what stands before a fault at the very end."""
    found, at, fault = _inflate(data)
    if fault is not None and at < len(data) - 3:
        raise fault
    return found


def _range(*args: int) -> range:
    """`range`, charged for the numbers in it."""
    counted = range(*args)
    _now().step(max(0, (counted.stop - counted.start) // counted.step))
    return counted


def _rldecode(data: bytes) -> bytes:
    """RunLengthDecode: a length and so many bytes, or one byte so many times; 128 ends it."""
    held, parts, at = _now(), [], 0
    while at < len(data) and data[at] != 128:  # PDF 32000-1, 7.4.5
        length = data[at]
        if length < 128:
            part = data[at + 1 : at + 2 + length]
            at += length + 2
        else:
            part = data[at + 1 : at + 2] * (257 - length)
            at += 2
        held.unpack(len(part))
        parts.append(part)
    return b"".join(parts)


@functools.cache
def _bound() -> None:
    """Put the charges into pdfminer's modules, once."""
    from pdfminer import (  # noqa: PLC0415
        cmapdb,
        lzw,
        pdfdocument,
        pdffont,
        pdftypes,
        psparser,
        utils,
    )
    from pdfplumber import page  # noqa: PLC0415

    def lzwdecode(data: bytes) -> bytes:
        held, parts = _now(), []
        for part in lzw.LZWDecoder(io.BytesIO(data)).run():
            held.unpack(len(part))
            held.step()
            parts.append(part)
        return b"".join(parts)

    def fits(predict: Any) -> Any:
        @functools.wraps(predict)
        def within(*args: Any) -> bytes:
            colors, columns, bits, data = args[-4:]
            if not 0 < colors * columns * bits <= 8 * (len(data) + 8):
                raise pdftypes.PDFException(f"rows of {columns} columns in {len(data)} bytes")
            _now().step(len(data) // 8)
            result: bytes = predict(*args)
            return result

        return within

    def charged(act: Any, count: int) -> Any:
        @functools.wraps(act)
        def counted(*args: Any, **more: Any) -> Any:
            _now().step(count)
            return act(*args, **more)

        return counted

    changed: dict[Any, dict[str, Any]] = {
        pdftypes: {
            "zlib": _Zlib, "decompress_corrupted": _decompress_corrupted,
            "lzwdecode": lzwdecode, "rldecode": _rldecode,
            "apply_png_predictor": fits(utils.apply_png_predictor),
            "apply_tiff_predictor": fits(utils.apply_tiff_predictor),
        },
        cmapdb: {"range": _range}, pdffont: {"range": _range}, pdfdocument: {"range": _range},
        # an object may be nothing but a reference to itself, which is followed without an end
        pdftypes.PDFObjRef: {"resolve": charged(pdftypes.PDFObjRef.resolve, 1)},
        psparser.PSBaseParser: {"nexttoken": charged(psparser.PSBaseParser.nexttoken, 1)},
        page.PDFPageAggregatorWithMarkedContent: {
            "render_char": charged(page.PDFPageAggregatorWithMarkedContent.render_char, A_LETTER)
        },
    }  # fmt: skip
    for owner, names in changed.items():
        for name, value in names.items():
            setattr(owner, name, value)
