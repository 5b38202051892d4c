"""Readings taken in, a batch at a time."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from sayso.ledger.asking.uncarried import uncarried
from sayso.ledger.entries.commit import Commit, Maker, Payload, contents, seal
from sayso.ledger.entries.incidents import close_mentions
from sayso.ledger.entries.linking import Fresh, LinkBatch, Linking, drain, wait
from sayso.ledger.entries.rows import Rows, load_known, remake
from sayso.ledger.judging.additions import with_additions
from sayso.ledger.judging.carry import Carried, carry
from sayso.ledger.judging.judge import judgement_values
from sayso.ledger.judging.marks import mark_anew, mark_content
from sayso.ledger.layout.answers import Added, Status
from sayso.ledger.layout.instants import is_older, public_at
from sayso.ledger.layout.lives import Life, lives_of
from sayso.ledger.layout.masking import names_gone
from sayso.ledger.layout.project import Projection, clean, project
from sayso.ledger.seeing.behind import last_twins, twins_of
from sayso.ledger.seeing.shade import NOTHING, any_shade, levels_of, shade
from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows, rows_where
from sayso.record import Reading, When
from sayso.record.marking import MARKINGS, level_of
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


@dataclass(slots=True)
class Version:
    """A text that is known of an address: the last one published is the current one."""

    entry: int
    number: int
    published: When | None
    current: bool


OUTDATED = "outdated"  # the entry that says of a report: older than the version that is current


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
        self.may_mark = True  # what is known already
        self.marks = maker  # who says so
        self.twins: dict[str, int] = {}  # by a twin's content id the report in whose place it is
        self.fresh: dict[int, Fresh] = {}
        self.replaced: dict[int, list[int]] = {}  # by a new reading, the readings that closed
        self.touched: dict[int, None] = {}  # incidents that lost a reading
        self.rows = Rows()
        self.pages: dict[str, list[Version]] = {}
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
                added.append(self._known(each, report))
            elif each.id in known:
                added.append(self._reread(each, known[each.id]))
            else:
                done = self._add_new(each)
                known[each.id] = int(done.report[1:])
                added.append(done)
        self._flush()
        self._stand_in(added)
        added = self._mark(added)
        self._link()
        self.commit.close()
        return added

    def _stand_in(self, added: Sequence[Added]) -> None:
        """Say of twins in whose place they stand: before linking, which asks who may see them."""
        twins = [a for a in added if a.report_id in self.twins]
        of = {self.twins[a.report_id]: int(a.report[1:]) for a in twins}
        last = last_twins(self.conn, of)
        for report, twin in of.items():
            if last.get(report) != twin:
                enter_twin(self.commit, self.commit.maker(self.maker), report, twin)
        if of:
            nums = mark_anew(self.commit, of)
            self.touched.update((num, None) for num in sorted(nums))

    def _known(self, each: Prepared, report: int) -> Added:
        """A report that is held already, with how many claims were read in it."""
        table, count = schema.claim, len(each.projection.claims)
        if readings := self._readings_of(report):  # none yet where it is of this batch
            held = select(func.count(table.c.n.distinct())).where(table.c.reading == readings[-1])
            count = self.conn.scalar(held) or 0
        return Added(each.reading.report.name, f"r{report}", each.id, "same", None, count)

    def _mark(self, added: Sequence[Added]) -> list[Added]:
        """Enter the marking that reports come with; before linking, which asks for it.

        A known page takes a stricter one, and no laxer one: that is for who judges.
        """
        new = [int(a.report[1:]) for a in added if a.status not in ("same", "reread")]
        if self.marking is None:
            if any_shade(self.conn):
                shade(self.conn, [*new, *self.fresh])
            return list(added)
        held = {a.report: int(a.report[1:]) for a in added}
        of = twins_of(self.conn, held.values())
        held = {name: of.get(report, report) for name, report in held.items()}
        self._enter_marks({held[a.report] for a in added if a.status == "new"})
        levels, wanted = levels_of(self.conn, set(held.values())), level_of(self.marking)
        rising = {
            held[a.report] for a in added
            if levels[held[a.report]] < wanted
            and (self.may_mark or a.status in ("version", "older"))
        }  # fmt: skip
        self._enter_marks(rising, again=True)
        shade(self.conn, [*new, *self.fresh])
        if rising:
            self.touched.update((num, None) for num in sorted(mark_anew(self.commit, rising)))
        now = levels_of(self.conn, set(held.values()))
        return [dataclasses.replace(a, marking=MARKINGS[now[held[a.report]]]) for a in added]

    def _enter_marks(self, reports: Iterable[int], *, again: bool = False) -> None:
        assert self.marking is not None  # noqa: S101 - for the type checker
        maker, rows = self.commit.maker(self.marks), []
        for report in sorted(reports):
            content = mark_content(f"r{report}", self.marking, self.marks.name, again=again)
            entry = self.commit.enter("judgement", seal(content), maker, report)
            rows.append(judgement_values(entry, content, self.commit.at, None))
        insert_rows(self.conn, schema.judgement, rows)
        self.commit.flush()

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
        published, at = new.reading.report.published, self.commit.at
        previous, number = (earlier[-1].entry, earlier[-1].number) if earlier else (None, 0)
        before = next((v for v in earlier if v.current), earlier[-1] if earlier else None)
        older = before is not None and before.current and is_older(published, before.published)
        # the chain itself says what it is a version of: that outlives an erasure of the other
        report = self.commit.enter("report", new.report_payload, maker, previous)
        if older:
            self.commit.enter(OUTDATED, seal({}), maker, report)
        masked = self._supersede(before, earlier, new) if before and not older else 0
        version = (number + 1, previous)
        row = report_columns(report, new.report_wire, public_at(published, at), at, version)
        self.reports.append((*row[:-1], at if older else None))
        reading = self._enter_reading(new, report, maker, until=at if older else None)
        if older:
            masked = self._mask_older(earlier, new, report)
        earlier.append(Version(report, number + 1, published, not older))
        lapsed: tuple[str, ...] = ()
        if before and not older:
            before.current = False
            self.replaced[reading] = self._readings_of(before.entry)
            replaced = [*self.replaced[reading], *self._before(new, report)]
            lapsed = self._carry(new, reading, report, replaced).lapsed
        status: Status = "older" if older else "version" if before else "new"
        return Added(
            new.reading.report.name, f"r{report}", new.id, status,
            f"r{before.entry}" if before else None, len(new.projection.claims), masked, lapsed,
        )  # fmt: skip

    def _enter_reading(
        self, new: Prepared, report: int, maker: int, *, until: int | None = None
    ) -> int:
        """The entry of a reading; with `until` one that never held, and that nobody links."""
        at = self.commit.at
        reading = self.commit.enter("reading", new.reading_payload, maker, report)
        self.readings.append((reading, report, maker, at, until))
        of = (reading, report, public_at(new.reading.report.published, at))
        for row in new.projection.claims:
            self.rows.add_life(Life(row, at, until), self.commit.next_row(), of)
        self.rows.add_sources(new.projection.sources, reading, at, until)
        if until is None:
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
        return [r for v in pages if v.entry < report for r in self._readings_of(v.entry)]

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

    def _find_pages(self, batch: Sequence[Prepared]) -> dict[str, list[Version]]:
        """The versions that are known of each address in a batch, in the order of adding."""
        urls = {clean(p.reading.report.url) for p in batch if p.reading.report.url}
        pages: dict[str, list[Version]] = {}
        rows = rows_where(self.conn, schema.report, "url", urls)
        for row in sorted(rows, key=lambda r: int(r.entry)):
            out = When(**json.loads(row.published)) if row.published else None
            version = Version(row.entry, row.version, out, row.until is None)
            pages.setdefault(row.url, []).append(version)
        return pages

    def _mask_older(self, known: Sequence[Version], new: Prepared, report: int) -> int:
        """How many names are hidden where a version comes late: in it and in those before it."""
        self._flush()
        out, masked = new.reading.report.published, 0
        for version in known:
            if is_older(version.published, out):
                masked += self._mask(version.entry, new.reading.report.text)
            elif (later := contents(self.conn, [version.entry]).get(version.entry)) is not None:
                masked += self._mask(report, later["text"])
        return masked

    def _supersede(self, before: Version, earlier: Sequence[Version], new: Prepared) -> int:
        """Close the current version's rows; hide in all what the new one took out."""
        self._flush()  # it may be of this batch
        last = before.entry
        for report in filter(None, (last, last_twins(self.conn, [last]).get(last))):
            self._close(schema.report, "entry", report)
            self._close(schema.reading, "report", report)
            self._close_claims(report)
        return sum(self._mask(v.entry, new.reading.report.text) for v in earlier)

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

    def _mask(self, report: int, text: str) -> int:
        """How many names of an old version are hidden because a new one's text lacks them."""
        readings = self._readings_of(report)
        found = contents(self.conn, [report, *readings[-1:]])
        if len(found) < 2:
            return 0  # erased
        names = names_gone(found[report], found[readings[-1]], text)
        seen = set(
            self.conn.scalars(select(schema.mask.c.name).where(schema.mask.c.report == report))
        )
        names = [name for name in map(clean, names) if name not in seen]
        if names:
            before = {r: lives_of(load_known(self.conn, r)[0])[0] for r in readings}
            self._hide_twin(report)
            self._enter_masks(report, names)
            self.commit.flush()
            for reading in readings:
                remake(self.commit, reading, before[reading])
        return len(names)

    def _hide_twin(self, report: int) -> None:
        """Nothing more in the place of an old version whose names are hidden now: it holds them."""
        if last_twins(self.conn, [report]).get(report):
            enter_twin(self.commit, self.commit.maker(self.maker), report, NOTHING)
            self.touched.update((num, None) for num in sorted(mark_anew(self.commit, [report])))

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


def enter_twin(commit: Commit, maker: int, of: int, report: int | None) -> None:
    """Say what stands in a report's place for whoever may not see the names in it."""
    entry = commit.enter("twin", seal({"of": of, "report": report}), maker)
    insert_rows(commit.conn, schema.twin, [(entry, of, report)])


def report_columns(
    entry: int, wire: dict[str, Any], public: int, at: int, version: tuple[int, int | None]
) -> tuple[Any, ...]:
    """The columns of `report` from its wire form; `until` open."""
    texts = [wire["id"], *(wire[k] for k in ("name", "title", "publisher", "credit", "byline"))]
    texts += [wire["url"], wire["language"]]
    published = json.dumps(wire["published"]) if wire["published"] else None
    plain = [clean(t) if t is not None else None for t in texts]
    return (entry, *plain, published, *version, public, at, None)
