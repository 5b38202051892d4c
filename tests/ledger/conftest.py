"""An open ledger on both stores, readings made by hand, and how a ledger groups them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents.batch import Linking
from sayso.ledger import Filters, Ledger
from sayso.ledger.entries.commit import Commit
from sayso.ledger.entries.copies import enter_copies
from sayso.ledger.layout.instants import now
from sayso.ledger.questions import Questions
from sayso.ledger.store import schema
from sayso.ledger.store.engines import writing
from sayso.linking.rows import link_readings
from sayso.record import (
    Attribution,
    Block,
    Claim,
    Reading,
    Report,
    Source,
    Span,
    When,
    make_id,
    report_id,
)
from sayso.record.links import Copy, Passage


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    """An open, empty ledger."""
    with Ledger.open(store, maker="tests") as ledger:
        yield ledger


@pytest.fixture
def make_reading() -> Callable[..., Reading]:
    """A function that makes a reading of one said sentence, at an address, by a person."""
    return said_by


def said_by(
    person: str,
    words: str,
    *,
    url: str | None = "https://paper.example/story",
    published: str | None = "2024-05-02",
    more: str = "",
) -> Reading:
    """`person` said `words`; then `more` in the report's own voice, which makes no claim."""
    text = f"{words}, {person} said.\n\n{more}\n"
    end, start = len(words), len(words) + 2
    when = When(published, published, "day", "given") if published else None
    report = Report(
        report_id(text, "The Paper", url, when), "story.txt", text, f"{person} speaks",
        "The Paper", None, None, url, when, (Block("body", 0, len(text)),), "en",
    )  # fmt: skip
    spoke = (Span(start, start + len(person)),)
    cue = (Span(spoke[0].end + 1, spoke[0].end + 5),)
    content = (Span(0, end),)
    source = Source(make_id("source", report.id), person, "person", True, None, (spoke,))
    said = Attribution(make_id("attribution", report.id), spoke, source.id, cue, content)
    claim = Claim(make_id("claim", report.id), content, said.id, "stated", "positive")
    return Reading(report, (source,), (said,), (claim,))


@pytest.fixture
def linked(store: str) -> Iterator[Ledger]:
    """An open, empty ledger that links."""
    with Ledger.open(store, maker="tests", linking=Linking()) as ledger:
        yield ledger


Grouping = set[frozenset[tuple[str, bool]]]


@pytest.fixture
def say_copy() -> Callable[[Ledger, str, str], None]:
    """A function that enters that two reports share nine characters."""

    def say(ledger: Ledger, a: str, b: str) -> None:
        copy = Copy(a, b, 0.25, 0.5, (Passage(Span(0, 9), Span(3, 12)),))
        with writing(ledger.engine) as conn:
            commit = Commit(conn, now())
            enter_copies(commit, [copy], commit.maker(ledger.maker))
            commit.close()

    return say


@pytest.fixture
def in_memory() -> Callable[[Sequence[Reading]], Grouping]:
    """A function from readings to the incidents of `sayso link`.

    Each is the set of its reports (by their own ids), each with whether it is about it.
    """

    def group(readings: Sequence[Reading]) -> Grouping:
        incidents = link_readings(readings).linker.incidents()
        return {frozenset((m.report, m.main) for m in i.mentions) for i in incidents}

    return group


@pytest.fixture
def grouping() -> Callable[[Ledger], Grouping]:
    """A function from a ledger to the same."""
    return _grouping


def _grouping(ledger: Ledger) -> Grouping:
    member, mention, report = schema.member, schema.mention, schema.report
    query = (
        select(member.c.incident, report.c.content_id, mention.c.main)
        .join(mention, (mention.c.reading == member.c.reading) & (mention.c.n == member.c.n))
        .join(report, report.c.entry == mention.c.report)
        .where(member.c.until.is_(None), mention.c.until.is_(None))
    )
    found: dict[int, set[tuple[str, bool]]] = {}
    with ledger.engine.connect() as conn:
        for row in conn.execute(query):
            found.setdefault(row.incident, set()).add((row.content_id, bool(row.main)))
    return {frozenset(group) for group in found.values()}


