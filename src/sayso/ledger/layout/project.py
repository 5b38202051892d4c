"""What a reading says, laid out for questions: rows of claims, figures, sources, terms, words.

Pure: the same payloads give the same rows, so that rows can be made anew and `verify` can compare.
Works on the wire form (plain JSON values), which is what payloads hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.ledger.layout.instants import day_of, is_long
from sayso.ledger.layout.terms import fold, held, term

Wire = dict[str, Any]
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"  # an open end, sorted
MOST_HOPS = 20  # a guard: `within` of damaged input may run in a circle


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim; `values` are the columns from `claim_id` on that reading decides."""

    n: int
    claim_id: str
    certainty: str
    polarity: str
    starts: str | None
    ends: str | None
    long: bool
    content: str
    view: str
    terms: tuple[int, ...]
    words: str
    figures: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of a reading, and how many of its claims rest on it."""

    n: int
    key: str
    name: str
    kind: str
    named: bool
    country: str | None
    actor_kind: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class Projection:
    """All rows of one reading."""

    claims: tuple[ClaimRow, ...]
    sources: tuple[SourceRow, ...]


def clean(text: str) -> str:
    """The text as every store takes it: PostgreSQL holds no NUL, and nothing half a surrogate."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def project(report: Wire, reading: Wire) -> Projection:
    """The rows of a reading of a report, both in wire form."""
    return _Projector(report, reading).project()


class _Projector:
    def __init__(self, report: Wire, reading: Wire) -> None:
        self.text: str = report["text"]
        self.reading = reading
        self.sources = {s["id"]: s for s in reading["sources"]}
        self.attributions = {a["id"]: a for a in reading["attributions"]}
        self.events = {e["id"]: e for e in reading["events"]}
        self.figures = {f["id"]: f for f in reading["figures"]}
        self.spoken: dict[str, int] = {}

    def project(self) -> Projection:
        claims = tuple(self._claim(n, c) for n, c in enumerate(self.reading["claims"]))
        sources = tuple(self._source(n, s) for n, s in enumerate(self.reading["sources"]))
        return Projection(claims, sources)

    def words(self, spans: list[list[int]]) -> str:
        return clean(" ".join(" ".join(self.text[s:e].split()) for s, e in spans))

    def _path(self, attribution: str | None) -> list[Wire]:
        """The attributions of a claim, outermost first."""
        path: list[Wire] = []
        while attribution in self.attributions and len(path) < MOST_HOPS:
            path.append(self.attributions[attribution])
            attribution = path[-1]["within"]
        return path[::-1]

    def _hop(self, attribution: Wire) -> Wire:
        source = self.sources.get(attribution["source_id"])
        return {
            "name": clean(source["name"]) if source else self.words(attribution["source"]) or None,
            "kind": source["kind"] if source else "unnamed",
            "named": bool(source and source["named"]),
            "actor": source["actor"] if source else None,
            "cue": self.words(attribution["cue"]),
        }

    def _claim(self, n: int, claim: Wire) -> ClaimRow:
        path = self._path(claim["attribution"])
        for source in {a["source_id"] for a in path if a["source_id"]}:
            self.spoken[source] = self.spoken.get(source, 0) + 1
        hops = [self._hop(a) for a in path]
        events = [self.events[e] for e in claim["events"] if e in self.events]
        figures = self._figures(claim, events)
        starts, ends = _interval(events)
        content = self.words(claim["content"])
        view = {
            "spans": claim["content"],
            "chain": hops,
            "quotation": path[0]["quotation"] if path else None,
            "said": next((a["said"] for a in reversed(path) if a["said"]), None),
            "events": [self._event(e) for e in events],
        }
        return ClaimRow(
            n, clean(claim["id"]), claim["certainty"], claim["polarity"], starts, ends,
            is_long(starts, ends), content, clean(json.dumps(view, ensure_ascii=False)),
            _terms(hops, events, figures, (starts, ends), self), _searched(content, hops),
            tuple(figures),
        )  # fmt: skip

    def _figures(self, claim: Wire, events: list[Wire]) -> list[tuple[Any, ...]]:
        ids = dict.fromkeys([*claim["figures"], *(f for e in events for f in e["figures"])])
        found = [self.figures[i] for i in ids if i in self.figures]
        return [
            (
                clean(f["id"]), self.words(f["span"]), f["low"], f["best"], f["high"], f["bound"],
                f["counts"], self.words(f["of"]), f["scope"],
            )
            for f in found
        ]  # fmt: skip

    def _event(self, event: Wire) -> Wire:
        place = event["place"]
        return {
            "type": event["type"],
            "negated": event["negated"],
            "hypothetical": event["hypothetical"],
            "when": event["time"],
            "where": {**{k: place[k] for k in WHERE}, **_score(place)} if place else None,
            "actors": [
                {"role": p["role"], "words": self.words(p["text"]), "actor": p["actor"]}
                for p in event["participants"]
            ],
            **_score(event),
        }

    def _source(self, n: int, source: Wire) -> SourceRow:
        actor = source["actor"] or {}
        name = clean(source["name"])
        return SourceRow(
            n, key_of(name, source["kind"], actor.get("country")), name, source["kind"],
            source["named"], actor.get("country"), actor.get("kind"),
            self.spoken.get(source["id"], 0),
        )  # fmt: skip


