"""Decisions about claims, carried over where a report is read anew or its page has a new version.

A person's word is about what was said, not about one reading of it: it holds for the same claim of
the new reading. Where no such claim is left it lapses, and is told to whoever adds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.asking.uncarried import uncarried
from sayso.ledger.entries.commit import Commit, contents, seal
from sayso.ledger.judging.judge import judgement_values
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.layout.corrections import (
    Correction,
    also_moved,
    check,
    corrected,
    disorder,
    path_of,
    value_at,
)
from sayso.ledger.layout.project import source_key
from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of decisions: the corrected reading where there is one; those that lapsed."""

    reading: Wire | None = None
    lapsed: tuple[str, ...] = ()


def carry(commit: Commit, maker: int, new: int, report: int, earlier: Sequence[int]) -> Carried:
    """Enter anew, about a reading just entered, what holds about the readings before it."""
    conn = commit.conn
    rows = uncarried(conn, earlier)
    if not rows:
        return Carried()
    olds = sorted({r.about for r in rows})
    reports = _reports_of(conn, olds)
    said = contents(conn, [new, report, *olds, *reports.values()])
    work = _Carrying(said[report], said[new], new)
    values = []
    for row in rows:
        of = reports[row.about]
        if of not in said or row.about not in said:
            continue  # erased
        content = work.carry(row, said[of], said[row.about], same=of == report)
        if content is not None:
            entry = commit.enter("judgement", seal(content), maker, new)
            values.append(judgement_values(entry, content, commit.at, None))
    insert_rows(conn, schema.judgement, values)
    commit.flush()
    return Carried(work.now if work.now is not work.raw else None, tuple(work.lapsed))


class _Carrying:
    """One new reading, and what was decided about it so far."""

    def __init__(self, report: Wire, reading: Wire, entry: int) -> None:
        self.report = report
        self.raw = self.now = reading
        self.entry = entry
        self.lapsed: list[str] = []

    def carry(self, row: Any, report: Wire, reading: Wire, *, same: bool) -> Wire | None:
        """What to enter for a decision; None where it lapsed."""
        _, n = parse_handle(row.target, "c")
        wanted = _names(report, reading, same=same)[n or 0]
        here = _names(self.report, self.raw, same=same)
        detail = json.loads(row.view)
        by, reason = detail.pop("by"), detail.pop("reason")
        own = here.index(wanted) if wanted in here else None
        if own is not None and row.action == "correct":
            detail = self._correct(own, detail)
        if own is None or detail is None:
            self.lapsed.append(f"e{row.entry}")
            return None
        return {
            "action": row.action, "target": f"c{self.entry}.{own}", "by": by, "reason": reason,
            "detail": {**detail, "carried": f"e{row.entry}"},
        }  # fmt: skip

    def _correct(self, n: int, detail: Wire) -> Wire | None:
        """The correction of the new reading; None where the value is not what it was.

        Nor where the figure's numbers, as they are read now, would not go up with it.
        """
        try:
            path = path_of(self.now, n, detail["field"])
            values = value_at(self.raw, path), value_at(self.now, path)
            if detail["old"] not in values and detail["new"] not in values:
                return None
            also = detail.get("also") or also_moved(self.now, path, detail["new"])
            now = corrected(self.now, [Correction(path, detail["new"], 0, also=also)])
            check(self.report, now)
        except (UsageError, NotInLedgerError, LookupError):
            return None
        if disorder(now, path):
            return None
        self.now = now
        return {**detail, "path": list(path), **({"also": also} if also else {})}


def _names(report: Wire, reading: Wire, *, same: bool) -> list[tuple[str, str, int]]:
    """What tells the claims of a reading apart: where (or in which words), by whom, the how-manyth.

    Of the same text by where they stand; of another version by their words.
    """
    sources = {s["id"]: source_key(s["name"]) for s in reading["sources"]}
    speakers = {a["id"]: sources.get(a["source_id"], "") for a in reading["attributions"]}
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for claim in reading["claims"]:
        content = claim["content"]
        where = json.dumps(content) if same else _words(report["text"], content)
        name = (where, speakers.get(claim["attribution"], ""))
        found.append((*name, seen[name]))
        seen[name] += 1
    return found


def _words(text: str, spans: Iterable[Any]) -> str:
    words = " ".join(text[start:end] for start, end in spans)
    return " ".join(words.split()).casefold()


def _reports_of(conn: Connection, readings: Iterable[int]) -> dict[int, int]:
    table = schema.reading
    query = select(table.c.entry, table.c.report).where(table.c.entry.in_(list(readings)))
    return {r.entry: r.report for r in conn.execute(query)}
