"""A page's versions, and what changed between two of them."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError
from sayso.ledger.asking.claims import answer_reports
from sayso.ledger.asking.named import is_outdated
from sayso.ledger.entries.commit import contents
from sayso.ledger.entries.rows import names_hidden
from sayso.ledger.layout.answers import ReportAnswer, parse_handle
from sayso.ledger.layout.instants import Instant, is_older, to_micros
from sayso.ledger.layout.masking import masker
from sayso.ledger.layout.project import clean
from sayso.ledger.store import schema
from sayso.record import When

PIECE = re.compile(r"\w+|\s+|[^\w\s]")
MOST_PIECES = 20_000  # longer texts are compared line by line


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of text: in both, gone from the later one, or new in it."""

    kind: Literal["same", "gone", "new"]
    text: str


def versions_of(conn: Connection, url: str, at: Instant | None = None) -> list[ReportAnswer]:
    """The versions of a page that are known, the oldest first; numbered so.

    In the order of adding, but for those that came late and are surely of before.
    """
    table = schema.report
    query = select(table).where(table.c.url == clean(url)).order_by(table.c.entry)
    if at is not None:
        query = query.where(table.c.since <= to_micros(at))
    order: list[Any] = []
    for row in conn.execute(query):
        later = (i for i, held in enumerate(order)
                 if is_outdated(row) and is_older(_published(row), _published(held)))  # fmt: skip
        order.insert(next(later, len(order)), row)
    found = answer_reports(conn, [row.entry for row in order])
    numbers = sorted(row.version for row in order)  # of an erased one there is none
    before = [None, *(f"r{row.entry}" for row in order)]
    return [
        replace(found[row.entry], version=n, previous=earlier)
        for n, row, earlier in zip(numbers, order, before, strict=False)
    ]


def _published(row: Any) -> When | None:
    return When(**json.loads(row.published)) if row.published else None


def text_of(conn: Connection, handle: str) -> str:
    """A report's text, names hidden where they must be.

    Raises NotInLedgerError where it is not there or was erased.
    """
    report, _ = parse_handle(handle, "r")
    known = conn.scalar(select(schema.report.c.entry).filter_by(entry=report))
    if known is None:
        raise NotInLedgerError(f"{handle} is no report here, or was erased", "see `sayso claims`")
    text: str = contents(conn, [report])[report]["text"]
    mask = masker(names_hidden(conn, report))
    return mask(text) if mask else text


def diff_texts(old: str, new: str) -> list[DiffPart]:
    """What changed, word by word; the pieces that are not new join to the old text."""
    a, b = PIECE.findall(old), PIECE.findall(new)
    if len(a) + len(b) > MOST_PIECES:
        a, b = old.splitlines(keepends=True), new.splitlines(keepends=True)
    changes = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(DiffPart("same", "".join(a[i:j])))
            continue
        if j > i:
            changes.append(DiffPart("gone", "".join(a[i:j])))
        if m > k:
            changes.append(DiffPart("new", "".join(b[k:m])))
    return changes
