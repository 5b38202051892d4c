"""Everything as JSON Lines: valid lines, nothing lost, nothing invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sayso.exchange.columns import Told
from sayso.exchange.formats.jsonl import known, schema, to_json
from sayso.exchange.formats.tables import TABLES
from sayso.exchange.leaving import SCHEMA, Asked
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger
from tests.exchange.formats.conftest import Leave

ROOT = Path(__file__).resolve().parents[3]


def read(file: Path) -> list[dict[str, Any]]:
    """The lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def rows_of(file: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    return [row for row in read(file) if row["table"] == table]


def test_each_line_is_of_the_schema(leave: Leave) -> None:
    """The schema is one, takes every line, and refuses a row with a column more."""
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    lines = read(leave("jsonl"))
    for line in lines:
        validator.validate(line)
    assert not validator.is_valid({**lines[1], "more": 1})
    found = {line["table"] for line in lines}
    assert found >= {t.name for t in TABLES} - {"joins", "copies", "utterances", "judgements"}


def test_the_first_line_says_what_it_is(leave: Leave, odd: Ledger) -> None:
    """Schema, version, ledger, policy, whether names are hidden, what was asked for."""
    asked = Asked(Filters(place="Porto"), "ucdp")
    about = read(leave("jsonl", asked))[0]
    assert about["table"] == "about"
    assert about["schema"] == SCHEMA == "sayso.export/1"
    assert (about["ledger"], about["policy"]) == (odd.head().ledger, "ucdp")
    assert (about["private_people"], about["filters"]) == ("masked", {"place": "Porto"})


def test_a_report_says_how_far_it_may_go(leave: Leave, odd: Ledger) -> None:
    """Whoever takes a file in marks what is in it as it was marked."""
    report = odd.reports().rows[0].report
    odd.judge("mark", report, by="ed", reason="not out", marking="green")
    told = {row["report"]: row["marking"] for row in rows_of(leave("jsonl"), "reports")}
    assert told[report] == "green"
    assert set(told.values()) == {"clear", "green"}


def test_incidents_are_as_the_ledger_says(leave: Leave, odd: Ledger) -> None:
    """Times, places, counts, origins and the policy's cells, each as the view has it."""
    file = leave("jsonl", Asked(policy="highest"))
    incidents = rows_of(file, "incidents")
    assert len(incidents) == len(odd.incidents())
    for row in incidents:
        view = view_incident(odd, row["incident"])
        assert row["time_start"] == (view.time.start if view.time else None)
        assert row["time_precision"] == (view.time.precision if view.time else None)
        assert row["place"] == (view.place.name if view.place else None)
        assert (row["origins_min"], row["origins_max"]) == (view.at_least, view.at_most)
        cells = {c.measure: [c.low, c.best, c.high] for c in Told(view, (), "highest").cells}
        mine = [c for c in rows_of(file, "cells") if c["incident"] == view.id]
        assert {c["measure"]: [c["low"], c["best"], c["high"]] for c in mine} == cells


def test_unknown_stays_unknown(leave: Leave) -> None:
    """No day and no place where none is told, an open end stays open, dozens are no number."""
    file = leave("jsonl")
    (ambush,) = [r for r in rows_of(file, "incidents") if r["type"] == "attack"]
    keys = ("time_start", "time_end", "time_precision", "place", "country", "lat", "lon")
    assert [ambush[key] for key in keys] == [None] * 7
    figures = {f["words"]: f for f in rows_of(file, "figures")}
    assert [figures["Dozens"][b] for b in ("low", "best", "high")] == [None] * 3
    assert figures["Dozens"]["bound"] == "vague"
    assert [figures["At least 11"][b] for b in ("low", "best", "high")] == [11, 11, None]
    assert [figures["Up to 40"][b] for b in ("low", "best", "high")] == [None, 40, 40]
    (porto,) = [r for r in rows_of(file, "incidents") if r["place"] == "Porto"]
    assert (porto["place_precision"], porto["lat"], porto["lon"]) == ("town", None, None)


def test_what_is_named_is_there(leave: Leave) -> None:
    """Each handle that a row names is the first column of a row."""
    lines = read(leave("jsonl"))
    held = {line[t.columns[0].name] for t in TABLES for line in lines if line["table"] == t.name}
    for line in lines[1:]:
        for key in ("report", "source", "attribution", "within", "claim", "event", "incident"):
            assert line.get(key) is None or line[key] in held, line
        for key in ("claims", "events", "figures"):
            assert set(line.get(key) or ()) <= held, line


def test_spans_are_of_the_text_as_given(leave: Leave, odd: Ledger) -> None:
    """The words of a claim begin where its span says."""
    for row in rows_of(leave("jsonl", Asked(unmasked=True)), "claims"):
        text = odd.reading(row["report"]).report.text
        start, end = row["content_spans"][0]
        assert text[start:end].split()[0] in row["content"]


def test_without_a_filter_every_report_leaves(leave: Leave, odd: Ledger) -> None:
    """Also an old version; with a filter those of the incidents that fit."""
    assert {r["report"] for r in rows_of(leave("jsonl"), "reports")} == {
        r.report for r in odd.reports().rows
    }
    few = rows_of(leave("jsonl", Asked(Filters(place="Kassala"))), "reports")
    assert [r["name"] for r in few] == ["new.txt"]
    none = leave("jsonl", Asked(Filters(as_known_at="2020-01-01")))
    assert [line["table"] for line in read(none)] == ["about"]


def test_what_is_not_known_is_left_out() -> None:
    """To the last: the chain of what a report without a publisher says itself is nobody's."""
    node = {"chain": {"@list": []}, "of": [{"a": None}, 1], "n": 0, "so": False, "day": None}
    assert known(node) == {"of": [1], "n": 0, "so": False}


@pytest.mark.parametrize(
    ("value", "line"),
    [({"a": 12.0}, '{"a":12}'), ({"a": [0.5, None]}, '{"a":[0.5,null]}'),
     ({"a": "b\n\u2028\ud800"}, '{"a":"b\\n\u2028\\ud800"}')],
)  # fmt: skip
def test_a_line_is_one_line(value: Any, line: str) -> None:
    """Whole counts have no point; half a surrogate is written by its code."""
    assert to_json(value) == line
    assert json.loads(line) == value


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_table_is_documented(table: Any) -> None:
    """docs/tables.md has its heading, and a line for each of its columns with what it means."""
    page = (ROOT / "docs/tables.md").read_text("utf-8")
    part = page.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
    assert table.row in part
    for column in table.columns:
        assert f"| `{column.name}` | {column.holds} | {column.means} |" in part
