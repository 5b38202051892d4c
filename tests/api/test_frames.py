"""Readings and answers as data frames: columns, kinds, and what is missing."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import sayso
from sayso.exchange.formats.tables import TABLES

NAMES = {table.name: [c.name for c in table.columns] for table in TABLES}


@pytest.mark.parametrize(
    "table", ["claims", "reports", "sources", "attributions", "events", "participants", "figures"]
)
def test_a_reading_has_the_columns_of_parquet(table: str, reading: sayso.Reading) -> None:
    """In each library, of the kinds that docs/tables.md says, whatever is in it."""
    frames = reading.to_pandas(table), reading.to_polars(table), reading.to_arrow(table)
    assert [list(f.columns) for f in frames[:2]] == [NAMES[table]] * 2
    assert frames[2].column_names == NAMES[table]
    assert len({len(frames[0]), frames[1].height, frames[2].num_rows}) == 1
    assert frames[1].to_dicts() == frames[2].to_pylist()


def test_cells_hold_what_was_read(reading: sayso.Reading) -> None:
    """A list is a list, what is not known is missing, a number a number."""
    claims = reading.to_pandas()
    assert claims["speaker"][0] == "the harbour master"
    assert claims["chain"][0] == ["Fjord News", "the harbour master"]
    assert claims["content_spans"][0] == [[0, 52]]
    figures = reading.to_pandas("figures")
    (killed,) = figures.index[figures["counts"] == "killed"]
    assert figures["best"][killed] == 30
    assert figures["low"].isna()[killed]
    assert figures["claim"][killed] == "odda.c0"
    assert str(figures.dtypes["words"]) == "string"
    assert reading.to_polars("figures")["low"][int(killed)] is None


def test_no_rows_still_have_columns() -> None:
    """A frame of nothing can be put beside others."""
    nothing = sayso.Reader().read_many([])
    assert list(nothing.to_pandas().columns) == NAMES["claims"]
    assert nothing.to_polars().height == nothing.to_arrow().num_rows == 0


def test_half_a_character_is_written_as_its_code(reading: sayso.Reading) -> None:
    """JSON can bring lone surrogates into a name; no library's strings hold them."""
    row = reading.to_dict()
    row["sources"][0]["name"] = "a\ud800b"
    bad = sayso.Reading.from_dict(row)
    assert bad.to_polars("sources")["name"][0] == "a\\ud800b"
    assert bad.to_arrow("sources")["name"][0].as_py() == "a\\ud800b"


@pytest.mark.parametrize("name", ["pandas", "polars", "pyarrow"])
def test_a_missing_library_is_named(
    name: str, reading: sayso.Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what brings it."""
    monkeypatch.setitem(sys.modules, name, None)
    call: Any = getattr(reading, f"to_{name.removeprefix('py')}")
    with pytest.raises(sayso.UsageError, match=rf"{name}, which .* pip install 'sayso\[frames\]'"):
        call()


def test_an_unknown_table_is_refused(reading: sayso.Reading) -> None:
    """With the one that is meant."""
    with pytest.raises(sayso.UsageError, match="no table 'claim'; did you mean claims"):
        reading.to_pandas("claim")
