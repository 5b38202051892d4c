"""Claims that people added to a reading: its parts, and what of them a new reading takes over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sayso.ledger.asking.uncarried import uncarried
from sayso.ledger.entries.commit import contents
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.layout.corrections import figures_of
from sayso.record.incident import ADD

if TYPE_CHECKING:
    from sqlalchemy import Connection

KINDS = ("sources", "attributions", "claims", "events", "figures")
Wire = dict[str, Any]


def with_parts(reading: Wire, parts: Wire) -> Wire:
    """The reading and the parts of a claim behind its own; what it holds by id stays as it is."""
    made = dict(reading)
    for kind in KINDS:
        held = {part["id"] for part in reading[kind]}
        made[kind] = [*reading[kind], *(p for p in parts.get(kind, ()) if p["id"] not in held)]
    return made


def parts_of(reading: Wire, n: int) -> Wire:
    """The claim with a number, and all that it is made of."""
    claim = reading["claims"][n]
    outer = {a["id"]: a for a in reading["attributions"]}
    path: list[Wire] = []
    step = claim["attribution"]
    while step in outer:
        path.append(outer.pop(step))
        step = path[-1]["within"]
    speakers = {a["source_id"] for a in path}
    figures = {*figures_of(reading, claim)}
    return {
        "sources": [s for s in reading["sources"] if s["id"] in speakers],
        "attributions": path[::-1],
        "claims": [claim],
        "events": [e for e in reading["events"] if e["id"] in claim["events"]],
        "figures": [f for f in reading["figures"] if f["id"] in figures],
    }


def with_additions(conn: Connection, reading: Wire, earlier: Sequence[int]) -> Wire:
    """A new reading of the same text with what people had added to those before it."""
    rows = [row for row in uncarried(conn, earlier) if row.action == ADD]
    said = contents(conn, sorted({row.about for row in rows}))
    for row in rows:
        if row.about in said:  # else erased
            _, n = parse_handle(row.target, "c")
            reading = with_parts(reading, parts_of(said[row.about], n or 0))
    return reading
