"""Which row of a team's own an incident is coded as: by the id it was exported with, else by facts.

Day and country must fit; place, actors, type and deaths speak for one row or another. Where two
rows fit alike, or too little speaks for one, none is chosen, and they are named.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sayso.exchange.countries import find_state
from sayso.exchange.shapes.case import Case, days_of
from sayso.exchange.shapes.shape import SHAPES
from sayso.ledger import Listed
from sayso.record.names import plain_name

NEAR = 1  # days that a row may lie off: a night's attack is dated by either day
ENOUGH, MAY_BE = 6, 5  # of what speaks for a row
KM, NEAR_KM = 111.2, 25  # of a degree; a place's surroundings
NAMES = {
    "ged": ("where_coordinates", "adm_1", ("side_a", "side_b"), "best", "type_of_violence"),
    "acled": ("location", "admin1", ("actor1", "actor2"), "fatalities", "event_type"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """The row that an incident is coded as, None where it is new; others that it may be.

    `twice` are further rows that name the incident: two that were coded and are one by now.
    """

    row: Listed | None = None
    may_be: tuple[Listed, ...] = ()
    twice: tuple[Listed, ...] = ()


def span_of(case: Case) -> tuple[str, str] | None:
    """The first and last day of which a row may tell; None where the time is not known."""
    days = days_of(case.view.time)
    if days is None:
        return None
    return (days[0] - timedelta(NEAR)).isoformat(), (days[1] + timedelta(NEAR)).isoformat()


def choose(case: Case, named: Sequence[Listed], rows: Sequence[Listed]) -> Match:
    """The row that an incident is coded as, of those that name it, else of those of its days."""
    if named:
        return Match(named[0], twice=tuple(named[1:]))
    scored = [(_score(case, row), row) for row in rows]
    most = max((score for score, _ in scored), default=0)
    best = [row for score, row in scored if score == most >= MAY_BE]
    return Match(best[0]) if len(best) == 1 and most >= ENOUGH else Match(None, tuple(best))


def _score(case: Case, row: Listed) -> int:
    """How much speaks for a row; 0 where something speaks against it that can't be overlooked.

    Place 3 (its division alone 1), the same day 2, deaths 2, a side 2, type 1.
    """
    cells, place = row.value["cells"], case.view.place
    name, division, sides, deaths, type_ = NAMES[row.value["shape"]]
    state = find_state(cells.get("country"))
    if state and case.state and state.code != case.state.code:
        return 0
    told = _place_fits(case, cells, name, division)
    if told is None or place is None:
        return 0
    filled = _filled(case, row)
    score = told + 2 * _same_day(case, row) + 2 * _same_side(case, [cells.get(s) for s in sides])
    same = cells.get(deaths) is not None and cells.get(deaths) == filled.get(deaths)
    return score + 2 * same + (cells.get(type_) is not None and cells[type_] == filled.get(type_))


def _filled(case: Case, row: Listed) -> dict[str, Any]:
    shape = SHAPES[row.value["shape"]]
    wanted, held = NAMES[row.value["shape"]][3:], shape.by_rule(case)
    return {c.name: c.take(held).value for c in shape.columns if c.name in wanted}


def _same_day(case: Case, row: Listed) -> bool:
    days = days_of(case.view.time)
    return days is not None and row.starts == days[0].isoformat() and row.ends == (
        days[1].isoformat()
    )  # fmt: skip


def _same_side(case: Case, names: Iterable[Any]) -> bool:
    told = {plain_name(str(n)) for n in names if n}
    parties = [p for p in (case.sides.a, case.sides.b) if p and p.group != "civilians"]
    held = {plain_name(n) for p in parties for n in p.names}
    for party in parties:
        if (row := case.lists.actor(party.names)) is not None:
            held |= {plain_name(row.value["name"]), *map(plain_name, row.value.get("aliases", ()))}
    return bool(told & held)


def _place_fits(case: Case, cells: dict[str, Any], name: str, division: str) -> int | None:
    """3 for the place, 1 for its division, None where the two are different places."""
    place = case.view.place
    if place is None:
        return None
    theirs, row = cells.get(name), case.lists.place(place.name, place.country, place.gazetteer_id)
    ours = {plain_name(n) for n in (place.name, row.value["name"] if row else None) if n}
    if theirs and plain_name(str(theirs)) in ours:
        return 3
    if place.precision in ("point", "town") and place.lat is not None and place.lon is not None:
        far = distance(place.lat, place.lon, cells.get("latitude"), cells.get("longitude"))
        if far is not None:
            return 3 if far <= NEAR_KM else None
    if (
        place.admin1
        and cells.get(division)
        and plain_name(place.admin1) == plain_name(str(cells[division]))
    ):
        return 1
    return None


def distance(lat: float, lon: float, to_lat: Any, to_lon: Any) -> float | None:
    """Kilometres between two points, None where one is not told; near enough for a few dozen."""
    if not isinstance(to_lat, int | float) or not isinstance(to_lon, int | float):
        return None
    east = (to_lon - lon) * math.cos(math.radians(lat))
    return KM * math.hypot(to_lat - lat, east)
