"""Rows of the projections: put in, taken out, made anew where something changes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError
from sayso.ledger.entries.commit import Commit, contents
from sayso.ledger.layout.corrections import Correction
from sayso.ledger.layout.lives import Life, ReadingKnown, claim_values, lives_of, source_values
from sayso.ledger.layout.masking import masker
from sayso.ledger.layout.project import SourceRow
from sayso.ledger.store import schema, words
from sayso.ledger.store.engines import delete_where, insert_rows


class Rows:
    """Rows gathered for one bulk insert."""

    def __init__(self) -> None:
        self.claims: list[tuple[Any, ...]] = []
        self.facets: list[tuple[int, int]] = []
        self.figures: list[tuple[Any, ...]] = []
        self.words: list[tuple[int, str]] = []
        self.sources: list[tuple[Any, ...]] = []

    def add_life(self, life: Life, row: int, of: tuple[int, int, int]) -> None:
        """One claim; `of` is its reading, its report and when that was public."""
        self.claims.append(claim_values(life, row, *of))
        self.facets += [(term, row) for term in life.row.terms]
        self.figures += [(row, n, *f) for n, f in enumerate(life.row.figures)]
        self.words.append((row, life.row.words))

    def add_sources(
        self, sources: Iterable[SourceRow], reading: int, since: int, until: int | None
    ) -> None:
        """The sources of a reading."""
        self.sources += [source_values(s, reading, since, until) for s in sources]

    def insert(self, conn: Connection) -> None:
        """Write them all."""
        insert_rows(conn, schema.claim, self.claims)
        # sorted, so that the index is walked once
        insert_rows(conn, schema.facet, sorted(self.facets))
        insert_rows(conn, schema.figure, self.figures)
        insert_rows(conn, schema.source, self.sources)
        words.enter(conn, self.words)


def load_known(conn: Connection, reading: int) -> tuple[ReadingKnown, tuple[int, int, int]]:
    """All that decides a reading's rows; and its reading, report and public instant.

    Raises NotInLedgerError where the reading was erased.
    """
    row = conn.execute(
        select(schema.reading, schema.report.c.public_at)
        .join(schema.report, schema.report.c.entry == schema.reading.c.report)
        .where(schema.reading.c.entry == reading)
    ).one_or_none()
    found = contents(conn, [row.report, reading]) if row else {}
    if row is None or len(found) < 2:
        raise NotInLedgerError(f"e{reading} is no reading, or was erased", "see `sayso claims`")
    told = ReadingKnown(
        found[row.report], found[reading], row.since, row.until,
        tuple(held_corrections(conn, reading).values()), masker(names_hidden(conn, row.report)),
    )  # fmt: skip
    return told, (reading, row.report, row.public_at)


def held_corrections(conn: Connection, reading: int) -> dict[int, Correction]:
    """The corrections of a reading's claims by entry, in order; withdrawn ones too."""
    table = schema.judgement
    rows = conn.execute(
        select(table)
        .join(schema.entry, schema.entry.c.id == table.c.entry)
        .where(schema.entry.c.about == reading, table.c.action == "correct")
        .order_by(table.c.entry)
    )
    return {r.entry: make_correction(json.loads(r.view), r.since, r.until) for r in rows}


def make_correction(view: dict[str, Any], since: int, until: int | None) -> Correction:
    """The correction that a judgement's view holds."""
    return Correction(tuple(view["path"]), view["new"], since, until, view.get("also") or {})


def names_hidden(conn: Connection, report: int) -> list[str]:
    """The names to hide in a report now, whatever instant is asked for."""
    table = schema.mask
    return list(
        conn.scalars(select(table.c.name).where(table.c.report == report, table.c.until.is_(None)))
    )


def remake(commit: Commit, reading: int, before: Sequence[Life]) -> None:
    """Make a reading's rows anew after something changed; `before` are its lives till now.

    Rows that stay keep their number, so that handles and cursors hold.
    """
    conn = commit.conn
    told, of = load_known(conn, reading)
    after, sources = lives_of(told)
    numbers = row_numbers(conn, reading)
    old = {(e.row.n, e.since): e for e in before}
    rows, gone = Rows(), []
    for life in after:
        key = (life.row.n, life.since)
        if key in numbers and old.get(key) == life:
            continue
        if key in numbers:
            gone.append((numbers[key], old.get(key, life)))
        rows.add_life(life, numbers.get(key) or commit.next_row(), of)
    kept = {(e.row.n, e.since) for e in after}
    gone += [(number, old[key]) for key, number in numbers.items() if key not in kept]
    take_out(conn, gone)
    conn.execute(schema.source.delete().where(schema.source.c.reading == reading))
    rows.add_sources(sources, reading, told.since, told.until)
    rows.insert(conn)


def row_numbers(conn: Connection, reading: int) -> dict[tuple[int, int], int]:
    """The claim rows of a reading by claim number and beginning."""
    table = schema.claim
    found = conn.execute(
        select(table.c.n, table.c.since, table.c.row).where(table.c.reading == reading)
    )
    return {(r.n, r.since): r.row for r in found}


def take_out(conn: Connection, gone: Sequence[tuple[int, Life]]) -> None:
    """Remove claim rows with all that was entered for them."""
    table = schema.facet
    for number, life in gone:
        if life.row.terms:
            conn.execute(
                table.delete().where(table.c.row == number, table.c.term.in_(life.row.terms))
            )
    numbers = [number for number, _ in gone]
    words.remove(conn, [(number, life.row.words) for number, life in gone])
    delete_where(conn, schema.figure, "row", numbers)
    delete_where(conn, schema.claim, "row", numbers)
