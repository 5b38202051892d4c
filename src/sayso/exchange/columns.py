"""The columns of an incident's row in a spreadsheet: what each holds, rests on and means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Literal, get_args

from sayso.exchange.dispute import dispute_words
from sayso.incidents.words import flag_words, state_words
from sayso.record import Place
from sayso.record.incident import ClaimLine, IncidentView, PolicyCell
from sayso.record.reading import Counts
from sayso.record.words import when_words

Cell = str | float | date | datetime | None
CellKind = Literal["text", "number", "date"]
# How an edit comes back: as a correction of the incident's time, place, type or count, as a
# decision about the row, as a note; what names a row or is sayso's own count takes none.
Edit = Literal["time", "place", "type", "count", "status", "note", "none"]

MEASURES: tuple[Counts, ...] = tuple(c for c in get_args(Counts) if c != "other")
CORRECTED = ("killed", "wounded")  # measures of which the ledger takes a person's count
MACHINE_READ = "machine-read"
FIRST_YEAR = 1900  # before it a spreadsheet knows no dates


@dataclass(frozen=True, slots=True)
class Told:
    """An incident to be written: what the ledger tells, its flags, the policy of its figures.

    `corrected` are the cells that a person set, each with the entry; `coded` is how it stands to
    what the team coded, in words.
    """

    view: IncidentView
    flags: tuple[str, ...]
    policy: str
    corrected: Mapping[str, str] = field(default_factory=dict)
    coded: str | None = None

    def cell_of(self, measure: str) -> PolicyCell | None:
        """The cell of a measure by the policy, None where nobody counts it."""
        return next((c for c in self.cells if c.measure == measure), None)

    @property
    def cells(self) -> tuple[PolicyCell, ...]:
        """The cells by the policy, of what somebody gives a number of or tells.

        Who only denies counts nobody. What a person set rests on no claim.
        """
        given = {f.counts for f in self.view.figures}
        affirmed = {c.claim for c in self.view.claims if _affirms(c)}
        return tuple(
            c
            for c in self.view.cells
            if c.policy == self.policy
            if c.measure in given or not c.claims or (c.best and not affirmed.isdisjoint(c.claims))
        )

    @property
    def title(self) -> str:
        """What, where and when in a line, for a format in which each thing has a name."""
        view = self.view
        where = view.place.name if view.place else None
        parts = (view.type or "incident", where, when_words(view.time))
        return ", ".join(part for part in parts if part)


def _affirms(claim: ClaimLine) -> bool:
    return claim.polarity == "positive" and claim.certainty != "denied"


def point_of(place: Place | None) -> tuple[float, float] | None:
    """Latitude and longitude of a point; no point on a map stands for a town or a region."""
    if place is None or place.precision != "point" or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def place_key(place: Place) -> str:
    """What tells a place from others: its gazetteer id, else its name and country."""
    return place.gazetteer_id or f"{place.name}|{place.country}"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, its meaning, its value, and the claims that a cell rests on."""

    name: str
    means: str
    take: Callable[[Told], Cell]
    kind: CellKind = "text"
    edit: Edit = "none"
    rests_on: Callable[[Told], Sequence[str]] = lambda _: ()


def stamp_cell(stamp: str | None) -> Cell:
    """A day, or a day with its hour (UTC where it has a zone); text before spreadsheets' dates."""
    if not stamp:
        return None
    if len(stamp) <= len("2024-12-27"):
        day = date.fromisoformat(stamp)
        return day if day.year >= FIRST_YEAR else stamp
    moment = datetime.fromisoformat(stamp)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment if moment.year >= FIRST_YEAR else stamp


def status_of(view: IncidentView) -> str:
    """Whether the machine alone has read the row, or who decided on it and when."""
    decided = [
        j for j in view.judgements if j.target == view.id and j.action in ("accept", "reject")
    ]
    if not decided:
        return MACHINE_READ
    last = decided[-1]
    since = ", changed since" if view.changed > last.at else ""
    return f"{last.action}ed by {last.by}, {last.at[:10]}{since}"


def _time(told: Told, key: str) -> Cell:
    when = told.view.time
    value: str | None = getattr(when, key) if when else None
    return value if key == "precision" else stamp_cell(value)


def _place(told: Told, key: str) -> Cell:
    """A part of the place."""
    place: Place | None = told.view.place
    if place is None or (key in ("lat", "lon") and not point_of(place)):
        return None
    value: str | float | None = getattr(place, key)
    return value


