"""Whether a text may leave this machine, by what is marked and who is protected.

Reports that are not for everybody are not gone through: those that share a mark with the text are
found where linking posted it, and looked at one after another. A text's marks are such that any run
of eight words that two texts share leaves one in common (`linking/copies.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from sayso.ledger.entries.commit import contents
from sayso.ledger.seeing.cover import cover_of
from sayso.ledger.store import schema
from sayso.ledger.store.engines import among, in_chunks
from sayso.ledger.store.postings import PARTS, list_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.record import Report

RUN = 8  # words in a row by which texts are told to be one
SHARED = 0.1  # of a text's runs that stand in marked texts, from which on it is one of them
STEP = 50  # texts that are held at a time
Why = Literal["protected", "marked"]


def why_it_stays(
    conn: Connection, report: Report, list_: str, marks: Collection[int]
) -> Why | None:
    """Why a report's text must not leave; None where it may.

    It names a source that is protected; or it is marked above clear, or is what is held for the
    clearance red alone: the same page, or a text that shares passages with such. `marks` are its
    own, as reports are posted under them in a list.
    """
    said = [report.text, report.title, report.byline, report.name, report.url]
    cover = cover_of(conn)
    if cover and cover.meets([each for each in said if each]):
        return "protected"
    if report.url and _is_marked(conn, report.url):
        return "marked"
    own = set(_runs_of(report.text))
    shared: set[tuple[str, ...]] = set()
    for entries in in_chunks(_likely(conn, list_, marks), STEP):
        for held in contents(conn, list(entries)).values():
            shared.update(run for run in _runs_of(held["text"]) if run in own)
        if len(shared) / len(own) >= SHARED:
            return "marked"
    return None


def _is_marked(conn: Connection, url: str) -> bool:
    table, shade = schema.report, schema.shade
    query = select(table.c.entry).join(shade, shade.c.entry == table.c.entry)
    query = query.where(table.c.url == url, shade.c.level > 0)
    return conn.scalar(query.limit(1)) is not None


def _likely(conn: Connection, list_: str, marks: Collection[int]) -> list[int]:
    """The reports that are not for everybody and share a mark, and those that have none posted.

    These wait for linking, or have few words.
    """
    report, shade, posting = schema.report, schema.shade, schema.posting
    number = list_number(list_)
    posted = select(posting.c.item).where(
        posting.c.list == number, posting.c.item == report.c.entry * PARTS
    )
    bound = select(report.c.entry).join(shade, shade.c.entry == report.c.entry)
    bound = bound.where(shade.c.level > 0)
    found = set(conn.scalars(bound.where(~posted.exists())))
    shares = select(shade.c.entry).join(posting, shade.c.entry == posting.c.item // PARTS)
    shares = shares.where(posting.c.list == number, shade.c.level > 0).distinct()
    for chunk in in_chunks(sorted(set(marks))):
        found.update(conn.scalars(shares.where(among(conn, posting.c.key, chunk))))
    return sorted(found)


def _runs_of(text: str) -> Iterator[tuple[str, ...]]:
    """Each run of words; a text of fewer is one run."""
    words = re.findall(r"\w+", text.casefold())
    for at in range(max(len(words) - RUN, 0) + 1):
        yield tuple(words[at : at + RUN])
