"""Incidents as linking said them: who is of which, from when until when, by which decision.

A mention (m13.0) is an incident as one report speaks of it. Its facts are an entry about its
reading; where it is placed is an entry of its own, which holds numbers and names of features but no
word of anybody, so that it outlives an erasure. `member` rows follow from these by `replay`, which
`verify` runs again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from sayso.ledger.entries.below import Below
from sayso.ledger.entries.commit import Commit, seal
from sayso.ledger.entries.followed import followed
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.layout.doubt import cells_of, order_of
from sayso.ledger.layout.instants import Instant
from sayso.ledger.layout.project import clean
from sayso.ledger.store import chain, postings, schema
from sayso.ledger.store.engines import Newest, among, in_chunks, insert_rows, rows_where
from sayso.ledger.store.filters import held_at

NEWEST = 50  # members of one incident that linking sees, however many there are
Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a mention is: its incident's number, since when, by which entry, a person's or not."""

    entry: int
    incident: int
    since: int
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One decision, in numbers: what `placed` entries say.

    `mention` goes to `incident`; with `merges`, all of `other` do. `incident` None opens a new one.
    `judged` where a person decided: None leaves that as it was.
    """

    step: str
    mention: str
    incident: int | None
    other: int | None = None
    judged: bool | None = None
    view: Mapping[str, Any] | None = None
    about: int | None = None  # the judgement that it follows from


def replay(places: dict[str, Placed], said: Wire, entry: int, at: int) -> list[str]:
    """The mentions that a `placed` entry moved; `places` are changed."""
    incident, other = said["incident"], said["other"]
    if said["step"] == "merges":
        moved = [m for m, p in places.items() if p.incident == other]
    else:
        moved = [said["mention"]]
    for each in moved:
        old = places.get(each)
        judged = said["judged"] if said["judged"] is not None else bool(old and old.judged)
        places[each] = Placed(entry, incident, at, judged)
    return moved


def step_wire(step: Step, num: int, id_: str | None) -> Wire:
    """What a `placed` entry says."""
    return {
        "mention": step.mention, "step": step.step, "incident": num, "id": id_,
        "other": step.other, "judged": step.judged, **(step.view or {}),
    }  # fmt: skip


def member_values(mention: str, place: Placed, until: int | None) -> tuple[Any, ...]:
    """The columns of `member`."""
    reading, n = parse_handle(mention, "m")
    return (place.entry, reading, n, place.incident, place.judged, place.since, until)


def mention_values(
    entry: int, about: tuple[int, int], said: Wire, packed: bytes | None,
    since: int, until: int | None,
) -> tuple[Any, ...]:  # fmt: skip
    """The columns of `mention`; `about` are its reading and its report."""
    view = clean(json.dumps(said["view"], ensure_ascii=False))
    return (entry, about[0], said["n"], about[1], said["main"], view, packed, since, until)


def line_values(entry: int, said: Wire, since: int, until: int | None) -> tuple[Any, ...]:
    """The columns of `incident_line`."""
    line = said["line"]
    view = clean(json.dumps(line, ensure_ascii=False))
    order = (order_of(line), cells_of(line))
    return (entry, said["incident"], said["moved_to"], view, *order, since, until)


def below_values(entry: int, said: Wire, since: int, until: int | None) -> tuple[Any, ...]:
    """The columns of `line_below`."""
    line = said["line"]
    view = clean(json.dumps(line, ensure_ascii=False))
    order = (order_of(line), cells_of(line))
    of = (said["incident"], said["level"], said["below"])
    # one that says what was said before holds since then: else it told when a hidden report came
    return (entry, *of, view, *order, said.get("since", since), until)


class Grouping:
    """What is known of incidents inside one batch, and what is to be said of them at its end.

    Only what is asked for is loaded, so that a batch costs the same in a ledger of any size.
    """

    def __init__(self, commit: Commit, maker: int) -> None:
        self.commit = commit
        self.conn = commit.conn
        self.maker = maker
        self.places: dict[str, Placed] = {}  # of loaded mentions, as they now are
        self._kept: dict[str, Placed] = {}  # the same, as the store has them
        self._loaded: set[int] = set()
        self.went: dict[int, int] = {}  # where the last mention that left an incident is
        self.touched: dict[int, None] = {}  # incidents that changed
        self.moved: list[str] = []  # mentions that were written into another incident

    def load(self, mentions: Iterable[str]) -> dict[int, list[str]]:
        """Look up where mentions are, and who else is there: see `load_incidents`."""
        unknown = [parse_handle(m, "m") for m in mentions if m not in self.places]
        rows = rows_where(self.conn, schema.member, "reading", sorted({r for r, _ in unknown}))
        wanted = set(unknown)
        found = [r for r in rows if r.until is None and (r.reading, r.n) in wanted]
        self._keep(found)
        return self.load_incidents({r.incident for r in found}, found)

    def load_incidents(
        self, nums: Iterable[int], found: Sequence[Any] = ()
    ) -> dict[int, list[str]]:
        """Look up the members of incidents, of each the newest, and those `found` before.

        Those incidents that are new here, each with its members in the order in which they came.
        """
        new = sorted(set(nums) - self._loaded)
        newest = Newest(schema.member, "incident", "since", NEWEST)
        rows = list(newest.rows(self.conn, new, until=None))
        self._keep(rows)
        self._loaded.update(new)
        held: dict[int, set[str]] = {num: set() for num in new}
        for row in (*rows, *found):
            handle = f"m{row.reading}.{row.n}"
            if row.incident in held and self.places[handle].incident == row.incident:
                held[row.incident].add(handle)
        return {num: sorted(some, key=self._order) for num, some in held.items()}

    def _keep(self, rows: Iterable[Any]) -> None:
        for row in rows:
            handle = f"m{row.reading}.{row.n}"
            if handle not in self._kept:
                place = Placed(row.entry, row.incident, row.since, bool(row.judged))
                self._kept[handle] = place
                self.places.setdefault(handle, place)

    def members(self, num: int) -> list[str]:
        """The loaded members of an incident, in the order in which they came."""
        return sorted((m for m, p in self.places.items() if p.incident == num), key=self._order)

    def _order(self, mention: str) -> tuple[int, int, tuple[int, int]]:
        place = self.places[mention]
        return place.since, place.entry, handle_order(mention)

    def say_step(self, step: Step) -> int:
        """The number of the incident to which a step leads, after it was entered."""
        opens = step.incident is None
        if step.step == "merges" and step.other is not None:
            self._load_all(step.other)
        num = self.commit.entry + 1 if opens else step.incident
        id_ = chain.new_id("incident") if opens else None
        said = step_wire(step, num or 0, id_)
        before = self.places.get(step.mention)
        entry = self.commit.enter("placed", seal(said), self.maker, step.about)
        replay(self.places, said, entry, self.commit.at)
        if id_ is not None:
            insert_rows(self.conn, schema.incident, [(entry, id_, self.commit.at)])
            self._loaded.add(entry)
        for old in (before.incident if before else None, step.other):
            if old is not None and old != num:
                self.went[old] = num or 0
                self.touched[old] = None
        self.touched[num or 0] = None
        return num or 0

    def _load_all(self, num: int) -> None:
        table = schema.member
        self._keep(self.conn.execute(
            select(table).where(table.c.incident == num, table.c.until.is_(None))
        ))  # fmt: skip

    def lead_twins(self, readings: Iterable[int]) -> None:
        """Place the mentions of twins where those are that they follow, for readings of either.

        One that follows nothing that is placed opens an incident of its own.
        """
        wanted = set(readings)
        for twin, report in followed(self.conn, wanted).items():
            self.load([twin, report])
            home, own = self.places.get(report), self.places.get(twin)
            if own is not None and (home is None or home.incident == own.incident):
                continue
            if home is None and parse_handle(twin, "m")[0] not in wanted:
                continue
            view = {"words": "it stands where its report does"}
            to, judged = (home.incident, home.judged) if home else (None, False)
            self.say_step(Step("stands", twin, to, judged=judged, view=view))

    def write(self) -> None:
        """Write where mentions now are."""
        changed = [m for m, place in self.places.items() if self._kept.get(m) != place]
        self.lead_twins(parse_handle(m, "m")[0] for m in changed)
        rows = []
        for mention, place in self.places.items():
            if self._kept.get(mention) != place:
                rows.append(member_values(mention, place, None))
        ended = [m for m, p in self._kept.items() if self.places.get(m) != p]
        self.moved += [m for m in ended if m in self.places
                       and self.places[m].incident != self._kept[m].incident]  # fmt: skip
        self._end(ended)
        insert_rows(self.conn, schema.member, rows)
        self._kept = dict(self.places)

    def say_mention(
        self, reading: int, report: int, said: Wire, packed: bytes, *, again: bool
    ) -> str:
        """The handle of a mention, entered: `again`, in the place of what it said before."""
        entry = self.commit.enter("mention", seal(said), self.maker, reading)
        table = schema.mention
        if again:
            self.conn.execute(
                table.update()
                .where(table.c.reading == reading, table.c.n == said["n"], table.c.until.is_(None))
                .values(until=self.commit.at, packed=None)
            )
        values = mention_values(entry, (reading, report), said, packed, self.commit.at, None)
        insert_rows(self.conn, table, [values])
        return f"m{reading}.{said['n']}"

    def close_from(self, reading: int, n: int) -> None:
        """End the mentions of a reading from the n-th on: it has fewer now."""
        table = schema.mention
        rows = rows_where(self.conn, table, "reading", [reading])
        gone = [r for r in rows if r.until is None and r.n >= n]
        for row in gone:
            self.conn.execute(
                table.update()
                .where(table.c.entry == row.entry)
                .values(until=self.commit.at, packed=None)
            )
        self.load(f"m{reading}.{row.n}" for row in gone)
        for row in gone:
            place = self.places.pop(f"m{reading}.{row.n}", None)
            if place is not None:
                self.touched[place.incident] = None

    def say_line(self, num: int, line: Wire, *, empty: bool, kept: Collection[int] = ()) -> None:
        """Enter what an incident's line now says; where nothing is left in it, where that went.

        `kept` are the lines below that go on to hold.
        """
        moved_to = self.went.get(num) if empty else None
        said: Wire = {"incident": num, "moved_to": moved_to, "line": line}
        if kept:
            said["kept"] = sorted(kept)
        entry = self.commit.enter("line", seal(said), self.maker)
        table = schema.incident_line
        self.conn.execute(
            table.update()
            .where(table.c.incident == num, table.c.until.is_(None))
            .values(until=self.commit.at)
        )
        insert_rows(self.conn, table, [line_values(entry, said, self.commit.at, None)])
        below = schema.line_below
        self.conn.execute(
            below.update()
            .where(below.c.incident == num, below.c.until.is_(None))
            .where(below.c.entry.not_in(list(kept)))
            .values(until=self.commit.at)
        )

    def say_below(self, num: int, said: Below) -> None:
        """Enter the line for whoever sees, of an incident, what is marked `level` at most."""
        wire = said.wire(num)
        entry = self.commit.enter("below", seal(wire), self.maker)
        insert_rows(self.conn, schema.line_below, [below_values(entry, wire, self.commit.at, None)])

    def _end(self, mentions: Sequence[str]) -> None:
        table = schema.member
        for mention in mentions:
            place = self._kept[mention]
            reading, n = parse_handle(mention, "m")
            self.conn.execute(
                table.update()
                .where(table.c.entry == place.entry, table.c.reading == reading, table.c.n == n)
                .values(until=self.commit.at)
            )


def handle_order(mention: str) -> tuple[int, int]:
    """Mentions as they stand in their readings."""
    reading, n = parse_handle(mention, "m")
    return reading, n or 0


def close_mentions(conn: Connection, readings: Iterable[int], at: int) -> set[int]:
    """The incidents that lose mentions of readings that no longer hold."""
    touched: set[int] = set()
    for reading in readings:
        member, mention = schema.member, schema.mention
        held = and_(member.c.reading == reading, member.c.until.is_(None))
        touched |= set(conn.scalars(select(member.c.incident).where(held)))
        conn.execute(member.update().where(held).values(until=at))
        conn.execute(
            mention.update()
            .where(mention.c.reading == reading, mention.c.until.is_(None))
            .values(until=at, packed=None)
        )
        conn.execute(schema.pending.delete().where(schema.pending.c.reading == reading))
    postings.take_out(conn, readings)
    return touched


def members_at(conn: Connection, nums: Iterable[int], at: Instant | None) -> dict[int, list[Any]]:
    """The member rows of incidents at an instant, in the order in which they came."""
    found: dict[int, list[Any]] = {}
    for chunk in in_chunks(sorted(set(nums))):
        table = schema.member
        query = select(table).where(among(conn, table.c.incident, chunk), held_at(table, at))
        for row in conn.execute(query.order_by(table.c.since, table.c.reading, table.c.n)).all():
            found.setdefault(row.incident, []).append(row)
    return found


def incidents_of(conn: Connection, readings: Iterable[int], at: Instant | None) -> Iterator[Any]:
    """Reading, mention and incident of each mention of readings at an instant, as rows of three."""
    return _places(conn, schema.member.c.reading, readings, at)


def places_of(conn: Connection, nums: Iterable[int], at: Instant | None) -> Iterator[Any]:
    """The same of each mention in incidents."""
    return _places(conn, schema.member.c.incident, nums, at)


def _places(
    conn: Connection, column: ColumnElement[int], values: Iterable[int], at: Instant | None
) -> Iterator[Any]:
    table = schema.member
    for chunk in in_chunks(sorted(set(values))):
        query = select(table.c.reading, table.c.n, table.c.incident)
        yield from conn.execute(query.where(among(conn, column, chunk), held_at(table, at))).all()
