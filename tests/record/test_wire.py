"""The wire format: there and back again, and the schema that holds it."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SpanError, WireError
from sayso.record import (
    Actor,
    Attribution,
    Block,
    Claim,
    Event,
    Figure,
    Participant,
    Place,
    Reading,
    Report,
    Source,
    Span,
    Time,
    When,
    make_id,
)
from sayso.record.wire import SCHEMA_NAME, from_wire, schema, to_wire

DAY = When("2024-12-27", "2024-12-27", "day", "given")
SOMEWHERE = Place((Span(0, 3),), "Oslo", "geonames:3143244", "NOR", None, 59.9, 10.7, "town",
                  score=0.98)  # fmt: skip
FULL = Reading(
    Report(
        "report-1", "a.txt", "Oslo is calm, Holm said.", None, "The Post", "AFP", "Jo Roe",
        "https://example.org/a", DAY, (Block("body", 0, 24),), "en", False,
    ),
    (Source("s1", "Holm", "person", True, Actor("Holm", "NOR", None), ((Span(14, 18),),)),),
    (Attribution("a1", (Span(14, 18),), "s1", (Span(19, 23),), (Span(0, 12),), said=DAY),),
    (Claim("c1", (Span(0, 12),), "a1", "stated", "positive", (), ("e1",), ("f1",)),),
    (
        Event("e1", "other", (Span(8, 12),), False, False,
              (Participant("agent", (Span(0, 4),), None, None),), DAY, SOMEWHERE, ("f1",), 0.87),
    ),
    (Figure("f1", (Span(0, 4),), None, 3000, 3000.5, "below", "killed", (), "cumulative", DAY),),
    (Time((Span(0, 4),), None, None, "unknown", "PAST_REF", "stated", 0.6),),
    (SOMEWHERE,),
    ("a warning",),
)  # fmt: skip


def test_a_reading_comes_back_as_it_went() -> None:
    """Through JSON text and back, nothing is lost or changed."""
    assert from_wire(json.loads(json.dumps(to_wire(FULL)))) == FULL


def test_the_wire_keeps_to_its_schema() -> None:
    """What is printed is valid by what `sayso schema` prints, which is itself a valid schema."""
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(to_wire(FULL), schema())


def test_the_order_of_keys_is_the_designs() -> None:
    """People read the lines too: the report comes first, the warnings last."""
    assert list(to_wire(FULL)) == [
        "schema", "report", "sources", "attributions", "claims", "events", "figures", "times",
        "places", "warnings",
    ]  # fmt: skip
    assert to_wire(FULL)["places"][0]["as"] == "place"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("schema",), "sayso.reading/9", SCHEMA_NAME),
        (("claims", 0, "certainty"), "sure", "reading.claims[0].certainty"),
        (("claims", 0, "content"), [[1, "x"]], "reading.claims[0].content[0]"),
        (("report", "text"), 7, "reading.report.text"),
        (("report",), None, "reading.report"),
    ],
)
def test_what_does_not_fit_is_named(path: tuple[str | int, ...], value: object, said: str) -> None:
    """The error tells where the first value stands that is not of the format."""
    row = json.loads(json.dumps(to_wire(FULL)))
    at = row
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(WireError) as caught:
        from_wire(row)
    assert said in str(caught.value)


def test_a_missing_key_is_named() -> None:
    """A required key that is gone is told by name."""
    row = to_wire(FULL)
    del row["report"]["text"]
    with pytest.raises(WireError, match="'text' is missing"):
        from_wire(row)


def test_unknown_keys_are_passed_over() -> None:
    """A later minor version may add a key; what is known is still read."""
    row = to_wire(FULL)
    row["report"]["mood"] = "grim"
    assert from_wire(row) == FULL


def test_scores_are_printed_and_need_not_be_there() -> None:
    """Events, times and places carry `score`; a line written before there was one reads as None."""
    row = to_wire(FULL)
    assert row["events"][0].pop("score") == 0.87
    assert row["events"][0]["place"].pop("score") == 0.98
    assert row["times"][0].pop("score") == 0.6
    assert row["places"][0].pop("score") == 0.98
    old = from_wire(row)
    assert {old.events[0].score, old.times[0].score, old.places[0].score} == {None}


def test_impossible_spans_are_refused() -> None:
    """A span ends at or after its start and is never negative."""
    with pytest.raises(SpanError):
        Span(3, 2)
    with pytest.raises(SpanError):
        Span(-1, 2)


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_ids_do_not_run_together(left: list[str], right: list[str]) -> None:
    """Two things have one id exactly where all their parts are equal."""
    assert (make_id("x", *left) == make_id("x", *right)) == (left == right)
