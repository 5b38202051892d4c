"""A list or a table taken along as CSV: its sources in each row, private names hidden, noted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from sayso.desk.answers.exports import list_exports
from sayso.desk.answers.incident import incident
from sayso.desk.answers.incident_tables import TABLES
from sayso.desk.answers.incidents import list_incidents
from sayso.desk.answers.log import list_log
from sayso.desk.answers.sources import list_sources, show_source
from sayso.errors import NotInLedgerError, UsageError
from sayso.exchange.masking import PRIVATE, hide, names_of_sources, private_names
from sayso.exchange.partners.shared import change_words
from sayso.incidents.words import VERDICTS
from sayso.ledger import Filters, IncidentRow, Ledger
from sayso.ledger.entries.log import Act
from sayso.record.cells import Value, joined, to_csv
from sayso.record.claim_words import CHAIN_SIGN, chain_names, figure_words
from sayso.record.view import view_claims

MOST = 200  # rows of a list that go along
TableName = Literal[
    "incidents", "sources", "log", "exports", "source", "beside", "report", "figures", "claims",
    "states", "events", "policies", "origins", "joins", "reports",
]  # fmt: skip
ALONE = ("incidents", "sources", "log", "exports")  # the others are of one thing, `of`


@dataclass(frozen=True, slots=True)
class Question:
    """What is to leave: a list as its page shows it, or a table of one thing."""

    table: TableName
    of: str = ""
    filters: Filters = field(default_factory=Filters)
    flag: str | None = None
    name: str | None = None
    by: str | None = None
    act: Act | None = None
    about: str | None = None
    cursor: str | None = None
    outdated: bool = False
    named: bool = False  # which partner something was sent to


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; `reports` are those that it tells of, `names` private ones beside theirs.

    `free` are columns in which people wrote what they liked: they leave only with names.
    """

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    reports: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """What leaves: the file, and the entry of the ledger that says so."""

    name: str
    content: str
    entry: str


def take_along(ledger: Ledger, asked: Question, *, by: str, unmasked: bool = False) -> Left:
    """A table as CSV; that it left, by whom and of which reports it tells is kept.

    Raises NotInLedgerError where what it is of is not there.
    """
    if asked.table not in ALONE and not asked.of:
        raise UsageError(f"{asked.table}: say of what, with of=")
    made = _MAKERS.get(asked.table, _of_incident)(ledger, asked)
    reports = tuple(dict.fromkeys(made.reports))
    rows = made.rows if unmasked else list(_masked(ledger, made, reports))
    name = f"{'-'.join(filter(None, (asked.of if asked.of.isalnum() else '', asked.table)))}.csv"
    return Left(name, to_csv(made.columns, rows), ledger.note_export(name, "csv", reports, by=by))


def _masked(ledger: Ledger, made: Rows, reports: Iterable[str]) -> Iterator[list[Value]]:
    """The rows without private names, and with nothing in free columns."""
    hidden = hide({*private_names(map(ledger.reading, reports)), *made.names})
    for row in made.rows:
        yield [
            None if column in made.free else hidden(v) if isinstance(v, str) else v
            for column, v in zip(made.columns, row, strict=True)
        ]


def _incidents(ledger: Ledger, asked: Question) -> Rows:
    found = list_incidents(
        ledger, asked.filters, flag=asked.flag, limit=MOST, cursor=asked.cursor
    ).incidents
    reports = tuple(handle for row in found for handle in row.handles)
    publishers = {r: _publisher(ledger, r) for r in dict.fromkeys(reports)}
    columns = (
        "incident", "type", "start", "end", "place", "country", "states", "figures", "reports",
        "texts", "origins_at_least", "origins_at_most", "flags", "rests_on", "publishers",
    )  # fmt: skip
    return Rows(columns, [_incident(row, publishers) for row in found], reports)


def _publisher(ledger: Ledger, report: str) -> str:
    answer = ledger.report(report)
    return answer.publisher or answer.name


def _incident(row: IncidentRow, publishers: dict[str, str]) -> Sequence[Value]:
    when, place = row.time or {}, row.place or {}
    figures = (f"{s['counts']}: {s['words']} ({s['speaker']})" for s in row.stated)
    return (
        row.incident, row.type, when.get("start"), when.get("end"), place.get("name"),
        place.get("country"), joined(row.state), joined(figures), len(row.handles), row.texts,
        *row.origins, joined(row.flags), joined(row.handles),
        joined(dict.fromkeys(publishers[r] for r in row.handles)),
    )  # fmt: skip


def _sources(ledger: Ledger, asked: Question) -> Rows:
    found = list_sources(ledger, asked.name, at=_at(asked), limit=MOST, cursor=asked.cursor).sources
    columns = ("key", "name", "also_called", "kind", "country", "grade", "reports", "claims",
               "first_out")  # fmt: skip
    rows = [
        (s.key, s.name, joined(s.aliases), s.kind, s.country, s.grade, s.reports, s.claims, s.first)
        for s in found
    ]
    return Rows(columns, rows, names=tuple(names_of_sources(found)))


