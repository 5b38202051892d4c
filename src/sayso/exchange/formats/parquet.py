"""Everything as Parquet: a folder with a file a table. It needs pyarrow (`sayso[parquet]`)."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.exchange.formats.offer import Left
from sayso.exchange.formats.rows import all_rows
from sayso.exchange.formats.tables import TABLES, Holds, Row, Table
from sayso.exchange.leaving import Asked, open_leaving
from sayso.ledger import Ledger

BATCH = 5_000  # rows of a table that are held before they are written
_HOLDS: dict[Holds, Any] = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "spans": pa.list_(pa.list_(pa.int32())),
}


def leave_parquet(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the folder tells of."""
    leaving = open_leaving(ledger, asked)
    place.mkdir()
    incidents = 0
    with _Files(place, leaving.about()) as files:
        for table, row in all_rows(leaving):
            incidents += table == "incidents"
            files.add(table, row)
    return Left(leaving.reports, incidents)


def arrow_schema(table: Table, about: dict[str, Any]) -> pa.Schema:
    """The Arrow schema of a table; each field says what it means, the whole what it is of."""
    fields = [pa.field(c.name, _HOLDS[c.holds], metadata={"means": c.means}) for c in table.columns]
    return pa.schema(fields, {"sayso": json.dumps(about, ensure_ascii=False)})


class _Files:
    """The files in the making, one a table, with the rows that are still held."""

    def __init__(self, place: Path, about: dict[str, Any]) -> None:
        self._schemas = {t.name: arrow_schema(t, about) for t in TABLES}
        self._files = {
            name: pq.ParquetWriter(place / f"{name}.parquet", schema, compression="zstd")
            for name, schema in self._schemas.items()
        }
        self._rows: dict[str, list[Row]] = {t.name: [] for t in TABLES}

    def add(self, table: str, row: Row) -> None:
        """Take a row."""
        self._rows[table].append({key: _sound(value) for key, value in row.items()})
        if len(self._rows[table]) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        batch = pa.RecordBatch.from_pylist(self._rows[table], schema=self._schemas[table])
        self._files[table].write_batch(batch)
        self._rows[table].clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for table, file in self._files.items():
            if kind is None:
                self._flush(table)
            file.close()


def _sound(value: Any) -> Any:
    """Text that is UTF-8: half a pair of surrogates, which JSON can bring, by its code."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return [_sound(each) for each in value] if isinstance(value, list) else value
