"""Readings taken in, a batch at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger import schema
from sayso.ledger.additions import with_additions
from sayso.ledger.answers import Added
from sayso.ledger.carry import Carried, carry, uncarried
from sayso.ledger.commit import Commit, Maker, Payload, contents, seal
from sayso.ledger.incidents import close_mentions
from sayso.ledger.instants import public_at
from sayso.ledger.judge import judgement_values
from sayso.ledger.linking import Fresh, LinkBatch, Linking, drain, wait
from sayso.ledger.lives import Life, lives_of
from sayso.ledger.masking import names_gone
from sayso.ledger.project import Projection, clean, project
from sayso.ledger.rows import Rows, load_known, remake
from sayso.ledger.shade import any_shade, mark_content, shade
from sayso.ledger.store import insert_rows, rows_where
from sayso.record import Reading
from sayso.record.wire import SCHEMA_NAME, from_wire, to_wire


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading ready to be entered; all that is slow is done before the store is held."""

    reading: Reading
    report_wire: dict[str, Any]
    report_payload: Payload
    reading_payload: Payload
    projection: Projection
    found: Any = None  # what linking worked out of it

    @property
    def id(self) -> str:
        """The report's id: a hash of its content."""
        return self.reading.report.id


def prepare(reading: Reading, linking: Linking | None = None) -> Prepared:
    """The reading with its payloads sealed and its rows worked out."""
    wire = to_wire(reading)
    report = wire.pop("report")
    wire.pop("schema")
    found = linking.prepare(reading) if linking else None
    return Prepared(reading, report, seal(report), seal(wire), project(report, wire), found)


