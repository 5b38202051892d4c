"""What a ledger answers of what lies beside the chain: what a desk keeps, a team's own lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sayso.ledger.entries.kept import Kept, Kind, find_kept, unseen
from sayso.ledger.entries.listed import (
    Listed,
    ListKind,
    coded_between,
    coded_of,
    count_rows,
    find_rows,
    has_rows,
    ids_from,
    naming_incidents,
    rows_called,
)
from sayso.ledger.layout.masking import mask_wire
from sayso.ledger.seeing.cover import cover_of
from sayso.ledger.store import engines
from sayso.record.marking import Marking

if TYPE_CHECKING:
    from sqlalchemy import Engine


class QuestionsBeside:
    """The store that is asked, as whom, and the questions that rest on no entry."""

    whole: Engine
    clearance: Marking = "red"

    @property
    def engine(self) -> Engine:
        """What is asked."""
        return self.whole

    def kept(self, kind: Kind, id_: str | None = None) -> list[Kept]:
        """Feeds, saved views or webhooks that are kept; the one with an id, or none."""
        with engines.reading(self.engine) as conn:
            return find_kept(conn, kind, id_)

    def unseen(self, feed: str, items: Sequence[str]) -> list[str]:
        """The items of a feed that nobody has looked at, in their order."""
        with engines.reading(self.engine) as conn:
            return unseen(conn, feed, items)

    def lists(self) -> dict[ListKind, int]:
        """How many rows of a team's own lists are held, by kind."""
        with engines.reading(self.engine) as conn:
            return count_rows(conn)

    def listed(self, kind: ListKind, ids: Sequence[str] | None = None) -> list[Listed]:
        """The rows of a list, or those with ids; see `listed.py`."""
        with engines.reading(self.engine) as conn:
            return self._covered(find_rows(conn, kind, ids))

    def _covered(self, rows: Iterable[Listed]) -> list[Listed]:
        """Rows with labels for names that are protected, for whoever is not cleared for red."""
        found = list(rows)
        if self.clearance == "red" or not found:
            return found
        with engines.reading(self.whole) as conn:
            cover = cover_of(conn)
        if cover is None:
            return found
        values = (mask_wire(row.value, cover.reword) for row in found)
        return [dataclasses.replace(row, value=v) for row, v in zip(found, values, strict=True)]

    def has_listed(self, kind: ListKind) -> bool:
        """True where a row of a kind is held."""
        with engines.reading(self.engine) as conn:
            return has_rows(conn, kind)

    def listed_as(self, kind: ListKind, names: Iterable[str]) -> dict[str, list[Listed]]:
        """The rows of a list by each of some names that they are looked up by."""
        with engines.reading(self.engine) as conn:
            found = rows_called(conn, kind, names)
        return {name: self._covered(rows) for name, rows in found.items()}

    def coded_of(self, incident: str) -> list[Listed]:
        """The rows that a team coded and that name an incident, or one that is part of it now."""
        with engines.reading(self.engine) as conn:
            return self._covered(coded_of(conn, incident))

    def coded_between(self, first: str, last: str) -> list[Listed]:
        """The rows that a team coded and that may tell of a day from first to last."""
        with engines.reading(self.engine) as conn:
            return self._covered(coded_between(conn, first, last))

    def naming_incidents(self) -> list[Listed]:
        """The rows that a team coded and that name the incident that they are of."""
        with engines.reading(self.engine) as conn:
            return self._covered(naming_incidents(conn))

    def ids_from(self, kind: ListKind, file: str) -> list[str]:
        """The ids of rows of a list that came with a file of this name."""
        with engines.reading(self.engine) as conn:
            return ids_from(conn, kind, file)
