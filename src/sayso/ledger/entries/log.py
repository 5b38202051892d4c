"""Who did what: the entries of the chain that people ask about, newest first, in few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, select

from sayso.errors import UsageError
from sayso.ledger.entries import aliases
from sayso.ledger.entries.commit import contents
from sayso.ledger.layout.answers import Page
from sayso.ledger.layout.instants import Instant, to_iso, to_micros
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where

Act = Literal[
    "report", "reading", "judgement", "withdrawal", "mask", "export", "erasure", "erased",
]  # fmt: skip
ACTS: tuple[Act, ...] = get_args(Act)
# a report that is added is read at once: readings are told of where they are asked for
TOLD = tuple(act for act in ACTS if act != "reading")
MOST = 1_000


@dataclass(frozen=True, slots=True)
class LogLine:
    """One act: the entry, when, who (a person or a program), what was done to what, and why.

    `target` is the handle or id of what it was done to, `words` what an entry says of it.
    """

    entry: str
    at: str
    act: Act
    by: str
    person: bool
    action: str
    target: str | None
    words: str
    reason: str | None = None


def find_log(  # noqa: PLR0913 - one argument a filter
    conn: Connection, *, by: str | None = None, act: str | None = None, about: str | None = None,
    at: Instant | None = None, limit: int = 50, cursor: str | None = None,
) -> Page[LogLine]:  # fmt: skip
    """A page of the log: of a person or program, of a kind, about a report or what is in it.

    Readings are among them where `act` or `about` asks for them.

    Raises UsageError for a kind, a handle or a cursor that cannot be.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"a list has 1 to {MOST} rows, not {limit}")
    if act is not None and act not in ACTS:
        raise UsageError(f"{act!r:.40} is none of {', '.join(ACTS)}")
    table = schema.entry
    query = select(table).where(table.c.kind.in_([act] if act else ACTS if about else TOLD))
    if by is not None:
        makers = select(schema.maker.c.entry).where(schema.maker.c.name == by)
        query = query.where(table.c.maker.in_(makers))
    if about is not None:
        query = query.where(table.c.id.in_(_about(conn, about)))
    if at is not None:
        query = query.where(table.c.at <= to_micros(at))
    if cursor is not None:
        query = query.where(table.c.id < _number(cursor))
    rows = list(conn.execute(query.order_by(table.c.id.desc()).limit(limit + 1)))
    lines = tuple(_lines(conn, rows[:limit]))
    return Page(lines, f"e{rows[limit - 1].id}" if len(rows) > limit else None)


def _number(handle: str) -> int:
    if handle[:1] not in ("e", "r", "c") or not handle[1:].partition(".")[0].isdecimal():
        raise UsageError(f"{handle!r:.40} is no handle: e15 an entry, r12 a report, c13.4 a claim")
    return int(handle[1:].partition(".")[0][:18])


def _about(conn: Connection, handle: str) -> list[int]:
    """An entry, and those about it, and those about these: of a report its readings' judgements."""
    table = schema.entry
    found, new = set[int](), {_number(handle)}
    while new and len(found) < MOST:
        found |= new
        query = select(table.c.id).where(table.c.about.in_(sorted(new)[:MOST]))
        new = set(conn.scalars(query.limit(MOST))) - found
    return sorted(found)


def _lines(conn: Connection, rows: Sequence[Any]) -> Iterator[LogLine]:
    makers = {m.entry: m for m in rows_where(conn, schema.maker, "entry", {r.maker for r in rows})}
    said = contents(conn, [r.id for r in rows])
    reports = _reports_of(conn, rows)
    for row in rows:
        maker = makers[row.maker]
        action, target, words, reason = _tell(row, said.get(row.id), reports)
        yield LogLine(
            f"e{row.id}", to_iso(row.at), row.kind, f"{maker.name} {maker.version}".strip(),
            maker.kind == "person", action, target, words, reason,
        )  # fmt: skip


def _reports_of(conn: Connection, rows: Sequence[Any]) -> Mapping[int, tuple[str, str]]:
    """By entry the report that a report or a reading is (of): its handle, and what it is called."""
    of = {r.id: r.about if r.kind == "reading" else r.id
          for r in rows if r.kind in ("report", "reading")}  # fmt: skip
    held = {r.entry: r for r in rows_where(conn, schema.report, "entry", set(of.values()))}
    return {
        entry: (f"r{report}", held[report].title or held[report].name if report in held else "")
        for entry, report in of.items()
    }


def _tell(
    row: Any, said: Any, reports: Mapping[int, tuple[str, str]]
) -> tuple[str, str | None, str, str | None]:
    """What was done, to what, in which words, and why."""
    if row.kind in ("report", "reading"):
        handle, name = reports[row.id]
        return ("added" if row.kind == "report" else "read"), handle, name, None
    if said is None:
        return row.kind, f"e{row.about}" if row.about else None, "erased since", None
    match row.kind:
        case "judgement":
            detail = {k: v for k, v in said["detail"].items() if k not in ("reports", "rests_on")}
            words = ", ".join(f"{k} {v}" for k, v in detail.items() if v not in (None, "", [], ()))
            if said["action"] in aliases.ACTIONS and aliases.is_source(said["target"]):
                others = aliases.keys_in(said["action"], said["target"], detail)[1:]
                words = f"and {', '.join(others)}"
            return said["action"], said["target"], words, said["reason"]
        case "withdrawal":
            return "withdrew", f"e{row.about}", "", said.get("reason")
        case "mask":
            return "hid a name in", f"r{row.about}", "", None
        case "export":
            reports_told = len(said["reports"])
            told = f"{reports_told} report{'s' * (reports_told != 1)}"
            return "exported", None, f"{said['format']}, {told}", None
        case "erasure":
            return "erased a name", None, "", said.get("why")
        case _:
            return "erased", f"e{row.about}", "", said.get("why")
