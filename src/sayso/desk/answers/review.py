"""What is to review, by data set row: the queue, a row's claims and words, near incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sayso.desk.answers.agreement import Agreement, agreement_of
from sayso.desk.answers.incidents import list_incidents
from sayso.errors import NotInLedgerError
from sayso.incidents.words import doubt_words
from sayso.ledger import ClaimAnswer, Filters, IncidentRow, Judged, Ledger, ReportAnswer, Reviewed
from sayso.ledger.layout.doubt import doubts_of
from sayso.ledger.layout.project import source_key
from sayso.record.links import LIST_POLICY, Policy

Show = Literal["open", "decided"]
Bounds = tuple[float | None, float | None, float | None]  # low, best, high
NOTHING: Bounds = (None, None, None)
CLAIMS = 60  # under one row
NEAR, ENOUGH, NEAR_DAYS = 8, 4, 10  # incidents offered to join, from so many days around


@dataclass(frozen=True, slots=True)
class Asks:
    """How somebody reviews: the policy that fills cells, what is shown, and whether blind.

    A blind coder has a queue of their own and sees what others decided once they did.
    """

    by: str
    policy: Policy = LIST_POLICY
    show: Show = "open"
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of the data set; `figures` are low, best and high of each measure by the policy."""

    type: str | None
    time: dict[str, Any] | None
    place: dict[str, Any] | None
    actors: list[dict[str, Any]]
    figures: dict[str, Bounds]
    origins: list[int]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row to decide on: its cells, why it stands where it does, who decided.

    `line` names what it says: send it with a decision, and none is made about what changed since.
    `before` are decisions on what it said before. `status` is `machine`, `accepted`, `rejected`,
    or `changed` since somebody decided.
    """

    incident: str
    line: str
    order: int
    cells: Cells
    doubts: list[str]
    status: Literal["machine", "accepted", "rejected", "changed"]
    decided: tuple[Judged, ...]
    before: tuple[Judged, ...]
    row: IncidentRow


@dataclass(frozen=True, slots=True)
class ReviewList:
    """A page of the queue; `next` is the cursor of the page after, `agreement` that of coders."""

    rows: tuple[ReviewRow, ...]
    next: str | None = None
    agreement: Agreement | None = None
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks under a row, by whose key a grade is given."""

    key: str
    name: str
    grade: str | None


@dataclass(frozen=True, slots=True)
class RowDetail:
    """What a row rests on: claims by report, who speaks, what was decided; what is near it."""

    row: ReviewRow
    reports: tuple[tuple[ReportAnswer, tuple[ClaimAnswer, ...], tuple[Judged, ...]], ...]
    claims_left: bool
    speakers: tuple[Speaker, ...]
    history: tuple[Judged, ...]
    near: tuple[IncidentRow, ...]


def list_review(
    ledger: Ledger, asks: Asks, filters: Filters, *, flag: str | None, limit: int,
    cursor: str | None,
) -> ReviewList:  # fmt: skip
    """The rows to decide on, the most doubtful and weighty first; or those that were decided.

    Those that fit filters are gone through in the order of the list of incidents, page by page.
    """
    by = asks.by if asks.blind else None
    if flag is None and filters == Filters(as_known_at=filters.as_known_at):
        page = ledger.review_queue(
            decided=asks.show == "decided", by=by, limit=limit, cursor=cursor
        )
        found, more, nothing = page.rows, page.next, None
    else:
        fit = list_incidents(ledger, filters, flag=flag, limit=limit, cursor=cursor)
        rows = ledger.review_rows([row.incident for row in fit.incidents])
        wanted = asks.show == "decided"
        mine = (r for r in rows if any(by in (None, d.by) for d in r.decided) is wanted)
        found = tuple(sorted(mine, key=lambda r: -r.order))
        more, nothing = fit.next, fit.nothing
    shown = tuple(row_of(each, asks) for each in found)
    agreed = agreement_of(ledger.row_decisions()) if asks.blind or asks.show == "decided" else None
    return ReviewList(shown, more, agreed, nothing)


def rows_now(ledger: Ledger, ids: Sequence[str], asks: Asks) -> list[ReviewRow]:
    """The rows of incidents as they now are; those that are no more are left out."""
    return [row_of(each, asks) for each in ledger.review_rows(ids)]


