"""A mention as bytes and back: what linking compares, kept beside the ledger's own rows.

Driven by the type hints of `Mention`, so that a field that linking adds needs no line here. Bytes
of an earlier version that lack a needed field are refused, and the report is looked at anew.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
import zlib
from collections.abc import Mapping as AbstractMapping
from typing import Any

from sayso.errors import WireError
from sayso.linking.incidents.mentions import Mention
from sayso.record import Span


def pack(mention: Mention) -> bytes:
    """The mention without its handle, and without its report's id: that is a hash of the text."""
    wire = _plain(mention)
    wire.pop("id")
    wire.pop("report")
    return zlib.compress(json.dumps(wire, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpack(packed: bytes | None, handle: str) -> Mention:
    """The mention that `pack` was given, under its handle.

    Raises WireError where the bytes are of a version that kept less, or an erasure took them out.
    """
    if packed is None:
        raise WireError(f"{handle}: its words were taken out")
    wire = json.loads(zlib.decompress(packed))
    try:
        mention = _object(Mention, {"id": handle, "report": report_of(handle), **wire})
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(f"{handle}: kept by another version") from error
    assert isinstance(mention, Mention)  # noqa: S101 - for the type checker
    return mention


def report_of(handle: str) -> str:
    """What stands for a mention's report where mentions are compared: its reading's number."""
    return "e" + handle[1:].partition(".")[0]


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name, _ in _fields(type(value))}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return dict(value) if isinstance(value, AbstractMapping) else value


@functools.cache
def _fields(noun: type) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(noun)
    return tuple((f.name, _maker(hints[f.name])) for f in dataclasses.fields(noun))


def _object(noun: type, wire: dict[str, Any]) -> Any:
    return noun(
        **{
            name: make(wire[name]) if make and wire[name] is not None else wire[name]
            for name, make in _fields(noun)
        }
    )


def _maker(kind: Any) -> Any:
    """What makes a value of a type from its plain form; None where that is the value."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _maker(next(a for a in inner if a is not type(None)))
    if kind is Span:
        return lambda value: Span(*value)
    if origin is frozenset:
        return frozenset
    if origin is tuple:
        item = _maker(inner[0])
        return lambda value: tuple(item(v) if item else v for v in value)
    if dataclasses.is_dataclass(kind):
        return functools.partial(_object, typing.cast("type", kind))
    return None
