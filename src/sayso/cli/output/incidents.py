"""Lists of incidents: a line each for people, CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.cli.output.listing import Listing
from sayso.cli.output.sheet import Sheet, print_table
from sayso.incidents.words import origins_words
from sayso.ledger.layout.answers import IncidentRow
from sayso.record import When
from sayso.record.cells import Value
from sayso.record.links import LIST_POLICY
from sayso.record.words import when_words

TOLLS = ("killed", "wounded", "killed_or_wounded")
HEAD = ("incident", "when", "where", "what became of it", "reports", "texts", "origins")


def _figure(row: IncidentRow, measure: str, bound: int) -> Value:
    cell = row.figures.get(measure, {}).get(LIST_POLICY)
    return cell[bound] if cell else None


def _place(row: IncidentRow, key: str) -> Value:
    return row.place.get(key) if row.place else None


def _point(row: IncidentRow, key: str) -> Value:
    """Latitude or longitude of a point; the middle of a town or region is none."""
    return _place(row, key) if _place(row, "precision") == "point" else None


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
    "lat": lambda r: _point(r, "lat"),
    "lon": lambda r: _point(r, "lon"),
    "reports": lambda r: "; ".join(r.reports),
    "main": lambda r: "; ".join(r.main),
    "texts": lambda r: r.texts,
    "origins_at_least": lambda r: r.origins[0],
    "origins_at_most": lambda r: r.origins[1],
    **_tolls(),
    "changed": lambda r: r.changed,
}


def _show(rows: Sequence[IncidentRow], sheet: Sheet) -> None:
    """A line an incident: when, where, what, and how many can be told apart that say so."""
    print_table(sheet, HEAD, [_cells(row) for row in rows])


def _cells(row: IncidentRow) -> tuple[str, ...]:
    when = when_words(When(**row.time)) if row.time else ""
    what = (row.type or "not told").replace("_", " ")
    became = f": {', '.join(row.state)}" if row.state else ""
    return (
        row.incident.removeprefix("incident-"), when or "not told",
        str(_place(row, "name") or "not told"), what + became, str(len(row.handles)),
        str(row.texts), origins_words(*row.origins),
    )  # fmt: skip


INCIDENTS = Listing(COLUMNS, _show)
