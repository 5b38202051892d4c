"""How an incident stands to what a team coded: new, already coded, or it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sayso.exchange.coded.match import Match, choose, span_of
from sayso.exchange.columns import Cell, Told
from sayso.exchange.lists import Lists
from sayso.exchange.shapes.case import Case, Filled
from sayso.exchange.shapes.shape import SHAPES, ShapeName
from sayso.ledger import Ledger, Listed
from sayso.record.incident import IncidentView, incident_to_wire
from sayso.record.links import LIST_POLICY
from sayso.record.wire import encode

EVER = "1970-01-01"  # before any ledger
StandingKind = Literal["new", "coded", "changes", "unsure"]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of a coded row that the ledger now says otherwise, and the claims for it."""

    column: str
    old: str | float | None
    new: str | float | None
    rests_on: tuple[str, ...]

    @property
    def words(self) -> str:
        """As it is listed: `fatalities: 4 → 11 (c12.3)`."""
        rests = f" ({' '.join(self.rests_on[:3])})" if self.rests_on else ""
        return f"{self.column}: {self.old} → {self.new}{rests}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an incident stands to the coded rows: of which one, which others may be, what changes."""

    kind: StandingKind
    coded_as: str | None = None
    may_be: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def words(self) -> str:
        """In a line: `new`, `already coded as SOM12`, `would change SOM12: fatalities: 4 → 11`."""
        match self.kind:
            case "new":
                return "new"
            case "coded":
                return f"already coded as {self.coded_as}"
            case "unsure":
                return f"may be coded as {' or '.join(self.may_be)}"
            case "changes":
                told = "; ".join(c.words for c in self.changes)
                return f"would change {self.coded_as}: {told}"


def stand(case: Case, match: Match) -> Standing:
    """How an incident stands to the row that it is coded as, its figures by the data set's rule."""
    if match.row is None:
        return standing_of(match, {})
    shape = SHAPES[match.row.value["shape"]]
    return standing_of(match, shape.fill(replace(shape.by_rule(case), held=match.row)))


def standing_of(match: Match, cells: Mapping[str, Filled]) -> Standing:
    """The same of cells that are filled."""
    if match.row is None:
        ids = tuple(row.id for row in match.may_be)
        return Standing("unsure", may_be=ids) if ids else Standing("new")
    shape = SHAPES[match.row.value["shape"]]
    changes = tuple(
        Change(column.name, _wire(old), _wire(new.value), new.rests_on)
        for column, old, new in shape.changes(match.row, cells)
    )
    return Standing("changes" if changes else "coded", match.row.id, (), changes)


def _wire(value: Cell) -> str | float | None:
    return value.isoformat() if isinstance(value, date) else value


class Coded:
    """Asked how incidents stand to what a team coded; each answer costs the same, however long."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.held = ledger.has_listed("coded")
        self.lists = Lists(ledger)

    @property
    def orphans(self) -> list[Listed]:
        """The rows of whose incident nothing is left; one of another ledger is nobody's here."""
        rows = self.ledger.naming_incidents()
        ids = dict.fromkeys(str(r.value["incident"]) for r in rows)
        became = self.ledger.changes_since(list(ids), EVER)
        gone = {c.incident for c in became.values() if not c.after and not c.moved_to}
        return [r for r in rows if r.value["incident"] in gone]

    def case(self, told: Told) -> Case:
        """The incident as a coder sets out to code it."""
        return Case(told, self.lists)

    def matches(self, case: Case) -> dict[ShapeName, Match]:
        """The row that an incident is coded as, in each shape in which one may be."""
        if not self.held:
            return {}
        own, days = self.ledger.coded_of(case.view.id), span_of(case)
        rows = [r for r in self.ledger.coded_between(*days) if "incident" not in r.value] if (
            days) else []  # fmt: skip
        found = {}
        for shape in SHAPES:
            held = ([r for r in some if r.value["shape"] == shape] for some in (own, rows))
            match = choose(case, *held)
            if match.row is not None or match.may_be:
                found[shape] = match
        return found

    def of_view(self, view: IncidentView) -> tuple[Standing, ...]:
        """The same of an incident's page."""
        return self.of(Told(view, (), LIST_POLICY))

    def of(self, told: Told) -> tuple[Standing, ...]:
        """How an incident stands, a shape at a time; none where no coded rows are held."""
        if not self.held:
            return ()
        case = self.case(told)
        found = tuple(stand(case, match) for match in self.matches(case).values())
        return found or (Standing("new"),)


def standing_words(standings: Iterable[Standing]) -> str:
    """How an incident stands, in a line."""
    return " | ".join(s.words for s in standings)


def incident_wire(view: IncidentView, standings: Iterable[Standing]) -> dict[str, Any]:
    """One JSON object of `sayso.incident/1`, with how the incident stands to coded rows."""
    coded = [{**encode(s), "words": s.words} for s in standings]
    return {**incident_to_wire(view), "coded": coded}
