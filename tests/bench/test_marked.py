"""The reports that we marked by hand: pieces stand in their text, values are ones of ours."""

import itertools
import json
import re
import typing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.record import reading

MARKED = Path(__file__).parents[2] / "examples/marked/claims.jsonl"
GROUNDINGS = MARKED.with_name("groundings.jsonl")
ROWS: list[dict[str, Any]] = [json.loads(row) for row in MARKED.read_text("utf-8").splitlines()]
EVENT_TYPES = frozenset(
    "attack strike shelling bombing shooting stabbing clash advance withdrawal control deployment "
    "capture abduction arrest release death injury casualties missing displacement destruction "
    "support threat agreement talks sanction protest trial accident responsibility other".split()
)


def _claims() -> list[tuple[str, dict[str, Any]]]:
    return [(row["text"], claim) for row in ROWS for claim in row["claims"]]


def _pieces(hop: str | list[str]) -> list[str]:
    return hop if isinstance(hop, list) else [hop]


def test_the_set_is_large_enough_and_half_of_it_is_set_aside() -> None:
    """At least three dozen reports, each with an id of its own; half of them held out."""
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 36
    assert sum(row["heldout"] for row in ROWS) == len(ROWS) // 2


def test_every_piece_stands_in_its_text() -> None:
    """Content (in order), speakers, cues, triggers and figures are the exact words of the text."""
    for text, claim in _claims():
        at = 0
        for piece in claim["content"]:
            at = text.find(piece, at) + len(piece)
            assert at >= len(piece), piece
        words = [piece for hop in claim["chain"] for piece in _pieces(hop)]
        words += [claim["cue"], *(e["trigger"] for e in claim["events"])]
        words += [f["text"] for e in claim["events"] for f in e["figures"]]
        assert [w for w in words if w not in text] == []


def test_every_value_is_one_of_the_wire_format() -> None:
    """Certainty, bounds, what is counted and the event types take the values that sayso prints."""
    for _, claim in _claims():
        assert claim["certainty"] in typing.get_args(reading.Certainty)
        assert claim["quotation"] in (*typing.get_args(reading.Quotation), "none")
        for event in claim["events"]:
            assert event["type"] in EVENT_TYPES
            for figure in event["figures"]:
                assert figure["bound"] in typing.get_args(reading.Bound)
                assert figure["counts"] in typing.get_args(reading.Counts)


def test_intervals_are_days_in_their_order() -> None:
    """Times of events and of saying are first and last day, the first not after the last."""
    for _, claim in _claims():
        for first, last in filter(None, [claim["said"], *(e["time"] for e in claim["events"])]):
            assert date.fromisoformat(first) <= date.fromisoformat(last), claim["content"]


def test_a_claim_with_speakers_has_a_cue_and_names_for_them() -> None:
    """A chain comes with a cue, a quotation and as many resolved names; own voice with none."""
    for _, claim in _claims():
        assert len(claim["chain"]) == len(claim["resolved"])
        assert bool(claim["chain"]) == bool(claim["cue"]) == (claim["quotation"] != "none")


def test_bounds_agree_with_their_numbers() -> None:
    """`exact` has one number thrice, `above` no high, `below` no low, `vague` none at all."""
    shape = {
        "exact": (True, True, True), "above": (True, True, False), "below": (False, True, True),
        "about": (False, True, False), "range": (True, False, True), "vague": (False,) * 3,
    }  # fmt: skip
    for _, claim in _claims():
        for figure in itertools.chain.from_iterable(e["figures"] for e in claim["events"]):
            numbers = [figure[key] for key in ("low", "best", "high")]
            assert tuple(n is not None for n in numbers) == shape[figure["bound"]], figure
            assert numbers == sorted(numbers, key=lambda n: (n is None, n)) or None in numbers


@pytest.mark.parametrize("story", sorted((MARKED.parents[1] / "stories").iterdir()), ids=str)
def test_a_story_comes_in_more_than_one_form(story: Path) -> None:
    """The stories that the demo reads hold text and HTML, none of it empty."""
    files = list(story.iterdir())
    assert {".txt", ".html"} <= {f.suffix for f in files}
    assert all(f.stat().st_size > 400 for f in files)


def test_times_and_places_stand_in_their_text() -> None:
    """Each marked mention is the exact words of the text, in order, with days and countries."""
    texts = {row["id"]: row["text"] for row in ROWS}
    rows = [json.loads(row) for row in GROUNDINGS.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == list(texts)
    for row in rows:
        for marks in (row["times"], row["places"]):
            bounds = [(m["start"], m["end"]) for m in marks]
            assert bounds == sorted(bounds)
            assert all(texts[row["id"]][m["start"] : m["end"]] == m["words"] for m in marks)
        for time in row["times"]:
            days = [date.fromisoformat(d) for d in (time.get("from"), time.get("to")) if d]
            assert days == sorted(days)
        for place in row["places"]:
            assert place.get("either") or re.fullmatch("[A-Z]{3}", place["country"])
