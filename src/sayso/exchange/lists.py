"""A team's lists as exports look things up in them: whose id an actor, dyad or place has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from sayso.exchange.countries import find_state, plain
from sayso.ledger import Ledger, Listed, ListKind

Pair = frozenset[str]
K = TypeVar("K", str, Pair)


@dataclass(frozen=True, slots=True)
class Lists:
    """Rows of lists by name. A name that two rows have finds neither: nobody knows which."""

    actors: dict[str, Listed | None] = field(default_factory=dict)
    dyads: dict[Pair, Listed | None] = field(default_factory=dict)
    conflicts: dict[str, Listed] = field(default_factory=dict)  # by id
    places: dict[str, list[Listed]] = field(default_factory=dict)
    gazetteer: dict[str, Listed] = field(default_factory=dict)
    by_handle: dict[str, Listed] = field(default_factory=dict)  # "actor 7": what a cell rests on

    def actor(self, names: Iterable[str]) -> Listed | None:
        """The row of the first of these names that a list has."""
        found = (self.actors.get(plain(name)) for name in names)
        return next((row for row in found if row is not None), None)

    def dyad(self, a: Iterable[str], b: Iterable[str]) -> Listed | None:
        """The row of the dyad of two sides, each given by its id or its names."""
        first, second = [plain(x) for x in a], [plain(x) for x in b]
        found = (self.dyads.get(frozenset((x, y))) for x in first for y in second)
        return next((row for row in found if row is not None), None)

    def conflict(self, dyad: Listed | None) -> Listed | None:
        """The conflict that a dyad is of."""
        return self.conflicts.get(str(dyad.value.get("conflict_id"))) if dyad else None

    def place(self, name: str | None, country: str | None, gazetteer_id: str | None) -> (
        Listed | None
    ):  # fmt: skip
        """The row of a place, by its gazetteer id, else by its name within its country."""
        if gazetteer_id and (row := self.gazetteer.get(_number(gazetteer_id))):
            return row
        held = [r for r in self.places.get(plain(name), ()) if _within(r, country)] if name else []
        return held[0] if len(held) == 1 else None


def _number(gazetteer_id: str) -> str:
    return gazetteer_id.rpartition(":")[2].strip()


def _within(row: Listed, country: str | None) -> bool:
    state = find_state(row.value.get("country"))
    return state is None or country is None or state.code == country


def load_lists(ledger: Ledger) -> Lists:
    """The lists that a ledger holds."""
    held = ledger.lists()
    lists = Lists()
    for row in _rows(ledger, held, "actor"):
        for name in (row.value["name"], *row.value.get("aliases", ())):
            _enter(lists.actors, plain(name), row)
        lists.by_handle[f"actor {row.id}"] = row
    for row in _rows(ledger, held, "dyad"):
        for pair in _pairs(row):
            _enter(lists.dyads, pair, row)
        lists.by_handle[f"dyad {row.id}"] = row
    for row in _rows(ledger, held, "conflict"):
        lists.conflicts[row.id] = lists.by_handle[f"conflict {row.id}"] = row
    for row in _rows(ledger, held, "place"):
        for name in dict.fromkeys(map(plain, (row.value["name"], *row.value.get("aliases", ())))):
            lists.places.setdefault(name, []).append(row)
        if row.value.get("gazetteer_id"):
            lists.gazetteer[_number(str(row.value["gazetteer_id"]))] = row
        lists.by_handle[f"place {row.id}"] = row
    return lists


def _rows(ledger: Ledger, held: dict[ListKind, int], kind: ListKind) -> list[Listed]:
    return ledger.listed(kind) if held.get(kind) else []


def _enter(table: dict[K, Listed | None], key: K, row: Listed) -> None:
    """Enter a row; a key that another row has too finds neither."""
    other = table.get(key, row)
    table[key] = row if other is not None and other.id == row.id else None


def _pairs(dyad: Listed) -> Iterator[Pair]:
    """The two sides of a dyad by their ids and by their names; `A - B` where only it is named."""
    value = dyad.value
    sides = [
        (value.get("side_a_id"), value.get("side_b_id")),
        (value.get("side_a"), value.get("side_b")),
        tuple(str(value["name"]).split(" - ", 1)) if " - " in str(value["name"]) else (None, None),
    ]
    for a, b in sides:
        if a and b:
            yield frozenset((plain(str(a)), plain(str(b))))
