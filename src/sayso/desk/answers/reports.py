"""Reports: lists of them, and one with its reading and all that stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sayso.ledger import ClaimAnswer, DiffPart, Filters, IncidentRow, Judged, Ledger, ReportAnswer
from sayso.ledger.asking.report_page import ReportPage
from sayso.record.wire import to_wire


@dataclass(frozen=True, slots=True)
class ReportList:
    """A page of reports, those last learnt of first; `next` is the cursor of the page after."""

    reports: tuple[ReportAnswer, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimHandle:
    """A claim of a reading by the ledger's handle, whether it stands, what people decided of it.

    `id` is its id in the reading.
    """

    claim: str
    id: str
    standing: Literal["stands", "rejected"]
    judgements: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class SharedText:
    """Text that a report shares with another: how much of each, and where in each.

    A passage is the stretch in this report, then that in the other.
    """

    report: ReportAnswer
    share: float
    share_of_other: float
    passages: list[list[list[int]]]


@dataclass(frozen=True, slots=True)
class MentionShown:
    """An incident that a report tells of, by which claims; `main` where it is about it."""

    incident: IncidentRow
    main: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report, what was read in it (`sayso.reading/1`, corrected), and all that stands around it.

    `read` names the entry of the reading that is shown, `readings` all that there are.
    """

    report: ReportAnswer
    reading: dict[str, Any]
    read: str
    reader: str
    read_at: str
    readings: tuple[str, ...]
    claims: tuple[ClaimHandle, ...]
    versions: tuple[ReportAnswer, ...]
    copies: tuple[SharedText, ...]
    incidents: tuple[MentionShown, ...]
    judgements: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one text to another, word by word."""

    old: ReportAnswer
    new: ReportAnswer
    changes: tuple[DiffPart, ...]


@dataclass(frozen=True, slots=True)
class ClaimList:
    """A page of claims, the newest first; `nothing` says in a sentence why none fits."""

    claims: tuple[ClaimAnswer, ...]
    next: str | None = None
    nothing: str | None = None


def list_claims(ledger: Ledger, filters: Filters, *, limit: int, cursor: str | None) -> ClaimList:
    """The claims that fit."""
    page = ledger.claims(filters, limit=limit, cursor=cursor)
    nothing = None if page.rows or cursor else ledger.why_nothing(filters, "claims")
    return ClaimList(page.rows, page.next, nothing)


def show_report(page: ReportPage) -> ReportShown:
    """A report's page in the wire's nouns."""
    handles = [page.handle(n) for n in range(len(page.reading.claims))]
    return ReportShown(
        page.report, to_wire(page.reading), f"e{page.entry}", page.reader, page.read_at,
        tuple(f"e{entry}" for entry in page.readings),
        tuple(
            ClaimHandle(handle, claim.id, standing_of(page, handle), page.judged.get(handle, ()))
            for handle, claim in zip(handles, page.reading.claims, strict=True)
        ),
        page.versions,
        tuple(
            SharedText(c.other, c.copy.share_a, c.copy.share_b, [
                [[p.a.start, p.a.end], [p.b.start, p.b.end]] for p in c.copy.passages
            ])
            for c in page.copies
        ),
        tuple(
            MentionShown(m.incident, m.main, tuple(page.handle(n) for n in m.claims))
            for m in page.mentions
        ),
        page.judged.get(page.report.report, ()),
    )  # fmt: skip


def standing_of(page: ReportPage, handle: str) -> Literal["stands", "rejected"]:
    """Whether a claim of a page stands."""
    judged = page.judged.get(handle, ())
    return "rejected" if any(j.action == "reject" for j in judged) else "stands"


def diff_reports(ledger: Ledger, old: str, new: str, at: str | None) -> Diff:
    """What changed between two reports; raises NotInLedgerError where one is not there."""
    a, b = (ledger.report(each, as_known_at=at) for each in (old, new))
    return Diff(a, b, tuple(ledger.diff(old, new)))