# what is about no report: the chain's own numbers, what lies beside the chain, one's own files
BESIDE = {
    "head", "instant", "holds", "verify", "kept", "unseen", "lists", "listed", "coded_between",
    "naming_incidents", "ids_from", "has_listed", "listed_as", "coded_of",
}  # fmt: skip


@pytest.fixture
def ask_all() -> Callable[[Ledger], dict[str, Any]]:
    """A function that asks a ledger everything that one can ask."""
    return ask_everything


def ask_everything(ledger: Ledger) -> dict[str, Any]:
    """Every question that a ledger takes, with what it answers; refusals as their words."""
    entries = range(1, ledger.head().entries + 1)
    handles, claims = [f"r{n}" for n in entries], [f"c{n}.0" for n in entries]
    rows = [r.incident for r in ledger.incidents(limit=100)]
    ids = [*rows, *handles]
    keys = [s.key for s in ledger.sources(limit=100).rows]
    calls: dict[str, list[Callable[[], Any]]] = {
        "claims": [lambda: ledger.claims(limit=100),
                   lambda: ledger.claims(Filters(words="soldiers"))],
        "claim": [lambda c=c: ledger.claim(c) for c in claims],  # type: ignore[misc]
        "sources": [lambda: ledger.sources(limit=100), lambda: ledger.sources("ravens")],
        "also_called": [lambda: ledger.also_called("Ann Roe")],
        "source_page": [lambda k=k: ledger.source_page(k) for k in keys],  # type: ignore[misc]
        "why_nothing": [lambda: ledger.why_nothing(Filters(speaker="Quillan"), "claims")],
        "why_no_source": [lambda: ledger.why_no_source("Ravenscour")],
        "reports": [lambda: ledger.reports(limit=100)],
        "reports_beside": [lambda h=h: ledger.reports_beside([h]) for h in handles],  # type: ignore[misc]
        "reading": [lambda h=h: ledger.reading(h) for h in handles],  # type: ignore[misc]
        "report": [lambda h=h: ledger.report(h) for h in handles],  # type: ignore[misc]
        "report_page": [lambda h=h: ledger.report_page(h) for h in handles],  # type: ignore[misc]
        "versions": [lambda: ledger.versions("https://two.example/b")],
        "diff": [lambda: ledger.diff("r2", "r7")],
        "judgements": [lambda t=t: ledger.judgements(t) for t in (*ids, *claims)],  # type: ignore[misc]
        "judgements_on": [lambda: ledger.judgements_on([*ids, *claims])],
        "masks": [lambda h=h: ledger.masks(h) for h in handles],  # type: ignore[misc]
        "incidents": [lambda: ledger.incidents(limit=100)],
        "incident_list": [lambda: ledger.incident_list(Filters(words="killed"))],
        "incident_page": [lambda i=i: ledger.incident_page(i) for i in ids],  # type: ignore[misc]
        "incident_changes": [lambda: ledger.incident_changes(0)],
        "changes_since": [lambda: ledger.changes_since(rows, "2020-01-01")],
        "incident_history": [lambda: ledger.incident_history(rows)],
        "log": [lambda: ledger.log(limit=100), lambda: ledger.log(act="reading"),
                lambda: ledger.log(about="r7")],
        "review_queue": [ledger.review_queue, lambda: ledger.review_queue(decided=True)],
        "review_rows": [lambda: ledger.review_rows(rows)],
        "row_claims": [lambda i=i: ledger.row_claims(i) for i in rows],  # type: ignore[misc]
        "report_rows": [lambda h=h: ledger.report_rows(h) for h in handles],  # type: ignore[misc]
        "row_decisions": [ledger.row_decisions],
        "export_list": [lambda: ledger.export_list(limit=100),
                        lambda: ledger.export_list(outdated=True)],
        "exports": [lambda h=h: ledger.exports(h) for h in handles],  # type: ignore[misc]
    }  # fmt: skip
    wanted = {n for n, _ in inspect.getmembers(Questions, inspect.isfunction) if n[0] != "_"}
    assert wanted == calls.keys() | BESIDE, "a question that no marking is tried on"
    return {name: [_answer(call) for call in each] for name, each in calls.items()}


def _answer(call: Callable[[], Any]) -> str:
    try:
        return repr(call())
    except (NotInLedgerError, UsageError) as error:
        return str(error)
