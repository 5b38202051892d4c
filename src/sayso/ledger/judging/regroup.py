"""What people decide about incidents: mentions placed by hand, and placed back when undone.

A person's word outranks the machine: `judged` members are moved by no later look of linking.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.asking.named import incident_named
from sayso.ledger.entries.commit import Commit, contents
from sayso.ledger.entries.followed import followed
from sayso.ledger.entries.incidents import Grouping, Step, members_at
from sayso.ledger.judging.redirects import earlier_readings, home_again
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where


def join(grouping: Grouping, judgement: int, one: str, other: str) -> None:
    """All mentions of the other incident placed in the first."""
    conn = grouping.conn
    into, gone = incident_named(conn, one, None), incident_named(conn, other, None)
    if into == gone:
        raise UsageError("these two are one incident already")
    # its own mentions are a person's too from now on, so that no later look parts them again
    for num in (into, gone):
        _place(grouping, judgement, _members(conn, num), into)


def split(
    grouping: Grouping, judgement: int, target: str, apart: Iterable[str], into: str | None
) -> None:
    """The mentions of reports (r12), or mentions (m13.1), placed in an incident of their own.

    Or `into` another one; an incident that was joined to this one is its own again.
    """
    conn = grouping.conn
    num = incident_named(conn, target, None)
    wanted = _with_twins(conn, _wanted(conn, apart))
    members = [m for m in _members(conn, num) if m in wanted]
    if not members:
        raise NotInLedgerError("none of these is in the incident", f"`sayso incident {target}`")
    rest = [m for m in _members(conn, num) if m not in wanted]
    home = incident_named(conn, into, None) if into else None
    if not rest and home is None:
        raise UsageError("nothing would be left: name some of the incident's reports")
    if home is None:
        home = home_again(conn, num, members)
    _place(grouping, judgement, members, home)


def _members(conn: Connection, num: int) -> list[str]:
    return [f"m{m.reading}.{m.n}" for m in members_at(conn, [num], None).get(num, ())]


def _with_twins(conn: Connection, mentions: Iterable[str]) -> set[str]:
    """Mentions, and those of what stands in their reports' place, or in whose place theirs do."""
    wanted = set(mentions)
    pairs = followed(conn, {parse_handle(m, "m")[0] for m in wanted})
    return wanted.union(*(pair for pair in pairs.items() if wanted.intersection(pair)))


def _wanted(conn: Connection, apart: Iterable[str]) -> Iterable[str]:
    for handle in apart:
        number, n = parse_handle(handle, "rm")
        if n is not None:
            yield handle
            continue
        table, member = schema.reading, schema.member
        query = (
            select(member.c.reading, member.c.n)
            .join(table, table.c.entry == member.c.reading)
            .where(table.c.report == number, member.c.until.is_(None))
        )
        yield from (f"m{row.reading}.{row.n}" for row in conn.execute(query))


def _place(grouping: Grouping, judgement: int, mentions: Iterable[str], into: int | None) -> None:
    mentions = list(mentions)
    grouping.load(mentions)
    for mention in mentions:
        view = {"judgement": f"e{judgement}", "words": "a person says so"}
        into = grouping.say_step(
            Step("judged", mention, into, judged=True, view=view, about=judgement)
        )


def place_back(grouping: Grouping, judgement: int) -> None:
    """What a judgement placed is placed where it was; linking may move it again.

    A page's new version, which stayed where it had placed the old one, too.
    """
    conn = grouping.conn
    for mention, entry in moved_by(conn, judgement):
        grouping.load([mention])
        place = grouping.places.get(mention)
        if place is None or place.entry != entry:
            continue  # it went elsewhere since
        before = _before(conn, mention, entry, judgement)
        home = before.incident if before is not None else place.incident
        judged = bool(before is not None and before.judged)
        view = {"judgement": f"e{judgement}", "words": "a person's word was withdrawn"}
        grouping.say_step(
            Step("returned", mention, home, judged=judged, view=view, about=judgement)
        )


def moved_by(conn: Connection, judgement: int) -> list[tuple[str, int]]:
    """The mentions that a judgement placed, with the entries that say so."""
    table = schema.entry
    query = select(table.c.id).where(table.c.about == judgement, table.c.kind == "placed")
    entries = list(conn.scalars(query))
    said = contents(conn, entries)
    return [(said[e]["mention"], e) for e in entries
            if e in said and said[e]["step"] == "judged"]  # fmt: skip


def _before(conn: Connection, mention: str, entry: int, judgement: int) -> Any:
    """The place of a mention before the one that an entry gave it, for a judgement.

    Of a new reading's main mention, that of the old one before the judgement.
    """
    reading, n = parse_handle(mention, "m")
    rows = [r for r in rows_where(conn, schema.member, "reading", [reading]) if r.n == n]
    earlier = [r for r in rows if r.entry < entry]
    if not earlier and n == 0:
        readings = earlier_readings(conn, reading)
        rows = [r for r in rows_where(conn, schema.member, "reading", readings) if r.n == 0]
        own = {e.id for e in rows_where(conn, schema.entry, "id", [r.entry for r in rows])
               if e.about == judgement}  # fmt: skip
        first = min(own, default=0)
        earlier = [r for r in rows if r.entry < first]
    return max(earlier, key=lambda r: int(r.entry), default=None)


def touched_by(commit: Commit, readings: Iterable[int]) -> set[int]:
    """The incidents that mentions of readings are in now."""
    table = schema.member
    query = select(table.c.incident).where(
        table.c.reading.in_(list(readings)), table.c.until.is_(None)
    )
    return set(commit.conn.scalars(query))