def source_key(name: str) -> str:
    """What begins the key of a source: its name, folded."""
    return " ".join(fold(name).split())


def key_of(name: str, kind: str, country: str | None) -> str:
    """The key of a source: all of one name, kind and country are one."""
    return "|".join([source_key(clean(name)), kind, country or ""])


WHERE = ("name", "gazetteer_id", "country", "precision")


def _score(thing: Wire) -> Wire:
    """Its score; readings of before there was one are laid out as they were."""
    return {} if thing.get("score") is None else {"score": thing["score"]}


def _interval(events: list[Wire]) -> tuple[str | None, str | None]:
    """The days that a claim's events span; an open end is the first or last day there is."""
    times = [e["time"] for e in events if e["time"]]
    known = [t for t in times if t["start"] or t["end"]]
    if not known:
        return None, None
    starts = min(day_of(t["start"]) or FIRST_DAY for t in known)
    return starts, max(day_of(t["end"]) or LAST_DAY for t in known)


def _terms(
    hops: list[Wire], events: list[Wire], figures: list[tuple[Any, ...]],
    days: tuple[str | None, str | None], by: _Projector,
) -> tuple[int, ...]:  # fmt: skip
    found: set[int] = set(day_terms(*days))
    for hop in hops:
        found.update(held("speaker", hop["name"]))
        found.update(_actor_terms("speaker", hop["actor"]))
    for event in events:
        found.add(term("type", event["type"]))
        found.update(_place_terms(event["place"]))
        for participant in event["participants"]:
            found.update(_actor_terms("actor", participant["actor"]))
            source = by.sources.get(participant["source_id"])
            found.update(held("actor", source["name"] if source else None))
    found.update(term("measure", figure[COUNTS]) for figure in figures)
    return tuple(sorted(found))


def day_terms(starts: str | None, ends: str | None) -> Iterator[int]:
    """The months and years of a short interval: long ones are few, and found by their days."""
    if starts and ends and not is_long(starts, ends):
        yield from (term("year", year) for year in {starts[:4], ends[:4]})
        yield from (term("month", month) for month in months_of(starts, ends))


def months_of(first: str, last: str) -> Iterator[str]:
    """The months from a day's to another's: "2024-12", "2025-01"."""
    for number in range(_month(first), _month(last) + 1):
        year, month = divmod(number, MONTHS)
        yield f"{year:04}-{month + 1:02}"


def _month(day: str) -> int:
    return int(day[:4]) * MONTHS + int(day[5:7]) - 1


MONTHS = 12
COUNTS = 6  # its place in a figure's row


def _actor_terms(kind: str, actor: Wire | None) -> Iterator[int]:
    if actor:
        yield from held(kind, actor["name"])
        yield from held(kind, actor["country"])


def _place_terms(place: Wire | None) -> Iterator[int]:
    if place:
        yield from held("place", place["name"])
        yield from held("place", place["country"])
        yield from held("place", place["gazetteer_id"])


def searched_of(content: str, view: str) -> str:
    """The same, from the columns of a claim's row."""
    return _searched(content, json.loads(view)["chain"])


def _searched(content: str, hops: list[Wire]) -> str:
    """What the word index holds of a claim: its words, and who says them."""
    return "\n".join([content, *(hop["name"] for hop in hops if hop["name"])])
