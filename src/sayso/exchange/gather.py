"""What an export holds, taken from the ledger before any format writes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sayso.exchange.coded.standing import Coded, standing_words
from sayso.exchange.columns import COLUMNS, Cell, Told
from sayso.exchange.masking import hide, private_names
from sayso.incidents.view import view_incident
from sayso.ledger import ALL, Filters, Head, Ledger
from sayso.record.incident import ClaimLine, FigureStated
from sayso.record.links import LIST_POLICY, Policy
from sayso.record.words import when_words

# How far a file may go (Traffic Light Protocol 2.0), the widest first.
Tlp = Literal["clear", "green", "amber", "amber+strict", "red"]

PAGE = 200  # incidents asked for in one go
WORDS = {
    "claim": "the claim's handle, as in the columns of the sheet incidents",
    "incident": "the incident that it tells of",
    "report": "the report's handle",
    "publisher": "who published the report",
    "published": "when",
    "speaker": "who says it, the innermost; empty: the report itself",
    "chain": "on whose word, from the publisher inwards",
    "certainty": "how sure, by the speaker's own words",
    "polarity": "positive, or negative: it says that it is not so",
    "said": "when it was said; empty: not told",
    "standing": "stands, rejected by a person, or withdrawn by who said it",
    "figures": "the counts that it states, with what they count",
    "words": "the words",
    "offsets": "where they stand in the report's text: first-end, in characters from 0, end not in",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to leave: which incidents, figures by which policy, names shown or not.

    `tlp` is the marking of a format that carries one.
    """

    filters: Filters = ALL
    policy: Policy = LIST_POLICY
    unmasked: bool = False
    tlp: Tlp = "amber"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is written: the incident's id, cells in the order of COLUMNS, claims beneath."""

    incident: str
    cells: tuple[Cell, ...]
    rests_on: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Export:
    """All that a file of incidents says; `words` are rows in the order of WORDS."""

    asked: Asked
    head: Head
    rows: tuple[Row, ...]
    words: tuple[tuple[str | None, ...], ...]
    reports: tuple[str, ...]


def gather(ledger: Ledger, asked: Asked) -> Export:
    """The incidents that fit, each with its claims; raises UsageError for a wrong filter."""
    head, coded = ledger.head(), Coded(ledger)
    told = [
        dataclasses.replace(each, coded=standing_words(coded.of(each))) if coded.held else each
        for each in find_told(ledger, asked)
    ]
    return _make(ledger, asked, head, told)


def row_now(ledger: Ledger, asked: Asked, told: Told) -> Row:
    """The row of an incident as an export would write it now."""
    return _make(ledger, asked, ledger.head(), [told]).rows[0]


def find_told(ledger: Ledger, asked: Asked) -> Iterator[Told]:
    """The incidents that fit, as the ledger tells of them; raises UsageError for a wrong filter."""
    cursor: str | None = None
    at = asked.filters.as_known_at
    while True:
        page = ledger.incident_list(asked.filters, limit=PAGE, cursor=cursor)
        for row in page.rows:
            view = view_incident(ledger, row.incident, as_known_at=at)
            yield Told(view, tuple(row.flags), asked.policy, row.corrected)
        if page.next is None:
            return
        cursor = page.next


def _make(ledger: Ledger, asked: Asked, head: Head, told: Sequence[Told]) -> Export:
    """The export of incidents, names of private people hidden unless asked otherwise."""
    reports = reports_of(told)
    masked = mask_for(ledger, asked, reports)

    def shown(value: Any) -> Any:
        return masked(value) if isinstance(value, str) else value

    rows = tuple(
        Row(
            each.view.id,
            tuple(shown(c.take(each)) if c.named else c.take(each) for c in COLUMNS),
            tuple(tuple(dict.fromkeys(c.rests_on(each))) for c in COLUMNS),
        )
        for each in told
    )
    words = tuple(tuple(shown(v) for v in line) for each in told for line in claim_rows(each))
    return Export(asked, head, rows, words, reports)


def reports_of(told: Iterable[Told]) -> tuple[str, ...]:
    """The reports that incidents rest on, each once."""
    return tuple(dict.fromkeys(r.report for t in told for r in t.view.report_lines))


def mask_for(ledger: Ledger, asked: Asked, reports: Iterable[str]) -> Callable[[str], str]:
    """What hides the names of private people in these reports; nothing where they are asked for."""
    return str if asked.unmasked else hide(private_names(map(ledger.reading, reports)))


def claim_rows(told: Told) -> Iterator[tuple[str | None, ...]]:
    """A row for each claim of the incident, in the order of WORDS."""
    published = {r.report: r for r in told.view.report_lines}
    figures: dict[str, list[FigureStated]] = {}
    for figure in told.view.figures:
        figures.setdefault(figure.claim, []).append(figure)
    for claim in told.view.claims:
        report = published[claim.report]
        yield (
            claim.claim, told.view.id, claim.report, report.publisher,
            when_words(report.published), claim.speaker, " › ".join(claim.chain),
            claim.certainty, claim.polarity, when_words(claim.said), claim.standing,
            "; ".join(f"{f.counts}: {f.words.words}" for f in figures.get(claim.claim, ())),
            claim.content.words, _offsets(claim),
        )  # fmt: skip


def _offsets(claim: ClaimLine) -> str:
    return "; ".join(f"{s.start}-{s.end}" for s in claim.content.spans)
