"""How much an incident's line leaves to doubt, and how much hangs on it: what to review first.

Numbers for an order among rows, nothing more: none is a chance, and no page shows one as such.
The ledger keeps what they give beside each line (`doubt`, `cells`): a change of them here needs a
migration that writes the two columns anew, as m0005 did, or `verify` tells of every line.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Line = dict[str, Any]
Kind = Literal["flag", "read", "joined", "missing", "policies"]

FLAGS = {"disagreement": 30, "differs": 20, "denied": 15, "withdrawn": 15, "only_parties": 10,
         "one_origin": 5}  # fmt: skip
READ = 25  # where the least sure of its claims, events, times or places has no score at all
JOINED = 25
MISSING = {"type": 10, "time": 10, "place": 10}
POLICIES = 10  # the lowest and the highest policy make different cells of its dead
SURE = 0.8  # from this score on nobody need look
# what a row of a data set says: two lines that agree in these say the same row
CELLS = ("type", "time", "place", "actors", "state", "figures", "stated", "origins", "texts",
         "denials")  # fmt: skip
STATED = ("counts", "speaker", "low", "best", "high")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: a flag, the least sure reading or join of a row, a missing cell."""

    kind: Kind
    what: str
    points: float
    score: float | None = None


def doubts_of(line: Line) -> tuple[Doubt, ...]:
    """What there is to look at in an incident's line, the gravest first."""
    return tuple(sorted(_doubts(line), key=lambda d: -d.points))


def _doubts(line: Line) -> Iterator[Doubt]:
    for flag in line.get("flags", ()):
        yield Doubt("flag", flag, FLAGS.get(flag, 0))
    for what, score in line.get("least", {}).items():
        if score < SURE:
            joined = what == "join"
            points = (JOINED if joined else READ) * (1 - score)
            yield Doubt("joined" if joined else "read", what, round(points, 1), score)
    for what, points in MISSING.items():
        if not line.get(what):
            yield Doubt("missing", what, points)
    killed = line.get("figures", {}).get("killed", {})
    if killed.get("lowest") != killed.get("highest"):
        yield Doubt("policies", "killed", POLICIES)


def order_of(line: Line) -> int:
    """Where a line stands in the queue, the greatest first: its doubt times its weight."""
    doubt = sum(d.points for d in doubts_of(line))
    return round(10 * (1 + doubt) * weight_of(line)) if line else 0


def weight_of(line: Line) -> float:
    """How much hangs on a line: its reports and its dead, each tenfold counts one more."""
    dead = line.get("figures", {}).get("killed", {}).get("highest", ())
    most = max((n for n in dead if n is not None), default=0)
    return 1 + math.log10(1 + line.get("counted", 0)) + math.log10(1 + max(0, most))


def cells_of(line: Line) -> int:
    """A hash of what the row says: the same for two lines that say the same row.

    A copy adds a report to a line and changes no cell; who decided on the row need not look again.
    """
    held = {key: line[key] for key in CELLS if line.get(key)}
    if "stated" in held:  # that 12 is written "twelve" by the next reader changes no cell
        held["stated"] = [[each.get(k) for k in STATED] for each in held["stated"]]
    code = json.dumps(held, sort_keys=True).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(code, digest_size=8).digest(), "big", signed=True)