def row_of(reviewed: Reviewed, asks: Asks) -> ReviewRow:
    """A row as somebody sees it: a blind coder sees others' decisions once they have their own."""
    row = reviewed.row
    decided, before = reviewed.decided, reviewed.before
    if asks.blind and not any(d.by == asks.by for d in decided):
        decided = ()
        before = tuple(d for d in before if d.by == asks.by)
    figures: dict[str, Bounds] = {}
    for measure, cells in row.figures.items():
        if asks.policy in cells:
            low, best, high = cells[asks.policy]
            figures[measure] = (low, best, high)
    return ReviewRow(
        incident=row.incident,
        line=reviewed.line,
        order=reviewed.order,
        cells=Cells(row.type, row.time, row.place, row.actors, figures, row.origins),
        doubts=[doubt_words(d) for d in doubts_of(_line(row))],
        status=_status(decided, before),
        decided=decided,
        before=before,
        row=row,
    )


def _line(row: IncidentRow) -> dict[str, Any]:
    keys = ("type", "time", "place", "figures", "flags", "least", "counted")
    return {key: getattr(row, key) for key in keys}


def _status(
    decided: Sequence[Judged], before: Sequence[Judged]
) -> Literal["machine", "accepted", "rejected", "changed"]:
    if decided:
        return "rejected" if decided[-1].action == "reject" else "accepted"
    return "changed" if before else "machine"


def look_into(ledger: Ledger, incident: str, asks: Asks) -> RowDetail:
    """What a row rests on; raises NotInLedgerError where it is none any more."""
    found = rows_now(ledger, [incident], asks)
    if not found:
        raise NotInLedgerError(f"{incident!r:.60} is no row any more", "it may have been joined")
    row = found[0]
    claims = ledger.row_claims(incident, CLAIMS + 1)
    judged = [j for c in claims for j in c.judgements] + [*row.before, *row.decided]
    reports = tuple(_by_report(ledger, claims[:CLAIMS], asks, row))
    judged += [j for _, _, about in reports for j in about]
    judged += [j for j in ledger.judgements(incident) if j.action not in ("accept", "reject")]
    seen = {j.entry: j for j in judged if _may_see(j, asks, row)}
    return RowDetail(
        row=row,
        reports=reports,
        claims_left=len(claims) > CLAIMS,
        speakers=tuple(_speakers(ledger, claims)),
        history=tuple(sorted(seen.values(), key=lambda j: int(j.entry[1:]))),
        near=tuple(near_to(ledger, row.row)),
    )


def _may_see(judged: Judged, asks: Asks, row: ReviewRow) -> bool:
    return not asks.blind or judged.by == asks.by or bool(row.decided)


def _by_report(
    ledger: Ledger, claims: Iterable[ClaimAnswer], asks: Asks, row: ReviewRow
) -> Iterable[tuple[ReportAnswer, tuple[ClaimAnswer, ...], tuple[Judged, ...]]]:
    held: dict[str, list[ClaimAnswer]] = {}
    for claim in claims:
        seen = tuple(j for j in claim.judgements if _may_see(j, asks, row))
        held.setdefault(claim.report.report, []).append(replace(claim, judgements=seen))
    judged = ledger.judgements_on(held)
    for handle, own in held.items():
        about = tuple(j for j in judged.get(handle, ()) if _may_see(j, asks, row))
        yield own[0].report, tuple(own), about


def _speakers(ledger: Ledger, claims: Iterable[ClaimAnswer]) -> Iterable[Speaker]:
    """Who speaks in claims, each once, with the grade that a person gave."""
    found: dict[str, str] = {}
    for claim in claims:
        for hop in claim.chain:
            if hop["name"] and hop["named"]:
                country = (hop["actor"] or {}).get("country") or ""
                found.setdefault(f"{source_key(hop['name'])}|{hop['kind']}|{country}", hop["name"])
    judged = ledger.judgements_on(found)
    for key, name in found.items():
        grades = [j.detail["grade"] for j in judged.get(key, ()) if j.action == "grade"]
        yield Speaker(key, name, grades[-1] if grades else None)


def near_to(ledger: Ledger, row: IncidentRow) -> list[IncidentRow]:
    """Incidents that it could be one with: of its place and days, those of its type first."""
    start = ((row.time or {}).get("start") or "")[:10]
    try:
        day = dt.date.fromisoformat(start)
        around = dt.timedelta(days=NEAR_DAYS)
        days = {"from_": (day - around).isoformat(), "to": (day + around).isoformat()}
    except (ValueError, OverflowError):
        days = {}
    place = row.place or {}
    where = place.get("country") or place.get("name")
    tries = [{**days, "place": where}] if where else []
    tries += [days] if days else [{"type": row.type}] if row.type else []
    found: dict[str, IncidentRow] = {}
    for each in tries:
        if len(found) < ENOUGH:
            for near in ledger.incidents(Filters(**each), limit=NEAR + 1):
                found.setdefault(near.incident, near)
    found.pop(row.incident, None)
    return sorted(found.values(), key=lambda r: r.type != row.type)[:NEAR]
