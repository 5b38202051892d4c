"""The tables of an incident as CSV, each row with the report that it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import NotInLedgerError
from sayso.incidents.words import VERDICTS
from sayso.record import When
from sayso.record.cells import Value, joined, to_csv
from sayso.record.claim_words import CHAIN_SIGN
from sayso.record.incident import IncidentView, Quote

Row = Sequence[Value]
REPORT = ("report", "publisher", "title", "published")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table and how its rows are taken from a view."""

    columns: tuple[str, ...]
    rows: Callable[[IncidentView], Iterable[Row]]


def table_csv(view: IncidentView, name: str) -> str:
    """A table as CSV; raises NotInLedgerError where there is none of that name."""
    table = TABLES.get(name)
    if table is None:
        raise NotInLedgerError(f"no table is called {name!r:.40}", f"there are {', '.join(TABLES)}")
    return to_csv(("incident", *table.columns), ((view.id, *row) for row in table.rows(view)))


def _figures(view: IncidentView) -> Iterator[Row]:
    beside: dict[str, list[str]] = {}
    for each in view.comparisons:
        if each.verdict in ("disagreement", "differs", "revision", "growth"):
            words = VERDICTS[each.verdict]
            beside.setdefault(each.a, []).append(f"{words} beside {each.b}")
            beside.setdefault(each.b, []).append(f"{words} beside {each.a}")
    for f in view.figures:
        yield (
            f.id, f.claim, f.speaker, f.counts, f.scope, f.words.words, f.of, f.bound, f.low,
            f.best, f.high, f.reaches_from, f.reaches_to, *_days(f.said),
            joined(beside.get(f.id, ())), *_quoted(view, f.words),
        )  # fmt: skip


def _claims(view: IncidentView) -> Iterator[Row]:
    for c in view.claims:
        yield (
            c.claim, c.speaker, CHAIN_SIGN.join(c.chain), c.certainty, c.polarity,
            c.content.words, joined(c.types), *_days(c.said), *_days(c.when),
            c.place.name if c.place else None, c.standing, *_quoted(view, c.content),
        )  # fmt: skip


def _states(view: IncidentView) -> Iterator[Row]:
    for s in view.states:
        yield (
            s.state, s.count, s.bound, *_days(s.when), *_days(s.said), joined(s.speakers),
            joined(s.claims),
        )  # fmt: skip


def _events(view: IncidentView) -> Iterator[Row]:
    for e in view.events:
        yield (
            e.event, e.state, e.reports, e.texts, e.at_least, e.at_most, joined(e.names),
            joined(e.claims), joined(e.denials),
        )  # fmt: skip


def _policies(view: IncidentView) -> Iterator[Row]:
    for c in view.cells:
        yield c.measure, c.policy, c.low, c.best, c.high, joined(c.claims)


def _origins(view: IncidentView) -> Iterator[Row]:
    for denies, held in ((None, view.origins), ("denies", view.denials)):
        for o in held:
            yield (
                o.name, o.kind, "yes" if o.named else "no", denies, o.may_be, o.weakest, o.grade,
                "yes" if o.party else "no", CHAIN_SIGN.join(o.chain), joined(o.claims),
            )  # fmt: skip


def _joins(view: IncidentView) -> Iterator[Row]:
    acts = (join for act in view.utterances for join in act.joins)
    for j in (*view.joins, *acts):
        yield j.id, j.a, j.b, j.bound, j.kind, j.words
    for c in view.copies:
        yield c.id, c.a, c.b, None, "copy", f"{c.share_a:.2f} and {c.share_b:.2f} shared"


def _reports(view: IncidentView) -> Iterator[Row]:
    for r in view.report_lines:
        yield (
            r.report, r.name, r.title, r.publisher, r.credit, *_days(r.published),
            "yes" if r.main else "no", joined(r.same_text), r.why, r.by, r.learnt,
        )  # fmt: skip


def _days(when: When | None) -> tuple[Value, Value]:
    return (when.start, when.end) if when else (None, None)


def _quoted(view: IncidentView, quote: Quote) -> Row:
    """The report that words stand in, and where: all that is needed to cite them."""
    report = next((r for r in view.report_lines if r.report == quote.report), None)
    spans = " ".join(f"{s.start}-{s.end}" for s in quote.spans)
    if report is None:
        return (quote.report, None, None, None, spans)
    published = report.published.start if report.published else None
    return (quote.report, report.publisher or report.name, report.title, published, spans)


TABLES = {
    "figures": Table(
        ("figure", "claim", "speaker", "counts", "scope", "words", "of", "bound", "low", "best",
         "high", "reaches_from", "reaches_to", "said_start", "said_end", "beside", *REPORT,
         "spans"),
        _figures,
    ),
    "claims": Table(
        ("claim", "speaker", "chain", "certainty", "polarity", "words", "types", "said_start",
         "said_end", "start", "end", "place", "standing", *REPORT, "spans"),
        _claims,
    ),
    "states": Table(
        ("state", "count", "bound", "start", "end", "said_start", "said_end", "speakers",
         "claims"),
        _states,
    ),
    "events": Table(
        ("event", "state", "reports", "texts", "origins_at_least", "origins_at_most", "origins",
         "claims", "denied_by"),
        _events,
    ),
    "policies": Table(("measure", "policy", "low", "best", "high", "claims"), _policies),
    "origins": Table(
        ("origin", "kind", "named", "denies", "may_be", "weakest_link", "grade", "party", "chain",
         "claims"),
        _origins,
    ),
    "joins": Table(("join", "a", "b", "bound", "kind", "ground"), _joins),
    "reports": Table(
        ("report", "name", "title", "publisher", "credit", "published_start", "published_end",
         "main", "same_text", "why", "placed_by", "learnt"),
        _reports,
    ),
}  # fmt: skip
