"""The projections against what the payloads say: each row made anew and compared."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select

from sayso.ledger.adding.add import OUTDATED, report_columns
from sayso.ledger.entries import aliases
from sayso.ledger.entries.commit import contents
from sayso.ledger.entries.copies import link_values
from sayso.ledger.entries.rows import make_correction
from sayso.ledger.judging.judge import judgement_values
from sayso.ledger.layout.answers import Trouble
from sayso.ledger.layout.corrections import Correction
from sayso.ledger.layout.instants import public_at
from sayso.ledger.layout.lives import Life, ReadingKnown, claim_values, lives_of, source_values
from sayso.ledger.layout.masking import masker
from sayso.ledger.layout.project import clean
from sayso.ledger.proof.incidents import check_incidents
from sayso.ledger.seeing.cover import PROTECT
from sayso.ledger.seeing.shade import MARK, any_shade, reaches
from sayso.ledger.store import schema
from sayso.ledger.store.engines import in_chunks, rows_where
from sayso.record import When

READINGS = 100  # at a time
SHADED = 2_000  # entries whose shade is looked at in one go
Values = tuple[Any, ...]


def check_rows(conn: Connection, bad: set[str]) -> Iterator[Trouble]:
    """What rows differ from the payloads; `bad` are entries whose payload cannot be trusted."""
    small = _Small(conn, bad)
    yield from small.check()
    checker = _Checker(conn, small, bad)
    yield from checker.check()
    yield from checker.check_facets()
    yield from _check_copies(conn, bad)
    yield from _check_exports(conn, bad)
    yield from check_incidents(conn, bad)
    yield from _check_twins(conn, bad)
    yield from _check_shade(conn)
    yield from _check_strays(conn)


class _Small:
    """The few: makers, judgements, withdrawals and masks, held in memory."""

    def __init__(self, conn: Connection, bad: set[str]) -> None:
        self.conn = conn
        kinds = ("maker", "judgement", "withdrawal", "mask")
        query = select(schema.entry).where(schema.entry.c.kind.in_(kinds)).order_by("id")
        self.entries = list(conn.execute(query))
        self.said = _trusted(conn, (e.id for e in self.entries), bad)
        self.until = {
            e.about: e.at for e in self.entries if e.kind == "withdrawal" and e.about is not None
        }
        self.corrections: dict[int, list[Correction]] = {}
        self.masks: dict[int, list[str]] = {}
        self.links: dict[tuple[int, int], Values] = {}  # of judgements on sources
        self.expected: dict[str, dict[int, Values]] = {"maker": {}, "judgement": {}, "mask": {}}
        for entry in self.entries:
            if entry.id in self.said and entry.kind in self.expected:
                self._expect(entry, self.said[entry.id])

    def _expect(self, entry: Any, said: dict[str, Any]) -> None:
        until = self.until.get(entry.id)
        rows = self.expected[entry.kind]
        if entry.kind == "maker":
            rows[entry.id] = (entry.id, said["kind"], said["name"], said["version"])
        elif entry.kind == "mask":
            rows[entry.id] = (entry.id, entry.about, clean(said["name"]), until)
            if until is None:
                self.masks.setdefault(entry.about, []).append(said["name"])
        else:
            rows[entry.id] = judgement_values(entry.id, said, entry.at, until)
            if said["action"] in aliases.ACTIONS and aliases.is_source(said["target"]):
                keys = aliases.keys_in(said["action"], said["target"], said["detail"])
                named = aliases.link_rows(entry.id, said["action"], keys, entry.at, until)
                self.links |= {row[:2]: row for row in named}
            if said["action"] == "correct" and entry.about is not None:  # else a row's
                each = make_correction(said["detail"], entry.at, until)
                self.corrections.setdefault(entry.about, []).append(each)

    def check(self) -> Iterator[Trouble]:
        for name, expected in self.expected.items():
            table = schema.metadata.tables[name]
            found = {row.entry: tuple(row) for row in self.conn.execute(select(table))}
            yield from _compare(table, expected, found, lambda key: f"e{key}")
        link = schema.link
        rows = self.conn.execute(select(link).where(link.c.kind.in_(aliases.ACTIONS)))
        said = {tuple(row)[:2]: tuple(row) for row in rows}
        yield from _compare(link, self.links, said, lambda key: f"e{key[0]}")


def _compare(
    table: Table, expected: dict[Any, Values], found: dict[Any, Values], name: Any
) -> Iterator[Trouble]:
    """The rows that are missing, too many or different, and in which columns."""
    for key, row in expected.items():
        if key not in found:
            yield Trouble(name(key), f"its row of {table.name} is missing")
        elif found[key] != row:
            pairs = zip(table.columns, row, found[key], strict=True)
            columns = ", ".join(c.name for c, want, have in pairs if want != have)
            yield Trouble(name(key), f"its row of {table.name} was changed ({columns})")
    for key in found.keys() - expected.keys():
        yield Trouble(name(key), f"a row of {table.name} that nothing was entered for")


class _Checker:
    """Reports and readings, a hundred at a time."""

    def __init__(self, conn: Connection, small: _Small, bad: set[str]) -> None:
        self.conn = conn
        self.small = small
        self.bad = bad
        last = conn.scalar(select(func.max(schema.claim.c.row))) or 0
        self.sums = array("Q", bytes(8 * (last + 1)))  # what each row's terms should add up to
        self.versions: dict[int, int] = {}

    def check(self) -> Iterator[Trouble]:
        table = schema.entry
        query = select(table).where(table.c.kind == "reading").order_by(table.c.id).limit(READINGS)
        last = 0
        yield from self._check_reports()
        while entries := list(self.conn.execute(query.where(table.c.id > last))):
            yield from self._check_readings(entries)
            last = entries[-1].id

    def _check_reports(self) -> Iterator[Trouble]:
        table = schema.entry
        query = select(table).where(table.c.kind == "report").order_by(table.c.id).limit(READINGS)
        last = 0
        self.next_at = self._superseded()
        while entries := list(self.conn.execute(query.where(table.c.id > last))):
            for entry in entries:
                self.versions[entry.id] = 1 + self.versions.get(entry.about, 0)
            said = self._trusted([e.id for e in entries])
            expected = {e.id: self._report(e, said[e.id]) for e in entries if e.id in said}
            found = rows_where(self.conn, schema.report, "entry", [e.id for e in entries])
            rows = {r.entry: tuple(r) for r in found if f"e{r.entry}" not in self.bad}
            yield from _compare(schema.report, expected, rows, lambda key: f"r{key}")
            last = entries[-1].id

    def _superseded(self) -> dict[int, int]:
        """When each earlier version of a page ceased to be current; one that came late, at once."""
        table = schema.entry
        late = set(self.conn.scalars(select(table.c.about).where(table.c.kind == OUTDATED)))
        query = select(table).where(table.c.kind == "report", table.c.about.is_not(None))
        rows = list(self.conn.execute(query.order_by(table.c.id)))
        of, found = {r.id: r.about for r in rows}, dict[int, Any]()
        for row in rows:
            before = row.id if row.id in late else row.about
            while before in late and before != row.id:
                before = of[before]
            found.setdefault(before, row)  # the first: a second follows where that was erased
        ended = {report: row.at for report, row in found.items()}
        twins = self.conn.execute(select(schema.twin).order_by(schema.twin.c.entry))
        last = {t.of: t.report for t in twins if t.of in found and t.entry < found[t.of].id}
        return ended | {twin: ended[of] for of, twin in last.items() if twin}

    def _trusted(self, entries: list[int]) -> dict[int, Any]:
        return _trusted(self.conn, entries, self.bad)

    def _report(self, entry: Any, wire: dict[str, Any]) -> Values:
        public = _public(wire, entry.at)
        row = report_columns(
            entry.id, wire, public, entry.at, (self.versions[entry.id], entry.about)
        )
        return (*row[:-1], self.next_at.get(entry.id))

    def _check_readings(self, entries: list[Any]) -> Iterator[Trouble]:
        said = self._trusted([n for e in entries for n in (e.id, e.about)])
        whole = [e for e in entries if e.id in said and e.about in said]
        later = self._later({e.about for e in entries})
        expected: dict[str, dict[Any, Values]] = {"reading": {}, "source": {}}
        lives: dict[tuple[int, int, int], tuple[Life, Values]] = {}
        for entry in whole:
            until = later.get(entry.id) or self.next_at.get(entry.about)
            expected["reading"][entry.id] = (entry.id, entry.about, entry.maker, entry.at, until)
            self._expect(entry, until, said, expected["source"], lives)
        ids = [e.id for e in whole]
        found = {r.entry: tuple(r) for r in rows_where(self.conn, schema.reading, "entry", ids)}
        yield from _compare(schema.reading, expected["reading"], found, lambda key: f"e{key}")
        sources = rows_where(self.conn, schema.source, "reading", ids)
        rows = {(r.reading, r.n): tuple(r) for r in sources}
        yield from _compare(
            schema.source, expected["source"], rows, lambda key: f"e{key[0]}, source {key[1]}"
        )
        yield from self._check_claims(ids, lives)

    def _later(self, reports: set[int]) -> dict[int, int]:
        """When each reading gave way to a later one of the same report."""
        table = schema.entry
        ended: dict[int, int] = {}
        for chunk in in_chunks(reports):
            query = select(table).where(table.c.about.in_(chunk), table.c.kind == "reading")
            last: dict[int, int] = {}
            for row in self.conn.execute(query.order_by(table.c.id)):
                if row.about in last:
                    ended[last[row.about]] = row.at
                last[row.about] = row.id
        return ended

    def _expect(
        self,
        entry: Any,
        until: int | None,
        said: dict[int, Any],
        sources: dict[Any, Values],
        lives: dict[tuple[int, int, int], tuple[Life, Values]],
    ) -> None:
        report = said[entry.about]
        told = ReadingKnown(
            report, said[entry.id], entry.at, until,
            tuple(self.small.corrections.get(entry.id, ())),
            masker(self.small.masks.get(entry.about, ())),
        )  # fmt: skip
        of = (entry.id, entry.about, _public(report, self._learnt(entry.about)))
        found, found_sources = lives_of(told)
        for life in found:
            lives[entry.id, life.row.n, life.since] = (life, claim_values(life, 0, *of)[1:])
        for source in found_sources:
            sources[entry.id, source.n] = source_values(source, entry.id, entry.at, until)

    def _learnt(self, report: int) -> int:
        found: int = self.conn.scalar(select(schema.entry.c.at).filter_by(id=report)) or 0
        return found

    def _check_claims(
        self, readings: list[int], lives: dict[tuple[int, int, int], tuple[Life, Values]]
    ) -> Iterator[Trouble]:
        found, numbers = {}, {}
        for row in rows_where(self.conn, schema.claim, "reading", readings):
            key = (row.reading, row.n, row.since)
            found[key] = (row.row, *tuple(row)[1:])
            numbers[row.row] = key
        expected = {
            key: (found[key][0] if key in found else 0, *values)
            for key, (_, values) in lives.items()
        }
        yield from _compare(schema.claim, expected, found, lambda key: f"c{key[0]}.{key[1]}")
        wanted = {
            (number, n): (number, n, *values)
            for number, key in numbers.items()
            if key in lives
            for n, values in enumerate(lives[key][0].row.figures)
        }
        have = {
            (r.row, r.n): tuple(r) for r in rows_where(self.conn, schema.figure, "row", numbers)
        }
        yield from _compare(
            schema.figure, wanted, have, lambda key: "c{}.{}".format(*numbers[key[0]][:2])
        )
        for number, key in numbers.items():
            if key in lives and number < len(self.sums):
                self.sums[number] = _sum(lives[key][0].row.terms)

    def check_facets(self) -> Iterator[Trouble]:
        """Rows that are not found under the terms that they should be."""
        table = schema.facet
        have = array("Q", bytes(8 * len(self.sums)))
        with self.conn.execution_options(yield_per=10_000).execute(select(table)) as rows:
            for term, row in rows:
                if 0 <= row < len(have):
                    have[row] = (have[row] + _mixed(term)) & MASK
        wrong = [n for n, (a, b) in enumerate(zip(self.sums, have, strict=True)) if a != b]
        for row in rows_where(self.conn, schema.claim, "row", wrong):
            if f"e{row.reading}" not in self.bad and f"e{row.report}" not in self.bad:
                where = f"c{row.reading}.{row.n}"
                yield Trouble(where, "it is not found under all its terms, or under others")


MASK = 2**64 - 1


def _mixed(term: int) -> int:
    """The term stirred, so that sums of different sets differ."""
    return ((term & MASK) * 0x9E3779B97F4A7C15 ^ (term & MASK) >> 29) & MASK


def _sum(terms: Iterable[int]) -> int:
    return sum(map(_mixed, terms)) & MASK


def _public(wire: dict[str, Any], at: int) -> int:
    published = When(**wire["published"]) if wire["published"] else None
    return public_at(published, at)


def _trusted(conn: Connection, entries: Iterable[int], bad: set[str]) -> dict[int, Any]:
    """What entries say, but for those that were changed."""
    return contents(conn, [e for e in entries if f"e{e}" not in bad])


def _check_copies(conn: Connection, bad: set[str]) -> Iterator[Trouble]:
    """What linking said of copies, a hundred entries at a time."""
    table, entry, last = schema.link, schema.entry, 0
    query = select(entry).where(entry.c.kind == "link").order_by(entry.c.id).limit(READINGS)
    while entries := list(conn.execute(query.where(entry.c.id > last))):
        said = _trusted(conn, (e.id for e in entries), bad)
        expected = {
            row[:2]: row
            for e in entries
            if e.id in said
            for row in link_values(e.id, said[e.id], e.at)
        }
        ids = [e.id for e in entries]
        found = {(r.entry, r.n): tuple(r) for r in rows_where(conn, table, "entry", ids)}
        yield from _compare(table, expected, found, lambda key: f"e{key[0]}")
        last = entries[-1].id


def _check_exports(conn: Connection, bad: set[str]) -> Iterator[Trouble]:
    """Which reports each file that left told of."""
    entry, table = schema.entry, schema.export
    entries = list(conn.scalars(select(entry.c.id).where(entry.c.kind == "export")))
    said = _trusted(conn, entries, bad)
    expected = {(e, report): (e, report) for e in entries if e in said
                for report in said[e]["reports"]}  # fmt: skip
    found = {tuple(row): tuple(row) for row in conn.execute(select(table))}
    yield from _compare(table, expected, found, lambda key: f"e{key[0]}")


def _check_twins(conn: Connection, bad: set[str]) -> Iterator[Trouble]:
    """What stands in the place of which report."""
    entry, table = schema.entry, schema.twin
    said = _trusted(conn, conn.scalars(select(entry.c.id).where(entry.c.kind == "twin")), bad)
    expected = {e: (e, each["of"], each["report"]) for e, each in said.items()}
    found = {row[0]: tuple(row) for row in conn.execute(select(table)) if f"e{row[0]}" not in bad}
    yield from _compare(table, expected, found, lambda key: f"e{key}")


def _check_shade(conn: Connection) -> Iterator[Trouble]:
    """How widely each entry may be seen, where anything was ever marked."""
    marks = select(schema.judgement.c.entry).where(schema.judgement.c.action.in_((MARK, PROTECT)))
    if conn.scalar(marks.limit(1)) is None and not any_shade(conn):
        return
    table, last = schema.entry, 0
    while entries := list(
        conn.scalars(select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(SHADED))
    ):
        expected = {e: (e, *reach) for e, reach in reaches(conn, entries).items()}
        have = {r.entry: tuple(r) for r in rows_where(conn, schema.shade, "entry", entries)}
        yield from _compare(schema.shade, expected, have, lambda key: f"e{key}")
        last = entries[-1]


def _check_strays(conn: Connection) -> Iterator[Trouble]:
    """Rows that hang on no entry, or on one that was erased."""
    entries, gone = schema.entry, schema.entry.alias()
    for table, kind in ((schema.report, "report"), (schema.reading, "reading")):
        known = select(entries.c.id).where(entries.c.kind == kind)
        erased = select(gone.c.about).where(gone.c.kind == "erased")
        column = table.c.entry
        query = select(column).where(column.not_in(known) | column.in_(erased)).limit(READINGS)
        for entry in conn.scalars(query):
            yield Trouble(f"e{entry}", f"a row of {table.name} that nothing was entered for")
    readings = select(schema.reading.c.entry)
    for table in (schema.claim, schema.source):
        column = table.c.reading
        query = select(column).where(column.not_in(readings)).distinct().limit(READINGS)
        for entry in conn.scalars(query):
            yield Trouble(f"e{entry}", f"rows of {table.name} that nothing was entered for")
    query = select(schema.payload.c.entry).where(
        schema.payload.c.entry.not_in(select(entries.c.id))
    )
    for entry in conn.scalars(query.limit(READINGS)):
        yield Trouble(f"e{entry}", "words that no entry commits to")
