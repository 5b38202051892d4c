"""/claims/{c}: where a claim stands; forms by which people accept, reject and correct it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response

from sayso.desk.answers.judgements import decide, take_back
from sayso.desk.api.reports import ClaimName
from sayso.desk.asking import Asked, Asking, no_past
from sayso.desk.pages.fields import changes_of, groups_of, suggested
from sayso.desk.pages.page import go_to, inside, page
from sayso.errors import SaysoError, UsageError
from sayso.ledger.asking.report_page import ReportPage
from sayso.ledger.layout.answers import parse_handle

router = APIRouter()
Reason = Annotated[str, Form(max_length=10_000)]
Words = Annotated[str, Query(max_length=2_000)]


@router.get("/claims/{claim}")
def get_claim(asked: Asked, claim: ClaimName) -> Response:
    """To the claim in its report; in its own reading, where a later one is there."""
    shown = _page_of(asked, claim)
    earlier = shown.entry if shown.entry != shown.readings[-1] else None
    to = asked.link(f"/reports/{shown.report.report}", reading=earlier)
    return go_to(f"{to}#{claim}")


@router.post("/claims/{claim}/judge")
def post_judgement(
    asked: Asked, claim: ClaimName, action: Annotated[Literal["accept", "reject", "note"], Form()],
    reason: Reason = "",
) -> Response:  # fmt: skip
    """Accept, reject or note, and back to the claim."""
    no_past(asked)
    decide(asked.ledger, action, claim, by=asked.by, reason=reason, said={})
    return go_to(f"/claims/{claim}")


@router.get("/claims/{claim}/correct")
def get_correct(asked: Asked, claim: ClaimName, words: Words = "") -> Response:
    """The form; `words` are those of the report that somebody selected for it."""
    shown = _page_of(asked, claim)
    typed = suggested(groups_of(shown, _number(claim)), words)
    reason = f"the text says “{' '.join(words.split())}”" if words.strip() else ""
    return _form(asked, shown, claim, typed=typed, reason=reason)


@router.post("/claims/{claim}/correct")
def post_correct(
    asked: Asked, claim: ClaimName, field: Annotated[list[str], Form()],
    value: Annotated[list[str], Form()], reason: Reason = "",
) -> Response:  # fmt: skip
    """A judgement for each value that was changed; what was typed comes back with an error."""
    no_past(asked)
    shown = _page_of(asked, claim)
    typed = dict(zip(field, value, strict=False))
    try:
        changes = changes_of(groups_of(shown, _number(claim)), typed)
        if not changes:
            raise UsageError("nothing was changed; write the new value into its field")
        for said in changes:
            decide(asked.ledger, "correct", claim, by=asked.by, reason=reason, said=said)
    except SaysoError as error:
        again = _page_of(asked, claim)
        return _form(asked, again, claim, typed=typed, reason=reason, wrong=str(error))
    return go_to(f"/claims/{claim}")


@router.post("/judgements/{entry}/withdraw")
def post_withdraw(
    asked: Asked, entry: str, reason: Reason = "", back: Annotated[str, Form()] = "/log"
) -> Response:
    """Take a decision back, and back to where one was."""
    no_past(asked)
    take_back(asked.ledger, entry, by=asked.by, reason=reason)
    return go_to(inside(back))


def _number(claim: str) -> int:
    return parse_handle(claim, "c")[1] or 0


def _page_of(asked: Asking, claim: str) -> ReportPage:
    """The report of a claim, in the reading that it is of."""
    report = asked.ledger.claim(claim, as_known_at=asked.at).report.report
    reading = parse_handle(claim, "c")[0]
    return asked.ledger.report_page(report, as_known_at=asked.at, reading=reading)


def _form(
    asked: Asking, shown: ReportPage, claim: str, *, typed: dict[str, str], reason: str,
    wrong: str = "",
) -> Response:  # fmt: skip
    return page(
        asked, "correct.html", status=400 if wrong else 200, shown=shown, claim=claim,
        groups=groups_of(shown, _number(claim)), typed=typed, reason=reason, wrong=wrong,
    )  # fmt: skip
