"""The dataset's tables, `sayso.corpus/1`: their Arrow schemas, walked off the nouns as the wire is.

A table a noun: its columns are the wire's keys, its values the wire's values, so that what a claim
says here is what `sayso read --format jsonl` says. Before them stand the row of the report in
`reports` and its id.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, is_dataclass
from typing import Any

import pyarrow as pa

from sayso.record import Attribution, Claim, Event, Figure, Place, Report, Source, Span, Time
from sayso.record.wire import wire_fields

SCHEMA_NAME = "sayso.corpus/1"
_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
NOUNS: dict[str, type] = {
    "sources": Source, "attributions": Attribution, "claims": Claim, "events": Event,
    "figures": Figure, "times": Time, "places": Place,
}  # fmt: skip
STATUSES = ("read", "copy", "refused")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of `reports` that no noun has: its name, type and what it means."""

    name: str
    type: Any
    means: str


OWN = (
    Column("row", pa.int64(), "the number of this row; the other tables name it"),
    Column("name", pa.string(), "what the report is called: its `id` in the input, else its file"),
    Column("input", pa.string(), "where it came from: the file, and the line or record in it"),
    Column("status", pa.string(), "`read`; `copy`: not read again, see `copy_of`; `refused`"),
    Column("refused", pa.string(), "why it was set aside"),
    Column("copy_of", pa.string(), "the id of the report of the same text and date that was read"),
    Column("warnings", pa.list_(pa.string()), "what the reader had to say about it"),
    Column("id", pa.string(), "the report's id; null where no report was found"),
)
OF_REPORT = (
    Column("row", pa.int64(), "the row of the report in `reports`"),
    Column("report", pa.string(), "the report's id"),
    Column("n", pa.int64(), "its place among those of the report"),
)


def arrow_type(kind: Any) -> Any:
    """The Arrow type of a field's type hint."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return arrow_type(next(a for a in typing.get_args(kind) if a is not type(None)))
    if kind is Span:
        return pa.list_(pa.int32(), 2)
    if origin is tuple:
        return pa.list_(arrow_type(typing.get_args(kind)[0]))
    if origin is typing.Literal:
        return pa.string()
    if is_dataclass(kind):
        of = typing.cast("type", kind)
        return pa.struct([pa.field(wire, arrow_type(type_)) for wire, type_ in wire_fields(of)])
    return _PLAIN[kind]


def _schema(own: tuple[Column, ...], noun: type, *, without: frozenset[str]) -> Any:
    fields = [pa.field(c.name, c.type, metadata={"means": c.means}) for c in own]
    fields += [pa.field(w, arrow_type(t)) for w, t in wire_fields(noun) if w not in without]
    return pa.schema(fields, {"sayso": SCHEMA_NAME})


def schemas() -> dict[str, Any]:
    """The Arrow schema of each table, by its name."""
    held = frozenset(c.name for c in OWN)
    return {"reports": _schema(OWN, Report, without=held)} | {
        name: _schema(OF_REPORT, noun, without=frozenset()) for name, noun in NOUNS.items()
    }
