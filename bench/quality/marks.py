"""Whether a finding is what people marked: an attribution, an event, a time, a place.

None where the marks leave it open: they say so, or they mark no such thing.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

from bench.quality.score import dice, place_content, places_of
from bench.quality.time import mentions_of
from bench.quality.where import ROOT
from sayso.record import Attribution, Event, Place, Spans, Time

Row = dict[str, Any]
_GROUNDINGS = (
    ROOT / "examples/marked/groundings.jsonl",
    Path(__file__).with_name("groundings-dev.jsonl"),  # of gold/dev: places in its text, no words
)
_NEAR = 161.0  # kilometres, a hundred miles: the distance of the literature
_UNSAID = re.compile(r"(?:-W?X+)+$")


class Marked:
    """The marks of one report: what they say of a finding whose spans are of the report's text."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.text: str = row["text"]
        grounded = _groundings().get(row["id"], {})
        self.times: list[Row] | None = grounded.get("times")
        self.places: list[Row] | None = grounded.get("places", row.get("toponyms"))
        self.pairs = [
            (places_of(self.text, a["source"]), places_of(self.text, a["content"]))
            for a in row.get("attributions", ())
        ]
        self.events = [
            (event["type"], at) for claim in row.get("claims", ()) for event in claim["events"]
            for at in _triggers(self.text, claim, event["trigger"])
        ]  # fmt: skip

    def has_attribution(self, found: Attribution) -> bool | None:
        """True where a marked one has this source and mostly this content."""
        if found.within is not None or "attributions" not in self.row:
            return None  # PolNeAR marks no nesting
        return self.has_pair(found.source, found.content)

    def has_pair(self, source: Spans, content: Spans) -> bool:
        """True where a marked attribution has this source and mostly this content."""
        who = places_of(self.text, ((s.start, s.end) for s in source))
        what = places_of(self.text, ((s.start, s.end) for s in content))
        return any(who == s and dice(what, c) >= 0.5 for s, c in self.pairs)

    def has_event(self, found: Event) -> bool | None:
        """True where a marked event has this type and shares words of its trigger."""
        if "claims" not in self.row or found.type == "other":
            return None
        return any(
            type_ == found.type and _meets(found.trigger, start, end)
            for type_, (start, end) in self.events
        )

    def has_time(self, found: Time) -> bool | None:
        """True where a mark that it meets has its days; by a TIMEX3 set, its value."""
        if "timexes" in self.row:
            return all(
                any(_overlap(m, t) and _value(m) == _value(t) for t in self.row["timexes"])
                for m in mentions_of(self.text, found)
            )
        if self.times is None:
            return None
        met = [m for m in self.times if _meets(found.span, m["start"], m["end"])]
        days = [day and day[:10] for day in (found.start, found.end)]
        if any(m.get("either") for m in met) or (not met and days == [None, None]):
            return None  # a length or a reference without days need not be marked
        return any([m["from"], m["to"]] == days for m in met)

    def has_place(self, found: Place) -> bool | None:
        """True where a mark that it meets does not gainsay it: country, and the map within 161 km.

        A place that is read as not on the map says less, and is right where it names one.
        """
        if self.places is None:
            return None
        met = [m for m in self.places if _meets(found.span, m["start"], m["end"])]
        if any(m.get("either") for m in met):
            return None
        return any(_is_there(found, m) for m in met)


def _is_there(found: Place, mark: Row) -> bool:
    if mark.get("country") and mark["country"] != found.country:
        return False
    if found.gazetteer_id and found.gazetteer_id == f"geonames:{mark.get('geonameid')}":
        return True
    if found.lat is None or found.lon is None or mark.get("lat") is None:
        return True
    return _kilometres(found.lat, found.lon, mark["lat"], mark["lon"]) <= _NEAR


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance along the earth's surface (haversine)."""
    p, q, r = math.radians(lat), math.radians(other_lat), math.radians(other_lon - lon)
    a = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(r / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, a)))


@cache
def _groundings() -> dict[str, Row]:
    """The marked times and places of reports, by their id."""
    lines = (line for path in _GROUNDINGS for line in path.read_text("utf-8").splitlines())
    return {row["id"]: row for row in map(json.loads, lines)}


def _triggers(text: str, claim: Row, trigger: str) -> list[tuple[int, int]]:
    """Where a marked trigger stands: in its claim's content, else nearest to it."""
    spans = place_content(text, claim)
    starts = [m.start() for m in re.finditer(re.escape(trigger), text)]
    inside = [i for i in starts if any(a <= i < b for a, b in spans)]
    first, last = spans[0][0], spans[-1][1]
    near = inside or sorted(starts, key=lambda i: max(first - i, i - last))[:1]
    return [(i, i + len(trigger)) for i in near]


def _meets(spans: Spans, start: int, end: int) -> bool:
    return any(s.start < end and start < s.end for s in spans)


def _overlap(a: Row, b: Row) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _value(timex: Row) -> str:
    """A TIMEX3 value for comparing: a day is one in its morning too, 1998-XX-XX is 1998."""
    value: str = (timex.get("value") or "").strip().upper()
    return _UNSAID.sub("", value.partition("T")[0]) if value[:1].isdigit() else value