class Adder:
    """Enters one batch: one transaction, one link."""

    def __init__(
        self, conn: Connection, maker: Maker, at: int, *, reread: bool,
        linking: Linking | None = None, marking: str | None = None,
    ) -> None:  # fmt: skip
        self.commit = Commit(conn, at)
        self.conn = conn
        self.maker = maker
        self.reread = reread
        self.linking = linking
        self.marking = marking
        self.fresh: dict[int, Fresh] = {}
        self.replaced: dict[int, list[int]] = {}  # by a new reading, the readings that closed
        self.touched: dict[int, None] = {}  # incidents that lost a reading
        self.rows = Rows()
        self.pages: dict[str, list[tuple[int, int]]] = {}
        self.reports: list[tuple[Any, ...]] = []
        self.readings: list[tuple[Any, ...]] = []

    def add(self, batch: Sequence[Prepared]) -> list[Added]:
        """What became of each; all are kept when the transaction ends, or none."""
        found = rows_where(self.conn, schema.report, "content_id", {p.id for p in batch})
        known, closed = {}, set()
        for row in found:
            known[row.content_id] = row.entry
            if row.until is not None:
                closed.add(row.content_id)
        self.pages = self._find_pages(batch)
        added = []
        for each in batch:
            # an earlier version of a page is not read anew: its rows are closed for good
            if each.id in known and (not self.reread or each.id in closed):
                report = known[each.id]
                added.append(Added(each.reading.report.name, f"r{report}", each.id, "same"))
            elif each.id in known:
                added.append(self._reread(each, known[each.id]))
            else:
                done = self._add_new(each)
                known[each.id] = int(done.report[1:])
                added.append(done)
        self._flush()
        self._mark([int(a.report[1:]) for a in added if a.status in ("new", "version")])
        self._link()
        self.commit.close()
        return added

    def _mark(self, reports: Sequence[int]) -> None:
        """Enter the marking that new reports come with; before linking, which asks for it."""
        if self.marking is None and not any_shade(self.conn):
            return
        if self.marking is not None:
            maker, rows = self.commit.maker(self.maker), []
            for report in reports:
                content = mark_content(f"r{report}", self.marking, self.maker.name)
                entry = self.commit.enter("judgement", seal(content), maker, report)
                rows.append(judgement_values(entry, content, self.commit.at, None))
            insert_rows(self.conn, schema.judgement, rows)
            self.commit.flush()
        shade(self.conn, [*reports, *self.fresh])

    def _link(self) -> None:
        """Hand what is new to linking, with what waited for it; without linking, it waits."""
        if self.linking is None:
            wait(self.conn, self.fresh)
            return
        fresh = [*drain(self.conn), *self.fresh.values()]
        if not fresh and not self.touched:
            return
        batch = LinkBatch(self.commit, self.commit.maker(self.maker), fresh, self.replaced)
        batch.grouping.touched.update(self.touched)
        self.linking.link(batch)

    def _flush(self) -> None:
        self.commit.flush()
        insert_rows(self.conn, schema.report, self.reports)
        insert_rows(self.conn, schema.reading, self.readings)
        self.rows.insert(self.conn)
        self.reports, self.readings, self.rows = [], [], Rows()

    def _add_new(self, new: Prepared) -> Added:
        maker = self.commit.maker(self.maker)
        url = new.reading.report.url
        earlier = self.pages.setdefault(clean(url), []) if url else []
        previous, number = earlier[-1] if earlier else (None, 0)
        # the chain itself says what it is a version of: that outlives an erasure of the other
        report = self.commit.enter("report", new.report_payload, maker, previous)
        masked = self._supersede(earlier, new) if earlier else 0
        version = (number + 1, previous)
        earlier.append((report, number + 1))
        public = public_at(new.reading.report.published, self.commit.at)
        self.reports.append(
            report_columns(report, new.report_wire, public, self.commit.at, version)
        )
        reading = self._enter_reading(new, report, maker)
        lapsed: tuple[str, ...] = ()
        if previous:
            self.replaced[reading] = self._readings_of(previous)
            before = [*self.replaced[reading], *self._before(new, report)]
            lapsed = self._carry(new, reading, report, before).lapsed
        return Added(
            new.reading.report.name, f"r{report}", new.id, "version" if previous else "new",
            f"r{previous}" if previous else None, len(new.projection.claims), masked, lapsed,
        )  # fmt: skip

    def _enter_reading(self, new: Prepared, report: int, maker: int) -> int:
        at = self.commit.at
        reading = self.commit.enter("reading", new.reading_payload, maker, report)
        self.readings.append((reading, report, maker, at, None))
        of = (reading, report, public_at(new.reading.report.published, at))
        for row in new.projection.claims:
            self.rows.add_life(Life(row, at, None), self.commit.next_row(), of)
        self.rows.add_sources(new.projection.sources, reading, at, None)
        self.fresh[reading] = Fresh(reading, report, new.reading, new.found)
        return reading

    def _reread(self, new: Prepared, report: int) -> Added:
        """The report read anew: the earlier reading stays, and no longer holds."""
        self._flush()
        maker = self.commit.maker(self.maker)
        self._close(schema.reading, "report", report)
        closed = self._close_claims(report)
        new = self._with_additions(new, closed)
        # rows with the names hidden that must be: made anew below
        reading = self._enter_reading(new, report, maker)
        self.replaced[reading] = closed
        done = self._carry(new, reading, report, [*closed, *self._before(new, report)])
        self._flush()
        if done.reading is None:  # else its rows were made anew, with names hidden
            self._hide(report)
        name, count = new.reading.report.name, len(new.projection.claims)
        return Added(name, f"r{report}", new.id, "reread", None, count, 0, done.lapsed)

    def _with_additions(self, new: Prepared, earlier: Sequence[int]) -> Prepared:
        """The reading with the claims that people had added to those before it."""
        own = to_wire(new.reading)
        more = with_additions(self.conn, own, earlier)
        return new if more is own else prepare(from_wire(more), self.linking)

    def _before(self, new: Prepared, report: int) -> list[int]:
        """The readings of a page's earlier versions."""
        url = new.reading.report.url
        pages = self.pages.get(clean(url), ()) if url else ()
        return [r for page, _ in pages if page < report for r in self._readings_of(page)]

    def _carry(self, new: Prepared, reading: int, report: int, earlier: Sequence[int]) -> Carried:
        """Have what people decided hold in a new reading; what became of it."""
        if not uncarried(self.conn, earlier):
            return Carried()
        self._flush()
        done = carry(self.commit, self.commit.maker(self.maker), reading, report, earlier)
        if done.reading is not None:
            wire = {"schema": SCHEMA_NAME, "report": new.report_wire, **done.reading}
            self.fresh[reading] = Fresh(reading, report, from_wire(wire))
            self._remake(reading)
        return done

    def _find_pages(self, batch: Sequence[Prepared]) -> dict[str, list[tuple[int, int]]]:
        """The versions that are known of each address in a batch: entry, number; oldest first."""
        urls = {clean(p.reading.report.url) for p in batch if p.reading.report.url}
        pages: dict[str, list[tuple[int, int]]] = {}
        for row in rows_where(self.conn, schema.report, "url", urls):
            pages.setdefault(row.url, []).append((row.entry, row.version))
        return {url: sorted(versions) for url, versions in pages.items()}

    def _supersede(self, earlier: list[tuple[int, int]], new: Prepared) -> int:
        """Close the last version's rows; hide in all what the new one took out."""
        self._flush()  # the last may be of this batch
        last = earlier[-1][0]
        self._close(schema.report, "entry", last)
        self._close(schema.reading, "report", last)
        self._close_claims(last)
        return sum(self._mask(entry, new) for entry, _ in earlier)

    def _close(self, table: Any, column: str, value: int) -> None:
        self.conn.execute(
            table.update()
            .where(table.c[column] == value, table.c.until.is_(None))
            .values(until=self.commit.at)
        )

    def _close_claims(self, report: int) -> list[int]:
        readings = self.conn.scalars(
            select(schema.reading.c.entry).where(schema.reading.c.report == report)
        )
        closed = readings.all()
        for reading in closed:
            self._close(schema.claim, "reading", reading)
            self._close(schema.source, "reading", reading)
            self.fresh.pop(reading, None)
        lost = close_mentions(self.conn, closed, self.commit.at)
        self.touched.update((num, None) for num in sorted(lost))
        return list(closed)

    def _mask(self, report: int, new: Prepared) -> int:
        """How many names of an old version are hidden because the new one lacks them."""
        readings = self._readings_of(report)
        found = contents(self.conn, [report, *readings[-1:]])
        if len(found) < 2:
            return 0  # erased
        names = names_gone(found[report], found[readings[-1]], new.reading.report.text)
        seen = set(
            self.conn.scalars(select(schema.mask.c.name).where(schema.mask.c.report == report))
        )
        names = [name for name in map(clean, names) if name not in seen]
        if names:
            before = {r: lives_of(load_known(self.conn, r)[0])[0] for r in readings}
            self._enter_masks(report, names)
            self.commit.flush()
            for reading in readings:
                remake(self.commit, reading, before[reading])
        return len(names)

    def _enter_masks(self, report: int, names: list[str]) -> None:
        maker = self.commit.maker(self.maker)
        rows = []
        for name in names:
            entry = self.commit.enter("mask", seal({"name": name}), maker, report)
            rows.append((entry, report, name, None))
        insert_rows(self.conn, schema.mask, rows)

    def _readings_of(self, report: int) -> list[int]:
        table = schema.reading
        order = select(table.c.entry).where(table.c.report == report).order_by(table.c.entry)
        return list(self.conn.scalars(order))

    def _hide(self, report: int) -> None:
        """Bring a new reading's rows under the masks of its report."""
        masks = schema.mask
        if self.conn.scalar(select(masks.c.entry).where(masks.c.report == report).limit(1)):
            self._remake(self._readings_of(report)[-1])

    def _remake(self, reading: int) -> None:
        """Make a new reading's rows anew, of which those that were entered know no decision."""
        told, _ = load_known(self.conn, reading)
        bare = type(told)(told.report, told.reading, told.since, told.until)
        remake(self.commit, reading, lives_of(bare)[0])


def report_columns(
    entry: int, wire: dict[str, Any], public: int, at: int, version: tuple[int, int | None]
) -> tuple[Any, ...]:
    """The columns of `report` from its wire form; `until` open."""
    texts = [wire["id"], *(wire[k] for k in ("name", "title", "publisher", "credit", "byline"))]
    texts += [wire["url"], wire["language"]]
    published = json.dumps(wire["published"]) if wire["published"] else None
    plain = [clean(t) if t is not None else None for t in texts]
    return (entry, *plain, published, *version, public, at, None)
