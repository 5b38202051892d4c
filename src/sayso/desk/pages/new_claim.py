"""/reports/{r}/add: the form by which a claim that was missed is added, with its words."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Query, Response

from sayso.desk.answers.new_claim import NewClaim, add_claim
from sayso.desk.api.reports import ReportHandle
from sayso.desk.asking import Asked, Asking, no_past
from sayso.desk.pages.choices import certainties, event_types
from sayso.desk.pages.fields import Field, Group, figure_fields, number_of, read_number
from sayso.desk.pages.page import go_to, page
from sayso.errors import SaysoError, UsageError
from sayso.ledger.asking.report_page import ReportPage
from sayso.record.reading import Claim, SourceKind

router = APIRouter()
NUMBERS = ("low", "best", "high")


@router.get("/reports/{report}/add")
def get_add(
    asked: Asked, report: ReportHandle, words: Annotated[str, Query(max_length=4_000)] = "",
    near: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:  # fmt: skip
    """The form; `words` are those that somebody selected, which begin at `near`."""
    no_past(asked)
    shown = asked.ledger.report_page(report)
    return _form(asked, shown, _suggested(shown, words, near), "")


@router.post("/reports/{report}/add")
def post_add(
    asked: Asked, report: ReportHandle, field: Annotated[list[str], Form()],
    value: Annotated[list[str], Form()], reason: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:  # fmt: skip
    """Add it and go there; what was typed comes back with an error."""
    no_past(asked)
    typed = {n: v.strip() for n, v in zip(field, value, strict=False)}
    try:
        made = add_claim(asked.ledger, report, _claim(typed), by=asked.by, reason=reason)
    except SaysoError as error:
        shown = asked.ledger.report_page(report)
        return _form(asked, shown, typed, reason, str(error))
    return go_to(f"/claims/{made.target}")


def _claim(typed: dict[str, str]) -> NewClaim:
    """What was typed, as the claim that is meant; a field that is empty says nothing."""
    said: dict[str, Any] = {n: v for n, v in typed.items() if v and n in NewClaim.__slots__}
    said |= {n: read_number(said[n]) for n in NUMBERS if n in said}
    near = said.pop("near", "0")
    if not near.isdecimal():
        raise UsageError("near: where the words begin, a number")
    return NewClaim(**{"words": "", **said}, near=int(near))


def _form(
    asked: Asking, shown: ReportPage, typed: dict[str, str], reason: str, wrong: str = ""
) -> Response:
    return page(
        asked, "add_claim.html", status=400 if wrong else 200, shown=shown, groups=_groups(),
        typed=typed, reason=reason, wrong=wrong,
        speakers=sorted({source.name for source in shown.reading.sources}),
    )  # fmt: skip


def _groups() -> list[Group]:
    """All that a claim may say, nothing of it said."""
    kinds = [kind for kind in get_args(SourceKind) if kind != "person"]
    blank = {"low": None, "best": None, "high": None, "bound": "exact", "counts": "",
             "scope": "incident"}  # fmt: skip
    figure = sorted(figure_fields("", blank), key=lambda f: f.name != "counts")
    return [
        Group("Who says it, how sure", "", (
            Field("speaker", "Who says it", ""),
            Field("speaker_kind", "Kind, if new here", "person", "choice",
                  ("person", *kinds)),
            Field("certainty", "How sure", "stated", "choice", certainties()),
            Field("polarity", "Says that it is so", "positive", "choice", ("positive", "negative")),
        )),
        Group("What happened", "", (
            Field("type", "Type", "", "choice", ("", *event_types())),
            Field("start", "First day", "", "date"), Field("end", "Last day", "", "date"),
            Field("place", "Where", ""), Field("country", "Country (three letters)", ""),
        )),
        Group("A figure", "", tuple(figure)),
    ]  # fmt: skip


def _suggested(shown: ReportPage, words: str, near: int) -> dict[str, str]:
    """What the claim beside it says of who, what, when and where; a number out of the words."""
    typed = {"words": " ".join(words.split()), "near": str(near)}
    number = number_of(words)
    typed |= {} if number is None else {"best": number}
    beside = min(
        (c for c in shown.reading.claims if c.content),
        key=lambda c: (not c.events, abs(c.content[0].start - near)), default=None,
    )  # fmt: skip
    return typed | (_of(shown, beside) if beside and words.strip() else {})


def _of(shown: ReportPage, claim: Claim) -> dict[str, str]:
    """Who, what, when and where of a claim, as the form has them."""
    reading, found = shown.reading, dict[str, str]()
    by = next((a for a in reading.attributions if a.id == claim.attribution), None)
    source = next((s for s in reading.sources if by and s.id == by.source_id), None)
    if source:
        found["speaker"] = source.name
    event = next((e for e in reading.events if e.id in claim.events), None)
    if event:
        found["type"] = event.type
        when, place = event.time, event.place
        days = {"start": (when.start or "")[:10], "end": (when.end or "")[:10]} if when else {}
        where = {"place": place.name or "", "country": place.country or ""} if place else {}
        found |= days | where
    return found
