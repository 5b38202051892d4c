"""What linking said of copies and utterances, kept and replayed; incidents are told elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger import chain, schema
from sayso.ledger.commit import Commit, Maker, seal
from sayso.ledger.filters import held_at
from sayso.ledger.instants import Instant, to_iso
from sayso.ledger.project import clean
from sayso.ledger.store import insert_rows


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a group: a handle (c13.4, r12), and why it belongs there."""

    handle: str
    ground: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """What linking joined: incident, copy, utterance, origin. Its id is random and stays.

    A group said anew replaces what was said of it; the old is still answered as known then.
    `moved_to` is where a joined group went: ask for it, and you are sent on.
    """

    kind: str
    id: str
    members: tuple[Member, ...]
    detail: dict[str, Any] = field(default_factory=dict)
    moved_to: str | None = None
    learnt: str | None = None


def new_group_id(kind: str) -> str:
    """A random id for a group."""
    return chain.new_id(kind)


def say_groups(conn: Connection, groups: Sequence[Group], maker: Maker, at: int) -> list[str]:
    """The entries, one a group; all in one link."""
    commit = Commit(conn, at)
    said = enter_groups(commit, groups, commit.maker(maker))
    commit.close()
    return said


def enter_groups(
    commit: Commit, groups: Sequence[Group], made: int, *, new: bool = False
) -> list[str]:
    """The entries, one a group, in a link that the caller closes; `new`: none was said before."""
    said, conn, rows = [], commit.conn, list[tuple[Any, ...]]()
    for group in groups:
        content = {
            "kind": group.kind, "group": group.id, "detail": group.detail,
            "moved_to": group.moved_to,
            "members": [{"handle": m.handle, "ground": m.ground} for m in group.members],
        }  # fmt: skip
        table = schema.link
        if not new:
            conn.execute(
                table.update()
                .where(table.c.kind == group.kind, table.c.grp == group.id)
                .where(table.c.until.is_(None))
                .values(until=commit.at)
            )
        entry = commit.enter("link", seal(content), made)
        rows += link_values(entry, content, commit.at, None)
        said.append(f"e{entry}")
    insert_rows(conn, schema.link, rows)
    return said


def link_values(
    entry: int, content: dict[str, Any], since: int, until: int | None
) -> list[tuple[Any, ...]]:
    """The rows of `link`: the first is the group's own, with no member."""
    own = {"detail": content["detail"], "moved_to": content["moved_to"]}
    rows = [("", own), *((m["handle"], m["ground"]) for m in content["members"])]
    return [
        (
            entry, n, content["kind"], content["group"], clean(handle),
            clean(json.dumps(view, ensure_ascii=False)), since, until,
        )
        for n, (handle, view) in enumerate(rows)
    ]  # fmt: skip


def groups_of(conn: Connection, kind: str, member: str, at: Instant | None) -> list[Group]:
    """The groups of a kind in which a handle is a member."""
    table = schema.link
    query = select(table.c.grp).where(
        table.c.kind == kind, table.c.member == member, held_at(table, at)
    )
    found = (group_by_id(conn, kind, grp, at) for grp in sorted(set(conn.scalars(query))))
    return [group for group in found if group is not None]


def group_by_id(conn: Connection, kind: str, grp: str, at: Instant | None) -> Group | None:
    """A group as said at an instant, None where it was not known; follow `moved_to` yourself."""
    table = schema.link
    query = select(table).where(table.c.kind == kind, table.c.grp == grp, held_at(table, at))
    rows = list(conn.execute(query.order_by(table.c.entry, table.c.n)))
    if not rows:
        return None
    own = json.loads(rows[0].view)
    members = tuple(Member(r.member, json.loads(r.view)) for r in rows[1:])
    return Group(kind, grp, members, own["detail"], own["moved_to"], to_iso(rows[0].since))
