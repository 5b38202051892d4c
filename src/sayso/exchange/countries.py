"""Countries as data sets of conflicts number and name them, and a team's words for them."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from sayso.lexicon.load import load_table
from sayso.record.names import plain_name


@dataclass(frozen=True, slots=True)
class State:
    """A country: its names and numbers, and the regions that data sets place it in."""

    code: str
    name: str
    numeric: int | None
    gw: int | None
    acled_region: str | None

    @property
    def ged_region(self) -> str | None:
        """GED's region, None for who has no Gleditsch and Ward number."""
        gw = self.gw or 0
        regions = load_table("regions")["ged"].items()
        return next((r for r, bounds in regions for a, b in bounds if a <= gw <= b), None)


@functools.cache
def _states() -> dict[str, State]:
    regions = {c: name for name, codes in load_table("regions")["acled"].items() for c in codes}
    return {
        code: State(code, row["name"], row.get("numeric"), row.get("gw"), regions.get(code))
        for code, row in load_table("countries").items()
    }


@functools.cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, row in load_table("countries").items():
        for name in (code, row["iso2"], row["name"], *row.get("names", ())):
            found.setdefault(plain_name(name), code)
    return found


def state_of(code: str | None) -> State | None:
    """The country of an ISO 3166-1 alpha-3 code."""
    return _states().get(code) if code else None


def find_state(name: str | None) -> State | None:
    """The country that a team calls so: a name, an abbreviation, a code of two or three letters."""
    return state_of(_by_name().get(plain_name(name))) if name else None
