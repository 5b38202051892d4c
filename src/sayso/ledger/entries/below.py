"""Lines of incidents for whoever may not see all of their reports, and which of them go on to hold.

One that says what was said before stays as it was: neither a new entry nor a new instant tells
that something joined which they may not see.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.seeing.shade import held_reaches, sees
from sayso.ledger.store import schema


@dataclass(frozen=True, slots=True)
class Below:
    """A line for the clearances from `level` to less than `below`.

    `since` where it says what they were told before, from that instant on.
    """

    line: dict[str, Any]
    level: int
    below: int
    since: int | None = None

    def wire(self, incident: int) -> dict[str, Any]:
        """What its entry says."""
        said = {"incident": incident, "line": self.line, "level": self.level, "below": self.below}
        return said if self.since is None else {**said, "since": self.since}


@dataclass(frozen=True, slots=True)
class Weighed:
    """The entries of lines below that go on to hold, and those to be said anew."""

    kept: tuple[int, ...]
    new: tuple[Below, ...]


def weigh_below(conn: Connection, incident: int, said: Iterable[Below]) -> Weighed:
    """Which of an incident's lines below hold as they are, before its line is said anew."""
    wanted = list(said)
    if not wanted:
        return Weighed((), ())
    table, main = schema.line_below, schema.incident_line
    held = list(conn.execute(select(table).filter_by(incident=incident, until=None)))
    lines = list(conn.execute(select(main).filter_by(incident=incident, until=None)))
    of = held_reaches(conn, (r.entry for r in lines))
    kept, new = [], []
    for each in wanted:
        line = json.loads(json.dumps(each.line))
        told = [r for r in held if r.level <= each.level < r.below]
        told += [r for r in lines if r.moved_to is None and sees(of[r.entry], each.level)]
        same = [r for r in told if json.loads(r.view) == line]
        row = next((r for r in same if r in held and r.level == each.level
                    and r.below == each.below), None)  # fmt: skip
        if row is not None:
            kept.append(row.entry)
        else:
            new.append(replace(each, since=same[0].since if same else None))
    return Weighed(tuple(kept), tuple(new))
