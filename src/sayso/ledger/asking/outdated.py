"""Whether what left is still right: what became since of the reports that a file told of.

Each change is an entry of the chain that came after the one that says what left. A decision that
was taken back since is none; taking back one that stood when it left is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import Connection, select

from sayso.errors import UsageError
from sayso.ledger.asking.named import is_outdated
from sayso.ledger.entries.exports import exported
from sayso.ledger.layout.answers import Exported, Page, parse_handle
from sayso.ledger.layout.instants import to_iso
from sayso.ledger.seeing.behind import incidents_of, twins_of, versions_with
from sayso.ledger.store import schema
from sayso.ledger.store.engines import in_chunks, rows_where

What = Literal[
    "corrected", "rejected", "claim_added", "read_anew", "taken_back", "withdrawn", "new_version",
    "marked", "protected", "name_hidden", "name_erased", "erased", "joined", "split",
]  # fmt: skip
WHATS: tuple[What, ...] = get_args(What)
WORDS: dict[What, str] = {
    "corrected": "a value in it, or in the row of its incident, was corrected",
    "rejected": "a claim, or the row of its incident, was rejected",
    "claim_added": "a claim was added",
    "read_anew": "it was read anew",
    "taken_back": "a decision on it was taken back",
    "withdrawn": "a claim of its incident was taken back by who made it",
    "new_version": "its page has a newer version",
    "marked": "it was marked",
    "protected": "a source in it is protected",
    "name_hidden": "a name was hidden in it",
    "name_erased": "a name was erased in it",
    "erased": "it was erased",
    "joined": "its incident was joined with another",
    "split": "its incident was split",
}
# what a decision makes of a report, or of an incident's row; others change nothing in it
DECIDED: dict[str, What] = {
    "correct": "corrected", "reject": "rejected", "add": "claim_added", "mark": "marked",
    "join": "joined", "split": "split",
}  # fmt: skip
KINDS = ("report", "reading", "judgement", "mask", "withdrawal", "redacted", "erased")
MOST = 1_000
LOOK = 200  # files that are looked through for a page of those that are outdated


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became of a report: by which entry, when, by whom, what."""

    entry: str
    at: str
    by: str
    what: What
    report: str


@dataclass(frozen=True, slots=True)
class ExportRow(Exported):
    """What left, and what became since of the reports in it: the last of each kind, by report."""

    changes: tuple[Change, ...] = ()


class _Found(NamedTuple):
    """A change of a report; with `undoes`, only for what left after that entry."""

    entry: int
    what: What
    undoes: int = 0


_Changes = dict[int, list[_Found]]  # by report, or by incident


class _Notes:
    """What became of reports; what is about a reading is about its report."""

    def __init__(self, readings: Mapping[int, int]) -> None:
        self.readings = readings
        self.own: _Changes = {}

    def note(self, about: int, entry: int, what: What, undoes: int = 0) -> None:
        """Note a change of a report, or of a reading's."""
        report = self.readings.get(about, about)
        self.own.setdefault(report, []).append(_Found(entry, what, undoes))


