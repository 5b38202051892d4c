"""One incident: all that it rests on, as tables, and its pictures."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sayso.api.arguments import checked
from sayso.api.columns import BESIDE, FIGURES, INCIDENTS, figure_row, told_rows
from sayso.api.frames import Framed
from sayso.api.pictures.picture import Picture
from sayso.exchange.columns import Told
from sayso.exchange.formats.tables import Row, Table
from sayso.incidents.figures_list import FigureRow
from sayso.incidents.words import flags_of
from sayso.record.incident import IncidentView, incident_to_wire
from sayso.record.links import LIST_POLICY, Policy


@dataclass(frozen=True, slots=True, repr=False)
class Incident(IncidentView, Framed):
    """An incident as the ledger answers it: the fields of `sayso.incident/1`, as data classes.

    As tables: `incidents` (a row, as in `Incidents`), `figures` (as stated), and `cells`, `states`,
    `mentions`, `origins`, `joins`, `utterances`, `copies`, `judgements`.
    """

    policy: Policy = LIST_POLICY

    @classmethod
    def of(cls, view: IncidentView, policy: Policy = LIST_POLICY) -> Self:
        """The same incident with these ways out."""
        held = {f.name: getattr(view, f.name) for f in dataclasses.fields(view)}
        return cls(**held, policy=policy)

    @property
    def flags(self) -> tuple[str, ...]:
        """What to look at first: disagreement, differs, denied, only_parties, one_origin."""
        return tuple(flags_of(self))

    def to_dict(self) -> dict[str, Any]:
        """An object of `sayso.incident/1`, as `sayso incident --format jsonl` prints it."""
        fields = dataclasses.fields(IncidentView)
        return incident_to_wire(IncidentView(*(getattr(self, f.name) for f in fields)))

    @checked
    def chart(self, *, width: int = 760) -> Picture:
        """Its figures: who stated how many, when, and who differs; a panel a measure."""
        from sayso.api.pictures.figures import chart_of  # noqa: PLC0415 - when a picture is asked for

        return chart_of([("", self.figures, self.comparisons)], width=width)

    def chains(self) -> Picture:
        """Where it comes from: reports, who carries and who speaks, where say-so ends."""
        from sayso.api.pictures.chains import draw_chains  # noqa: PLC0415 - when it is asked for

        return draw_chains(self)

    def __repr__(self) -> str:
        return f"<Incident {self.id}: {len(self.claims)} claims in {self.reports} reports>"

    def _tables(self) -> Sequence[Table]:
        return (INCIDENTS, FIGURES, *BESIDE)

    def _rows(self, table: str) -> Iterator[Row]:
        if table == FIGURES.name:
            for figure in self.figures:
                beside = tuple(c for c in self.comparisons if figure.id in (c.a, c.b))
                yield figure_row(FigureRow(self.id, figure, beside))
        else:
            yield from told_rows(Told(self, self.flags, self.policy), table)

    def _repr_html_(self) -> str:
        from sayso.api.html.incident import incident_html  # noqa: PLC0415 - when a notebook asks

        pictures = [self.chart()] if self.figures else []
        if self.origins:
            pictures.append(self.chains())
        return incident_html(self, self.flags, pictures)
