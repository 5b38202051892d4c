"""Rows as data frames of the libraries that people have: pandas, polars, pyarrow.

Each is imported when it is first asked for; where it is missing, an error names what brings it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sayso.api.arguments import checked
from sayso.errors import UsageError, nearest
from sayso.exchange.formats.tables import Holds, Row, Table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

# text is pandas' own string type, so that a missing one is missing and not the word "None"
_PANDAS: dict[Holds, str] = {
    "text": "string", "whole": "Int64", "number": "float64", "flag": "boolean",
    "texts": "object", "spans": "object",
}  # fmt: skip


class Framed:
    """Something that can be had as tables: `_tables` are its tables, the first where none is named.

    Columns are those of `sayso export parquet` (docs/tables.md), save where docs/python.md says
    otherwise; a collection without rows has its columns all the same.
    """

    __slots__ = ()

    def _tables(self) -> Sequence[Table]:
        """The tables that it can be had as."""
        raise NotImplementedError

    def _rows(self, table: str) -> Iterable[Row]:
        """The rows of one of them."""
        raise NotImplementedError

    @checked
    def to_pandas(self, table: str | None = None) -> pd.DataFrame:
        """A table as a pandas data frame; raises UsageError where pandas is not installed."""
        pandas = _library("pandas", "to_pandas()")
        found, rows = self._frame(table)
        return pandas.DataFrame({
            c.name: pandas.Series([row.get(c.name) for row in rows], dtype=_PANDAS[c.holds])
            for c in found.columns
        })  # fmt: skip

    @checked
    def to_polars(self, table: str | None = None) -> pl.DataFrame:
        """A table as a polars data frame; raises UsageError where polars is not installed."""
        polars = _library("polars", "to_polars()")
        kinds: dict[Holds, Any] = {
            "text": polars.String, "whole": polars.Int64, "number": polars.Float64,
            "flag": polars.Boolean, "texts": polars.List(polars.String),
            "spans": polars.List(polars.List(polars.Int32)),
        }  # fmt: skip
        found, rows = self._frame(table)
        columns = {c.name: [row.get(c.name) for row in rows] for c in found.columns}
        schema = {c.name: kinds[c.holds] for c in found.columns}
        return polars.DataFrame(columns, schema=schema)  # type: ignore[no-any-return]

    @checked
    def to_arrow(self, table: str | None = None) -> pa.Table:
        """A table as an Arrow table, its schema as in Parquet; needs pyarrow."""
        arrow = _library("pyarrow", "to_arrow()")
        from sayso.exchange.formats.parquet import arrow_schema  # noqa: PLC0415 - needs pyarrow

        found, rows = self._frame(table)
        schema = arrow_schema(found, {"table": found.name})
        return arrow.Table.from_pylist(list(rows), schema=schema)

    def _frame(self, asked: str | None) -> tuple[Table, list[Row]]:
        tables = {table.name: table for table in self._tables()}
        name = next(iter(tables)) if asked is None else asked
        if name not in tables:
            near = " or ".join(nearest(name, tables)) or ", ".join(tables)
            raise UsageError(f"{type(self).__name__} has no table {name!r}; did you mean {near}?")
        return tables[name], [_sound(row) for row in self._rows(name)]


def _sound(row: Row) -> Row:
    return {key: sound_cell(value) for key, value in row.items()}


def sound_cell(value: Any) -> Any:
    """A value that is UTF-8: half a pair of surrogates, which JSON can bring, by its code."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return [sound_cell(each) for each in value] if isinstance(value, (list, tuple)) else value


def _library(name: str, asked: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{asked} needs {error.name}, which is not installed: pip install 'sayso[frames]'"
        ) from error


def numbered(names: Iterable[str]) -> Iterator[str]:
    """The names, those that stood before with a number behind them: `a`, `a#2`."""
    held: dict[str, int] = {}
    for name in names:
        held[name] = held.get(name, 0) + 1
        yield name if held[name] == 1 else f"{name}#{held[name]}"
