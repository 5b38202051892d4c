"""Lists of incidents: a line each for people, CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sayso.cli.output.csv import Value, to_csv
from sayso.cli.output.sheet import Sheet, print_table
from sayso.ledger.answers import IncidentRow

TOLLS = ("killed", "wounded", "killed_or_wounded")
POLICY = "most_recent"


def _figure(row: IncidentRow, measure: str, bound: int) -> Value:
    cell = row.figures.get(measure, {}).get(POLICY)
    return cell[bound] if cell else None


def _place(row: IncidentRow, key: str) -> Value:
    return row.place.get(key) if row.place else None


def _tolls() -> dict[str, Callable[[IncidentRow], Value]]:
    return {
        f"{measure}_{name}": (lambda r, m=measure, b=bound: _figure(r, m, b))  # type: ignore[misc]
        for measure in TOLLS
        for bound, name in enumerate(("low", "best", "high"))
    }


COLUMNS: dict[str, Callable[[IncidentRow], Value]] = {
    "incident": lambda r: r.incident,
    "type": lambda r: r.type,
    "state": lambda r: "; ".join(r.state),
    "start": lambda r: r.time["start"] if r.time else None,
    "end": lambda r: r.time["end"] if r.time else None,
    "place": lambda r: _place(r, "name"),
    "country": lambda r: _place(r, "country"),
    "gazetteer_id": lambda r: _place(r, "gazetteer_id"),
    "lat": lambda r: _place(r, "lat"),
    "lon": lambda r: _place(r, "lon"),
    "reports": lambda r: "; ".join(r.reports),
    "main": lambda r: "; ".join(r.main),
    "texts": lambda r: r.texts,
    "origins_at_least": lambda r: r.origins[0],
    "origins_at_most": lambda r: r.origins[1],
    **_tolls(),
    "changed": lambda r: r.changed,
}


def incidents_csv(rows: Iterable[IncidentRow]) -> str:
    """The incidents as CSV; tolls by the policy `most_recent`."""
    return to_csv(COLUMNS, ([take(row) for take in COLUMNS.values()] for row in rows))


def incidents_table(rows: Sequence[IncidentRow], sheet: Sheet) -> str:
    """A line an incident: when, where, what, and how many can be told apart that say so."""
    head = ("incident", "when", "where", "what became of it", "reports", "texts", "origins")
    print_table(sheet, head, [_cells(row) for row in rows])
    return sheet.text()


def _cells(row: IncidentRow) -> tuple[str, ...]:
    what = (row.type or "not told").replace("_", " ")
    became = f": {', '.join(row.state)}" if row.state else ""
    low, high = row.origins
    origins = f"{low}" if low == high else f"{low} to {high}"
    return (
        row.incident.removeprefix("incident-"), _when_cell(row.time),
        str(_place(row, "name") or "not told"), what + became, str(len(row.reports)),
        str(row.texts), origins,
    )  # fmt: skip


def _when_cell(when: dict[str, Any] | None) -> str:
    """A day, or the first and last of an interval."""
    if not when or not (when["start"] or when["end"]):
        return "not told"
    start, end = ((when[k] or "…")[:10] for k in ("start", "end"))
    return start if start == end else f"{start} – {end}"
