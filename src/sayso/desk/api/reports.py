"""GET /api/v1/reports and /api/v1/claims."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field

from sayso.desk.answers.new_claim import NewClaim, add_claim
from sayso.desk.answers.reports import (
    ClaimList,
    Diff,
    ReportList,
    ReportShown,
    diff_reports,
    list_claims,
    show_report,
)
from sayso.desk.api.sent import Sent
from sayso.desk.asking import Asked, Cursor, Filtered, Limit, fresh, no_past
from sayso.ledger import ClaimAnswer, Judged

router = APIRouter(tags=["reports"], dependencies=[Depends(fresh)])
adding = APIRouter(tags=["claims"])
ReportHandle = Annotated[str, Path(max_length=40, examples=["r12"])]
ClaimName = Annotated[str, Path(max_length=40, examples=["c13.4"])]
ReadingNumber = Annotated[
    int | None,
    Query(ge=1, le=10**15, description="The entry of an earlier reading; else the last one."),
]


class MissedClaim(Sent):
    """A claim that was missed in a report, and why it belongs there. Who adds it is who asks."""

    claim: NewClaim = Field(
        examples=[
            {
                "words": "Nine people drowned", "speaker": "the coast guard", "type": "accident",
                "start": "2031-05-05", "end": "2031-05-05", "place": "Seaport", "counts": "killed",
                "best": 9,
            }
        ]
    )  # fmt: skip
    reason: str = Field(max_length=10_000, examples=["the reader passed over it"])


def _words(description: str) -> Any:
    return Query(max_length=2_000, description=description)


@router.get("/reports")
def get_reports(
    asked: Asked,
    publisher: Annotated[str | None, _words("The publisher, as it is called here.")] = None,
    url: Annotated[str | None, _words("The page's address: all of its versions.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ReportList:
    """Reports, those last learnt of first, all versions of a page among them."""
    page = asked.ledger.reports(
        publisher=publisher, url=url, as_known_at=asked.at, limit=limit, cursor=cursor
    )
    return ReportList(page.rows, page.next)


@router.get("/reports/{report}")
def get_report(asked: Asked, report: ReportHandle, reading: ReadingNumber = None) -> ReportShown:
    """A report with its reading, and what people decided of it."""
    return show_report(asked.ledger.report_page(report, as_known_at=asked.at, reading=reading))


@router.get("/reports/{report}/diff/{old}")
def get_diff(asked: Asked, report: ReportHandle, old: ReportHandle) -> Diff:
    """What changed from an older text to this one, word by word."""
    return diff_reports(asked.ledger, old, report, asked.at)


@adding.post("/reports/{report}/claims", status_code=201)
def post_claim(asked: Asked, report: ReportHandle, missed: MissedClaim) -> Judged:
    """Add a claim that was missed; to take the judgement back rejects it."""
    no_past(asked)
    return add_claim(asked.ledger, report, missed.claim, by=asked.by, reason=missed.reason)


@router.get("/claims", tags=["claims"])
def get_claims(
    asked: Asked, filters: Filtered, limit: Limit = 50, cursor: Cursor = None
) -> ClaimList:
    """The claims for which all filters hold, the newest first."""
    return list_claims(asked.ledger, filters, limit=limit, cursor=cursor)


@router.get("/claims/{claim}", tags=["claims"])
def get_claim(asked: Asked, claim: ClaimName) -> ClaimAnswer:
    """A claim with its chain, events and figures, and what people decided of it."""
    return asked.ledger.claim(claim, as_known_at=asked.at)
