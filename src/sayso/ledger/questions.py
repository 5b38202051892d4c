"""What the ledger answers: each method is one transaction that only reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from sayso.ledger.asking import review, sought
from sayso.ledger.asking.beside import reports_beside
from sayso.ledger.asking.changes import (
    IncidentChange,
    changes_since,
    history_of,
    incident_changes,
)
from sayso.ledger.asking.claims import (
    cursor_of,
    find_claims,
    find_reports,
    get_claim,
    get_reading,
    judgements,
)
from sayso.ledger.asking.incident_page import IncidentPage, incident_page
from sayso.ledger.asking.incidents import find_incidents
from sayso.ledger.asking.outdated import ExportRow, find_exports
from sayso.ledger.asking.report_page import ReportPage, report_answer, report_page
from sayso.ledger.asking.review import Reviewed
from sayso.ledger.asking.source_page import SourcePage, source_page
from sayso.ledger.asking.sources import find_sources
from sayso.ledger.asking.versions import DiffPart, diff_texts, text_of, versions_of
from sayso.ledger.entries import aliases, exports
from sayso.ledger.entries.log import LogLine, find_log
from sayso.ledger.layout.answers import (
    ClaimAnswer,
    Exported,
    IncidentRow,
    Judged,
    Page,
    ReportAnswer,
    SourceAnswer,
    Trouble,
    parse_handle,
)
from sayso.ledger.layout.instants import Instant, known_at, now, to_iso
from sayso.ledger.proof.verify import verify
from sayso.ledger.questions_beside import QuestionsBeside
from sayso.ledger.store import engines, schema
from sayso.ledger.store.filters import Filters
from sayso.record import Reading

ALL = Filters()


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands: note it elsewhere, and a ledger cut short will show."""

    ledger: str
    link: int
    entries: int
    at: str
    hash: str


def _till(conn: Connection) -> int:
    """Till when something is known: now, or later where another machine's clock is ahead."""
    return max(now(), conn.scalar(select(schema.head.c.at)) or 0)


def _then(conn: Connection, at: Instant | None) -> int | None:
    """The instant that is asked for; raises UsageError for one that is yet to come."""
    return None if at is None else known_at(at, _till(conn))


def _asked(conn: Connection, filters: Filters) -> Filters:
    """The same at that instant; raises UsageError for a value that no claim can have."""
    filters = dataclasses.replace(filters, as_known_at=_then(conn, filters.as_known_at))
    sought.check_filters(conn, filters)
    return filters


