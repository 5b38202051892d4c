"""A team's lists and coded rows brought into the ledger: what became of each, in a line."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sayso.exchange.books import Refused, some_of
from sayso.exchange.coded.fields import Form
from sayso.exchange.coded.read import Read
from sayso.ledger import Ledger, Listed, ListKind, Taken

MEND = "say what its rows are with --as, and what its columns are with --columns"
STEP = 2_000
SHOWN = 200  # rows that say otherwise, named one by one


@dataclass(slots=True)
class Brought:
    """What became of one table: counts, rows that say otherwise than those held, what is amiss.

    `lines` are said to who brought it. `form` is empty where nothing tells what the table is.
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
                 "replaced": "replaced", "gone": "gone and taken out", "left": "gone and left",
                 "unseen": "not seen and left"}  # fmt: skip
        told = [f"{self.counts[k]:,} {w}" for k, w in named.items() if self.counts[k]]
        return f"{self.sheet}: {self.form}: {', '.join(told) or 'no row'}"


def bring(
    ledger: Ledger, reads: Iterable[Read], file: str, *, by: str, replace: bool, dry: bool
) -> Iterator[Brought]:
    """Take a file's tables into the ledger; with `dry`, only say what would become of their rows.

    Rows held that say otherwise stay, and rows that came with a file of this name and are gone
    from it stay too, unless `replace` says that the file is now the list. What is gone is told
    last, for it may stand in any table.
    """
    missing = _Missing(ledger, file)
    for read in reads:
        yield _bring(ledger, read, by=by, replace=replace, dry=dry)
        missing.look(read)
    for kind, done in missing.gone(replace=replace):
        if done.counts["gone"] and not dry:
            ledger.drop_listed(kind, missing.ids(kind))
        yield done


def _bring(ledger: Ledger, read: Read, *, by: str, replace: bool, dry: bool) -> Brought:
    done = Brought(read.sheet, _form_words(read.form) if read.form else "")
    for chunk in _chunks(read.rows):
        for taken in ledger.take_listed(chunk, by=by, replace=replace, dry=dry):
            done.counts[taken.became] += 1
            if taken.became in ("held", "replaced"):
                _differs(done, taken, replace=replace)
    if read.form is not None:
        done.refused = [*read.refused, *done.refused]
        done.lines = [*read.notes, *done.lines]
    elif read.shown:
        done.lines.append(f"{read.sheet}: no list that is known; {MEND}")
    return done


def _form_words(form: Form) -> str:
    return "coded rows" if form.kind == "coded" else form.name


def _chunks(rows: Iterator[Listed]) -> Iterator[list[Listed]]:
    while chunk := list(itertools.islice(rows, STEP)):
        yield chunk


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


class _Missing:
    """The rows that came with a file of this name before and that none of its tables has now."""

    def __init__(self, ledger: Ledger, file: str) -> None:
        self.file = file
        self._left = {kind: dict.fromkeys(ledger.ids_from(kind, file)) for kind in ledger.lists()}
        self._forms: dict[ListKind, str] = {}  # of tables that are in the file
        self._unread: set[ListKind] = set()

    def ids(self, kind: ListKind) -> list[str]:
        """Their ids."""
        return list(self._left.get(kind, ()))

    def look(self, read: Read) -> None:
        """What stands in a table that was gone through is not missing.

        Nor is what stands in a sheet that is hidden or whose headings tell nothing: somebody may
        have renamed them.
        """
        if read.form is None:
            for cell in read.cells:
                for left in self._left.values():
                    left.pop(cell, None)
            return
        kind = read.form.kind
        self._forms[kind] = _form_words(read.form)
        if any(each.unread for each in read.refused):
            self._unread.add(kind)
        for id_ in read.ids:
            self._left.get(kind, {}).pop(id_, None)

    def gone(self, *, replace: bool) -> Iterator[tuple[ListKind, Brought]]:
        """What is said of them, a kind at a time: nothing is gone where not all was read."""
        for kind, form in self._forms.items():
            if not (ids := self.ids(kind)):
                continue
            done = Brought(self.file, form)
            names = some_of([id_[:60] for id_ in ids])
            if kind in self._unread:
                done.counts["unseen"] = len(ids)
                what = f"rows were not seen that the ledger holds: {names}; they stay, for not all "
                done.refused.append(Refused(self.file, None, None, f"{what}of the file was read"))
            elif replace:
                done.counts["gone"] = len(ids)
                done.lines.append(f"{self.file}: gone from the file and taken out: {names}")
            else:
                done.counts["left"] = len(ids)
                what = f"rows are gone that the ledger holds: {names}; they stay, see --replace"
                done.refused.append(Refused(self.file, None, None, what))
            yield kind, done
