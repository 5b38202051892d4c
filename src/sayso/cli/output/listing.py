"""Rows of a list, in one way for all lists: a table for people, CSV, JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sayso.cli.output.jsonl import to_json
from sayso.cli.output.sheet import Sheet
from sayso.record.cells import Value, to_csv
from sayso.record.wire import encode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """How rows of one kind are shown: the columns of their CSV, and a table for people."""

    columns: Mapping[str, Callable[[T], Value]]
    show: Callable[[Sequence[T], Sheet], None]

    def text(self, rows: Sequence[T], format_: str, sheet: Sheet) -> str:
        """The rows in a format; a table on the sheet, where there are any."""
        if format_ == "jsonl":
            return "".join(f"{to_json(encode(row))}\n" for row in rows)
        if format_ == "csv":
            takes = self.columns.values()
            return to_csv(self.columns, ([take(row) for take in takes] for row in rows))
        if rows:
            self.show(rows, sheet)
        return sheet.text()
