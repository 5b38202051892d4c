"""JSON Lines, one report a line, or one JSON array of reports: each text exactly as given."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from sayso.errors import CaptureError, InputError, PageError
from sayso.record import Capture

FACTS = ("title", "publisher", "published", "url")
_SHAPE = 'write {"id": "…", "text": "…"} on one line'
_ARRAY_SHAPE = 'write [{"id": "…", "text": "…"}, …], or one object a line'


# What JSON calls its values, by Python's type of them.
_KINDS = {dict: "an object", list: "an array", str: "a text", bool: "true or false",
          int: "a number", float: "a number", type(None): "null"}  # fmt: skip


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def _read_row(name: str, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise CaptureError(name, f"not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else str(error)
        if isinstance(error, json.JSONDecodeError):  # its own "line 2" is not the file's
            what = f"{error.msg} at character {error.pos}"
        raise PageError(name, f"not JSON ({what})", _SHAPE) from error
    if not isinstance(row, dict):
        raise PageError(name, f"{_kind(row)}, not an object", _SHAPE)
    return row


def _fact(name: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise PageError(name, f"{key} is {_kind(value)}, not a text", _SHAPE)
    return value.strip()


def read_json_line(source: str, number: int, line: bytes) -> Capture:
    """The capture of one line; raises PageError or CaptureError that names file and line.

    The capture's name is the line's id, its content the text's UTF-8, nothing changed: no line
    end made another, no space cut. What else the line says is in `facts`; keys that sayso does
    not know are passed over.
    """
    at = f"{source}, line {number}"
    return capture_of_row(at, _read_row(at, line))


def capture_of_row(at: str, row: dict[str, Any]) -> Capture:
    """The capture of what a line (or a program) says of a report; `at` is where that stands."""
    text, name = row.get("text"), row.get("id")
    if not isinstance(text, str):
        raise PageError(at, "no text in it" if text is None else "text is not a text", _SHAPE)
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if name is not None and not isinstance(name, str):
        raise PageError(at, f"id is {_kind(name)}, not a text", _SHAPE)
    if not text.strip():
        raise PageError(at, "its text is empty", "give a report's text")
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"half a character (a lone surrogate) at {error.start}"
        raise PageError(at, what, "write the text with whole characters") from error
    facts = {k: _fact(at, k, row[k]) for k in FACTS if row.get(k) is not None}
    facts = {k: v for k, v in facts.items() if v}
    digest = hashlib.sha256(content).hexdigest()
    return Capture(name or at, content, "jsonl", digest, url=facts.get("url"), facts=facts, at=at)


def numbered_lines(stream: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines, None for one that is too long (passed over without being held)."""
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        yield number, None


def read_json_lines(source: str, stream: BinaryIO, longest: int) -> Iterator[Capture | InputError]:
    """Each line's capture, or the error that says which line is broken and how.

    An id that stood before gets a number behind it (`a1#2`) and a warning: whoever looks a reading
    up by its name would else find one of two.
    """
    return _tell_apart(_read_lines(source, stream, longest))


def read_json_array(source: str, content: bytes) -> Iterator[Capture | InputError]:
    """The captures of an array of reports, or of one report written over several lines."""
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        what = f"not UTF-8 at byte {error.start}"
        raise CaptureError(source, what, "save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise PageError(source, f"not JSON ({what})", _ARRAY_SHAPE) from error
    rows = found if isinstance(found, list) else [found]
    if not rows:
        raise CaptureError(source, "an empty JSON array", _ARRAY_SHAPE)
    return _tell_apart(_read_items(source, rows))


def _read_items(source: str, rows: list[Any]) -> Iterator[Capture | InputError]:
    for number, row in enumerate(rows, 1):
        at = f"{source}, item {number}"
        try:
            if not isinstance(row, dict):
                raise PageError(at, f"{_kind(row)}, not an object", _ARRAY_SHAPE)
            yield capture_of_row(at, row)
        except InputError as error:
            yield error


def _tell_apart(found: Iterable[Capture | InputError]) -> Iterator[Capture | InputError]:
    places: dict[str, str | None] = {}
    for item in found:
        if not isinstance(item, Capture):
            yield item
            continue
        name, number = item.name, 1
        while name in places:
            number += 1
            name = f"{item.name}#{number}"
        places[name] = item.at
        if number == 1:
            yield item
            continue
        known = f"the id {item.name!r} stands before, at {places[item.name]}; here it is {name!r}"
        yield dataclasses.replace(item, name=name, warnings=(known,))


def _read_lines(source: str, stream: BinaryIO, longest: int) -> Iterator[Capture | InputError]:
    empty = True
    for number, line in numbered_lines(stream, longest):
        if line is None:
            what = f"longer than {longest // (1024 * 1024)} MB"
            yield CaptureError(f"{source}, line {number}", what, "give one report a line")
            empty = False
            continue
        row = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not row.strip():
            continue
        empty = False
        try:
            yield read_json_line(source, number, row)
        except InputError as error:
            yield error
    if empty:
        yield CaptureError(source, "empty", "give one JSON object a line")
