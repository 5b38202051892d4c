"""Rows of a team's lists and of what it coded, out of its files; what cannot be taken is named."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast, get_args

from sayso.errors import LexiconError, nearest
from sayso.exchange.books import Refused, some_of
from sayso.exchange.coded.fields import (
    FORMS,
    INCIDENT,
    BadCell,
    Form,
    FormName,
    fold,
    read_cell,
    recognise,
)
from sayso.exchange.coded.table import Line, Table, read_tables
from sayso.ledger import Listed
from sayso.lexicon.load import line_of, read_toml

LOOKED_AT = 20  # rows in which a header is sought: titles and remarks stand above some
OURS = "sayso_"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What somebody says of a file: which table it is, and what its columns stand for."""

    form: FormName | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # by their folded heading


@dataclass(slots=True)
class Read:
    """The rows of one table, to be gone through once; `refused` and `notes` grow while they are.

    `form` is None where nothing tells what the table is, or it is not `shown`; it then has no rows,
    and `cells` are all that stands in it. `ids` grow too: those of all rows, also of rows refused.
    """

    sheet: str
    form: Form | None
    rows: Iterator[Listed]
    refused: list[Refused]
    notes: list[str]
    ids: Mapping[str, int] = field(default_factory=dict)
    cells: Iterable[str] = ()
    shown: bool = True


def read_mapping(text: str, name: str) -> ColumnMap:
    """What a mapping file says; raises LexiconError with the line and how to mend it."""
    held = read_toml(text, name)
    form = held.get("kind")
    if form is not None and form not in get_args(FormName):
        mend = f"write one of {', '.join(get_args(FormName))}"
        raise LexiconError(name, line_of(text, "kind"), f"kind is {form!r:.40}", mend)
    columns = held.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(v, str) for v in columns.values()):
        raise LexiconError(name, None, "no [columns]", 'write [columns] and "Their head" = "name"')
    forms = [FORMS[form]] if form else FORMS.values()
    known = {name for each in forms for name in each.holds}
    for theirs, ours in columns.items():
        if ours not in known:
            near = nearest(ours, sorted(known))
            mend = f"did you mean {near[0]}?" if near else f"use {', '.join(sorted(known))}"
            raise LexiconError(name, line_of(text, theirs), f"no column is called {ours!r}", mend)
    return ColumnMap(form, {fold(theirs): ours for theirs, ours in columns.items()})


def read_lists(content: bytes, name: str, mapping: ColumnMap) -> Iterator[Read]:
    """The tables of a file, one after the other; each is to be gone through before the next.

    Raises CaptureError where the file as a whole cannot be read.
    """
    for table in read_tables(content, name):
        yield _Reading(table, name, mapping).read()


