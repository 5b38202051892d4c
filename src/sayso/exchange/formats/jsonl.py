"""Everything as JSON Lines: an object a row, its table named in it; the first line is about it all.

One row is held at a time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sayso.exchange.formats.offer import Left
from sayso.exchange.formats.rows import all_rows
from sayso.exchange.formats.tables import TABLES, Holds, Table
from sayso.exchange.leaving import SCHEMA, Asked, open_leaving
from sayso.ledger import Ledger
from sayso.record.links import POLICY_NAMES

_NOTHING: tuple[Any, ...] = (None, [], {})
_SPAN = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
_HOLDS: dict[Holds, dict[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "whole": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "flag": {"type": ["boolean", "null"]},
    "texts": {"type": "array", "items": {"type": "string"}},
    "spans": {"type": "array", "items": _SPAN},
}


def leave_jsonl(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the file tells of."""
    leaving = open_leaving(ledger, asked)
    incidents = 0
    with place.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"{to_json({'table': 'about', **leaving.about()})}\n")
        for table, row in all_rows(leaving):
            incidents += table == "incidents"
            out.write(f"{to_json({'table': table, **row})}\n")
    return Left(leaving.reports, incidents)


def to_json(value: Any) -> str:
    """One line of JSON; a count of 12.0 is 12, half a pair of surrogates is its code."""
    text = json.dumps(_whole(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode()


def known(value: Any) -> Any:
    """A thing without what is not known, where that is not said: no null, no empty list or object.

    In a graph a node without a statement would say that there is something.
    """
    if isinstance(value, dict):
        kept = {key: known(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in _NOTHING}
    if isinstance(value, list):
        return [each for each in map(known, value) if each not in _NOTHING]
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, (list, tuple)) else value


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "oneOf": [_about(), *map(_row, TABLES)],
    }


def _row(table: Table) -> dict[str, Any]:
    own = {c.name: {**_HOLDS[c.holds], "description": c.means} for c in table.columns}
    return {
        "type": "object",
        "description": table.row,
        "properties": {"table": {"const": table.name}, **own},
        "required": ["table", *own],
        "additionalProperties": False,
    }


def _about() -> dict[str, Any]:
    text = {"type": "string"}
    own = {
        "table": {"const": "about"}, "schema": {"const": SCHEMA}, "made_by": text, "ledger": text,
        "link": {"type": "integer"}, "hash": text, "as_known_at": text,
        "policy": {"enum": list(POLICY_NAMES)}, "private_people": {"enum": ["masked", "shown"]},
        "filters": {"type": "object", "additionalProperties": text},
    }  # fmt: skip
    return {
        "type": "object",
        "description": "the first line: what the file is of",
        "properties": own,
        "required": list(own),
        "additionalProperties": False,
    }
