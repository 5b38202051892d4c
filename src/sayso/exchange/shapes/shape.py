"""The shapes by name: columns, policy, what is left out; an incident as a row of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sayso.exchange.columns import Cell
from sayso.exchange.shapes import acled, ged
from sayso.exchange.shapes.case import Case, Filled, ShapeColumn, says_same
from sayso.ledger import Listed
from sayso.record.links import Policy

ShapeName = Literal["ged", "acled"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A data set's columns, the policy that its rule is, and why an incident is no row of it."""

    name: ShapeName
    title: str
    columns: tuple[ShapeColumn, ...]
    policy: Policy
    left_out: Callable[[Case], str | None]

    def by_rule(self, case: Case) -> Case:
        """The incident with its figures by the data set's own rule."""
        return replace(case, told=replace(case.told, policy=self.policy))

    def fill(self, case: Case) -> dict[str, Filled]:
        """The cells of an incident, by column.

        Where it is coded already, a coder's own cell stands unless the ledger says otherwise in a
        column that is compared, or in one that it goes with.
        """
        told = {column.name: column.take(case) for column in self.columns}
        if case.held is None:
            return told
        changed = {column.name for column, _, _ in self.changes(case.held, told)}
        for column in self.columns:
            old = case.held.value["cells"].get(column.name)
            with_ = column.stands_with
            own = with_ is not None and changed.isdisjoint(with_)
            if old is not None and (told[column.name].value is None or own):
                told[column.name] = Filled(old, (f"coded {case.held.id}",))
        return told

    def changes(
        self, row: Listed, told: Mapping[str, Filled]
    ) -> Iterator[tuple[ShapeColumn, Cell, Filled]]:
        """The cells of a coded row that the ledger fills otherwise: column, old, new.

        What the ledger does not know, and what the row leaves empty, is no change.
        """
        for column in self.columns:
            old, new = row.value["cells"].get(column.name), told[column.name]
            if not column.compared or old is None or new.value is None:
                continue
            if not says_same(column.name, old, new.value):
                yield column, old, new

    def missing(self, cells: dict[str, Filled]) -> list[str]:
        """The columns that the data set needs and that are empty."""
        return [c.name for c in self.columns if c.needed and cells[c.name].value is None]


SHAPES: dict[ShapeName, Shape] = {
    "ged": Shape("ged", "UCDP GED", ged.COLUMNS, "ucdp", ged.left_out),
    "acled": Shape("acled", "ACLED", acled.COLUMNS, "acled", acled.left_out),
}