def _log(ledger: Ledger, asked: Question) -> Rows:
    found = list_log(
        ledger, by=asked.by, act=asked.act, about=asked.about, at=_at(asked), limit=MOST,
        cursor=asked.cursor,
    ).log  # fmt: skip
    columns = ("entry", "at", "act", "by", "person", "action", "target", "words", "reason")
    rows = [(x.entry, x.at, x.act, x.by, "yes" if x.person else "no", x.action, x.target, x.words,
             x.reason) for x in found]  # fmt: skip
    reports = tuple(_reports_in(ledger, (x.target for x in found)))
    return Rows(columns, rows, reports, tuple(_private_in(x.target for x in found)),
                free=("words", "reason"))  # fmt: skip


def _exports(ledger: Ledger, asked: Question) -> Rows:
    found = list_exports(
        ledger, outdated=asked.outdated, limit=MOST, cursor=asked.cursor, named=asked.named
    ).exports
    columns = ("entry", "at", "by", "format", "to", "name_sha256", "reports", "changes",
               "last_change")  # fmt: skip
    rows = [
        (x.entry, x.at, x.by, x.format, x.to, x.name_sha256, joined(x.reports),
         joined(map(change_words, x.changes)), max((c.at for c in x.changes), default=None))
        for x in found
    ]  # fmt: skip
    return Rows(columns, rows)


def _private_in(targets: Iterable[str | None]) -> Iterator[str]:
    """The names in the keys of private sources: `nils aldermoor|person|`."""
    for target in targets:
        name, _, rest = (target or "").partition("|")
        if rest.partition("|")[0] in PRIVATE:
            yield name


def _reports_in(ledger: Ledger, targets: Iterable[str | None]) -> Iterator[str]:
    """The reports among what was acted on that are still held."""
    for target in dict.fromkeys(targets):
        if target and target[0] == "r" and target[1:].isdecimal():
            with contextlib.suppress(NotInLedgerError):  # erased since
                yield ledger.report(target).report


def _source(ledger: Ledger, asked: Question) -> Rows:
    shown = show_source(ledger, asked.of, at=_at(asked), limit=100, cursor=asked.cursor)
    columns = ("claim", "words", "certainty", "said", "report", "publisher", "title")
    rows = [
        (c.claim, c.content, c.certainty, (c.said or {}).get("start"), c.report.report,
         c.report.publisher or c.report.name, c.report.title)
        for c in shown.claims
    ]  # fmt: skip
    return Rows(columns, rows, tuple(r.report for r in shown.reports))


def _beside(ledger: Ledger, asked: Question) -> Rows:
    shown = show_source(ledger, asked.of, at=_at(asked), limit=20, cursor=asked.cursor)
    columns = ("source", "other", "counts", "words", "other_words", "verdict", "incident", "claim",
               "report", "other_claim", "other_report")  # fmt: skip
    pairs = [pair for other in shown.beside for pair in other.pairs]
    rows = [
        (p.own_figure.speaker, p.other, p.own_figure.counts, p.own_figure.words.words,
         p.other_figure.words.words, VERDICTS.get(p.verdict, p.verdict), p.incident,
         p.own_figure.claim, p.own_figure.words.report, p.other_figure.claim,
         p.other_figure.words.report)
        for p in pairs
    ]  # fmt: skip
    reports = (f.words.report for p in pairs for f in (p.own_figure, p.other_figure))
    return Rows(columns, rows, tuple(reports))


def _report(ledger: Ledger, asked: Question) -> Rows:
    page = ledger.report_page(asked.of, as_known_at=_at(asked))
    report = page.report
    columns = ("claim", "chain", "words", "certainty", "polarity", "figures", "report",
               "publisher", "title")  # fmt: skip
    rows = [
        (page.handle(v.number - 1), CHAIN_SIGN.join(chain_names(v)), v.content, v.claim.certainty,
         v.claim.polarity, joined(figure_words(f, v.report.text) for f in v.figures),
         report.report, report.publisher or report.name, report.title)
        for v in view_claims(page.reading)
    ]  # fmt: skip
    return Rows(columns, rows, (report.report,))


def _of_incident(ledger: Ledger, asked: Question) -> Rows:
    view = incident(ledger, asked.of, _at(asked))
    table = TABLES[asked.table]
    rows = [(view.id, *row) for row in table.rows(view)]
    return Rows(("incident", *table.columns), rows, tuple(r.report for r in view.report_lines))


def _at(asked: Question) -> str | None:
    at = asked.filters.as_known_at
    return None if at is None else str(at)


_MAKERS: dict[str, Callable[[Ledger, Question], Rows]] = {
    "incidents": _incidents, "sources": _sources, "log": _log, "exports": _exports,
    "source": _source, "beside": _beside, "report": _report,
}  # fmt: skip
assert {*get_args(TableName)} == {*_MAKERS, *TABLES}  # noqa: S101 - one list, for the description
