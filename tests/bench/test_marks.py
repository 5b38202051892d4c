"""What counts as right: findings beside marks, on a report of our own."""

from __future__ import annotations

from typing import Any

import pytest

from bench.quality import marks
from bench.quality.marks import Marked
from sayso.record import Attribution, Event, Place, Span, Spans, Time

TEXT = "Ana Roth said that the old bridge in Odda had burned down on Monday."
ROW: dict[str, Any] = {
    "id": "bridge", "text": TEXT,
    "attributions": [{"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 67]]}],
    "claims": [{"content": ["the old bridge in Odda had burned down on Monday"], "cue": "said",
                "events": [{"type": "destruction", "trigger": "burned down"}]}],
}  # fmt: skip
GROUNDED = {
    "id": "bridge",
    "times": [{"start": 61, "end": 67, "from": "2025-03-10", "to": "2025-03-10"}],
    "places": [{"start": 37, "end": 41, "country": "NOR", "lat": 60.07, "lon": 6.55},
               {"start": 0, "end": 3, "either": True}],
}  # fmt: skip


def _at(words: str) -> Spans:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Marked:
    """The marks of our report."""
    monkeypatch.setattr(marks, "_groundings", lambda: {"bridge": GROUNDED})
    return Marked(ROW)


@pytest.mark.parametrize(
    ("source", "content", "right"),
    [("Ana Roth", "old bridge in Odda had burned down", True),
     ("Ana", "that the old bridge in Odda had burned down on Monday", False),
     ("Ana Roth", "that", False)],
)  # fmt: skip
def test_an_attribution(marked: Marked, source: str, content: str, *, right: bool) -> None:
    """Half of the content with the source is right, a wrong source or a scrap is not."""
    found = Attribution("a", _at(source), None, _at("said"), _at(content))
    assert marked.has_attribution(found) is right


def test_a_nested_attribution_is_not_judged(marked: Marked) -> None:
    """PolNeAR marks none: neither right nor wrong."""
    found = Attribution("a", _at("Ana Roth"), None, _at("said"), _at("that"), within="b")
    assert marked.has_attribution(found) is None


@pytest.mark.parametrize(
    ("type_", "trigger", "right"),
    [("destruction", "burned", True), ("accident", "burned", False), ("destruction", "old", False),
     ("other", "old", None)],
)  # fmt: skip
def test_an_event(marked: Marked, type_: str, trigger: str, *, right: bool | None) -> None:
    """Type and a word of the trigger; `other` is not marked throughout."""
    assert marked.has_event(Event("e", type_, _at(trigger))) is right


@pytest.mark.parametrize(
    ("words", "day", "right"),
    [("Monday", "2025-03-10", True), ("Monday", "2025-03-17", False), ("old", "2025-03-10", False),
     ("old", None, None)],
)  # fmt: skip
def test_a_time(marked: Marked, words: str, day: str | None, *, right: bool | None) -> None:
    """The days of the mark that it meets; what names no days need not be marked."""
    time = Time(_at(words), day, day, "day", day or "PXD", "resolved")
    assert marked.has_time(time) is right


@pytest.mark.parametrize(
    ("words", "country", "lat", "right"),
    [("Odda", "NOR", 60.5, True), ("Odda", "NOR", 69.0, False), ("Odda", "SWE", 60.1, False),
     ("Odda", "NOR", None, True), ("bridge", "NOR", 60.1, False), ("Ana Roth", "USA", 40.0, None)],
)  # fmt: skip
def test_a_place(
    marked: Marked, words: str, country: str, lat: float | None, *, right: bool | None
) -> None:
    """In the country, within 161 km where it is on the map; marks may leave a name open."""
    lon = None if lat is None else 6.5
    place = Place(_at(words), words, None, country, None, lat, lon, "town")
    assert marked.has_place(place) is right


@pytest.mark.parametrize(
    ("gold", "right"),
    [("2025-03-10", True), ("2025-03-10TMO", True), ("2025-03", False), ("P1D", False)],
)
def test_a_time_by_its_timex(gold: str, *, right: bool) -> None:
    """In a set of TIMEX3 the values are compared; a part of the day is the day."""
    row = {"id": "x", "text": TEXT, "timexes": [{"start": 61, "end": 67, "value": gold}]}
    time = Time(_at("Monday"), "2025-03-10", "2025-03-10", "day", "2025-03-10", "resolved")
    assert Marked(row).has_time(time) is right