class _Reading:
    """One table in the reading."""

    def __init__(self, table: Table, file: str, mapping: ColumnMap) -> None:
        self.table = table
        self.file = file
        self.mapping = mapping
        self.notes: list[str] = []
        self.uncoded = 0
        self.seen: dict[str, int] = {}  # the row of each id
        self.looked_at: list[Line] = []  # for the header

    def read(self) -> Read:
        """The table's rows, to come."""
        table = self.table
        header = self._header() if table.shown else None
        if header is None:
            cells = self._cells()
            return Read(
                table.sheet, None, iter(()), table.refused, self.notes, {}, cells, table.shown
            )
        form, columns = header
        rows = self._rows(form, columns) if columns else iter(())
        return Read(table.sheet, form, rows, table.refused, self.notes, self.seen)

    def _cells(self) -> Iterator[str]:
        lines = itertools.chain(self.looked_at, self.table.lines)
        return (str(cell) for line in lines for cell in line.cells if cell is not None)

    def _refuse(
        self, row: int | None, column: str | None, what: str, *, unread: bool = False
    ) -> None:  # fmt: skip
        self.table.refused.append(Refused(self.table.sheet, row, column, what, unread))

    def _header(self) -> tuple[Form, dict[str, int]] | None:
        """The table's form and where its columns stand; no columns where one that it needs lacks.

        The header is the first row that tells what the table is.
        """
        for count, line in enumerate(self.table.lines):
            self.looked_at.append(line)
            cells = [str(c) if c is not None else "" for c in line.cells]
            form = self._form(cells)
            if form is not None:
                columns = self._columns(form, line, cells)
                lacks = [n for n in form.needs if n not in columns]
                for n in lacks:
                    near = nearest(n, [c for c in cells if c and fold(c) not in self._known(form)])
                    meant = f"; is it {near[0]!r}?" if near else ""
                    what = f"it is missing or renamed, no row is read{meant}"
                    self._refuse(line.n, n, what, unread=True)
                return form, {} if lacks else columns
            if count >= LOOKED_AT:
                break
        return None

    def _form(self, cells: list[str]) -> Form | None:
        wanted = self.mapping.form
        renamed = [self.mapping.columns.get(fold(c), c) for c in cells]
        if wanted is None:
            found = recognise(renamed)
            return FORMS[found] if found else None
        known = self._known(FORMS[wanted])
        hits = sum(fold(c) in known for c in renamed if c)
        return FORMS[wanted] if hits >= min(2, len(FORMS[wanted].needs)) else None

    def _known(self, form: Form) -> set[str]:
        return {s for spellings in form.spellings.values() for s in spellings}

    def _columns(self, form: Form, line: Line, cells: list[str]) -> dict[str, int]:
        by_spelling = {s: n for n, all_ in form.spellings.items() for s in all_}
        found: dict[str, int] = {}
        others: list[str] = []
        for i, heading in enumerate(cells):
            if not heading or (heading.startswith(OURS) and heading != INCIDENT):
                continue  # a file of ours that was coded further
            said = self.mapping.columns.get(fold(heading))
            name = said if said in form.holds else by_spelling.get(fold(heading))
            if name is None:
                others.append(heading)
            elif name in found:
                self._refuse(line.n, heading, f"a column for {name} is there already; not read")
            else:
                found[name] = i
        self._others(form, line, others, found)
        return found

    def _others(self, form: Form, line: Line, others: list[str], found: Mapping[str, int]) -> None:
        """Columns that mean nothing here, and those of a coded form that are not there."""
        gone = [n for n in form.holds if n not in found and n not in form.needs and n != INCIDENT]
        for heading in others:
            near = nearest(fold(heading), [fold(n) for n in gone]) if form.kind == "coded" else []
            if near:
                meant = next(n for n in gone if fold(n) == near[0])
                self._refuse(line.n, heading, f"it is not read; did you mean {meant}?")
        if others:
            self.notes.append(f"{self.table.sheet}: not read: {some_of(others)}")
        if gone and form.kind == "coded":
            self.notes.append(f"{self.table.sheet}: not there: {some_of(gone)}")

    def _rows(self, form: Form, columns: Mapping[str, int]) -> Iterator[Listed]:
        for line in self.table.lines:
            held = {
                n: line.cells[i] for n, i in columns.items()
                if i < len(line.cells) and line.cells[i] is not None
            }  # fmt: skip
            if not held:
                continue
            values: dict[str, Any] = {}
            for column, value in held.items():
                try:
                    values[column] = read_cell(value, form.holds[column], column)
                except BadCell as error:
                    self._refuse(line.n, column, f"{error}; it is not taken")
            if row := self._row(form, line, values):
                yield row
        if self.uncoded:
            self.notes.append(f"{self.table.sheet}: not read, for want of an id: {self.uncoded:,}")

    def _row(self, form: Form, line: Line, values: dict[str, Any]) -> Listed | None:
        id_ = values.get(form.needs[0])
        refused = self.table.refused
        is_sound = not refused or refused[-1].row != line.n  # its id may be what was refused
        if not id_ and values.get(INCIDENT) and is_sound:
            self.uncoded += 1  # of a file of ours, in which a team gives ids to some
            return None
        if not id_:
            self._refuse(line.n, form.needs[0], "the row has no id and is not read", unread=True)
            return None
        if id_ in self.seen:
            what = f"{id_:.60} stands in row {self.seen[id_]} too; this one is not read"
            self._refuse(line.n, form.needs[0], what)
            return None
        self.seen[id_] = line.n
        if form.kind == "coded":
            days = self._days(line, values)
            return Listed("coded", id_, _coded(form, values), self.file, *days, row=line.n)
        if not values.get("name"):
            self._refuse(line.n, "name", "the row has no name and is not read")
            return None
        value = {k: v for k, v in values.items() if k != "id"}
        return Listed(form.kind, id_, value, self.file, row=line.n)

    def _days(self, line: Line, values: dict[str, Any]) -> tuple[str | None, str | None]:
        first = values.get("date_start") or values.get("event_date")
        last = values.get("date_end") or first
        if first and last and last < first:
            self._refuse(line.n, "date_end", f"{last} lies before {first}; it is not taken")
            values.pop("date_end")
            last = first
        if not first:
            self._refuse(line.n, "date", "it has no day: no incident can be set beside it")
            return None, None
        return _spread(first, last or first, values.get("time_precision"))


def _spread(first: str, last: str, precision: object) -> tuple[str, str]:
    """The days that are meant: ACLED gives one day for a week (2) or a month (3) around it."""
    wide = {2: 6, 3: 31}.get(cast("int", precision), 0)
    try:
        ends = date.fromisoformat(first), date.fromisoformat(last)
        return (ends[0] - timedelta(wide)).isoformat(), (ends[1] + timedelta(wide)).isoformat()
    except OverflowError:  # the first or last year that there is
        return first, last


def _coded(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a coded row: its cells by the shape's columns, the incident that it names."""
    incident = values.pop(INCIDENT, None)
    named = {"incident": incident} if incident else {}
    return {"shape": form.name, "cells": values, **named}
