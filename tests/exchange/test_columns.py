"""The columns that docs/formats.md lists are those of the code, in its words and order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.exchange.books import some_of
from sayso.exchange.columns import COLUMNS, place_key, point_of
from sayso.exchange.formats.filling import OWN
from sayso.exchange.gather import WORDS
from sayso.exchange.shapes.shape import SHAPES, ShapeName
from sayso.record import Place

SITE = Place((), "Porto", "geonames:2735943", "PRT", None, 41.15, -8.61, "point")
ROOT = Path(__file__).resolve().parents[2]


def docs_table(after: str) -> dict[str, list[str]]:
    """The rows of the first table behind some words of the docs, by their first cell."""
    page = (ROOT / "docs/formats.md").read_text("utf-8").partition(after)[2].splitlines()
    first = next(n for n, line in enumerate(page) if line.startswith("|"))
    rows = []
    for line in page[first:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return {row[0].strip("`"): row[1:] for row in rows[2:]}


@pytest.mark.parametrize(
    ("shape", "title"), [("ged", "## UCDP GED's shape\n"), ("acled", "## ACLED's shape\n")]
)
def test_the_docs_have_every_column(shape: ShapeName, title: str) -> None:
    """Its meaning, whether it is needed, whose cell stands: the code's own words and order."""
    told = docs_table(title)
    columns = SHAPES[shape].columns
    assert list(told) == [c.name for c in columns]
    for column in columns:
        means, needed, stands = told[column.name]
        assert (means, needed == "yes") == (column.means, column.needed)
        assert ("change is said" in stands) is column.compared
        assert stands.startswith("the coder's") is (column.stands_with is not None)
        assert all(f"`{name}`" in stands for name in column.stands_with or ())


def test_the_docs_have_the_sheet_incidents() -> None:
    """Each column's meaning, and whether an edit of it is taken."""
    told = docs_table("## XLSX: incidents\n")
    assert {name: cells[0] for name, cells in told.items()} == {c.name: c.means for c in COLUMNS}
    assert list(told) == [c.name for c in COLUMNS]
    for column in COLUMNS:
        assert ("not edited" in told[column.name][1]) is (column.edit == "none")


def test_the_docs_have_the_sheet_words() -> None:
    """In the words of the sheet about."""
    assert {k: v[0] for k, v in docs_table("The sheet `words`:").items()} == WORDS


def test_the_docs_have_our_columns() -> None:
    """In the words of the sheet about."""
    assert {k: v[0] for k, v in docs_table("Columns of sayso's own").items()} == OWN


def test_a_place_is_a_point_where_it_is_told_as_one() -> None:
    """The middle of a town or a region is none, nor is half a point; no place is none."""
    assert point_of(SITE) == (41.15, -8.61)
    parts: tuple[dict[str, Any], ...] = (
        {"precision": "town"}, {"precision": "region"}, {"lat": None}, {"lon": None},
    )  # fmt: skip
    for part in parts:
        assert point_of(replace(SITE, **part)) is None
    assert point_of(None) is None
    assert place_key(SITE) == "geonames:2735943"
    assert place_key(replace(SITE, gazetteer_id=None)) == "Porto|PRT"


@pytest.mark.parametrize(
    ("names", "words"),
    [(["a"], "a"), (["a", "b"], "a, b"), (["a"] * 12, ", ".join("a" * 12)),
     (["a"] * 1015, f"{', '.join('a' * 12)} and 1,003 more")],
)  # fmt: skip
def test_of_many_names_some_are_said(names: list[str], words: str) -> None:
    """And how many more there are."""
    assert some_of(names) == words
