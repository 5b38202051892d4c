"""Edited cells as judgements: what each becomes, and which cannot be taken, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any, get_args

from sayso.errors import NotInLedgerError, UsageError
from sayso.exchange.book_out import cell_value
from sayso.exchange.books import Refused
from sayso.exchange.columns import BY_NAME, COLUMNS, MACHINE_READ, Cell, Told
from sayso.exchange.gather import row_now
from sayso.exchange.leaving import Asked
from sayso.exchange.xlsx_in import Edited, EditedCell, normal, places_of
from sayso.exchange.xlsx_out import INCIDENTS
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from sayso.ledger.layout.corrections import ENDS
from sayso.ledger.layout.values import DEGREES, check_type, counts_people
from sayso.lexicon.countries import check_country
from sayso.record import Place
from sayso.record.when_where import PlacePrecision, Precision

TIME = ("start", "end", "date_precision")
PLACE = ("place", "place_precision", "gazetteer_id", "country", "admin1", "lat", "lon")
DECIDING = ("accept", "reject")


class Nonsense(Exception):  # noqa: N818 - a value, said to who typed it
    """A cell whose new value cannot be meant."""

    def __init__(self, cell: EditedCell, what: str) -> None:
        self.cell = cell
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Plan:
    """A judgement that edited cells ask for."""

    action: str
    incident: str
    cells: tuple[EditedCell, ...]
    detail: dict[str, Any]

    @property
    def words(self) -> str:
        """As it is listed: `correct incident-4f0c killed_best: 9 → 11 (cell Q7)`."""
        changed = ", ".join(f"{c.column}: {_shown(c.old)} → {_shown(c.new)}" for c in self.cells)
        return f"{self.action} {self.incident} {changed} ({places_of(self.cells)})"


def _shown(value: Cell) -> str:
    return "empty" if value is None else str(value)


def plan_edits(ledger: Ledger, edited: Edited, by: str) -> tuple[list[Plan], list[Refused]]:
    """What the edits of a workbook ask for, and what in it is not taken.

    Nothing is planned over what somebody else changed since the file was made. Raises UsageError
    where the file is of another ledger.
    """
    if edited.made["ledger"] != ledger.head().ledger:
        raise UsageError("the file was exported from another ledger; name that one with --ledger")
    refused = list(edited.refused)
    plans: list[Plan] = []
    by_incident: dict[str, list[EditedCell]] = {}
    for cell in edited.cells:
        by_incident.setdefault(cell.incident, []).append(cell)
    for incident, cells in by_incident.items():
        try:
            now = _now(ledger, edited, incident)
        except NotInLedgerError:
            what = f"{incident} was joined to another or is gone since; its edits are not taken"
            refused.append(Refused(INCIDENTS, cells[0].row, None, what))
            continue
        plans += _plans_of(list(_unchanged(cells, now.cells, refused)), now, refused)
    return _unsaid(ledger, plans, by), refused


def apply(ledger: Ledger, plans: Iterable[Plan], name: str, by: str) -> Iterator[tuple[Plan, str]]:
    """Enter each judgement; yields it with the entry, or with what the ledger says against it."""
    for plan in plans:
        at = f"edited in {name}, sheet {INCIDENTS}, {places_of(plan.cells)}, by {by}"
        try:
            made = ledger.judge(plan.action, plan.incident, by=by, reason=at, **plan.detail)
        except (UsageError, NotInLedgerError) as error:
            yield plan, f"not taken: {error}"
        else:
            yield plan, made.entry


@dataclass(frozen=True, slots=True)
class _Now:
    """What the ledger says of an incident now: its cells by column, and its place in full."""

    cells: dict[str, Cell]
    place: Place | None


def _now(ledger: Ledger, edited: Edited, incident: str) -> _Now:
    """Raises NotInLedgerError where the incident is part of another by now."""
    made = edited.made
    view = view_incident(ledger, incident)
    if view.id != incident:
        raise NotInLedgerError(f"{incident} is part of {view.id}", "export anew")
    asked = Asked(policy=made["policy"], unmasked=made.get("unmasked") is True)
    row = row_now(ledger, asked, Told(view, (), asked.policy))
    cells = zip(COLUMNS, row.cells, strict=True)
    return _Now({c.name: normal(cell_value(value)) for c, value in cells}, view.place)


def _unchanged(
    cells: Iterable[EditedCell], now: dict[str, Cell], refused: list[Refused]
) -> Iterator[EditedCell]:
    """The edits of cells that the ledger still says as the file did."""
    for cell in cells:
        held = now[cell.column]
        if BY_NAME[cell.column].edit == "none":
            yield cell  # refused below
            continue
        if held == cell.new:
            continue  # so it is already
        # who accepts what another accepted meanwhile is a second person who looked
        if held != cell.old and not (cell.column == "status" and _same_verdict(held, cell.new)):
            what = (f"the ledger says {held!s:.60} since, where {cell.old!s:.60} was exported; "
                    f"{cell.new!s:.60} is not taken")  # fmt: skip
            refused.append(Refused(INCIDENTS, cell.row, cell.column, what))
        else:
            yield cell


def _same_verdict(held: Cell, new: Cell) -> bool:
    words = str(held).casefold(), str(new).casefold()
    return any(all(w.startswith(action) for w in words) for action in DECIDING)


def _plans_of(cells: Sequence[EditedCell], now: _Now, refused: list[Refused]) -> list[Plan]:
    """The judgements on one incident: corrections first, a decision last, as its row then says."""
    found: list[Plan] = []
    for group in _groups(cells):
        try:
            found += _plan(group, now)
        except Nonsense as error:
            cell = error.cell
            rest = ", ".join(c.column for c in group if c is not cell)
            words = f"{error}; {rest} of the row not taken either" if rest else str(error)
            refused.append(Refused(INCIDENTS, cell.row, cell.column, words))
    return sorted(found, key=lambda p: p.action in DECIDING)


def _groups(cells: Sequence[EditedCell]) -> list[list[EditedCell]]:
    """Cells that are taken or refused together: of the time, of the place, of a measure."""
    groups: dict[str, list[EditedCell]] = {}
    for cell in cells:
        edit = BY_NAME[cell.column].edit
        measure, _, end = cell.column.rpartition("_")
        key = measure if end in ENDS else cell.column
        groups.setdefault(edit if edit in ("time", "place") else key, []).append(cell)
    return list(groups.values())


def _plan(cells: list[EditedCell], now: _Now) -> list[Plan]:
    """The judgements of one group; of its other cells, what the ledger says now stands."""
    first = cells[0]
    row = now.cells | {c.column: c.new for c in cells}
    match BY_NAME[first.column].edit:
        case "time":
            return [_correction(cells, "time", _time(row, cells))]
        case "place":
            return [_correction(cells, "place", _place(row, cells, now.place))]
        case "type":
            _check(first, check_type)
            return [_correction(cells, "type", first.new)]
        case "count":
            return _counts(cells, now)
        case "status":
            return [_decision(first)]
        case "note":
            _check_order(cells, row)
            return [_note(c) for c in cells]
        case "none":
            raise Nonsense(first, "this is sayso's own count or name and is not edited; "
                           "write what you mean into the note")  # fmt: skip


def _check(cell: EditedCell, check: Callable[[Any], None]) -> None:
    """Raises Nonsense for a value that the ledger would not take."""
    try:
        check(cell.new)
    except UsageError as error:
        raise Nonsense(cell, str(error)) from None


def _correction(cells: Sequence[EditedCell], field: str, new: Any) -> Plan:
    return Plan("correct", cells[0].incident, tuple(cells), {"field": field, "new": new})


def _note(cell: EditedCell) -> Plan:
    said = {"field": cell.column, "old": _plain(cell.old), "new": _plain(cell.new)}
    return Plan("note", cell.incident, (cell,), said)


def _plain(value: Cell) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _check_number(cell: EditedCell) -> None:
    if not counts_people(cell.new):
        raise Nonsense(cell, f"{cell.new!s:.60} is no number of people")


def _counts(cells: Sequence[EditedCell], now: _Now) -> list[Plan]:
    """A person's best count is the row's; another end alone is noted, the ledger has no place.

    An emptied best is not known, whatever reports say.
    """
    best = next((c for c in cells if c.column.endswith("_best")), None)
    row = now.cells | {c.column: c.new for c in cells}
    measure = cells[0].column.rpartition("_")[0]
    if best is not None:  # the ends that nobody edited go with it
        edited = {c.column for c in cells}
        row |= {n: best.new for end in ENDS if (n := f"{measure}_{end}") not in edited}
    _check_order(cells, row)
    if best is None:
        return [_note(c) for c in cells]
    rest = [_note(c) for c in cells if c is not best and c.new != best.new]
    return [_correction([best], measure, best.new), *rest]


def _check_order(cells: Sequence[EditedCell], row: dict[str, Cell]) -> None:
    """Raises Nonsense where the ends of a measure, as the row then says, would not go up."""
    for cell in cells:
        if BY_NAME[cell.column].kind == "number":
            _check_number(cell)
    measure = cells[0].column.rpartition("_")[0]
    told = [(name, row[name]) for end in ENDS if (name := f"{measure}_{end}") in row]
    known = [(name, value) for name, value in told if isinstance(value, int | float)]
    for (less, low), (more, high) in combinations(known, 2):
        if low > high:
            cell = next((c for c in cells if c.column == less), _of(cells, more))
            raise Nonsense(cell, f"{less} {low} lies above {more} {high}; correct both")


def _decision(cell: EditedCell) -> Plan:
    word = str(cell.new or "").casefold()
    for action in DECIDING:
        if word.startswith(action):
            return Plan(action, cell.incident, (cell,), {})
    if word in ("", MACHINE_READ):
        raise Nonsense(cell, "a decision is taken back with `sayso judge undo ENTRY`")
    raise Nonsense(cell, f"{cell.new!s:.60} is no status; write accepted or rejected")


def _of(cells: Sequence[EditedCell], column: str) -> EditedCell:
    """The edited cell of a column; the first one where that column was not edited."""
    return next((c for c in cells if c.column == column), cells[0])


def _time(row: dict[str, Cell], cells: Sequence[EditedCell]) -> dict[str, Any] | None:
    """The time that a row's cells say, None where they are empty."""
    start, end, precision = (row[name] for name in TIME)
    for name, value in (("start", start), ("end", end)):
        if value is not None and not isinstance(value, date):
            raise Nonsense(
                _of(cells, name), f"{value!s:.60} is no date: type it as one, 2024-12-27"
            )
    if start is None and end is None:
        if precision not in (None, "unknown"):
            raise Nonsense(cells[0], "a precision needs a date; empty all three for not known")
        return None
    if precision not in get_args(Precision):
        what = f"{precision!s:.60} is no precision: {', '.join(get_args(Precision))}"
        raise Nonsense(_of(cells, "date_precision"), what)
    first, last = _stamp(start), _stamp(end)
    if first is not None and last is not None and first[:10] > last[:10]:
        raise Nonsense(_of(cells, "end"), f"the end {last} lies before the start {first}")
    return {"start": first, "end": last, "precision": precision, "basis": "given"}


