"""A page's versions, and what changed between two of them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError
from sayso.ledger import schema
from sayso.ledger.answers import ReportAnswer, parse_handle
from sayso.ledger.ask import answer_reports
from sayso.ledger.commit import contents
from sayso.ledger.masking import masker
from sayso.ledger.project import clean
from sayso.ledger.rows import names_hidden

PIECE = re.compile(r"\w+|\s+|[^\w\s]")
MOST_PIECES = 20_000  # longer texts are compared line by line


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of text: in both, gone from the later one, or new in it."""

    kind: Literal["same", "gone", "new"]
    text: str


def versions_of(conn: Connection, url: str) -> list[ReportAnswer]:
    """The versions of a page, the oldest first."""
    table = schema.report
    query = select(table.c.entry).where(table.c.url == clean(url)).order_by(table.c.version)
    entries = list(conn.scalars(query))
    found = answer_reports(conn, entries)
    return [found[entry] for entry in entries]


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
