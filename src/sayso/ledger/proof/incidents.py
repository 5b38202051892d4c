"""Incidents against what linking and people said: mentions, members and lines made anew.

Decisions are replayed in their order, which takes some hundred bytes of memory a mention.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.entries.commit import contents
from sayso.ledger.entries.incidents import (
    Placed,
    below_values,
    line_values,
    member_values,
    mention_values,
    replay,
)
from sayso.ledger.layout.answers import Trouble, parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.postings import PARTS

STEP = 1_000
Values = tuple[Any, ...]
PACKED = list(schema.mention.columns).index(schema.mention.c.packed)


def check_incidents(conn: Connection, bad: set[str]) -> Iterator[Trouble]:
    """Rows that differ from what was said; `bad` are entries that cannot be trusted."""
    yield from _Replay(conn, bad).check()


class _Replay:
    def __init__(self, conn: Connection, bad: set[str]) -> None:
        self.conn = conn
        self.bad = bad
        table = schema.reading
        rows = conn.execute(select(table.c.entry, table.c.report, table.c.until))
        self.readings = {r.entry: (r.report, r.until) for r in rows}
        self.places: dict[str, Placed] = {}
        self.members: dict[tuple[int, int, int], Values] = {}
        self.mentions: dict[int, Values] = {}
        self.spoken: dict[str, int] = {}  # the entry of what a mention now says
        self.incidents: dict[int, Values] = {}
        self.lines: dict[int, Values] = {}
        self.said: dict[int, int] = {}  # the entry of an incident's last line
        self.below: dict[int, Values] = {}
        self.said_below: dict[int, list[int]] = {}  # those said with an incident's last line
        self.closed_at: int | None = 0

    def check(self) -> Iterator[Trouble]:
        """All tables of incidents."""
        for entry, said in self._entries():
            if entry.kind == "mention":
                self._mention(entry, said)
            elif entry.kind == "placed":
                self._placed(entry, said)
            elif entry.kind == "line":
                self._line(entry, said)
            else:
                self.below[entry.id] = below_values(entry.id, said, entry.at, None)
                self.said_below.setdefault(said["incident"], []).append(entry.id)
        self._close_all(None)
        self.members = {k: v for k, v in self.members.items() if v[-2] != v[-1]}
        for table, expected in (
            (schema.mention, self.mentions),
            (schema.incident, self.incidents),
            (schema.member, self.members),
            (schema.incident_line, self.lines),
        ):
            yield from self._compare(table, expected)
        # those that another marking took the place of are gone: what is there must have been said
        table = schema.line_below
        held = set(self.conn.scalars(select(table.c.entry)))
        yield from self._compare(table, {e: row for e, row in self.below.items() if e in held})

    def _entries(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        table, last = schema.entry, 0
        kinds = table.c.kind.in_(("mention", "placed", "line", "below"))
        query = select(table).where(kinds).order_by(table.c.id).limit(STEP)
        while entries := list(self.conn.execute(query.where(table.c.id > last))):
            said = contents(self.conn, [e.id for e in entries if f"e{e.id}" not in self.bad])
            yield from ((e, said[e.id]) for e in entries if e.id in said)
            last = entries[-1].id

    def _mention(self, entry: Any, said: dict[str, Any]) -> None:
        if entry.about not in self.readings:
            return  # erased
        report, until = self.readings[entry.about]
        handle = f"m{entry.about}.{said['n']}"
        if handle in self.spoken:
            self._end(self.mentions, self.spoken[handle], entry.at)
        self.spoken[handle] = entry.id
        about = (entry.about, report)
        self.mentions[entry.id] = mention_values(entry.id, about, said, None, entry.at, until)
        if said["n"] == 0:
            for n in range(said["count"], PARTS):
                gone = f"m{entry.about}.{n}"
                if gone in self.spoken:
                    self._end(self.mentions, self.spoken.pop(gone), entry.at)
                    self._leave(gone, entry.at)

    def _placed(self, entry: Any, said: dict[str, Any]) -> None:
        if said["id"] is not None:
            self.incidents[entry.id] = (entry.id, said["id"], entry.at)
        reading, _ = parse_handle(said["mention"], "m")
        if reading not in self.readings and said["step"] != "merges":
            return
        self._close_all(entry.at)
        before = dict(self.places) if said["step"] == "merges" else {
            said["mention"]: self.places.get(said["mention"])
        }  # fmt: skip
        for mention in replay(self.places, said, entry.id, entry.at):
            old = before.get(mention)
            if old is not None:
                self.members[_key(mention, old)] = member_values(mention, old, entry.at)
            place = self.places[mention]
            self.members[_key(mention, place)] = member_values(mention, place, None)

    def _close_all(self, at: int | None) -> None:
        """End what readings that no longer held then were a member of."""
        if at is not None and at == self.closed_at:
            return
        self.closed_at = at
        for mention in list(self.places):
            until = self.readings[parse_handle(mention, "m")[0]][1]
            if until is not None and (at is None or until <= at):
                self._leave(mention, until)

    def _leave(self, mention: str, at: int) -> None:
        place = self.places.pop(mention, None)
        if place is not None:
            self.members[_key(mention, place)] = member_values(mention, place, at)

    def _line(self, entry: Any, said: dict[str, Any]) -> None:
        last = self.said.get(said["incident"])
        if last is not None:
            self._end(self.lines, last, entry.at)
        self.said[said["incident"]] = entry.id
        kept = set(said.get("kept", ()))
        for below in self.said_below.pop(said["incident"], ()):
            if below in kept:
                self.said_below.setdefault(said["incident"], []).append(below)
            else:
                self._end(self.below, below, entry.at)
        self.lines[entry.id] = line_values(entry.id, said, entry.at, None)

    @staticmethod
    def _end(rows: dict[int, Values], key: int, at: int) -> None:
        row = rows[key]
        if row[-1] is None or row[-1] > at:
            rows[key] = (*row[:-1], at)

    def _compare(self, table: Any, expected: dict[Any, Values]) -> Iterator[Trouble]:
        key = [list(table.columns).index(c) for c in table.primary_key.columns]
        left = dict(expected)
        with self.conn.execution_options(yield_per=STEP).execute(select(table)) as rows:
            for row in rows:
                have = tuple(row)
                if table is schema.mention:  # what it is compared by is linking's own
                    have = (*have[:PACKED], None, *have[PACKED + 1 :])
                where = have[key[0]] if len(key) == 1 else tuple(have[k] for k in key)
                want = left.pop(where, None)
                name = f"e{have[key[0]]}"
                if name not in self.bad:
                    yield from _differing(table, name, want, have)
        for where in left:
            name = where[0] if isinstance(where, tuple) else where
            yield Trouble(f"e{name}", f"its row of {table.name} is missing")


def _differing(table: Any, name: str, want: Values | None, have: Values) -> Iterator[Trouble]:
    if want is None:
        yield Trouble(name, f"a row of {table.name} that nothing was entered for")
    elif want != have:
        pairs = zip(table.columns, want, have, strict=True)
        columns = ", ".join(c.name for c, a, b in pairs if a != b)
        yield Trouble(name, f"its row of {table.name} was changed ({columns})")


def _key(mention: str, place: Placed) -> tuple[int, int, int]:
    reading, n = parse_handle(mention, "m")
    return place.entry, reading, n or 0
