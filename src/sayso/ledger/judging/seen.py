"""What a judgement names must be seen by whoever makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sayso.errors import NotInLedgerError
from sayso.ledger.asking.named import incident_named
from sayso.ledger.layout.answers import HANDLE, parse_handle, written_out
from sayso.ledger.layout.project import clean
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where

if TYPE_CHECKING:
    from sqlalchemy import Connection


def versions_at(conn: Connection, url: str) -> set[int]:
    """The versions of a page that are seen."""
    return {r.entry for r in rows_where(conn, schema.report, "url", [clean(url)])}


NAMED = ("other", "into", "incident")  # what a detail may name, beside `apart`


def all_written_out(detail: dict[str, Any]) -> dict[str, Any]:
    """The detail of a judgement with the handles in it as the ledger writes them."""
    named: dict[str, Any] = {k: written_out(str(detail[k])) for k in NAMED if detail.get(k)}
    if detail.get("apart"):
        named["apart"] = [written_out(str(each)) for each in detail["apart"]]
    return detail | named


def named_in(action: str, target: str, detail: dict[str, Any]) -> Iterator[str]:
    """The handles, ids and keys that a judgement names; a join's id is a hash that none can see."""
    if action != "undo":
        yield target
    yield from (str(detail[key]) for key in NAMED if detail.get(key))
    yield from map(str, detail.get("apart", ()))


def check_seen(conn: Connection, names: Iterable[str]) -> None:
    """Raises NotInLedgerError for the first that is not in what is seen."""
    for name in names:
        if "|" in name:
            found = list(rows_where(conn, schema.source, "key", [name]))
        elif HANDLE.fullmatch(name):
            found = _rows_of(conn, name)
        else:
            incident_named(conn, name, None)
            continue
        if not found:
            raise NotInLedgerError(f"{name:.60} is not here", "see `sayso incidents`")


def _rows_of(conn: Connection, handle: str) -> list[Any]:
    number, _ = parse_handle(handle, handle[0])
    tables = {
        "r": ((schema.report, "entry"),),
        "c": ((schema.claim, "reading"),),
        "m": ((schema.mention, "reading"),),
        "e": ((schema.judgement, "entry"), (schema.mask, "entry")),
    }
    return [r for t, key in tables[handle[0]] for r in rows_where(conn, t, key, [number])]
