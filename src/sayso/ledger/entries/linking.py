"""What the ledger lets linking see and say, inside the transaction that takes readings in.

Linking itself stands elsewhere: whoever opens a ledger hands it a `Linking`. Without one, readings
wait in `pending` until somebody with one adds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, select

from sayso.ledger.entries import aliases
from sayso.ledger.entries.commit import Commit, contents
from sayso.ledger.entries.copies import copies_among, enter_copies
from sayso.ledger.entries.incidents import Grouping, members_at
from sayso.ledger.entries.readings import decode_report, load_readings, undone_at
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows, rows_where
from sayso.ledger.store.postings import LedgerPostings
from sayso.record import Reading, Report
from sayso.record.links import Copy

Relink = Callable[[Commit, Grouping | None, set[int]], None]  # as `relink`, for one ledger
DRAINED = 200  # waiting readings that one batch takes along


@dataclass(frozen=True, slots=True)
class Fresh:
    """A reading that linking is to look at: its numbers, itself, what was prepared of it."""

    entry: int
    report: int
    reading: Reading
    prepared: Any = None
    again: bool = False


class Linking(Protocol):
    """What links: made once, used for many batches, from one thread at a time or from several."""

    def prepare(self, reading: Reading) -> Any:
        """What can be worked out of a reading before the store is held."""

    def link(self, batch: LinkBatch) -> None:
        """Link the fresh readings of a batch, and say what changed."""


@dataclass
class LinkBatch:
    """One batch under linking's hands."""

    commit: Commit
    maker: int
    fresh: Sequence[Fresh]
    replaced: dict[int, list[int]] = field(default_factory=dict)  # reading: those it replaces
    settles: bool = True  # look again at what is left of incidents that lost something
    grouping: Grouping = field(init=False)
    postings: LedgerPostings = field(init=False)

    def __post_init__(self) -> None:
        self.grouping = Grouping(self.commit, self.maker)
        self.postings = LedgerPostings(self.commit.conn)

    @property
    def conn(self) -> Connection:
        """The connection of the transaction."""
        return self.commit.conn

    def packed(self, mentions: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """The rows of mentions as they now are, by handle."""
        wanted = set(mentions)
        readings = {int(m[1:].partition(".")[0]) for m in wanted}
        for row in rows_where(self.conn, schema.mention, "reading", sorted(readings)):
            handle = f"m{row.reading}.{row.n}"
            if row.until is None and handle in wanted:
                yield handle, row

    def say_copies(self, copies: Sequence[Copy]) -> None:
        """Enter copies, reports by their handles."""
        enter_copies(self.commit, copies, self.maker)

    def copies(self, reports: Iterable[str]) -> tuple[Copy, ...]:
        """The copies among reports, by their handles."""
        return copies_among(self.conn, reports)

    def place_of(self, readings: Iterable[int]) -> Any:
        """Where the main mention of readings that were replaced last was, None for nowhere."""
        if not (replaced := list(readings)):
            return None
        table = schema.member
        query = select(table).where(table.c.reading.in_(replaced), table.c.n == 0)
        return self.conn.execute(query.order_by(table.c.entry.desc()).limit(1)).one_or_none()

    def judgement_of(self, entry: int) -> int | None:
        """The judgement by which an entry placed a mention."""
        table = schema.entry
        found: int | None = self.conn.scalar(select(table.c.about).where(table.c.id == entry))
        return found

    def judged_places(self, readings: Iterable[int]) -> list[tuple[int, dict[str, Any], int, int]]:
        """Where people had placed what the reading that was replaced last told of beside its main.

        Each with its number there, what was said of it, its incident, and the entry that says so.
        """
        last = sorted(readings)[-1:]
        rows = rows_where(self.conn, schema.member, "reading", last)
        places = {r.n: r for r in sorted(rows, key=lambda r: int(r.entry))}
        said = rows_where(self.conn, schema.mention, "reading", last)
        views = {r.n: json.loads(r.view) for r in sorted(said, key=lambda r: int(r.entry))}
        return [(n, views[n], r.incident, r.entry) for n, r in sorted(places.items())
                if n and r.judged and n in views]  # fmt: skip

    def report(self, handle: str) -> Report:
        """A report that is held."""
        entry, _ = parse_handle(handle, "r")
        return decode_report(contents(self.conn, [entry])[entry])

    def reports_of(self, readings: Iterable[int]) -> dict[int, int]:
        """The reports of readings."""
        rows = rows_where(self.conn, schema.reading, "entry", sorted(set(readings)))
        return {r.entry: r.report for r in rows}

    def lines(self, incidents: Iterable[int]) -> dict[int, dict[str, Any]]:
        """What lines of incidents now say."""
        rows = rows_where(self.conn, schema.incident_line, "incident", list(incidents))
        return {r.incident: json.loads(r.view) for r in rows if r.until is None}

    def aliased(self, readings: Mapping[int, Reading]) -> dict[int, Reading]:
        """Readings with what people said of who their sources are."""
        return aliases.with_aliases(self.conn, readings, None)

    def undone(self) -> frozenset[str]:
        """The ids of joins that people undid."""
        return undone_at(self.conn, None)


def wait(conn: Connection, readings: Iterable[int]) -> None:
    """Note readings that linking is to look at, or to look at again."""
    wanted = set(readings)
    known = {r.reading for r in rows_where(conn, schema.pending, "reading", sorted(wanted))}
    insert_rows(conn, schema.pending, [(r,) for r in sorted(wanted - known)])


def relink(
    commit: Commit, maker: int, touched: Iterable[int], linking: Linking | None,
    before: Grouping | None = None,
) -> None:  # fmt: skip
    """Have linking look again at incidents in which something changed, and at what waits.

    Without linking, all their readings wait for somebody with it. `before` knows where went what
    left an incident.
    """
    fresh = drain(commit.conn) if linking else ()
    # after a person placed something, the others stay where they are
    batch = LinkBatch(commit, maker, fresh, settles=before is None)
    batch.grouping.went.update(before.went if before else {})
    if linking is None:
        held = members_at(commit.conn, touched, None)
        wait(commit.conn, {r.reading for rows in held.values() for r in rows})
        for num in sorted(set(touched) - held.keys()):
            batch.grouping.say_line(num, {}, empty=True)
        return
    batch.grouping.touched.update((num, None) for num in sorted(touched))
    linking.link(batch)


def drain(conn: Connection, most: int = DRAINED) -> list[Fresh]:
    """Readings that waited, oldest first; they wait no more."""
    table = schema.pending
    waiting = list(conn.scalars(select(table.c.reading).order_by(table.c.reading).limit(most)))
    if not waiting:
        return []
    conn.execute(table.delete().where(table.c.reading.in_(waiting)))
    held = {r.entry: r for r in rows_where(conn, schema.reading, "entry", waiting)}
    readings = load_readings(conn, [r for r in waiting if r in held and held[r].until is None])
    known = {r.reading for r in rows_where(conn, schema.mention, "reading", waiting)}
    return [Fresh(e, held[e].report, r, again=e in known) for e, r in readings.items()]
