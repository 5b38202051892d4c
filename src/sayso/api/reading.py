"""Readings with the ways out that people want: tables, JSON, and how a notebook shows them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, overload

from sayso import record
from sayso.api.arguments import checked
from sayso.api.frames import Framed
from sayso.api.refused import Refused
from sayso.errors import WireError
from sayso.exchange.formats.tables import TABLES, Row, Table
from sayso.record.wire import from_wire, to_wire

_NAMES = ("claims", "reports", "sources", "attributions", "events", "participants", "figures")
_HELD = {table.name: table for table in TABLES}
_TABLES = tuple(_HELD[name] for name in _NAMES)


@dataclass(frozen=True, slots=True, repr=False)
class Reading(record.Reading, Framed):
    """All that was read in one report: its claims under their chains, and what they rest on.

    The fields are those of `sayso.reading/1` (docs/reading.md), as data classes. As tables:
    `claims` (where none is named), `reports`, `sources`, `attributions`, `events`, `participants`
    and `figures`; a report is called there by its name.
    """

    @classmethod
    def of(cls, reading: record.Reading) -> Self:
        """The same reading with these ways out."""
        return cls(**{f.name: getattr(reading, f.name) for f in dataclasses.fields(reading)})

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """The reading in an object of `sayso.reading/1`; raises WireError where it is none."""
        if not isinstance(row, Mapping):
            raise WireError(f"{row!r:.60} is no object of sayso.reading/1")
        return cls.of(from_wire(dict(row)))

    def to_dict(self) -> dict[str, Any]:
        """An object of `sayso.reading/1`, as `sayso read --format jsonl` prints it."""
        return to_wire(self)

    @checked
    def words(self, spans: Iterable[record.Span]) -> str:
        """The words of the report that spans point at."""
        return record.words_of(self.report.text, spans)

    def __repr__(self) -> str:
        return f"<Reading of {self.report.name!r}: {len(self.claims)} claims>"

    def _tables(self) -> Sequence[Table]:
        return _TABLES

    def _rows(self, table: str) -> Iterator[Row]:
        return _rows_of([self], table)

    def _repr_html_(self) -> str:
        from sayso.api.html.reading import reading_html  # noqa: PLC0415 - when a notebook asks

        return reading_html(self)


class Readings(Sequence[Reading], Framed):
    """Readings in order, as a sequence and as tables (see `Reading`).

    `refused` are the inputs that could not be read, in their order.
    """

    __slots__ = ("_held", "refused")

    def __init__(self, readings: Iterable[Reading], refused: Iterable[Refused] = ()) -> None:
        self._held = tuple(readings)
        self.refused = tuple(refused)

    @overload
    def __getitem__(self, at: int) -> Reading: ...

    @overload
    def __getitem__(self, at: slice) -> Readings: ...

    def __getitem__(self, at: int | slice) -> Reading | Readings:
        return Readings(self._held[at]) if isinstance(at, slice) else self._held[at]

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        more = f", {len(self.refused)} refused" if self.refused else ""
        return f"<Readings: {len(self)}{more}>"

    def _tables(self) -> Sequence[Table]:
        return _TABLES

    def _rows(self, table: str) -> Iterator[Row]:
        return _rows_of(self._held, table)

    def _repr_html_(self) -> str:
        from sayso.api.html.table import table_html  # noqa: PLC0415 - when a notebook asks

        columns = ("report", "publisher", "published", "claims")
        rows = [
            (r.report.name, r.report.publisher, r.report.published and r.report.published.start,
             len(r.claims))
            for r in self._held
        ]  # fmt: skip
        return table_html(f"{len(rows)} readings", columns, rows,
                          [str(each) for each in self.refused])  # fmt: skip


def _rows_of(readings: Sequence[Reading], table: str) -> Iterator[Row]:
    from sayso.api.reading_rows import rows_of  # noqa: PLC0415 - the ledger's room, for tables

    return rows_of(readings, table)