def find_exports(
    conn: Connection, *, outdated: bool, limit: int, cursor: str | None, twins: bool = False
) -> Page[ExportRow]:
    """A page of what left, newest first; `outdated`: only what rests on what changed since.

    A page of these may be short, or empty, and have a `next`: so many were looked through.
    With `twins` what stands in a report's place below red is told of as the report.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"a list has 1 to {MOST} rows, not {limit}")
    table, look = schema.entry, max(limit, LOOK) if outdated else limit
    query = select(table.c.id).where(table.c.kind == "export").order_by(table.c.id.desc())
    if cursor is not None:
        query = query.where(table.c.id < parse_handle(cursor, "e")[0])
    entries = list(conn.scalars(query.limit(look + 1)))
    rows = _rows(conn, entries[:look], twins=twins)
    fitting = [row for row in rows if row.changes or not outdated]
    if len(fitting) > limit:
        return Page(tuple(fitting[:limit]), fitting[limit - 1].entry)
    return Page(tuple(fitting), f"e{entries[look - 1]}" if len(entries) > look else None)


def _rows(conn: Connection, entries: Collection[int], *, twins: bool) -> list[ExportRow]:
    """What left by entries, newest first, each with what changed since."""
    files = exported(conn, entries)[::-1]
    numbers = {int(r[1:]) for file in files for r in file.reports}
    of = twins_of(conn, numbers) if twins else {}
    changes = _changes(conn, numbers | set(of.values()), of)
    acts = _acts(conn, {f.entry for some in changes.values() for f in some})
    found = []
    for file in files:
        since = int(file.entry[1:])
        reports = dict.fromkeys(of.get(int(r[1:]), int(r[1:])) for r in file.reports)
        last: dict[tuple[int, What], _Found] = {}
        for report in reports:
            for change in sorted(changes.get(report, ())):
                if change.undoes < since < change.entry and change.entry in acts:
                    last[report, change.what] = change
        told = sorted(last.items(), key=lambda item: item[1].entry, reverse=True)
        found.append(ExportRow(
            file.entry, file.at, file.by, file.format, file.name_sha256,
            tuple(f"r{r}" for r in reports),
            tuple(Change(f"e{f.entry}", *acts[f.entry], what, f"r{report}")
                  for (report, what), f in told),
        ))  # fmt: skip
    return found


def _acts(conn: Connection, entries: Collection[int]) -> dict[int, tuple[str, str]]:
    """When, and by whom, entries were made."""
    rows = list(rows_where(conn, schema.entry, "id", sorted(entries)))
    makers = rows_where(conn, schema.maker, "entry", sorted({r.maker for r in rows}))
    names = {m.entry: m.name for m in makers}
    return {r.id: (to_iso(r.at), names.get(r.maker, "")) for r in rows}


def _changes(conn: Connection, reports: Collection[int], of: Mapping[int, int]) -> _Changes:
    """All that ever became of reports; `of` are those that others stand for."""
    families = versions_with(conn, reports)
    first = _about(conn, set(reports).union(*families.values()))
    readings = {r.id: r.about for r in first if r.kind == "reading"}
    rows = [*first, *_about(conn, readings)]
    notes = _Notes(readings)
    added = _note_decisions(conn, rows, notes)
    for row in rows:
        if row.kind == "redacted":
            notes.note(row.about, row.id, "name_erased")
        elif row.kind == "erased" and row.about not in readings:
            notes.note(row.about, row.id, "erased")
        elif row.kind == "reading" and row.id not in added and row.about not in of:
            notes.note(row.about, row.id, "read_anew")
    _note_versions(conn, first, notes)
    _note_protections(conn, reports, notes)
    _note_incidents(conn, notes)
    return _by_report(reports, families, of, notes.own)


def _note_decisions(conn: Connection, rows: Iterable[Any], notes: _Notes) -> set[int]:
    """The readings that a claim was added in by hand; what people decided, and hidden names."""
    judged = {r.id: r.about for r in rows if r.kind in ("judgement", "mask")}
    decided = {j.entry: j for j in rows_where(conn, schema.judgement, "entry", sorted(judged))}
    standing = {entry: j for entry, j in decided.items() if _counts(j)}
    hidden = {m.entry: m for m in rows_where(conn, schema.mask, "entry", sorted(judged))}
    for entry, row in (standing | hidden).items():
        if row.until is None:
            what: What = "name_hidden" if entry in hidden else DECIDED[row.action]
            notes.note(judged[entry], entry, what)
    for end in _about(conn, standing.keys() | hidden.keys()):
        if end.kind == "withdrawal":
            notes.note(judged[end.about], end.id, "taken_back", end.about)
    return {judged[entry] for entry, j in decided.items() if j.action == "add"}


def _counts(decision: Any) -> bool:
    """True of a decision that changes what a report says; not of one that was carried on."""
    return decision.action in DECIDED and "carried" not in json.loads(decision.view)


def _about(conn: Connection, entries: Iterable[int]) -> list[Any]:
    """The entries about some, of the kinds that change something."""
    table = schema.entry
    found: list[Any] = []
    for chunk in in_chunks(sorted(entries)):
        query = select(table.c.id, table.c.kind, table.c.about)
        query = query.where(table.c.about.in_(chunk), table.c.kind.in_(KINDS))
        found += conn.execute(query)
    return found


def _by_report(
    reports: Collection[int], families: Mapping[int, set[int]], of: Mapping[int, int],
    own: _Changes,
) -> _Changes:  # fmt: skip
    """What became of each report, of what stands for it, and how any version of it was marked."""
    found: _Changes = {}
    for report in reports:
        told = found.setdefault(of.get(report, report), [])
        told += own.get(report, ())
        for other in families.get(report, set()) - {report}:
            told += [f for f in own.get(other, ()) if f.what == "marked"]
    return found


def _note_versions(conn: Connection, rows: Iterable[Any], notes: _Notes) -> None:
    """Later versions of pages; not one that came late and is of before."""
    later = {r.id: r.about for r in rows if r.kind == "report"}
    for row in rows_where(conn, schema.report, "entry", sorted(later)):
        if not is_outdated(row):
            notes.note(later[row.entry], row.entry, "new_version")


def _note_protections(conn: Connection, reports: Iterable[int], notes: _Notes) -> None:
    """Since when something stands in a report's place, where it does now."""
    since: dict[int, int | None] = {}
    rows = rows_where(conn, schema.twin, "of", sorted(reports))
    for row in sorted(rows, key=lambda r: int(r.entry)):
        since[row.of] = None if row.report is None else since.get(row.of) or row.entry
    for report, entry in since.items():
        if entry is not None:
            notes.note(report, entry, "protected")


