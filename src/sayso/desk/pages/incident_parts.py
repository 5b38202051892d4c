"""What the parts of an incident's page are made of: days, speakers, places, policies."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.incidents.timeline import Statement, day_key, find_statements
from sayso.incidents.words import NO_DATE
from sayso.lexicon.load import load_table
from sayso.record import Place
from sayso.record.incident import ClaimLine, IncidentView, PolicyCell, StateLine
from sayso.record.links import LIST_POLICY, POLICY_NAMES

POLICY_WORDS = {
    "most_recent": "the last word of each speaker",
    "lowest": "the lowest that anybody states",
    "highest": "the highest that anybody states",
    "ucdp": "least, best supported and most, as UCDP does",
    "acled": "the most conservative, as ACLED does",
    "majority": "what most speakers state",
}
# How far from the middle of a place it may have been, in km: what the map draws.
REACH = {"point": 3, "town": 12, "district": 40, "region": 130, "area": 250}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its claims in full: one speaker, one day, the same words."""

    statement: Statement
    claims: tuple[ClaimLine, ...]

    @property
    def first(self) -> ClaimLine:
        """The claim that it is quoted from."""
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Day:
    """A day in words, the states that came about then, and what was said."""

    iso: str
    words: str
    states: tuple[StateLine, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, with all that they say."""

    name: str
    full: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that claims name, and the claims; `km` is how far around it may be."""

    name: str | None
    precision: str
    lat: float | None
    lon: float | None
    km: int | None
    country: str | None
    numeric: str | None
    claims: tuple[str, ...]


def said_in(view: IncidentView) -> list[Said]:
    """The statements of what happened, in the order of days."""
    claims = {c.claim: c for c in view.claims}
    return [Said(s, tuple(claims[c] for c in s.claims)) for s in find_statements(view)]


def left_out(view: IncidentView, said: list[Said]) -> list[ClaimLine]:
    """The claims of nothing that happened, which statements leave out."""
    shown = {c.claim for each in said for c in each.claims}
    return [c for c in view.claims if c.claim not in shown]


def days_of(view: IncidentView, said: list[Said]) -> list[Day]:
    """States and statements by day, the earliest first; what has no date comes last."""
    states: dict[str, list[StateLine]] = {}
    words: dict[str, list[Said]] = {}
    for state in view.states:
        states.setdefault(day_key(state.when or state.said), []).append(state)
    for each in said:
        words.setdefault(day_key(each.statement.when), []).append(each)
    return [
        Day("" if told == NO_DATE else day, told, tuple(states.get(key, ())),
            tuple(words.get(key, ())))
        for key in sorted({*states, *words})
        for day, _, told in [key.partition("|")]
    ]  # fmt: skip


def speakers_of(said: list[Said]) -> list[Speaker]:
    """Who says what, the most talkative first; a report's own voice comes last."""
    found: dict[str, list[Said]] = {}
    for each in said:
        found.setdefault(each.statement.speaker, []).append(each)
    made = [
        Speaker(name, held[0].first.speaker or name, tuple(held)) for name, held in found.items()
    ]
    return sorted(made, key=lambda s: (s.said[0].first.speaker is None, -len(s.said)))


@dataclass(frozen=True, slots=True)
class Cell:
    """A policy's cell of a measure beside the present policy's."""

    policy: str
    cell: PolicyCell
    changed: bool


def policies_of(view: IncidentView) -> dict[str, dict[str, Cell]]:
    """The cells by measure and policy; `changed` where a cell is not the present policy's."""
    found: dict[str, dict[str, PolicyCell]] = {}
    for cell in view.cells:
        found.setdefault(cell.measure, {})[cell.policy] = cell
    return {
        measure: {
            name: Cell(name, held[name], _numbers(held[name]) != _numbers(held.get(LIST_POLICY)))
            for name in POLICY_NAMES
            if name in held
        }
        for measure, held in found.items()
    }


def _numbers(cell: PolicyCell | None) -> tuple[float | None, ...]:
    return (cell.low, cell.best, cell.high) if cell else ()


def spots_of(view: IncidentView) -> list[Spot]:
    """The places that claims name, the incident's own first, then those most told of."""
    found: dict[tuple[str | None, str | None], tuple[Place, list[str]]] = {}
    for claim in view.claims:
        if claim.place is not None:
            held = found.setdefault(_place_key(claim.place), (claim.place, []))
            held[1].append(claim.claim)
    if view.place is not None:
        found.setdefault(_place_key(view.place), (view.place, []))
    own = _place_key(view.place) if view.place else None
    ordered = sorted(found.items(), key=lambda item: (item[0] != own, -len(item[1][1])))
    return [_spot(place, tuple(claims)) for _, (place, claims) in ordered]


def _place_key(place: Place) -> tuple[str | None, str | None]:
    return place.gazetteer_id or place.name, place.country


def _spot(place: Place, claims: tuple[str, ...]) -> Spot:
    numeric = _numerics().get(place.country or "")
    return Spot(
        place.name, place.precision, place.lat, place.lon, REACH.get(place.precision),
        place.country, numeric, claims,
    )  # fmt: skip


@functools.cache
def _numerics() -> Mapping[str, str]:
    """ISO 3166-1 numbers by alpha-3 code: what the world's outlines are named by."""
    table: dict[str, dict[str, Any]] = load_table("countries")
    return {code: f"{row['numeric']:03}" for code, row in table.items() if "numeric" in row}


def precision_words(spot: Spot) -> str:
    """How exactly a place is known: `a region: somewhere within some 130 km`."""
    match spot.precision:
        case "stated_unknown":
            return "said to be not known"
        case "country":
            return "the country, no more is told"
        case _ if spot.km and spot.lat is None:
            return f"a {spot.precision} that the gazetteer does not hold: its country is drawn"
        case "point" | "town":
            return f"a {spot.precision}"
        case _ if spot.km:
            return f"a {spot.precision}: somewhere within some {spot.km} km"
        case _:
            return "how exactly is not known"
