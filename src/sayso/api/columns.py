"""The tables that a ledger's answers can be had as, their columns named as in docs/tables.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sayso.exchange.columns import COLUMNS, Told
from sayso.exchange.formats.rows import incident_rows, when_cells
from sayso.exchange.formats.tables import (
    TABLES,
    Holds,
    Row,
    TableColumn,
    make_table,
    when_columns,
)
from sayso.incidents.figures_list import FigureRow
from sayso.incidents.words import VERDICTS
from sayso.ledger import ClaimAnswer, ReportAnswer, SourceAnswer
from sayso.record.claim_words import UNNAMED

C = TableColumn
_WHOLE = {"reports", "texts", "origins_min", "origins_max"}
_HELD = {table.name: table for table in TABLES}


def _holds(name: str, kind: str) -> Holds:
    if name in _WHOLE:
        return "whole"
    return "number" if kind == "number" else "text"


# The sheet's: figures stand in columns of their own, by the policy that was asked for.
INCIDENTS = make_table(
    "incidents", "an incident",
    [C(column.name, _holds(column.name, column.kind), column.means) for column in COLUMNS],
)  # fmt: skip

FIGURES = make_table(
    "figures", "a count as one speaker states it, in its incident",
    C("incident", "text", "the incident's id"),
    C("figure", "text", "its handle (c13.4.0)"),
    C("claim", "text", "the claim that states it"),
    C("report", "text", "the report's handle (r12)"),
    C("speaker", "text", "who says it"),
    C("counts", "text", "what it counts: killed, wounded, captured, …"),
    C("words", "text", "the number in the words there"),
    C("of", "text", "of whom, in the words there"),
    C("scope", "text", "incident, cumulative, or earlier: a count that another has replaced"),
    C("bound", "text", "exact, about, below, above, range, vague"),
    C("low", "number", "the least that the words allow; null: left open"),
    C("best", "number", "the number itself; null: left open"),
    C("high", "number", "the most that the words allow; null: left open"),
    C("reaches_from", "number", "from where it is compared, its hedge given a width; null: open"),
    C("reaches_to", "number", "up to where"),
    when_columns("said", "when it was said"),
    C("compared", "texts", "what can be said of it beside others: `disagreement: …`"),
)  # fmt: skip

CLAIMS = make_table(
    "claims", "a claim under its chain",
    C("claim", "text", "its handle (c13.4)"),
    C("report", "text", "the report's handle (r12)"),
    C("name", "text", "what the report was called when it came in"),
    C("publisher", "text", "who published it"),
    C("credit", "text", "the wire that it carries"),
    C("url", "text", "its address"),
    when_columns("published", "when it was published"),
    C("speaker", "text", "who says it, the innermost; null: the report itself"),
    C("chain", "texts", "who speaks, the outermost first"),
    C("content", "text", "the words"),
    C("content_spans", "spans", "where they stand"),
    C("certainty", "text", "how sure, by the speaker's own words"),
    C("polarity", "text", "positive, or negative: it says that it is not so"),
    C("quotation", "text", "direct, indirect, mixed"),
    when_columns("said", "when it was said"),
    C("types", "texts", "what it tells of, types of the event ontology"),
    C("time_start", "text", "when the first of these was: the first day or minute"),
    C("time_end", "text", "the last one"),
    C("place", "text", "where"),
    C("country", "text", "ISO 3166-1 alpha-3"),
    C("figures", "texts", "the counts that it states, in its words"),
    C("decision", "text", "accept or reject where a person decided on it"),
    C("learnt", "text", "when this ledger learnt it"),
)  # fmt: skip

SOURCES = make_table(
    "sources", "one who speaks",
    C("source", "text", "its key in this ledger"),
    C("name", "text", "what it is called"),
    C("kind", "text", "official, agency, person, media, witness, group, document, unnamed"),
    C("named", "flag", "whether it has a name"),
    C("country", "text", "ISO 3166-1 alpha-3"),
    C("reports", "whole", "in how many reports it speaks"),
    C("claims", "whole", "how many claims it makes"),
    C("first", "text", "when the first of these reports was out"),
    C("grade", "text", "F until a person grades it"),
    C("aliases", "texts", "what it is called elsewhere"),
    C("joined", "texts", "keys of others that people joined with it"),
)  # fmt: skip

REPORTS = make_table(
    "reports", "a report, without its text",
    C("report", "text", "its handle (r12)"),
    C("name", "text", "what it was called when it came in"),
    C("title", "text", "its headline"),
    C("publisher", "text", "who published it"),
    C("credit", "text", "the wire that it carries"),
    C("url", "text", "its address"),
    when_columns("published", "when it was published"),
    C("version", "whole", "which version of its page it is, from 1"),
    C("previous", "text", "the version before it"),
    C("learnt", "text", "when this ledger learnt it"),
    C("marking", "text", "how widely it may be passed on, by TLP 2.0"),
)  # fmt: skip

BESIDE = tuple(
    _HELD[name]
    for name in ("cells", "states", "mentions", "origins", "joins", "utterances", "copies",
                 "judgements")
)  # fmt: skip


def incident_row(told: Told) -> Row:
    """The row of an incident, dates as ISO 8601."""
    cells = ((column.name, column.take(told)) for column in COLUMNS)
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in cells}


def told_rows(told: Told, table: str) -> Iterator[Row]:
    """The rows of a table that an incident has."""
    if table == INCIDENTS.name:
        yield incident_row(told)
    else:
        yield from (row for of, row in incident_rows(told) if of == table)


def figure_row(row: FigureRow) -> Row:
    """The row of a figure as stated."""
    f = row.figure
    keys = ("claim", "speaker", "counts", "of", "scope", "bound", "low", "best", "high",
            "reaches_from", "reaches_to")  # fmt: skip
    return {
        "incident": row.incident, "figure": f.id, "report": f.words.report, "words": f.words.words,
        **{key: getattr(f, key) for key in keys}, **when_cells(f.said, "said"),
        "compared": [f"{VERDICTS[c.verdict]}: {c.words}" for c in row.comparisons],
    }  # fmt: skip


def claim_row(claim: ClaimAnswer) -> Row:
    """The row of a claim."""
    report, events = claim.report, claim.events
    chain = [hop["name"] or UNNAMED for hop in claim.chain]
    time = next((e["when"] for e in events if e["when"]), None) or {}
    where = next((e["where"] for e in events if e["where"]), None) or {}
    decided = [j.action for j in claim.judgements if j.action in ("accept", "reject")]
    return {
        "claim": claim.claim, "report": report.report, "name": report.name,
        "publisher": report.publisher, "credit": report.credit, "url": report.url,
        **_when(report.published, "published"),
        "speaker": chain[-1] if chain else None, "chain": chain,
        "content": claim.content, "content_spans": claim.spans, "certainty": claim.certainty,
        "polarity": claim.polarity, "quotation": claim.quotation, **_when(claim.said, "said"),
        "types": list(dict.fromkeys(e["type"] for e in events)),
        "time_start": time.get("start"), "time_end": time.get("end"),
        "place": where.get("name"), "country": where.get("country"),
        "figures": [f"{f.words} {f.counts}" for f in claim.figures],
        "decision": decided[-1] if decided else None, "learnt": claim.learnt,
    }  # fmt: skip


def source_row(source: SourceAnswer) -> Row:
    """The row of one who speaks."""
    row = {c.name: getattr(source, c.name, None) for c in SOURCES.columns}
    return {**row, "source": source.key, "aliases": list(source.aliases),
            "joined": list(source.joined)}  # fmt: skip


def report_row(report: ReportAnswer) -> Row:
    """The row of a report."""
    row = {c.name: getattr(report, c.name, None) for c in REPORTS.columns}
    return {**row, **_when(report.published, "published")}


def _when(when: dict[str, Any] | None, of: str) -> Row:
    return {f"{of}_{key}": (when or {}).get(key) for key in ("start", "end", "precision", "basis")}
