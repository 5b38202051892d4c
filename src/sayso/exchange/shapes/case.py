"""An incident as a coder sets out to code it: what the ledger tells, its sides, a team's lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from sayso.exchange.columns import FIRST_YEAR, Cell, CellKind, Told
from sayso.exchange.countries import State, find_state, state_of
from sayso.exchange.lists import Lists
from sayso.exchange.shapes.deaths import Deaths, deaths_cell, part_deaths
from sayso.exchange.shapes.sides import Party, Sides, find_sides
from sayso.ledger import Listed
from sayso.lexicon.events import Ontology, load_events
from sayso.record.incident import ClaimLine, IncidentView, PolicyCell, ReportLine
from sayso.record.names import plain_name
from sayso.record.when_where import Place, When

JOINER = "; "


class Filled(NamedTuple):
    """A cell and what it rests on: claims (c12.3), else a row of a list, a decision, a report."""

    value: Cell
    rests_on: tuple[str, ...] = ()


EMPTY = Filled(None)


@dataclass(frozen=True)
class Case:
    """What the columns of a shape are filled from. `held` is the row that it is coded as."""

    told: Told
    lists: Lists
    held: Listed | None = None

    @property
    def view(self) -> IncidentView:
        """What the ledger tells of the incident."""
        return self.told.view

    @cached_property
    def ontology(self) -> Ontology:
        """The event types."""
        return load_events()

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The claims that stand."""
        return tuple(c.claim for c in self.view.claims if c.standing == "stands")

    @cached_property
    def sides(self) -> Sides:
        """Who stands against whom."""
        return find_sides(self.view.actors, self.ontology)

    @cached_property
    def state(self) -> State | None:
        """The country that it is in."""
        return state_of(self.view.place.country) if self.view.place else None

    @cached_property
    def killed(self) -> PolicyCell | None:
        """The incident's own deaths by the policy, 0 too where that is what it makes of them."""
        return deaths_cell(self.told)

    @cached_property
    def deaths(self) -> PolicyCell | None:
        """The same where there is one at least."""
        return self.killed if self.killed and self.killed.best else None

    @cached_property
    def parted(self) -> Deaths:
        """The deaths by who they were."""
        if self.deaths is None:
            return Deaths()
        return part_deaths(self.deaths, self.view.actors, self.sides, self.ontology)

    @cached_property
    def main(self) -> tuple[ReportLine, ...]:
        """The reports that are about it, else all."""
        return tuple(r for r in self.view.report_lines if r.main) or self.view.report_lines

    def rests(self, cell: str, claims: Iterable[str]) -> tuple[str, ...]:
        """The claims, or the decision of a person where one set what the row says of that."""
        entry = self.told.corrected.get(cell)
        if entry:
            return (f"decision {entry}",)
        return tuple(dict.fromkeys(claims)) or self.claims


@dataclass(frozen=True, slots=True)
class ShapeColumn:
    """A column of a shape: its name, its meaning, how it is filled.

    `needed` where the data set has no row without it; `compared` where an incident that is coded
    already is held against it; `named` where a cell may hold the name of a person. Of a row that
    is coded already the coder's own cell stands where `stands_with` is not None and the ledger says
    nothing else in the columns that it names.
    """

    name: str
    means: str
    take: Callable[[Case], Filled]
    kind: CellKind = "text"
    needed: bool = False
    compared: bool = False
    named: bool = False
    stands_with: tuple[str, ...] | None = None


def none_given(_: Case) -> Filled:
    """Nothing: a column that only a coder fills."""
    return EMPTY


def says_same(column: str, old: Cell, new: Cell) -> bool:
    """True where a coder's cell and the ledger's say the same: names by their letters alone."""
    if isinstance(new, date):
        return str(old) == new.isoformat()
    if column == "country":
        mine, other = find_state(str(old)), find_state(str(new))
        return mine is not None and mine == other
    if isinstance(new, str):
        return plain_name(str(old)) == plain_name(new)
    return old == new


# -- when and where ------------------------------------------------------------------------------


def days_of(when: When | None) -> tuple[date, date] | None:
    """The first and last day of a time; None where one is open, or no spreadsheet knows it."""
    if when is None or not when.start or not when.end:
        return None
    first, last = (date.fromisoformat(s[:10]) for s in (when.start, when.end))
    return (first, last) if first.year >= FIRST_YEAR else None


