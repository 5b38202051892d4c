"""Receive what the caller names: a file or standard input becomes captures.

What can't be read comes out as an error among the captures, so that the loop over them loses
neither the error nor what stands after it.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.errors import CaptureError, InputError
from sayso.intake.forms import find_form, is_json_array, is_one_json
from sayso.intake.json_lines import read_json_array, read_json_lines
from sayso.record import Capture, Form

MEGABYTE = 1024 * 1024
LARGEST_CAPTURE = 50 * MEGABYTE  # a PDF with pictures
LARGEST_TEXT = 20 * MEGABYTE  # bytes of text, HTML, RTF, or one JSON line
STDIN_NAME = "stdin"
_TEXT_FORMS = frozenset({"text", "html", "rtf", "jsonl"})


def make_capture(name: str, content: bytes, form: Form | None = None) -> Capture:
    """Bytes with their form and hash; raises CaptureError where they are empty or too large.

    `form` is the caller's word and wins over what the bytes look like.
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n\f\0"):
        raise CaptureError(name, "empty", "give a file with a report in it")
    form = form or find_form(name, content)
    limit = LARGEST_TEXT if form in _TEXT_FORMS else LARGEST_CAPTURE
    if len(content) > limit:
        raise CaptureError(name, too_large(len(content), limit), "split it into its reports")
    return Capture(name, content, form, hashlib.sha256(content).hexdigest())


def too_large(size: int, limit: int) -> str:
    """How an error says that something is larger than it may be."""
    return f"{size / MEGABYTE:.1f} MB, more than {limit // MEGABYTE} MB"


def _open(source: str) -> BinaryIO:
    """The opened source. Raises CaptureError with what the system said and what to do."""
    if source == "-":
        return sys.stdin.buffer
    if not source:
        raise CaptureError("''", "no name of a file", "name one, or write - for what comes in")
    if source.lower().startswith(("http://", "https://")):
        raise CaptureError(
            source, "an address, and sayso read fetches nothing", "save the page and read the file"
        )
    path = Path(source)
    try:
        if path.is_dir():
            raise CaptureError(source, "a folder", f"name its files: {source.rstrip('/')}/*")
        return path.open("rb")
    except FileNotFoundError as error:
        raise CaptureError(source, "no such file", "check the path") from error
    except PermissionError as error:
        raise CaptureError(source, "not allowed to read it", "check its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise CaptureError(source, f"cannot be opened ({error})", "check the path") from error


def _receive(source: str, stream: BinaryIO, form: Form | None) -> Iterator[Capture | InputError]:
    name = STDIN_NAME if source == "-" else Path(source).name
    ending = Path(source).suffix.lower()
    if form == "jsonl" or (form is None and ending in {".jsonl", ".ndjson", ".jsonlines"}):
        if not is_json_array(_peek(stream)):
            yield from read_json_lines(name, stream, LARGEST_TEXT)
            return
        form = "jsonl"
    content = stream.read(LARGEST_CAPTURE + 1)
    if len(content) > LARGEST_CAPTURE:
        what = f"more than {LARGEST_CAPTURE // MEGABYTE} MB"
        raise CaptureError(name, what, "split it into its reports")
    capture = make_capture(name, content, form)
    if capture.form == "jsonl":
        if is_one_json(content):
            yield from read_json_array(name, content)
        else:
            yield from read_json_lines(name, io.BytesIO(content), LARGEST_TEXT)
        return
    yield capture


def _peek(stream: BinaryIO) -> bytes:
    """What a stream begins with, still to be read; nothing where it can't be told."""
    return stream.peek(1_000) if isinstance(stream, io.BufferedReader) else b""


def read_captures(source: str, *, form: Form | None = None) -> Iterator[Capture | InputError]:
    """What a path or "-" (standard input) holds: captures, and an error for each part unreadable.

    JSON Lines give one capture a line; a broken line is an InputError that names it, and the
    others are still read, as they come, however long the file is; a JSON array gives one an item.
    Never raises for the input's content, and reads no more than LARGEST_CAPTURE of anything else.
    """
    try:
        stream = _open(source)
    except InputError as error:
        yield error
        return
    try:
        yield from _receive(source, stream, form)
    except InputError as error:
        yield error
    except OSError as error:
        yield CaptureError(source, f"cannot be read ({error})", "check the file and its disk")
    finally:
        if source != "-":
            stream.close()
