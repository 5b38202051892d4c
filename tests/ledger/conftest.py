"""An open ledger on both stores, readings made by hand, and how a ledger groups them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import select

from sayso.incidents.batch import Linking
from sayso.ledger import Ledger, schema
from sayso.ledger.commit import Commit
from sayso.ledger.copies import enter_copies
from sayso.ledger.instants import now
from sayso.ledger.store import writing
from sayso.linking.incidents_rows import link_readings
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