def _stamp(value: Cell) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else None


def _place(
    row: dict[str, Cell], cells: Sequence[EditedCell], held: Place | None
) -> dict[str, Any] | None:
    """The place that a row's cells say, None where they are empty.

    Under a new name the old gazetteer id and point do not stand, unless they were edited too. The
    middle of a town, which no cell shows, stays where the town does.
    """
    told = {name: row[name] for name in PLACE}
    edited = {c.column for c in cells}
    if held is not None and not edited & {"lat", "lon"}:
        told |= {"lat": held.lat, "lon": held.lon}
    if edited & {"place", "gazetteer_id"}:
        told |= {n: None for n in ("gazetteer_id", "lat", "lon") if n not in edited}
    if all(row[name] is None for name in ("place", "gazetteer_id", "country", "admin1", "lat")):
        return None
    for name in ("place", "gazetteer_id", "admin1"):
        if told[name] is not None and not isinstance(told[name], str):
            raise Nonsense(_of(cells, name), f"{told[name]!s:.60} is no name")
    country, precision = told["country"], told["place_precision"] or "unknown"
    if country is not None and "country" in edited:
        _check(_of(cells, "country"), check_country)
    if precision not in get_args(PlacePrecision):
        what = f"{precision!s:.60} is no precision: {', '.join(get_args(PlacePrecision))}"
        raise Nonsense(_of(cells, "place_precision"), what)
    for name, most in DEGREES.items():
        value = told[name]
        if value is not None and not (isinstance(value, int | float) and abs(value) <= most):
            raise Nonsense(_of(cells, name), f"{value!s:.60} is no degree")
    return {
        "name": told["place"], "gazetteer_id": told["gazetteer_id"], "country": country,
        "admin1": told["admin1"], "lat": told["lat"], "lon": told["lon"], "precision": precision,
    }  # fmt: skip


def _unsaid(ledger: Ledger, plans: Iterable[Plan], by: str) -> list[Plan]:
    """Those that the ledger does not hold: a note of anybody, a decision of who acts."""
    found = []
    for plan in plans:
        decides = plan.action in DECIDING
        held = ledger.judgements(plan.incident) if decides or plan.action == "note" else ()
        same = [j for j in held if j.action == plan.action and j.detail == plan.detail]
        if not any(j.by == by or not decides for j in same):
            found.append(plan)
    return found
