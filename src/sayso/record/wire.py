"""The wire format `sayso.reading/1`: nouns to plain JSON values, back, and its JSON Schema.

One walk over the type hints of the data classes serves all three, so that the schema can't drift
from what is printed. A Span is `[start, end]`; a field name that Python reserves carries another
name on the wire (see WIRE_NAMES).
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator
from typing import Any

from sayso.errors import WireError
from sayso.record.reading import Reading
from sayso.record.report import Block
from sayso.record.span import Span

SCHEMA_NAME = "sayso.reading/1"
WIRE_NAMES = {"reads_as": "as"}
# Optional in what sayso accepts, always present in what it prints.
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


@functools.cache
def _fields(noun: type) -> tuple[tuple[str, str, Any, bool], ...]:
    """(Python name, wire name, type, required) of each field of a data class that the wire has."""
    hints = typing.get_type_hints(noun)
    return tuple(
        (
            f.name,
            WIRE_NAMES.get(f.name, f.name),
            hints[f.name],
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(noun)
        if f.metadata.get("wire", True)
    )


def wire_fields(noun: type) -> tuple[tuple[str, Any], ...]:
    """The keys that a noun has on the wire, each with the type of its value."""
    return tuple((wire, kind) for _, wire, kind, _ in _fields(noun))


def encode(value: Any) -> Any:
    """A noun as plain JSON values: a span is a pair, a tuple a list."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {wire: encode(getattr(value, name)) for name, wire, _, _ in _fields(type(value))}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # a count of 12 is printed as 12
    return value


def to_wire(reading: Reading) -> dict[str, Any]:
    """One JSON object of `sayso.reading/1`, keys in the order of the design."""
    return {"schema": SCHEMA_NAME, **encode(reading)}


def _decode(kind: Any, value: Any, path: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        return _decode(next(a for a in typing.get_args(kind) if a is not type(None)), value, path)
    if kind is Span:
        if not (isinstance(value, list) and [type(v) for v in value] == [int, int]):
            raise WireError(f"{path}: expected [start, end], found {value!r:.60}")
        return Span(*value)
    if origin is tuple:
        if not isinstance(value, list):
            raise WireError(f"{path}: expected a list, found {value!r:.60}")
        item = typing.get_args(kind)[0]
        return tuple(_decode(item, v, f"{path}[{i}]") for i, v in enumerate(value))
    if origin is typing.Literal:
        if value not in typing.get_args(kind):
            raise WireError(f"{path}: {value!r:.60} is none of {', '.join(typing.get_args(kind))}")
        return value
    if dataclasses.is_dataclass(kind):
        return _decode_noun(typing.cast("type", kind), value, path)
    if kind is float and type(value) is int:
        return value
    if type(value) is not kind:
        raise WireError(f"{path}: expected {kind.__name__}, found {value!r:.60}")
    return value


def _decode_noun(noun: type, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise WireError(f"{path}: expected an object, found {value!r:.60}")
    found = {}
    for name, wire, kind, required in _fields(noun):
        if wire in value:
            found[name] = _decode(kind, value[wire], f"{path}.{wire}")
        elif required:
            raise WireError(f"{path}: {wire!r} is missing")
    return noun(**found)


def from_wire(row: dict[str, Any]) -> Reading:
    """The reading that a JSON object of `sayso.reading/1` holds; unknown keys are passed over.

    Raises WireError with the path of the first value that does not fit.
    """
    if not isinstance(row, dict) or row.get("schema") != SCHEMA_NAME:
        found = row.get("schema") if isinstance(row, dict) else row
        raise WireError(f"schema: expected {SCHEMA_NAME!r}, found {found!r:.60}")
    reading = _decode_noun(Reading, row, "reading")
    assert isinstance(reading, Reading)  # noqa: S101 - for the type checker
    return reading


def check_spans(reading: Reading) -> None:
    """Raises WireError where a span of a reading, or a block of its report, leaves the text."""
    length = len(reading.report.text)
    if any(span.end > length for span in _spans(reading)):
        raise WireError(f"a span that is not in its text of {length} characters")


def _spans(noun: Any) -> Iterator[Span]:
    """All spans in a noun, however deep."""
    if isinstance(noun, Span):
        yield noun
    elif isinstance(noun, Block):
        yield Span(noun.start, noun.end)
    elif isinstance(noun, tuple):
        for each in noun:
            yield from _spans(each)
    elif dataclasses.is_dataclass(noun) and not isinstance(noun, type):
        for each in dataclasses.fields(noun):
            yield from _spans(getattr(noun, each.name))


def _schema(kind: Any, nouns: dict[str, Any]) -> dict[str, Any]:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        inner = next(a for a in typing.get_args(kind) if a is not type(None))
        return {"anyOf": [_schema(inner, nouns), {"type": "null"}]}
    if kind is Span:
        bound = {"type": "integer", "minimum": 0}
        return {"type": "array", "items": bound, "minItems": 2, "maxItems": 2}
    if origin is tuple:
        return {"type": "array", "items": _schema(typing.get_args(kind)[0], nouns)}
    if origin is typing.Literal:
        return {"enum": list(typing.get_args(kind))}
    if dataclasses.is_dataclass(kind):
        noun = typing.cast("type", kind)
        if noun.__name__ not in nouns:
            nouns[noun.__name__] = {}  # held open, so that a noun may hold itself
            nouns[noun.__name__] = _noun_schema(noun, nouns)
        return {"$ref": f"#/$defs/{noun.__name__}"}
    return {"type": _PLAIN[kind]}


def _noun_schema(noun: type, nouns: dict[str, Any]) -> dict[str, Any]:
    first_line = (noun.__doc__ or "").strip().splitlines()[0]
    return {
        "type": "object",
        "description": first_line,
        "properties": {wire: _schema(kind, nouns) for _, wire, kind, _ in _fields(noun)},
        "required": [wire for _, wire, _, _ in _fields(noun)],
        "additionalProperties": False,
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of `sayso read --format jsonl`."""
    nouns: dict[str, Any] = {}
    top = _noun_schema(Reading, nouns)
    top["properties"] = {"schema": {"const": SCHEMA_NAME}, **top["properties"]}
    top["required"] = ["schema", *top["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA_NAME,
        **top,
        "$defs": dict(sorted(nouns.items())),
    }
