"""The readings of a dataset, as lines of the wire: what `sayso read --format jsonl` would print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyarrow import parquet

from sayso.corpus.schema import NOUNS, OF_REPORT, OWN
from sayso.record.wire import SCHEMA_NAME

_OF_REPORT = frozenset(c.name for c in OF_REPORT)
_OWN = frozenset(c.name for c in OWN) - {"id", "name"}


def is_corpus(path: Path) -> bool:
    """True for a folder that `sayso corpus` filled."""
    return (path / "corpus.json").is_file()


def lines_of(folder: Path) -> Iterator[tuple[int, bytes]]:
    """(row, line) of each report that was read, shard by shard."""
    for place in sorted((folder / "_done").glob("[0-9]*.json")):
        name = f"{place.stem}.parquet"
        held = {table: _by_row(folder / table / name) for table in NOUNS}
        for row in parquet.read_table(folder / "reports" / name).to_pylist():
            if row["status"] == "read":
                report = {k: v for k, v in row.items() if k not in _OWN}
                nouns = {table: rows.get(row["row"], []) for table, rows in held.items()}
                wire = {"schema": SCHEMA_NAME, "report": report, **nouns}
                wire["warnings"] = row["warnings"]
                yield row["row"], json.dumps(wire, ensure_ascii=False).encode()


def _by_row(place: Path) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in parquet.read_table(place).to_pylist():
        own = {k: v for k, v in row.items() if k not in _OF_REPORT}
        found.setdefault(row["row"], []).append(own)
    return found
