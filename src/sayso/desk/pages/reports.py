"""GET /reports/{r}: a report's text with its claims beside it; and what changed in it since."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response

from sayso.desk.answers.judgements import decide
from sayso.desk.answers.reports import diff_reports
from sayso.desk.api.reports import ReadingNumber, ReportHandle
from sayso.desk.asking import Asked, no_past
from sayso.desk.pages.page import go_to, page
from sayso.desk.pages.report_text import runs_of_report
from sayso.record.marking import MARKINGS, Marking, level_of
from sayso.record.segments import LEGEND

router = APIRouter()
CONTEXT = 240  # characters beside a change that are shown; a longer stretch is cut


@router.get("/reports/{report}")
def get_report(asked: Asked, report: ReportHandle, reading: ReadingNumber = None) -> Response:
    """The report, in its last reading or the one that is named."""
    shown = asked.ledger.report_page(report, as_known_at=asked.at, reading=reading)
    last = shown.entry == shown.readings[-1]
    decided = sorted(
        (j for some in shown.judged.values() for j in some), key=lambda j: int(j.entry[1:])
    )
    return page(
        asked, "report.html", shown=shown, report=shown.reading.report, runs=runs_of_report(shown),
        legend=LEGEND, last=last, decided=decided, may_decide=last and asked.may_decide,
        markings=MARKINGS,
    )  # fmt: skip


@router.post("/reports/{report}/note")
def post_note(
    asked: Asked, report: ReportHandle, reason: Annotated[str, Form(max_length=10_000)] = ""
) -> Response:
    """A word about the report: what was missed in it, what one should know."""
    no_past(asked)
    decide(asked.ledger, "note", report, by=asked.by, reason=reason, said={})
    return go_to(f"/reports/{report}#note")


@router.post("/reports/{report}/mark")
def post_mark(
    asked: Asked, report: ReportHandle, marking: Annotated[Marking, Form()],
    reason: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:  # fmt: skip
    """Who may see the report from now on; whoever marked it above their own clearance sees none."""
    no_past(asked)
    said = {"marking": marking}
    decide(asked.ledger, "mark", report, by=asked.by, reason=reason, said=said)
    above = level_of(marking) > level_of(asked.who.clearance)
    return go_to("/incidents" if above else f"/reports/{report}#marking")


@router.get("/reports/{report}/diff/{old}")
def get_diff(asked: Asked, report: ReportHandle, old: ReportHandle) -> Response:
    """What changed from an older text to this one, word by word."""
    diff = diff_reports(asked.ledger, old, report, asked.at)
    changed = sum(len(c.text.split()) for c in diff.changes if c.kind != "same")
    return page(asked, "diff.html", diff=diff, changed=changed, context=CONTEXT)
