"""All that the ledger holds of one incident at an instant, for whoever makes its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.asking.claims import answer_reports, judged_of, judgements
from sayso.ledger.asking.incidents import id_of
from sayso.ledger.asking.named import incident_named, is_outdated
from sayso.ledger.asking.uncarried import uncarried
from sayso.ledger.entries.aliases import JOIN, SPLIT, groups_of, with_aliases
from sayso.ledger.entries.commit import contents
from sayso.ledger.entries.copies import copies_among
from sayso.ledger.entries.incidents import members_at
from sayso.ledger.entries.readings import TAKEN_BACK, load_readings, rejected_claims, undone_at
from sayso.ledger.layout.answers import Judged, ReportAnswer
from sayso.ledger.layout.instants import Instant, to_iso, to_micros
from sayso.ledger.layout.project import source_key
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where
from sayso.record import Reading
from sayso.record.links import ClaimRef, Copy


@dataclass(frozen=True, slots=True)
class MemberOf:
    """One mention of an incident: its report and reading, why it was placed there and by whom."""

    handle: str
    entry: int  # of the reading
    reading: Reading
    report: ReportAnswer
    placed: str
    why: str
    by: str
    score: float | None
    features: Mapping[str, float]  # what each added to the score


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """What a page is made of."""

    id: str
    asked: str
    as_known_at: str | None
    opened: str
    changed: str
    members: tuple[MemberOf, ...]
    rejected: frozenset[ClaimRef]
    taken_back: frozenset[ClaimRef]  # of those rejected: by the partner who told them
    undone: frozenset[str]
    copies: tuple[Copy, ...]  # among these reports, by their handles
    judgements: tuple[Judged, ...]
    lapsed: frozenset[str]  # entries of those about claims that are not read any more
    grades: dict[str, str]  # by the folded name of a source

    def grade_of(self, name: str) -> str:
        """The grade that a person gave a source, F where nobody did."""
        return self.grades.get(source_key(name), "F")


def incident_page(conn: Connection, asked: str, at: Instant | None) -> IncidentPage:
    """The page of an incident, by its id or a report's handle.

    Raises NotInLedgerError where it is none, or was not known then.
    """
    num = incident_named(conn, asked, at)
    rows = members_at(conn, [num], at).get(num, [])
    readings = with_aliases(conn, load_readings(conn, {r.reading for r in rows}, at), at)
    rows = [r for r in rows if r.reading in readings]
    id_ = id_of(conn, num)
    lines = sorted(
        r.since
        for r in rows_where(conn, schema.incident_line, "incident", [num])
        if at is None or r.since <= to_micros(at)
    )
    opened: int = conn.scalar(select(schema.incident.c.since).filter_by(num=num)) or 0
    undone = undone_at(conn, at)
    handles = [f"c{e}.{n}" for e, r in readings.items() for n in range(len(r.claims))]
    reports = _with_versions(conn, readings)
    lapsed = _lapsed(conn, reports, readings, at)
    targets = [id_, *handles, *sorted(undone), *(f"r{r}" for r in reports)]
    judged = judgements(conn, targets, at)
    found = [*lapsed, *_placings(conn, num, at), *_of_sources(conn, readings.values(), at)]
    found += [j for each in judged.values() for j in each]
    kept = {j.entry: j for j in found}.values()
    members = tuple(_members(conn, rows, readings))
    return IncidentPage(
        id=id_,
        asked=asked,
        as_known_at=to_iso(to_micros(at)) if at is not None else None,
        opened=to_iso(opened),
        changed=to_iso(lines[-1] if lines else opened),
        members=members,
        rejected=rejected_claims(conn, readings, at),
        taken_back=rejected_claims(conn, readings, at, by=TAKEN_BACK),
        undone=undone,
        copies=copies_among(conn, {m.report.report for m in members}, at),
        judgements=tuple(
            j for j in sorted(kept, key=lambda j: int(j.entry[1:]))
            if j.action != "undo" or j.detail.get("incident") == id_
        ),
        lapsed=frozenset(j.entry for j in lapsed),
        grades=_grades(conn, readings.values(), at),
    )  # fmt: skip


def _with_versions(conn: Connection, readings: Iterable[int]) -> list[int]:
    """The reports of readings, and the earlier versions of their pages."""
    found: set[int] = set()
    new = {r.report for r in rows_where(conn, schema.reading, "entry", sorted(readings))}
    while new:
        found |= new
        rows = rows_where(conn, schema.report, "entry", sorted(new))
        new = {r.previous for r in rows if r.previous} - found
        late = rows_where(conn, schema.report, "url", sorted({r.url for r in rows if r.url}))
        new |= {r.entry for r in late if is_outdated(r)} - found
    return sorted(found)


def _lapsed(
    conn: Connection, reports: list[int], shown: Iterable[int], at: Instant | None
) -> list[Judged]:
    """The decisions about claims of earlier readings that found no such claim in a later one."""
    rows = rows_where(conn, schema.reading, "report", reports)
    micros = to_micros(at) if at is not None else None
    earlier = {r.entry for r in rows if micros is None or r.since <= micros} - set(shown)
    return [judged_of(row) for row in uncarried(conn, earlier, at)]


def _placings(conn: Connection, num: int, at: Instant | None) -> list[Judged]:
    """The joins and splits that hold and by which something came into an incident."""
    table, entry = schema.member, schema.entry
    query = (
        select(entry.c.about)
        .join(table, table.c.entry == entry.c.id)
        .where(table.c.incident == num, table.c.judged, entry.c.about.is_not(None))
    )
    made = sorted(set(conn.scalars(query)))
    rows = rows_where(conn, schema.judgement, "entry", made)
    micros = to_micros(at) if at is not None else None
    return [judged_of(r) for r in rows if r.action in ("join", "split") and (
        r.until is None if micros is None
        else r.since <= micros and (r.until is None or r.until > micros)
    )]  # fmt: skip


def _members(conn: Connection, rows: list[Any], readings: dict[int, Reading]) -> Iterable[MemberOf]:
    held = {r.entry: r for r in rows_where(conn, schema.reading, "entry", sorted(readings))}
    reports = answer_reports(conn, {r.report for r in held.values()})
    entries = sorted({r.entry for r in rows})
    said = contents(conn, entries)
    makers = _makers(conn, entries)
    for row in rows:
        step = said.get(row.entry, {})
        yield MemberOf(
            f"m{row.reading}.{row.n}", row.reading, readings[row.reading],
            reports[held[row.reading].report], f"e{row.entry}", step.get("words", ""),
            makers.get(row.entry, ""), step.get("score"), step.get("features", {}),
        )  # fmt: skip


def _makers(conn: Connection, entries: list[int]) -> dict[int, str]:
    """Who made entries."""
    rows = list(rows_where(conn, schema.entry, "id", entries))
    names = {r.entry: r.name for r in
             rows_where(conn, schema.maker, "entry", sorted({r.maker for r in rows}))}  # fmt: skip
    return {r.id: names.get(r.maker, "") for r in rows}


def _grades(conn: Connection, readings: Iterable[Reading], at: Instant | None) -> dict[str, str]:
    """The grades that people gave the sources of readings, or those that are one with them."""
    names = {source_key(s.name) for r in readings for s in r.sources}
    keys: dict[str, str] = {}
    table = schema.source
    for name in sorted(names):
        query = select(table.c.key).where(table.c.key > f"{name}|", table.c.key < f"{name}}}")
        keys |= dict.fromkeys(conn.scalars(query.distinct()), name)
    groups = groups_of(conn, keys, at)
    judged = judgements(conn, {k for key in keys for k in groups.group(key)}, at)
    given: dict[str, list[tuple[int, str]]] = {}
    for key, name in keys.items():
        for each in (j for k in groups.group(key) for j in judged.get(k, ())):
            if each.action == "grade":
                given.setdefault(name, []).append((int(each.entry[1:]), each.detail["grade"]))
    return {name: max(grades)[1] for name, grades in given.items()}


def _of_sources(
    conn: Connection, readings: Iterable[Reading], at: Instant | None
) -> Iterator[Judged]:
    """What people said of whom sources of readings are one with, where it changes what counts."""
    here = {a.key: a for r in readings for s in r.sources if (a := s.alias)}
    groups = groups_of(conn, here, at)
    speak = {groups.head(key) for key in here}
    told = [
        word for word in groups.words
        if (word.action == SPLIT and {groups.head(word.a), groups.head(word.b)} <= speak)
        or (word.action == JOIN and len(here.keys() & {*groups.group(word.a)}) > 1)
    ]  # fmt: skip
    for row in rows_where(conn, schema.judgement, "entry", sorted({w.entry for w in told})):
        yield judged_of(row)
