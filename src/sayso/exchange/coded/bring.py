"""A team's lists and coded rows brought into the ledger: what became of each, in a line."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sayso.exchange.books import Refused
from sayso.exchange.coded.read import Read
from sayso.ledger import Ledger, Listed, Taken

STEP = 2_000
SHOWN = 200  # rows that say otherwise, named one by one
NAMED = 12  # ids that one line names


@dataclass(slots=True)
class Brought:
    """What became of one table: counts, rows that say otherwise than those held, what is amiss.

    `lines` are said to who brought it.
    """

    sheet: str
    form: str
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def words(self) -> str:
        """In a sentence: `actors.csv: 12 actors new, 3 the same, 1 held otherwise`."""
        named = {"new": "new", "same": "the same", "held": "held otherwise and left as they are",
                 "replaced": "replaced", "gone": "gone"}  # fmt: skip
        told = [f"{self.counts[k]:,} {w}" for k, w in named.items() if self.counts[k]]
        return f"{self.sheet}: {self.form}: {', '.join(told) or 'no row'}"


def bring(
    ledger: Ledger, read: Read, file: str, *, by: str, replace: bool, dry: bool
) -> Brought:  # fmt: skip
    """Take a table's rows into the ledger; with `dry`, only say what would become of them.

    Rows held that say otherwise stay, and rows that came with a file of this name and are gone
    from it stay too, unless `replace` says that the file is now the list.
    """
    assert read.form is not None  # noqa: S101 - the caller passes over tables that nobody knows
    done = Brought(read.sheet, "coded rows" if read.form.kind == "coded" else read.form.name)
    ids: set[str] = set()
    for chunk in _chunks(read.rows):
        ids.update(row.id for row in chunk)
        for taken in _take(ledger, chunk, by=by, replace=replace, dry=dry):
            done.counts[taken.became] += 1
            if taken.became in ("held", "replaced"):
                _differs(done, taken, replace=replace)
    done.refused = [*read.refused, *done.refused]
    done.lines = [*read.notes, *done.lines]
    gone = ledger.gone_from(read.form.kind, file, ids)
    if gone:
        _gone(done, gone, replace=replace)
        if replace and not dry:
            ledger.drop_listed(read.form.kind, gone)
    return done


def _chunks(rows: Iterator[Listed]) -> Iterator[list[Listed]]:
    while chunk := list(itertools.islice(rows, STEP)):
        yield chunk


def _take(
    ledger: Ledger, rows: list[Listed], *, by: str, replace: bool, dry: bool
) -> list[Taken]:  # fmt: skip
    if not dry:
        return ledger.take_listed(rows, by=by, replace=replace)
    held = {r.id: r for r in ledger.listed(rows[0].kind, [r.id for r in rows])}
    found = []
    for row in rows:
        old = held.get(row.id)
        if old is None:
            found.append(Taken(row, "new"))
        elif old.value == row.value:
            found.append(Taken(row, "same", old))
        else:
            found.append(Taken(row, "replaced" if replace else "held", old))
    return found


def _differs(done: Brought, taken: Taken, *, replace: bool) -> None:
    """Each cell that the held row says otherwise: refused, or told where it was written over."""
    held, row = taken.held, taken.row
    if held is None or done.counts["held"] + done.counts["replaced"] > SHOWN:
        return
    whose = f"from {held.file} by {held.by}, {held.at[:10]}"
    for column, (old, new) in _cells(held.value, row.value).items():
        if replace:
            words = f"{row.id} {column}: {old!s:.60} ({whose}) → {new!s:.60}"
            done.lines.append(f"{done.sheet}: {words}")
        else:
            what = f"the ledger holds {old!s:.60} ({whose}); {new!s:.60} is not taken"
            done.refused.append(Refused(done.sheet, row.row, column, what))


def _cells(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The cells in which two rows differ."""
    a, b = old.get("cells", old), new.get("cells", new)
    columns = dict.fromkeys([*a, *b])
    return {c: (a.get(c, ""), b.get(c, "")) for c in columns if a.get(c) != b.get(c)}


def _gone(done: Brought, gone: list[str], *, replace: bool) -> None:
    names = ", ".join(g[:60] for g in gone[:NAMED])
    more = f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
    if replace:
        done.counts["gone"] = len(gone)
        done.lines.append(f"{done.sheet}: gone from the file and taken out: {names}{more}")
    else:
        what = f"rows are gone that the ledger holds: {names}{more}; they stay, see --replace"
        done.refused.append(Refused(done.sheet, None, None, what))
