"""The tables of everything that leaves as rows: their columns, what each holds and means.

JSON Lines, its JSON Schema, Parquet, its Arrow schema and the docs are read from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sayso.record.incident import ACTIONS, ADD

# spans: [[first, end], …] in characters from 0 of the report's text as given, the end not in it
Holds = Literal["text", "whole", "number", "flag", "texts", "spans"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: what it holds and means. Lists may be empty, all else null."""

    name: str
    holds: Holds
    means: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a row is what; its columns in their order, the first of them names the row."""

    name: str
    row: str
    columns: tuple[TableColumn, ...]


def when_columns(of: str, means: str) -> Iterator[TableColumn]:
    """The four columns of a time."""
    stem = f"{of}_" if of else ""
    yield TableColumn(
        f"{stem}start", "text", f"{means}: the first day or minute, ISO 8601; null: open"
    )
    yield TableColumn(f"{stem}end", "text", "the last one, itself in it; null: open")
    yield TableColumn(f"{stem}precision", "text", "minute … century, or unknown; null: not told")
    yield TableColumn(f"{stem}basis", "text", "how it is known: given, found, stated, resolved, …")


def place_columns() -> Iterator[TableColumn]:
    """The columns of a place."""
    yield TableColumn("place", "text", "where, the fullest form that a report has; null: not told")
    yield TableColumn("place_precision", "text", "point, town, district, region, country, area, "
                 "unknown; stated_unknown: a report says that it is not known")  # fmt: skip
    yield TableColumn("gazetteer_id", "text", "what the place was resolved to (geonames:538555)")
    yield TableColumn("country", "text", "ISO 3166-1 alpha-3")
    yield TableColumn("admin1", "text", "the first-order division")
    yield TableColumn("lat", "number", "latitude, only of a point")
    yield TableColumn("lon", "number", "longitude, only of a point")


def actor_columns() -> Iterator[TableColumn]:
    """The columns of who somebody is."""
    yield TableColumn("actor", "text", "who that is, where it was grounded")
    yield TableColumn("actor_country", "text", "ISO 3166-1 alpha-3")
    yield TableColumn("actor_kind", "text", "military, government, rebels, civilians, …")


def _bounds(of: str) -> Iterator[TableColumn]:
    for bound, end in (("low", "least"), ("best", "best"), ("high", "most")):
        yield TableColumn(bound, "number", f"the {end} {of}; null: left open")


def make_table(name: str, row: str, *columns: TableColumn | Iterable[TableColumn]) -> Table:
    """A table of columns, some of them given together."""
    flat = [c for each in columns for c in ([each] if isinstance(each, TableColumn) else each)]
    return Table(name, row, tuple(flat))


C = TableColumn
_REPORT = C("report", "text", "the report's handle (r12)")
_INCIDENT = C("incident", "text", "the incident's id")

TABLES: tuple[Table, ...] = (
    make_table(
        "reports", "a report, without its text",
        _REPORT,
        C("name", "text", "what it was called when it came in"),
        C("title", "text", "its headline"),
        C("publisher", "text", "who published it"),
        C("credit", "text", "the wire that it carries"),
        C("byline", "text", "who wrote it, as it says"),
        C("url", "text", "its address; null too where that holds a hidden name"),
        when_columns("published", "when it was published"),
        C("language", "text", "ISO 639-1"),
        C("excerpt", "flag", "true for a teaser"),
        C("version", "whole", "which version of its page it is, from 1"),
        C("previous", "text", "the version before it"),
        C("learnt", "text", "when this ledger learnt it"),
        C("reader", "text", "who read it"),
        C("warnings", "texts", "what reading it met"),
        C("marking", "text", "how far it may go (TLP 2.0): clear, green, amber, amber+strict, red"),
    ),
    make_table(
        "sources", "one who speaks in a report",
        C("source", "text", "its handle (r12.s0)"),
        _REPORT,
        C("name", "text", "the fullest name in the report"),
        C("kind", "text", "official, agency, person, media, witness, group, document, unnamed"),
        C("named", "flag", "whether it has a name"),
        actor_columns(),
        C("spans", "spans", "where it is mentioned"),
    ),
    make_table(
        "attributions", "an act of saying, by source, cue and content",
        C("attribution", "text", "its handle (r12.a0)"),
        _REPORT,
        C("source", "text", "who says it; null: nobody is named or described"),
        C("within", "text", "the attribution that it stands in"),
        C("source_words", "text", "who says it, in the words there"),
        C("source_spans", "spans", "where these stand"),
        C("cue", "text", "the words that say that it is said"),
        C("cue_spans", "spans", "where these stand"),
        C("content", "text", "what is said"),
        C("content_spans", "spans", "where it stands"),
        C("addressee", "text", "to whom"),
        C("quotation", "text", "direct, indirect, mixed"),
        when_columns("said", "when it was said"),
        C("score", "number", "sayso's confidence that it read this right, 0 to 1"),
    ),
    make_table(
        "claims", "one content under one chain",
        C("claim", "text", "its handle (c13.4)"),
        _REPORT,
        C("attribution", "text", "who says it, and how; null: the report itself"),
        C("speaker", "text", "who says it, the innermost"),
        C("chain", "texts", "on whose word, from the publisher inwards"),
        C("content", "text", "the words"),
        C("content_spans", "spans", "where they stand"),
        C("certainty", "text", "how sure, by the speaker's own words: confirmed, stated, probable, "
          "possible, purported, denied, unknown"),
        C("certainty_cue", "text", "the words that say so"),
        C("polarity", "text", "positive, or negative: it says that it is not so"),
        when_columns("said", "when it was said"),
        C("events", "texts", "what it tells of"),
        C("figures", "texts", "the counts that it states"),
        C("decision", "text", "accept or reject where a person decided on it"),
    ),
    make_table(
        "events", "what a claim is about",
        C("event", "text", "its handle (r12.e0)"),
        _REPORT,
        C("type", "text", "a type of the event ontology"),
        C("trigger", "text", "the words that say so"),
        C("trigger_spans", "spans", "where these stand"),
        C("negated", "flag", "it is said not to have happened"),
        C("hypothetical", "flag", "it may happen, or might have"),
        when_columns("time", "when it happened"),
        place_columns(),
        C("score", "number", "sayso's confidence in the type; null: nobody asked"),
    ),
    make_table(
        "participants", "one who takes part in an event",
        C("event", "text", "the event"),
        C("role", "text", "agent, patient, …"),
        C("words", "text", "who, in the words there"),
        C("spans", "spans", "where these stand"),
        actor_columns(),
        C("source", "text", "the source that it is, where it speaks too"),
    ),
    make_table(
        "figures", "a count as a claim states it",
        C("figure", "text", "its handle (c13.4.0)"),
        C("claim", "text", "the claim that states it"),
        _REPORT,
        C("words", "text", "the number in the words there"),
        C("spans", "spans", "where these stand"),
        _bounds("that the words allow"),
        C("bound", "text", "exact, about, below, above, range, vague"),
        C("counts", "text", "what it counts: killed, wounded, captured, …"),
        C("of", "text", "of whom, in the words there"),
        C("scope", "text", "incident, cumulative, or earlier: a count that another has replaced"),
        when_columns("since", "since when it is counted, where it is cumulative"),
    ),
    make_table(
        "incidents", "an incident, as linked across reports",
        _INCIDENT,
        C("status", "text", "machine-read, or accepted or rejected by whom and when"),
        C("type", "text", "what happened; null: not told"),
        when_columns("time", "when it happened"),
        place_columns(),
        C("reports", "whole", "how many reports tell of it"),
        C("texts", "whole", "how many distinct texts they are"),
        C("origins_min", "whole", "how many sources can be told apart that say so, at least"),
        C("origins_max", "whole", "and at most"),
        C("origins", "text", "the same in words"),
        C("flags", "texts", "what to look at first"),
        C("note", "text", "a draft on the dispute, from figures as stated, and who denies"),
        C("opened", "text", "when this ledger first knew of it"),
        C("changed", "text", "when it last changed"),
    ),
    make_table(
        "cells", "what the policy of this export makes of an incident's figures",
        _INCIDENT,
        C("measure", "text", "what is counted"),
        C("policy", "text", "the policy"),
        _bounds("by the policy"),
        C("claims", "texts", "the claims that it rests on; none: a person set it"),
    ),
    make_table(
        "states", "what became of the people of an incident, step by step",
        _INCIDENT,
        C("state", "text", "captured, dead, …"),
        C("count", "number", "how many"),
        C("bound", "text", "how the words bound that"),
        when_columns("time", "when it was so"),
        when_columns("said", "when it was first said"),
        C("speakers", "texts", "who says it"),
        C("claims", "texts", "by which claims"),
    ),
    make_table(
        "mentions", "a report that tells of an incident",
        C("mention", "text", "its handle (m13.0)"),
        _INCIDENT,
        _REPORT,
        C("main", "flag", "true where the report is about it"),
        C("claims", "texts", "the claims that tell of it"),
        C("why", "text", "why it was placed there"),
        C("by", "text", "who placed it: the machine's name, or a person's"),
        C("score", "number", "the machine's confidence that it belongs there"),
        C("same_text", "texts", "earlier reports whose text it is"),
    ),
    make_table(
        "origins", "where a line of say-so ends",
        C("origin", "text", "its handle (incident-….o0)"),
        _INCIDENT,
        C("denies", "flag", "true of who only denies it: such are not counted"),
        C("name", "text", "who that is"),
        C("kind", "text", "official, …; voice: a report's own; cycle: each cites another"),
        C("named", "flag", "whether it has a name"),
        actor_columns(),
        C("chain", "texts", "the longest way to it, from the publisher inwards"),
        C("claims", "texts", "the claims that rest on it"),
        C("may_be", "text", "which source already counted it may be"),
        C("weakest", "text", "the weakest link of the way"),
        C("grade", "text", "F until a person grades the source"),
        C("party", "flag", "true where it takes part in what happened"),
    ),
    make_table(
        "joins", "two sources, or two acts of saying, counted as one, and why",
        C("join", "text", "its id; `sayso judge undo` undoes it"),
        _INCIDENT,
        C("utterance", "text", "the utterance of which it is; null: it joins sources"),
        C("a", "text", "the one"),
        C("b", "text", "the other"),
        C("counts_in", "text", "both bounds of the interval, or at_least: they may be one"),
        C("kind", "text", "the rule (docs/origins.md)"),
        C("words", "text", "the ground in words"),
    ),
    make_table(
        "utterances", "one act of saying that several reports carry",
        C("utterance", "text", "its handle (incident-….u0)"),
        _INCIDENT,
        C("speaker", "text", "who says it"),
        when_columns("said", "when"),
        C("quotation", "text", "direct, indirect, mixed"),
        C("reports", "texts", "the reports that carry it"),
        C("words", "texts", "what each says"),
    ),
    make_table(
        "copies", "two reports of an incident that share text",
        C("copy", "text", "its id"),
        _INCIDENT,
        C("a", "text", "the one report"),
        C("b", "text", "the other"),
        C("share_a", "number", "how much of a's text stands in b, 0 to 1"),
        C("share_b", "number", "how much of b's text stands in a"),
    ),
    make_table(
        "judgements", "what a person decided about an incident or something in it",
        C("entry", "text", "the ledger's entry"),
        _INCIDENT,
        C("action", "text", f"{', '.join(ACTIONS)}; {ADD}: the claim was added by hand"),
        C("target", "text", "about what"),
        C("by", "text", "who"),
        C("at", "text", "when"),
        C("reason", "text", "why"),
        C("lapsed", "flag", "true where it is about a claim that is not read any more"),
    ),
)  # fmt: skip
Row = dict[str, Any]
