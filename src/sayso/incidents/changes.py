"""What is new in an incident between two of its rows: what a person wants to be told of.

A copy changes none of this: it adds a report, not a voice, a figure or a state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["opened", "state", "figure", "correction", "origin", "denial", "withdrawal"]
Row = dict[str, Any]
_COUNT = re.compile(r"^[^0-9]{0,30}[0-9][0-9,.]* ")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, and what is said of it in words."""

    kind: Kind
    words: str


def changes_between(before: Row | None, after: Row) -> list[Change]:
    """What the row of an incident says that its row before did not; `before` None: it is new."""
    if not after:
        return []
    if not before:
        return [Change("opened", _name(after))]
    return list(_changes(before, after))


def _changes(before: Row, after: Row) -> Iterator[Change]:
    known = {_bare(state) for state in before["state"]}
    for state in after["state"]:
        if _bare(state) not in known:
            yield Change("state", state)
    held = {_key(s) for s in before.get("stated", ())}
    for stated in after.get("stated", ()):
        if _key(stated) not in held:
            kind: Kind = "correction" if stated["correction"] else "figure"
            measure = stated["counts"].replace("_", " ")
            yield Change(kind, f"{measure}: {stated['words']} ({stated['speaker']})")
    if after["origins"] > before["origins"]:
        yield Change("origin", _origins(before, after))
    for name in _new(before, after, "denials"):
        yield Change("denial", f"{name} denies it")
    if "withdrawn" in _new(before, after, "flags"):
        yield Change("withdrawal", "a speaker took a claim back")


def _bare(state: str) -> str:
    """A state without its count: that 3 dead are 5 now is told as a figure."""
    return _COUNT.sub("", state)


def _key(stated: Row) -> tuple[Any, ...]:
    return tuple(stated[k] for k in ("counts", "speaker", "low", "best", "high"))


def _new(before: Row, after: Row, key: str) -> list[str]:
    return [each for each in after.get(key, ()) if each not in before.get(key, ())]


def _origins(before: Row, after: Row) -> str:
    """*1 to 2, now 2 to 3: Oda police*."""
    was, now = ("to".join(f" {n} " for n in dict.fromkeys(row["origins"])).strip()
                for row in (before, after))  # fmt: skip
    names = ", ".join(_new(before, after, "speakers"))
    return f"origins {was}, now {now}" + (f": {names}" if names else "")


def _name(row: Row) -> str:
    what = (row["type"] or "incident").replace("_", " ")
    place = (row["place"] or {}).get("name")
    return f"{what} in {place}" if place else what
