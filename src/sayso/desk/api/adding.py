"""POST /api/v1/reports: a report, or many, read into the ledger."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Response
from pydantic import Field

from sayso.desk.answers.adding import MOST, Given, Taken, take_in
from sayso.desk.api.sent import Sent
from sayso.desk.asking import Asked
from sayso.desk.problems import Problem
from sayso.pipeline.read import Ask
from sayso.record.marking import Marking

router = APIRouter(tags=["reports"])


class NewReport(Sent):
    """A report: its text exactly as given, or its HTML, or the address of its page."""

    text: str | None = Field(None, description="Plain text, read exactly as given.")
    html: str | None = Field(None, description="A page's HTML.")
    url: str | None = Field(
        None, max_length=4_000, description="Where it stands; fetched where neither is given."
    )
    name: str | None = Field(None, max_length=300, description="What to call it.")
    title: str | None = Field(None, max_length=1_000)
    publisher: str | None = Field(None, max_length=300)
    published: str | None = Field(None, max_length=40, examples=["2024-12-27"])


EXAMPLE = {
    "reports": [
        {
            "text": "Nine people drowned when a ferry sank off Seaport, the coast guard said.",
            "publisher": "Harbour Gazette",
            "published": "2031-05-06",
        }
    ]
}


class NewReports(Sent):
    """Reports, and the marking of all of them."""

    reports: list[NewReport] = Field(min_length=1, max_length=MOST)
    marking: Marking | None = Field(
        None, description="Who may see them, TLP 2.0. One that is known already is marked, too, "
        "where this is stricter.",
    )  # fmt: skip


@router.post("/reports", status_code=201)
def post_reports(
    asked: Asked, response: Response, sent: Annotated[NewReports, Body(examples=[EXAMPLE])]
) -> Taken:
    """Read reports and add them; each that cannot be read is said, the others are added.

    422 where none could be read.
    """
    taken = take_in(
        asked.ledger, [_given(n, r) for n, r in enumerate(sent.reports, 1)], Ask(),
        asked.desk.settings.inner, sent.marking, asked.by,
    )  # fmt: skip
    if not taken.added:
        raise Problem(422, "; ".join(taken.refused)[:2_000], "send a report's text, HTML or url")
    if all(each.status == "same" for each in taken.added):
        response.status_code = 200
    return taken


def _given(number: int, report: NewReport) -> Given:
    said = {"url": report.url, "title": report.title, "publisher": report.publisher,
            "published": report.published}  # fmt: skip
    facts = {k: v for k, v in said.items() if v}
    name = report.name or report.url or f"report {number}"
    if report.text is not None:
        return Given(name, report.text.encode("utf-8", "replace"), "text", facts)
    if report.html is not None:
        return Given(name, report.html.encode("utf-8", "replace"), "html", facts)
    if report.url is None:
        raise Problem(422, f"report {number}: nothing to read", "give text, html or url")
    return Given(report.url, None, None, {k: v for k, v in facts.items() if k != "url"})
