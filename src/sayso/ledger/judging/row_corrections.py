"""What a person says that a cell of an incident's row is, whatever its claims make of it.

A claim is corrected where a report was misread. A row is corrected where its reports were read
well and still give a cell that is not so: whoever codes it knows the date from elsewhere. It holds
until it is withdrawn, through new reports and readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import UsageError
from sayso.ledger.asking.claims import judgements
from sayso.ledger.asking.incidents import id_of
from sayso.ledger.asking.named import incident_named
from sayso.ledger.layout.answers import Judged
from sayso.ledger.layout.values import (
    PLACE,
    WHEN,
    check_place,
    check_type,
    check_when,
    counts_people,
)
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where
from sayso.record.links import LIST_POLICY

Line = dict[str, Any]
COUNTS = ("killed", "wounded")
FIELDS = ("type", "time", "place", *COUNTS)
SHAPES = {"time": WHEN, "place": PLACE}
INCIDENT = "incident-"


def row_correction(conn: Connection, target: str, detail: dict[str, Any]) -> dict[str, Any]:
    """What a correction of an incident's row says: the field, its old and its new value.

    Raises UsageError for a field or a value that a row cannot have, NotInLedgerError where there
    is no such incident.
    """
    field, new = str(detail.get("field")), detail.get("new")
    if field not in FIELDS:
        raise UsageError(f"a row's {field!r:.40} cannot be corrected; {', '.join(FIELDS)} can")
    num = check_named(conn, target)
    _check(field, new)
    table = schema.incident_line
    query = select(table.c.view).where(table.c.incident == num, table.c.until.is_(None))
    line = json.loads(conn.scalar(query) or "{}")
    old = value_of(line, field)
    # of a count 9 where 7 to 12 stood is a correction, and null where no best one did
    told = field in COUNTS and field in line.get("figures", {})
    if old == new and not told:
        raise UsageError(f"{field} is {new!r:.80} already")
    return {"field": field, "old": old, "new": new}


def check_named(conn: Connection, target: str) -> int:
    """The number of an incident that is named in full: what is decided is found by that alone."""
    num = incident_named(conn, target, None)
    if (id_ := id_of(conn, num)) != target:
        raise UsageError(f"name the incident in full: {id_}")
    return num


def _check(field: str, new: Any) -> None:
    """Raises UsageError for a value that a row cannot have."""
    if field in COUNTS and not counts_people(new):
        raise UsageError(f"{new!r:.40} is no number of people; write 12, or null for not known")
    if field == "type":
        check_type(new)
    if field == "time":
        check_when(new)
    if field == "place":
        check_place(new)
    if field in SHAPES and new is not None and new.keys() != SHAPES[field]:
        raise UsageError(f"a row's {field} has {', '.join(sorted(SHAPES[field]))}, nothing else")


def value_of(line: Line, field: str) -> Any:
    """What a line says of a field; of a count the most recent figure."""
    if field not in COUNTS:
        return line.get(field)
    _, best, _ = line.get("figures", {}).get(field, {}).get(LIST_POLICY, (None, None, None))
    return best


def corrections_of(conn: Connection, nums: Iterable[int]) -> dict[int, tuple[Judged, ...]]:
    """The corrections of rows that hold, by the incident's number."""
    ids = {r.id: r.num for r in rows_where(conn, schema.incident, "num", sorted(set(nums)))}
    found = {
        ids[target]: tuple(j for j in held if j.action == "correct")
        for target, held in judgements(conn, ids, None).items()
    }
    return {num: held for num, held in found.items() if held}


def corrected_fields(corrections: Iterable[Judged]) -> dict[str, str]:
    """The entry of the last correction of each field of a row."""
    return {
        j.detail["field"]: j.entry for j in corrections
        if j.action == "correct" and j.target.startswith(INCIDENT)
    }  # fmt: skip


def corrected_line(line: Line, corrections: Iterable[Judged], policies: Iterable[str]) -> Line:
    """The line with what people corrected in it, the last of each field, and by which entry."""
    held = {j.entry: j for j in corrections}
    entries = corrected_fields(held.values())
    if not entries:
        return line
    figures, changed = dict(line["figures"]), Line()
    for field, entry in entries.items():
        new = held[entry].detail["new"]
        if field in COUNTS:
            figures.pop(field, None)  # as a count that nobody tells, where it is not known
            if new is not None:
                figures[field] = {policy: [new, new, new] for policy in policies}
        else:
            changed[field] = new
    return {**line, **changed, "figures": figures, "corrected": entries}
