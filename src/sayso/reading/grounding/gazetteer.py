"""The gazetteer: names to the places that bear them, from one prebuilt read-only SQLite file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer; `kind` is country, adm1, adm2, city, region, water or site."""

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    population: int


class Gazetteer:
    """Looks names up; opens in a few milliseconds and holds no more than it was asked for."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path

    def find(self, name: str) -> tuple[Entry, ...]:
        """The places that bear a name, any case and accents; none where none does."""
        raise NotImplementedError