def year_of(case: Case) -> Filled:
    """The year, where the time lies within one."""
    days = days_of(case.view.time)
    one = days is not None and days[0].year == days[1].year
    return Filled(days[0].year, under_time(case)) if days and one else EMPTY


def under_time(case: Case) -> tuple[str, ...]:
    """The claims that tell of the incident's time, else all of it."""
    return case.rests("time", _same(case.view.claims, lambda c: c.when == case.view.time))


def under_place(case: Case) -> tuple[str, ...]:
    """The claims that tell of the incident's place, else all of it."""
    place = case.view.place
    name = place.name if place else None
    return case.rests("place", _same(case.view.claims,
                                     lambda c: bool(c.place and c.place.name == name)))  # fmt: skip


def _same(claims: Iterable[ClaimLine], fits: Callable[[ClaimLine], bool]) -> Iterator[str]:
    return (c.claim for c in claims if c.standing == "stands" and fits(c))


def place_row(case: Case) -> Listed | None:
    """The row of the team's list of places that the incident's place has."""
    place = case.view.place
    if place is None:
        return None
    return case.lists.place(place.name, place.country, place.gazetteer_id)


def listed_or(case: Case, field: str, told: Cell) -> Filled:
    """A part of the place as the team's list has it, else as the reports tell it."""
    row = place_row(case)
    if row is not None and row.value.get(field) not in (None, ""):
        return Filled(row.value[field], (f"place {row.id}",))
    return Filled(told, under_place(case)) if told not in (None, "") else EMPTY


def degree(case: Case, which: Literal["lat", "lon"]) -> Filled:
    """A coordinate, of a point or a town, or of the team's own list.

    The middle of a region or a country is a false point and is left out.
    """
    place: Place | None = case.view.place
    exact = place is not None and place.precision in ("point", "town")
    return listed_or(case, which, getattr(place, which) if exact else None)


def of_country(case: Case, value: Callable[[State], Cell]) -> Filled:
    """Something about the country that it is in."""
    told = value(case.state) if case.state else None
    return Filled(told, under_place(case)) if told is not None else EMPTY


# -- who -----------------------------------------------------------------------------------------


def actor_row(case: Case, party: Party | None) -> Listed | None:
    """The row of the team's list of actors that a side has."""
    return case.lists.actor(party.names) if party else None


def actor_name(case: Case, party: Party | None) -> Filled:
    """A side's name as the team's list writes it, else as data sets or the claims do."""
    row = actor_row(case, party)
    if row is not None and party is not None:
        return Filled(row.value["name"], (*party.claims, f"actor {row.id}"))
    return Filled(party.name, party.claims) if party else EMPTY


def from_row(row: Listed | None, field: str) -> Filled:
    """A value out of a row of a list; its id where `field` is that."""
    if row is None:
        return EMPTY
    value = row.id if field == "id" else row.value.get(field)
    return Filled(value, (f"{row.kind} {row.id}",)) if value not in (None, "") else EMPTY


def dyad_row(case: Case) -> Listed | None:
    """The row of the team's list of dyads that the two sides have."""
    a, b = case.sides.a, case.sides.b
    if a is None or b is None:
        return None
    return case.lists.dyad(_keys(case, a), _keys(case, b))


def _keys(case: Case, party: Party) -> list[str]:
    row = actor_row(case, party)
    return [*((row.id, row.value["name"]) if row else ()), *party.names]


# -- sources -------------------------------------------------------------------------------------


def publishers(case: Case) -> list[str]:
    """Who published the reports that are about it, each once."""
    return list(dict.fromkeys(r.publisher or r.name for r in case.main))


def per_report(case: Case, value: Callable[[ReportLine], str | None]) -> Filled:
    """Something of each report that is about it, in one cell; resting on a claim of each."""
    told = [value(r) for r in case.main]
    first: dict[str, str] = {}
    for claim in case.view.claims:
        first.setdefault(claim.report, claim.claim)
    rests = tuple(first[r.report] for r in case.main if r.report in first)
    return Filled(JOINER.join(t or "" for t in told), rests or case.claims) if any(told) else EMPTY
