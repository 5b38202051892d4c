"""A team's lists as exports look things up in them: whose id an actor, dyad or place has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sayso.exchange.countries import find_state
from sayso.ledger import Ledger, Listed, ListKind
from sayso.ledger.layout.looked_up import gazetteer_name, pair_name
from sayso.record.names import plain_name

KINDS: tuple[ListKind, ...] = ("actor", "conflict", "dyad", "place")
HELD = 4_096  # answers that are kept: an export asks for the same names again and again


class Lists:
    """Rows of lists by name, asked of the ledger. A name that two rows have finds neither."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._called = lru_cache(HELD)(self._ask)

    def _ask(self, kind: ListKind, names: tuple[str, ...]) -> tuple[tuple[Listed, ...], ...]:
        found = self._ledger.listed_as(kind, names)
        return tuple(tuple(found.get(name, ())) for name in names)

    def _first(self, kind: ListKind, names: Iterable[str]) -> Listed | None:
        """The row of the first of these names that one row has alone."""
        for rows in self._called(kind, tuple(dict.fromkeys(names))):
            if len(rows) == 1:
                return rows[0]
        return None

    def actor(self, names: Iterable[str]) -> Listed | None:
        """The row of the first of these names that a list has."""
        return self._first("actor", map(plain_name, names))

    def dyad(self, a: Sequence[str], b: Sequence[str]) -> Listed | None:
        """The row of the dyad of two sides, each given by its id or its names."""
        return self._first("dyad", (pair_name(x, y) for x in a for y in b))

    def conflict(self, dyad: Listed | None) -> Listed | None:
        """The conflict that a dyad is of."""
        id_ = dyad.value.get("conflict_id") if dyad else None
        return self.row(f"conflict {id_}") if id_ else None

    def place(self, name: str | None, country: str | None, gazetteer_id: str | None) -> (
        Listed | None
    ):  # fmt: skip
        """The row of a place, by its gazetteer id, else by its name within its country."""
        if gazetteer_id and (row := self._first("place", [gazetteer_name(gazetteer_id)])):
            return row
        called = self._called("place", (plain_name(name),))[0] if name else ()
        held = [row for row in called if _within(row, country)]
        return held[0] if len(held) == 1 else None

    def row(self, handle: str) -> Listed | None:
        """The row that a cell rests on: `actor 7`."""
        called, _, id_ = handle.partition(" ")
        kind = next((k for k in KINDS if k == called), None)
        return next(iter(self._ledger.listed(kind, [id_])), None) if kind else None


def _within(row: Listed, country: str | None) -> bool:
    state = find_state(row.value.get("country"))
    return state is None or country is None or state.code == country
