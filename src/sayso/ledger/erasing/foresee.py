"""What an erasure would take, shown before it is done: it cannot be undone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.errors import NotInLedgerError
from sayso.ledger.entries.commit import contents
from sayso.ledger.erasing.erase import all_said
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.layout.masking import BLOCK, mask_wire, masker
from sayso.ledger.layout.terms import fold
from sayso.ledger.seeing.behind import entries_about, twins_of
from sayso.ledger.store import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

AROUND = 30  # characters of a text to either side of a name
SHOWN = 3  # places of a report whose words are shown


@dataclass(frozen=True, slots=True)
class Place:
    """A report that would lose a name (in so many places of its text), or go whole (0)."""

    report: str
    name: str
    count: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would go: reports, and how many other entries by kind (judgements, readings, …)."""

    places: tuple[Place, ...]
    others: tuple[tuple[str, int], ...]


def foresee_report(conn: Connection, handle: str) -> Foreseen:
    """What goes with a report; raises NotInLedgerError where it is none."""
    report, _ = parse_handle(handle, "r")
    said = contents(conn, [report]).get(report)
    table = schema.report
    if said is None or conn.scalar(select(table.c.entry).filter_by(entry=report)) is None:
        raise NotInLedgerError(f"{handle} is no report here, or was erased", "see `sayso claims`")
    gone = {report, *twins_of(conn, [report], back=True)}
    entries = sorted(entries_about(conn, gone) - gone)
    kinds = select(schema.entry.c.kind).where(schema.entry.c.id.in_(entries))
    counts = Counter(conn.scalars(kinds))
    return Foreseen((Place(handle, said["name"], 0),), tuple(sorted(counts.items())))


def foresee_names(conn: Connection, names: Sequence[str]) -> Foreseen:
    """Where names would be blotted out; nothing where no entry holds one."""
    hide = masker([*names, *map(fold, names)])
    if hide is None:
        return Foreseen((), ())
    places, counts = [], Counter[str]()
    for entry, said in all_said(conn):
        if mask_wire(said, hide) == said:
            continue
        if entry.kind == "report":
            text = said["text"]
            runs = _runs(text, hide(text))
            words = tuple(_around(text, *run) for run in runs[:SHOWN])
            places.append(Place(f"r{entry.id}", said["name"], len(runs), words))
        else:
            counts[entry.kind] += 1
    return Foreseen(tuple(places), tuple(sorted(counts.items())))


def _runs(text: str, hidden: str) -> list[tuple[int, int]]:
    """Where a text would have blocks that it has not now."""
    return [found.span() for found in re.finditer(f"{BLOCK}+", hidden)
            if text[found.start() : found.end()] != found[0]]  # fmt: skip


def _around(text: str, start: int, end: int) -> str:
    """The words around a place, in one line."""
    words = " ".join(text[max(0, start - AROUND) : end + AROUND].split())
    return f"…{words}…"
