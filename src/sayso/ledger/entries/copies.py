"""Copies that linking found, kept and replayed: which reports share text, and where in each.

An entry has numbers alone: handles, shares, places in the texts. Its id is made of the two handles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.entries.commit import Commit, seal
from sayso.ledger.layout.instants import Instant
from sayso.ledger.layout.project import clean
from sayso.ledger.store import schema
from sayso.ledger.store.engines import among, in_chunks, insert_rows, rows_where
from sayso.ledger.store.filters import held_at
from sayso.record import Span, make_id
from sayso.record.links import Copy, Passage

KIND, SIDES = "copy", 2


def copy_id(a: str, b: str) -> str:
    """The id of a copy of two reports, by their handles: a function of numbers alone."""
    return make_id(KIND, *sorted((a, b)))


def enter_copies(commit: Commit, copies: Sequence[Copy], maker: int) -> None:
    """Enter copies, reports by their handles; those that are held are not said again.

    A report that is read anew has the same text, and so the same copies.
    """
    named = {copy_id(c.a, c.b): c for c in copies}
    table = schema.link
    query = select(table.c.grp).where(among(commit.conn, table.c.grp, [*named]))
    for id_ in commit.conn.scalars(query.where(table.c.kind == KIND)) if named else ():
        named.pop(id_, None)
    rows: list[tuple[Any, ...]] = []
    for id_, copy in named.items():
        content = _content(id_, copy)
        rows += link_values(commit.enter("link", seal(content), maker), content, commit.at)
    insert_rows(commit.conn, table, rows)


def _content(id_: str, copy: Copy) -> dict[str, Any]:
    passages = [[[p.a.start, p.a.end], [p.b.start, p.b.end]] for p in copy.passages]
    detail = {"share_a": round(copy.share_a, 4), "share_b": round(copy.share_b, 4),
              "passages": passages}  # fmt: skip
    ground = {"kind": "same text"}
    return {"kind": KIND, "group": id_, "detail": detail, "moved_to": None,
            "members": [{"handle": h, "ground": ground} for h in (copy.a, copy.b)]}  # fmt: skip


def link_values(entry: int, content: dict[str, Any], since: int) -> list[tuple[Any, ...]]:
    """The rows of `link`: the first is the copy's own, then one for each report."""
    own = {"detail": content["detail"], "moved_to": content["moved_to"]}
    rows = [("", own), *((m["handle"], m["ground"]) for m in content["members"])]
    return [
        (
            entry, n, content["kind"], content["group"], clean(handle),
            clean(json.dumps(view, ensure_ascii=False)), since, None,
        )
        for n, (handle, view) in enumerate(rows)
    ]  # fmt: skip


def copies_among(
    conn: Connection, reports: Iterable[str], at: Instant | None = None
) -> tuple[Copy, ...]:
    """The copies of which both reports are among these (handles), as known at an instant."""
    table = schema.link
    sides: dict[int, list[str]] = {}
    for chunk in in_chunks(sorted(set(reports))):
        query = select(table.c.entry, table.c.member).where(
            among(conn, table.c.member, chunk), table.c.kind == KIND, held_at(table, at)
        )
        for row in conn.execute(query.order_by(table.c.entry, table.c.n)):
            sides.setdefault(row.entry, []).append(row.member)
    return _made(conn, sides)


def copies_with(
    conn: Connection, report: str, at: Instant | None = None, most: int = 50
) -> tuple[Copy, ...]:
    """The latest copies that a report is one side of, as known at an instant."""
    table = schema.link
    query = select(table.c.entry).where(
        table.c.member == report, table.c.kind == KIND, held_at(table, at)
    )
    entries = list(conn.scalars(query.order_by(table.c.entry.desc()).limit(most)))
    rows = sorted(rows_where(conn, table, "entry", entries), key=lambda r: (r.entry, r.n))
    sides: dict[int, list[str]] = {}
    for row in rows:
        if row.member:
            sides.setdefault(row.entry, []).append(row.member)
    return _made(conn, sides)


def _made(conn: Connection, sides: dict[int, list[str]]) -> tuple[Copy, ...]:
    """The copies of entries of which both sides are named."""
    pairs = {entry: both for entry, both in sides.items() if len(both) == SIDES}
    found = (r for r in rows_where(conn, schema.link, "entry", sorted(pairs)) if r.n == 0)
    return tuple(_copy(pairs[r.entry], json.loads(r.view)["detail"]) for r in found)


def _copy(reports: Sequence[str], detail: dict[str, Any]) -> Copy:
    passages = tuple(Passage(Span(*a), Span(*b)) for a, b in detail["passages"])
    a, b = reports
    return Copy(a, b, detail["share_a"], detail["share_b"], passages)
