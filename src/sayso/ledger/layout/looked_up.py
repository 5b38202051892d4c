"""By which names a row of a team's own list is looked up."""

from __future__ import annotations

from typing import Any

from sayso.record.names import plain_name

LONGEST = 200  # signs of a name


def names_of(kind: str, value: dict[str, Any]) -> list[str]:
    """What a row is looked up by: its names, a place's number too, a dyad's two sides."""
    found: list[str] = []
    if kind in ("actor", "place"):
        found = [plain_name(str(n)) for n in (value.get("name", ""), *value.get("aliases", ()))]
    if kind == "place" and value.get("gazetteer_id"):
        found.append(gazetteer_name(str(value["gazetteer_id"])))
    if kind == "dyad":
        # `A - B` where only the dyad is named
        first, _, second = str(value.get("name", "")).partition(" - ")
        sides = [
            (value.get("side_a_id"), value.get("side_b_id")),
            (value.get("side_a"), value.get("side_b")), (first, second),
        ]  # fmt: skip
        found = [pair_name(str(a), str(b)) for a, b in sides if a and b]
    return [name for name in dict.fromkeys(name[:LONGEST] for name in found) if name]


def gazetteer_name(id_: str) -> str:
    """What a place is looked up by beside its names: `geonames:2643743` is `#2643743`."""
    return f"#{id_.rpartition(':')[2].strip()}"


def pair_name(a: str, b: str) -> str:
    """What the dyad of two sides is looked up by, whichever is named first."""
    return "|".join(sorted((plain_name(a), plain_name(b))))