def _note_incidents(conn: Connection, notes: _Notes) -> None:
    """What became of the incidents that reports are told in."""
    nums = incidents_of(conn, notes.readings)
    of_incident = _lines_changed(conn, nums)
    for num, found in _decided_on(conn, nums):
        of_incident.setdefault(num, []).append(found)
    told: dict[int, set[int]] = {}
    before: dict[tuple[int, int], int] = {}
    members = rows_where(conn, schema.member, "reading", sorted(notes.readings))
    for row in sorted(members, key=lambda r: int(r.entry)):
        told.setdefault(notes.readings[row.reading], set()).add(row.incident)
        earlier = before.get((row.reading, row.n), row.incident)
        if earlier != row.incident:
            joined = any(f.what == "joined" for f in of_incident.get(earlier, ()))
            notes.note(row.reading, row.entry, "joined" if joined else "split")
        before[row.reading, row.n] = row.incident
    for report, some in told.items():
        for change in (f for num in some for f in of_incident.get(num, ())):
            notes.note(report, *change)


def _decided_on(conn: Connection, nums: Collection[int]) -> Iterator[tuple[int, _Found]]:
    """What people decided on incidents that stands."""
    ids = {r.id: r.num for r in rows_where(conn, schema.incident, "num", sorted(nums))}
    for row in rows_where(conn, schema.judgement, "target", sorted(ids)):
        if row.action in DECIDED and row.until is None:
            yield ids[row.target], _Found(row.entry, DECIDED[row.action])


def _lines_changed(conn: Connection, nums: Collection[int]) -> _Changes:
    """By incident when it was joined with another, and since when a claim of it is taken back."""
    line = schema.incident_line.c
    found: _Changes = {}
    flagged = set()
    query = select(line.entry, line.incident, line.moved_to, line.view).where(line.until.is_(None))
    for chunk in in_chunks(sorted(nums)):
        for here in (line.incident.in_(chunk), line.moved_to.in_(chunk)):
            for row in conn.execute(query.where(here)):
                if row.moved_to is not None:
                    for num in {row.incident, row.moved_to} & set(nums):
                        found.setdefault(num, []).append(_Found(row.entry, "joined"))
                elif _is_taken_back(row.view):
                    flagged.add(row.incident)
    for num, entry in _flagged_since(conn, flagged).items():
        found.setdefault(num, []).append(_Found(entry, "withdrawn"))
    return found


def _flagged_since(conn: Connection, nums: Collection[int]) -> dict[int, int]:
    """By incident the line since which it says that a claim of it is taken back."""
    since: dict[int, int] = {}
    lines = rows_where(conn, schema.incident_line, "incident", sorted(nums))
    for row in sorted(lines, key=lambda r: int(r.entry)):
        if _is_taken_back(row.view):
            since.setdefault(row.incident, row.entry)
        else:
            since.pop(row.incident, None)
    return since


def _is_taken_back(view: str) -> bool:
    return '"withdrawn"' in view and "withdrawn" in json.loads(view).get("flags", ())