class Questions(QuestionsBeside):
    """The questions that a ledger takes; it is opened by `Ledger`."""

    # -- asking ------------------------------------------------------------------------------

    def claims(
        self, filters: Filters = ALL, *, limit: int = 50, cursor: str | None = None
    ) -> Page[ClaimAnswer]:
        """Claims that fit, newest first; `cursor` is the last page's `next`.

        Raises UsageError, here and below, for a filter's value that no claim can have.
        """
        with engines.reading(self.engine) as conn:
            filters = _asked(conn, filters)
            return find_claims(conn, filters, limit, cursor)

    def claim(self, claim: str, *, as_known_at: Instant | None = None) -> ClaimAnswer:
        """A claim by its handle ("c13.4")."""
        with engines.reading(self.engine) as conn:
            return get_claim(conn, claim, _then(conn, as_known_at))

    def sources(
        self,
        name: str | None = None,
        *,
        as_known_at: Instant | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[SourceAnswer]:
        """Who speaks, by name; `name` is part of it."""
        with engines.reading(self.engine) as conn:
            return find_sources(conn, name, _then(conn, as_known_at), limit, cursor)

    def source_page(
        self, key: str, *, as_known_at: Instant | None = None, limit: int = 50,
        cursor: str | None = None,
    ) -> SourcePage:  # fmt: skip
        """One who speaks, by key: the reports, claims and incidents in which it does."""
        before = cursor_of(cursor)
        with engines.reading(self.engine) as conn:
            return source_page(conn, key, _then(conn, as_known_at), limit, before)

    def also_called(self, name: str, *, as_known_at: Instant | None = None) -> list[str]:
        """The keys of sources of other names that people joined with one of a name."""
        with engines.reading(self.engine) as conn:
            return aliases.also_called(conn, name, _then(conn, as_known_at))

    def why_nothing(self, filters: Filters, rows: Literal["claims", "incidents", "figures"]) -> str:
        """Why no such row fits, in a sentence, and what is held: for people who find nothing."""
        with engines.reading(self.engine) as conn:
            return sought.why_nothing(conn, _asked(conn, filters), rows)

    def why_no_source(self, name: str | None, *, as_known_at: Instant | None = None) -> str:
        """The same where nobody of a name speaks, with names that are like it."""
        with engines.reading(self.engine) as conn:
            return sought.why_no_source(conn, name, _then(conn, as_known_at))

    def reports(
        self,
        *,
        publisher: str | None = None,
        url: str | None = None,
        report_id: str | None = None,
        as_known_at: Instant | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[ReportAnswer]:
        """Reports, newest first, all versions among them."""
        where = {"publisher": publisher, "url": url, "content_id": report_id}
        with engines.reading(self.engine) as conn:
            return find_reports(conn, where, _then(conn, as_known_at), limit, cursor)

    def reading(self, report: str) -> Reading:
        """The last reading of a report ("r12"), names hidden where they must be."""
        with engines.reading(self.engine) as conn:
            return get_reading(conn, report)

    def report(self, report: str, *, as_known_at: Instant | None = None) -> ReportAnswer:
        """A report by its handle, without its text."""
        with engines.reading(self.engine) as conn:
            return report_answer(conn, report, _then(conn, as_known_at))

    def reports_beside(self, reports: Iterable[str]) -> list[str]:
        """Reports by their handles, and all others that tell of an incident that they tell of."""
        with engines.reading(self.engine) as conn:
            return reports_beside(conn, reports)

    def report_page(
        self, report: str, *, as_known_at: Instant | None = None, reading: int | None = None
    ) -> ReportPage:
        """All of a report: its last reading or the one that is named, corrected, and around it."""
        with engines.reading(self.engine) as conn:
            return report_page(conn, report, _then(conn, as_known_at), reading)

    def versions(self, url: str) -> list[ReportAnswer]:
        """The versions of a page, the oldest first."""
        with engines.reading(self.engine) as conn:
            return versions_of(conn, url)

    def diff(self, old: str, new: str) -> list[DiffPart]:
        """What changed between two reports ("r12", "r15"), word by word."""
        with engines.reading(self.engine) as conn:
            texts = text_of(conn, old), text_of(conn, new)
        return diff_texts(*texts)

    # -- deciding ----------------------------------------------------------------------------

    def judgements(self, target: str, *, as_known_at: Instant | None = None) -> tuple[Judged, ...]:
        """The judgements that hold on a target."""
        with engines.reading(self.engine) as conn:
            return judgements(conn, [target], _then(conn, as_known_at)).get(target, ())

    def judgements_on(self, targets: Iterable[str]) -> dict[str, tuple[Judged, ...]]:
        """The judgements that hold now on each of some targets."""
        with engines.reading(self.engine) as conn:
            return judgements(conn, targets, None)

    def masks(self, report: str) -> dict[str, str]:
        """The names hidden in a report, by the entry that hid each. For who decides; not shown."""
        number = parse_handle(report, "r")[0]
        table = schema.mask
        query = select(table).where(table.c.report == number, table.c.until.is_(None))
        with engines.reading(self.engine) as conn:
            return {f"e{row.entry}": row.name for row in conn.execute(query)}

    # -- links -------------------------------------------------------------------------------

    def incidents(self, filters: Filters = ALL, *, limit: int = 50) -> list[IncidentRow]:
        """The first page of `incident_list`, rows alone."""
        return list(self.incident_list(filters, limit=limit).rows)

    def incident_list(
        self, filters: Filters = ALL, *, limit: int = 50, cursor: str | None = None,
        flag: str | None = None,
    ) -> Page[IncidentRow]:  # fmt: skip
        """Incidents that fit, those last told of first; each filter holds for some claim of it.

        `cursor` is the last page's `next`, with the same filters: an incident that is told of
        meanwhile goes to the top and is not met again. With a `flag` of incidents a page may be
        empty and have a `next`: so many were looked through, none has it.
        """
        with engines.reading(self.engine) as conn:
            filters = _asked(conn, filters)
            return find_incidents(conn, filters, limit, cursor, flag)

    def incident_page(self, asked: str, *, as_known_at: Instant | None = None) -> IncidentPage:
        """What the ledger holds of an incident, named by its id or a report's handle."""
        with engines.reading(self.engine) as conn:
            return incident_page(conn, asked, _then(conn, as_known_at))

    def incident_changes(self, after: int, limit: int = 200) -> list[IncidentChange]:
        """The incidents that changed since an entry of the chain, each once, oldest first."""
        with engines.reading(self.engine) as conn:
            return incident_changes(conn, after, limit)

    def changes_since(self, ids: Sequence[str], instant: Instant) -> dict[str, IncidentChange]:
        """Those of some incidents that changed since an instant: as they were then, and are now."""
        with engines.reading(self.engine) as conn:
            return changes_since(conn, ids, instant)

    def incident_history(
        self, ids: Sequence[str], *, most: int = 1000, as_known_at: Instant | None = None
    ) -> list[IncidentChange]:
        """How some incidents changed, newest first; of `most` lines that were looked at."""
        with engines.reading(self.engine) as conn:
            return history_of(conn, ids, most, _then(conn, as_known_at))

    # -- the log -----------------------------------------------------------------------------

    def log(
        self, *, by: str | None = None, act: str | None = None, about: str | None = None,
        as_known_at: Instant | None = None, limit: int = 50, cursor: str | None = None,
    ) -> Page[LogLine]:  # fmt: skip
        """Who did what, newest first; see `entries/log.py`."""
        with engines.reading(self.engine) as conn:
            return find_log(
                conn,
                by=by,
                act=act,
                about=about,
                at=_then(conn, as_known_at),
                limit=limit,
                cursor=cursor,
            )

    # -- review ------------------------------------------------------------------------------

    def review_queue(
        self, *, decided: bool = False, by: str | None = None, limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Reviewed]:  # fmt: skip
        """Rows to decide on, the most doubtful and weighty first; or, `decided`, those decided on.

        With `by` as that person has them: whatever others decided.
        """
        find = review.decided_rows if decided else review.open_rows
        with engines.reading(self.engine) as conn:
            return find(conn, by=by, limit=limit, cursor=cursor)

    def review_rows(self, ids: Sequence[str]) -> list[Reviewed]:
        """The rows of incidents, with who decided on them; see `asking/review.py`."""
        with engines.reading(self.engine) as conn:
            return review.rows_named(conn, ids)

    def row_claims(self, incident: str, most: int = 60) -> list[ClaimAnswer]:
        """The claims that a row rests on, report by report."""
        with engines.reading(self.engine) as conn:
            return review.claims_under(conn, incident, most)

    def report_rows(self, report: str) -> list[Reviewed]:
        """The rows that a report ("r12") tells of."""
        with engines.reading(self.engine) as conn:
            return review.rows_of_report(conn, report)

    def row_decisions(self, most: int = 10_000) -> list[Judged]:
        """The newest decisions on rows that hold, the oldest of them first."""
        with engines.reading(self.engine) as conn:
            return review.decisions(conn, most)

    # -- keeping -----------------------------------------------------------------------------

    def instant(self, at: Instant) -> str:
        """An instant that can be asked for as known then, in ISO 8601; a day that is today is now.

        Raises UsageError where it is none, or is yet to come.
        """
        with engines.reading(self.engine) as conn:
            return to_iso(known_at(at, _till(conn)))

    def head(self) -> Head:
        """Where the chain stands."""
        with engines.reading(self.engine) as conn:
            row = conn.execute(select(schema.head)).one()
        return Head(row.ledger, row.batch, row.entry, to_iso(row.at), row.hash.hex())

    def holds(self, hash_: str) -> bool:
        """True where a link of the chain has this hash: it was not cut before it, or replaced."""
        table = schema.batch
        with engines.reading(self.engine) as conn:
            return any(row.hex().startswith(hash_) for row in conn.scalars(select(table.c.hash)))

    def verify(self) -> Iterator[Trouble]:
        """All that was changed, swapped or taken out since it was entered; nothing where fine."""
        with engines.reading(self.whole) as conn:
            yield from verify(conn)

    def exports(self, report: str) -> tuple[Exported, ...]:
        """The files that told of a report."""
        with engines.reading(self.engine) as conn:
            return exports.exports_of(conn, [parse_handle(report, "r")[0]])

    def export_list(
        self, *, outdated: bool = False, limit: int = 50, cursor: str | None = None
    ) -> Page[ExportRow]:
        """What left in files and to partners, newest first, and what became since of what it tells.

        With `outdated` only that of which something did; see `outdated.py`.
        """
        # who may see all may see what others took along: there labels stand for names
        red = self.clearance == "red"
        with engines.reading(self.whole if red else self.engine) as conn:
            return find_exports(conn, outdated=outdated, limit=limit, cursor=cursor, twins=red)