def _bound(told: Told, measure: str, bound: str) -> Cell:
    cell = told.cell_of(measure)
    value: float | None = getattr(cell, bound) if cell else None
    return int(value) if value is not None and value == int(value) else value


def _under(told: Told, measure: str) -> Sequence[str]:
    cell = told.cell_of(measure)
    return cell.claims if cell else ()


def _claims(told: Told) -> Sequence[str]:
    return tuple(c.claim for c in told.view.claims)


def _toll(measure: str) -> Iterator[SheetColumn]:
    words = measure.replace("_", " ")
    ends = {"low": "least", "best": "best", "high": "most"}
    for bound, end in ends.items():
        edit: Edit = "count" if measure in CORRECTED else "note"
        yield SheetColumn(
            f"{measure}_{bound}",
            f"how many were {words}: the {end} by the policy; empty: not told",
            partial(_bound, measure=measure, bound=bound), "number", edit,
            rests_on=partial(_under, measure=measure),
        )  # fmt: skip
    yield SheetColumn(
        f"{measure}_claims", f"the claims that the figures of {words} rest on",
        lambda t: " ".join(_under(t, measure)), rests_on=partial(_under, measure=measure),
    )  # fmt: skip


def _columns() -> Iterator[SheetColumn]:
    yield SheetColumn(
        "incident", "the ledger's id; import finds the row by it", lambda t: t.view.id
    )
    yield SheetColumn(
        "status", "machine-read, or accepted or rejected by whom and when; changed since: the row "
        "says something else now", lambda t: status_of(t.view), edit="status",
    )  # fmt: skip
    yield SheetColumn("type", "what happened, a type of the event ontology; empty: not told",
                      lambda t: t.view.type, edit="type")  # fmt: skip
    yield SheetColumn("when", "the time in words", lambda t: when_words(t.view.time))
    for key, which in (("start", "first"), ("end", "last")):
        yield SheetColumn(
            key, f"the {which} day (or minute) on which it can have been; empty: not known",
            partial(_time, key=key), "date", "time",
        )  # fmt: skip
    yield SheetColumn("date_precision", "how exactly the time is told: minute … year, unknown",
                 partial(_time, key="precision"), edit="time")  # fmt: skip
    yield from _place_columns()
    yield SheetColumn("state", "what became of the people, step by step",
                      lambda t: "; ".join(state_words(s) for s in t.view.states), edit="note",
                 rests_on=lambda t: [c for s in t.view.states for c in s.claims])  # fmt: skip
    for measure in MEASURES:
        yield from _toll(measure)
    yield SheetColumn("reports", "how many reports tell of it", lambda t: t.view.reports, "number")
    yield SheetColumn("texts", "how many distinct texts they are", lambda t: t.view.texts, "number")
    for name, bound in (("origins_min", "at_least"), ("origins_max", "at_most")):
        yield SheetColumn(
            name, f"how many sources can be told apart that say so, {bound.replace('_', ' ')}",
            lambda t, b=bound: getattr(t.view, b), "number",  # type: ignore[misc]
        )  # fmt: skip
    yield SheetColumn("flags", "what to look at first",
                      lambda t: "; ".join(flag_words(f) for f in t.flags))  # fmt: skip
    yield SheetColumn(
        "coded", "how it stands to rows that the team coded and imported: new, already coded as, "
        "may be coded as, would change (column: old → new); empty: none are held",
        lambda t: t.coded,
    )  # fmt: skip
    yield SheetColumn("note", "a draft on the dispute, from figures as stated, and who denies",
                      lambda t: dispute_words(t.view), edit="note")  # fmt: skip
    yield SheetColumn("claims", "all claims of the incident, as on the sheet words",
                      lambda t: " ".join(_claims(t)), rests_on=_claims)  # fmt: skip


def _place_columns() -> Iterator[SheetColumn]:
    means = {
        "name": "where, the fullest form that a report has; empty: not told",
        "precision": "point, town, district, region, country, area; stated_unknown: a report says "
        "that it is not known",
        "gazetteer_id": "what the place was resolved to (geonames:538555)",
        "country": "ISO 3166-1 alpha-3",
        "admin1": "the first-order division",
        "lat": "latitude, only of a point",
        "lon": "longitude, only of a point",
    }
    names = {"name": "place", "precision": "place_precision"}
    for key, words in means.items():
        kind: CellKind = "number" if key in ("lat", "lon") else "text"
        yield SheetColumn(names.get(key, key), words, partial(_place, key=key), kind, "place")


COLUMNS: tuple[SheetColumn, ...] = tuple(_columns())
BY_NAME = {column.name: column for column in COLUMNS}
