"""The shapes by name: columns, policy, what is left out; an incident as a row of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sayso.exchange.coded.fields import Shape as Name
from sayso.exchange.shapes import acled, ged
from sayso.exchange.shapes.case import Case, Filled, ShapeColumn
from sayso.record.links import Policy


@dataclass(frozen=True, slots=True)
class Shape:
    """A data set's columns, the policy that its rule is, and why an incident is no row of it."""

    name: Name
    title: str
    columns: tuple[ShapeColumn, ...]
    policy: Policy
    left_out: Callable[[Case], str | None]

    def by_rule(self, case: Case) -> Case:
        """The incident with its figures by the data set's own rule."""
        return replace(case, told=replace(case.told, policy=self.policy))

    def fill(self, case: Case) -> dict[str, Filled]:
        """The cells of an incident, by column."""
        return {column.name: column.take(case) for column in self.columns}

    def missing(self, cells: dict[str, Filled]) -> list[str]:
        """The columns that the data set needs and that are empty."""
        return [c.name for c in self.columns if c.needed and cells[c.name].value is None]


SHAPES: dict[Name, Shape] = {
    "ged": Shape("ged", "UCDP GED", ged.COLUMNS, "ucdp", ged.left_out),
    "acled": Shape("acled", "ACLED", acled.COLUMNS, "acled", acled.left_out),
}
