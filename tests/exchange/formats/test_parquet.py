"""Everything as Parquet, read back by pyarrow, pandas and DuckDB."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.exchange.formats.tables import TABLES
from sayso.exchange.leaving import Asked
from tests.exchange.formats.conftest import Leave
from tests.exchange.formats.test_jsonl import rows_of

pq = pytest.importorskip("pyarrow.parquet", reason="needs sayso[parquet]")


def test_the_rows_are_those_of_json_lines(leave: Leave) -> None:
    """Table by table, each value; unknown is null, an empty list is one."""
    folder, lines = leave("parquet"), leave("jsonl")
    assert {f.name for f in folder.iterdir()} == {f"{t.name}.parquet" for t in TABLES}
    for table in TABLES:
        rows = pq.read_table(folder / f"{table.name}.parquet").to_pylist()
        assert [{"table": table.name, **row} for row in rows] == rows_of(lines, table.name)


def test_the_schema_is_typed_and_says_what_it_means(leave: Leave) -> None:
    """Also of a table without rows; the file names its policy."""
    folder = leave("parquet", Asked(policy="lowest"))
    for table in TABLES:
        schema = pq.read_schema(folder / f"{table.name}.parquet")
        assert schema.names == [c.name for c in table.columns]
        for column, field in zip(table.columns, schema, strict=True):
            assert field.metadata[b"means"].decode() == column.means
        assert json.loads(schema.metadata[b"sayso"])["policy"] == "lowest"
    figures = pq.read_schema(folder / "figures.parquet")
    assert [str(figures.field(n).type) for n in ("low", "words", "spans")] == [
        "double", "string", "list<element: list<element: int32>>",
    ]  # fmt: skip


def test_pandas_reads_it(leave: Leave) -> None:
    """An open end and dozens are no numbers; a place that nobody told is none."""
    pd = pytest.importorskip("pandas")
    folder = leave("parquet")
    figures = pd.read_parquet(folder / "figures.parquet").set_index("words")
    assert figures.loc["At least 11", "low"] == 11
    assert pd.isna(figures.loc["At least 11", "high"])
    assert figures.loc["Dozens", ["low", "best", "high"]].isna().all()
    incidents = pd.read_parquet(folder / "incidents.parquet").set_index("type")
    assert incidents.loc["attack", ["place", "lat", "lon", "time_start"]].isna().all()


def test_duckdb_reads_it(leave: Leave) -> None:
    """Claims joined with their reports."""
    duckdb = pytest.importorskip("duckdb")
    folder: Path = leave("parquet")
    found = duckdb.sql(
        f"select c.content, r.publisher from '{folder}/claims.parquet' c "  # noqa: S608 - our own path
        f"join '{folder}/reports.parquet' r using (report) where c.speaker = 'the fire brigade'"
    ).fetchall()
    assert ("Up to 40 were wounded", "Harbour Press") in found
