"""What is kept beside the chain: feeds and how they fare, views, webhooks, partners; who may ask.

None of it is a claim or a decision: it is changed and forgotten freely, and `verify` passes it by.
A name that is erased is blotted out here too. Which items of a feed were looked at is kept as
hashes with the feed's own salt, and only while the feed still shows them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.layout.instants import to_iso
from sayso.ledger.layout.lives import Mask
from sayso.ledger.layout.masking import mask_wire
from sayso.ledger.store import chain
from sayso.ledger.store.engines import in_chunks, insert_rows, is_sqlite, lock_head
from sayso.ledger.store.schema import kept, seen

Kind = Literal[
    "feed", "view", "webhook", "account", "session", "token", "try",
    "partner", "sent", "taken", "compared",
]  # fmt: skip
MOST = 5_000  # of a kind
LARGEST = 64_000  # characters of one as JSON


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept: its id, what is said of it, when that last changed."""

    id: str
    value: dict[str, Any]
    changed: str


def find_kept(conn: Connection, kind: Kind, id_: str | None = None) -> list[Kept]:
    """All of a kind, or the one with an id, the oldest first."""
    query = select(kept).where(kept.c.kind == kind)
    if id_ is not None:
        query = query.where(kept.c.id == id_)
    rows = conn.execute(query.order_by(kept.c.at, kept.c.id))
    return [Kept(r.id, json.loads(r.value), to_iso(r.at)) for r in rows]


Check = Callable[[list[Kept]], None]


def look_first(conn: Connection, kind: Kind, check: Check | None) -> None:
    """Have a check asked of all of a kind, and nobody else write till the transaction ends."""
    if check is not None:
        if not is_sqlite(conn):  # there the transaction is the only one that writes
            lock_head(conn)
        check(find_kept(conn, kind))


def keep(conn: Connection, kind: Kind, value: dict[str, Any], id_: str | None, at: int) -> Kept:
    """Keep something new, or say anew what is kept under an id.

    Raises UsageError where it is too large or too many are held, NotInLedgerError for an unknown
    id.
    """
    code = json.dumps(value, ensure_ascii=False)
    if len(code) > LARGEST:
        raise UsageError(f"a {kind} of {len(code)} characters is too large, {LARGEST} are kept")
    if id_ is None:
        if (conn.scalar(select(func.count()).where(kept.c.kind == kind)) or 0) >= MOST:
            raise UsageError(f"{MOST} of kind {kind} are kept: forget one first")
        id_ = chain.new_id(kind)
        insert_rows(conn, kept, [(kind, id_, code, at)])
    else:
        where = (kept.c.kind == kind) & (kept.c.id == id_)
        if not conn.execute(kept.update().where(where).values(value=code)).rowcount:
            raise NotInLedgerError(f"no {kind} {id_!r:.60} is kept", "it may have been forgotten")
    return Kept(id_, value, to_iso(at))


def alter(
    conn: Connection, kind: Kind, id_: str,
    change: Callable[[dict[str, Any] | None], dict[str, Any] | None], at: int,
) -> Kept | None:  # fmt: skip
    """What is kept under an id after a change of it, which nobody else's comes between.

    `change` is given what is kept, None where nothing is; where it gives None, nothing is kept.
    """
    if not is_sqlite(conn):  # there the transaction is the only one that writes
        lock_head(conn)
    held = next(iter(find_kept(conn, kind, id_)), None)
    value = change(held.value if held else None)
    if held and value != held.value:
        forget(conn, kind, id_)
    if value is None or (held and value == held.value):
        return held if value is not None else None
    insert_rows(conn, kept, [(kind, id_, json.dumps(value, ensure_ascii=False), at)])
    return Kept(id_, value, to_iso(at))


def keep_newest(conn: Connection, kind: Kind, most: int) -> None:
    """Forget all of a kind but those that changed last."""
    where = kept.c.kind == kind
    newest = select(kept.c.at).where(where).order_by(kept.c.at.desc()).offset(most).limit(1)
    last = conn.scalar(newest)
    if last is not None:
        conn.execute(kept.delete().where(where, kept.c.at <= last))


def forget(conn: Connection, kind: Kind, id_: str) -> bool:
    """Forget something; True where it was kept."""
    conn.execute(seen.delete().where(seen.c.feed == id_))
    where = (kept.c.kind == kind) & (kept.c.id == id_)
    return bool(conn.execute(kept.delete().where(where)).rowcount)


def forget_of(conn: Connection, kind: Kind, id_: str, of: Iterable[Kind]) -> None:
    """Forget what is kept of some kinds for one thing: what names it under its kind."""
    for other in of:
        for held in find_kept(conn, other):
            if held.value.get(kind) == id_:
                forget(conn, other, held.id)


def unseen(conn: Connection, feed: str, items: Iterable[str]) -> list[str]:
    """The items of a feed that were not looked at, in their order."""
    wanted = {_hash(feed, item): item for item in items}
    found: set[bytes] = set()
    for chunk in in_chunks(list(wanted)):
        query = select(seen.c.item).where(seen.c.feed == feed, seen.c.item.in_(chunk))
        found |= {bytes(item) for item in conn.scalars(query)}
    return [item for code, item in wanted.items() if code not in found]


def saw(conn: Connection, feed: str, items: Collection[str], at: int) -> None:
    """Note that items were looked at."""
    new = unseen(conn, feed, items)
    insert_rows(conn, seen, [(feed, _hash(feed, item), at) for item in new])


def keep_only(conn: Connection, feed: str, items: Collection[str]) -> None:
    """Forget the items that a feed no longer shows."""
    shown = {_hash(feed, item) for item in items}
    held = [bytes(item) for item in conn.scalars(select(seen.c.item).where(seen.c.feed == feed))]
    for chunk in in_chunks([item for item in held if item not in shown]):
        conn.execute(seen.delete().where(seen.c.feed == feed, seen.c.item.in_(chunk)))


def _hash(feed: str, item: str) -> bytes:
    """The feed's id is random: it is the salt."""
    return hashlib.blake2b(item.encode("utf-8", "replace"), key=feed.encode()[:64]).digest()[:16]


def drop_sources(conn: Connection, keys: Collection[str]) -> None:
    """Forget under which ids sources go to partners, and what was agreed to compare them."""
    if not keys:
        return
    for row in find_kept(conn, "compared"):
        if row.value.get("source") in keys:
            forget(conn, "compared", row.id)
            continue
        left = {id_: own for id_, own in row.value.items() if own not in keys}
        if left != row.value:
            where = (kept.c.kind == "compared") & (kept.c.id == row.id)
            code = json.dumps(left, ensure_ascii=False)
            conn.execute(kept.update().where(where).values(value=code))


def blot_out(conn: Connection, hide: Mask) -> int:
    """How many kept things held a name that is to go; it is blotted out in them."""
    count = 0
    for row in list(conn.execute(select(kept))):
        value = json.loads(row.value)
        hidden = mask_wire(value, hide)
        if hidden != value:
            count += 1
            where = (kept.c.kind == row.kind) & (kept.c.id == row.id)
            code = json.dumps(hidden, ensure_ascii=False)
            conn.execute(kept.update().where(where).values(value=code))
    return count
