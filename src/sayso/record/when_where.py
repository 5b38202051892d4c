"""When, where and who: grounded values with their precision and basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.record.span import Spans

Precision = Literal[
    "minute", "hour", "day", "week", "month", "quarter", "season", "year", "decade", "century",
    "unknown",
]  # fmt: skip

# given: the caller said so. found: the page or its address says so. inferred: one candidate was
# left by the constraints in the text. stated: the words hold the whole date. resolved: worked out
# from the words and the published date. previous: from a date named before. event: from another
# event ("days after …"). report: filled from elsewhere in the report, same event.
Basis = Literal[
    "given", "found", "inferred", "stated", "resolved", "previous", "event", "report"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days (or minutes), ISO 8601, **the end inclusive**; None is an open end."""

    start: str | None
    end: str | None
    precision: Precision
    basis: Basis


@dataclass(frozen=True, slots=True)
class Time:
    """One mention of a time, durations and references to the present included.

    `timex` is the TIMEX3 value ("2024-12-26", "P3D", "PRESENT_REF", "XXXX-WXX-5"). `score` is
    sayso's confidence that this is the time that the words name; None where nobody asked.
    """

    span: Spans
    start: str | None
    end: str | None
    precision: Precision
    timex: str
    basis: Basis
    score: float | None = None


PlacePrecision = Literal[
    "point", "town", "district", "region", "country", "area", "unknown", "stated_unknown"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a place and what it was resolved to; also, by value, the `where` of an event.

    `name` is the fullest form in the report ("Kursk region"), `gazetteer_id` what it was resolved
    to ("geonames:538555"), `country` ISO 3166 alpha-3. `reads_as` ("as" on the wire) tells a
    place from a place that stands for its government. `score` is sayso's confidence that the words
    name a place and that it is this one; None where nobody asked.
    """

    span: Spans
    name: str | None
    gazetteer_id: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    reads_as: Literal["place", "government"] = "place"
    score: float | None = None


ActorKind = Literal[
    "military", "government", "intelligence", "police", "judiciary", "legislature", "rebels",
    "party", "media", "agency", "aid", "international", "medical", "business", "academic",
    "religious", "civilians", "criminals", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """A participant or speaker grounded: name, country (ISO 3166 alpha-3) and kind."""

    name: str
    country: str | None
    kind: ActorKind | None
