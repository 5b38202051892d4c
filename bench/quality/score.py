"""Claims found in reports, scored against claims marked by hand (docs/quality.md says how).

A gold claim and a found one are paired, one to one, where the words of their contents overlap
(Dice of word positions of at least one half), the closest first. Of the pairs it is counted how
often speaker, chain, certainty and the rest are right.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Row = dict[str, Any]
Spans = list[tuple[int, int]]
_WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")
_LIGHT = frozenset(["the", "a", "an", "of", "in", "s", "and"])
_COUNTRY = re.compile(r"\b[A-Z]{3}(?:/[A-Z]{3})*$")


def score(gold: Path, found: Path) -> dict[str, float | int | None]:
    """Measures of a file of readings against a file of marked reports, in percent."""
    readings = {name: row for row in _rows(found) for name in _names(row["report"])}
    tally = Tally()
    for report in _rows(gold):
        reading = readings.get(report["id"]) or readings.get(report["text"])
        tally.add(report, Found(reading) if reading else None)
    return tally.measures()


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _names(report: Row) -> Iterator[str]:
    yield report["text"]
    yield report["id"]
    if report.get("name"):
        yield report["name"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One speaker of a chain: the words as they stand and the name that they stand for."""

    words: str
    name: str
    row: Row


class Found:
    """A reading, with its events, figures and chains at hand."""

    def __init__(self, reading: Row) -> None:
        self.text: str = reading["report"]["text"]
        self.claims: list[Row] = reading["claims"]
        self._events = {e["id"]: e for e in reading["events"]}
        self._figures = {f["id"]: f for f in reading["figures"]}
        self._attributions = {a["id"]: a for a in reading["attributions"]}
        self._sources = {s["id"]: s["name"] for s in reading["sources"]}

    def events(self, claim: Row) -> list[Row]:
        """The events of a claim."""
        return [self._events[i] for i in claim["events"] if i in self._events]

    def figures(self, claim: Row) -> list[Row]:
        """The figures of a claim and of its events, each once."""
        ids = dict.fromkeys(claim["figures"])
        for event in self.events(claim):
            ids.update(dict.fromkeys(event["figures"]))
        return [self._figures[i] for i in ids if i in self._figures]

    def chain(self, claim: Row) -> list[Hop]:
        """The hops of a claim, outermost first."""
        hops: list[Hop] = []
        row = self._attributions.get(claim["attribution"])
        while row and all(row is not hop.row for hop in hops):
            words = " ".join(self.text[start:end] for start, end in row["source"])
            hops.insert(0, Hop(words, self._sources.get(row["source_id"], ""), row))
            row = self._attributions.get(row["within"])
        return hops


@dataclass(slots=True)
class Tally:
    """Counts over all reports."""

    n: Counter[str] = field(default_factory=Counter)

    def add(self, report: Row, found: Found | None) -> None:
        """Count one marked report against its reading."""
        marked, claims = report["claims"], found.claims if found else []
        self.n["gold"] += len(marked)
        self.n["found"] += len(claims)
        if not found:
            return
        for gold, claim in pair_claims(report, found):
            self._compare(gold, claim, found)

    def _compare(self, gold: Row, claim: Row, found: Found) -> None:
        hops = found.chain(claim)
        wanted = list(zip(gold["chain"], gold["resolved"], strict=True))
        inner = hops[-1] if hops else None
        chain = len(hops) == len(wanted) and all(
            same_speaker(words, name, hop) for (words, name), hop in zip(wanted, hops, strict=True)
        )
        certainty = claim["certainty"] == gold["certainty"]
        types = {e["type"] for e in found.events(claim)} - {"other"}
        gold_types = {e["type"] for e in gold["events"]} - {"other"}
        outer = hops[0].row if hops else {}
        self.n.update(
            pairs=1,
            speaker=same_speaker(*wanted[-1], inner) if wanted else not hops,
            chain=chain,
            certainty=certainty,
            quotation=outer.get("quotation", "none") == gold["quotation"],
            types_gold=len(gold_types),
            types_found=len(types),
            types_right=len(types & gold_types),
            whole=chain and certainty and (not gold_types or types == gold_types),
        )
        if gold.get("said"):
            self.n.update(said_gold=1, said=_days(outer.get("said")) == gold["said"])
        self._compare_figures(gold, found.figures(claim))
        self._compare_grounding(gold, found.events(claim))

    def _compare_figures(self, gold: Row, figures: list[Row]) -> None:
        wanted = [f for e in gold["events"] for f in e["figures"]]
        keys = ("low", "best", "high", "bound", "counts")

        def whole(figure: Row) -> tuple[object, ...]:
            return tuple(figure[key] for key in keys)

        def number(figure: Row) -> object:
            return figure["best"] if figure["best"] is not None else figure["low"]

        self.n.update(
            figures_gold=len(wanted),
            figures_found=len(figures),
            figures_right=_shared(map(whole, wanted), map(whole, figures)),
            numbers_right=_shared(map(number, wanted), map(number, figures)),
        )

    def _compare_grounding(self, gold: Row, events: list[Row]) -> None:
        for event in gold["events"]:
            same = [e for e in events if e["type"] == event["type"]]
            if event.get("time"):
                right = any(_days(e["time"]) == event["time"] for e in same)
                self.n.update(when_gold=1, when=right)
            if event.get("place"):
                right = any(_same_place(e["place"], event["place"]) for e in same)
                self.n.update(where_gold=1, where=right)

    def measures(self) -> dict[str, float | int | None]:
        """The counts as percentages."""
        n = self.n
        return {
            "gold": n["gold"],
            "found": n["found"],
            "claim_P": _percent(n["pairs"], n["found"]),
            "claim_R": _percent(n["pairs"], n["gold"]),
            "claim_F1": _f1(n["pairs"], n["gold"], n["found"]),
            **{k: _percent(n[k], n["pairs"]) for k in _OF_PAIRS},
            "said": _percent(n["said"], n["said_gold"]),
            "events_F1": _f1(n["types_right"], n["types_gold"], n["types_found"]),
            "figures_F1": _f1(n["figures_right"], n["figures_gold"], n["figures_found"]),
            "number_F1": _f1(n["numbers_right"], n["figures_gold"], n["figures_found"]),
            "when": _percent(n["when"], n["when_gold"]),
            "where": _percent(n["where"], n["where_gold"]),
            "whole_F1": _f1(n["whole"], n["gold"], n["found"]),
        }


def pair_claims(report: Row, found: Found) -> Iterator[tuple[Row, Row]]:
    """Marked claims with the found ones that share at least half of their words, one to one."""
    text, marked = report["text"], report["claims"]
    where = [places_of(text, place_content(text, claim)) for claim in marked]
    there = [places_of(text, claim["content"]) for claim in found.claims]
    for i, j in _pair(where, there):
        yield marked[i], found.claims[j]


def place_found(key: str, found: Row, gold: Any) -> bool:
    """True where a found "time" or "place" is the marked one."""
    return _days(found) == gold if key == "time" else _same_place(found, gold)


_OF_PAIRS = ("speaker", "chain", "certainty", "quotation")


def place_content(text: str, claim: Row) -> Spans:
    """Where a marked content stands: of several occurrences the one nearest to its cue."""
    first, cue = claim["content"][0], claim["cue"]
    starts = [m.start() for m in re.finditer(re.escape(first), text)]
    if not starts:
        raise ValueError(f"marked words are not in the text: {first!r}")
    cues = [m.start() for m in re.finditer(re.escape(cue), text)] if cue else []
    start = min(starts, key=lambda at: min((abs(c - at) for c in cues), default=0))
    spans: Spans = []
    for piece in claim["content"]:
        start = text.index(piece, start)
        spans.append((start, start + len(piece)))
        start += len(piece)
    return spans


def places_of(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """Which words of the text, by number, some spans touch."""
    bounds = [tuple(span) for span in spans]
    return frozenset(
        i
        for i, word in enumerate(_WORD.finditer(text))
        if any(word.start() < end and word.end() > start for start, end in bounds)
    )


def dice(a: frozenset[Any], b: frozenset[Any]) -> float:
    """Dice coefficient; 0 where one of the two is empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _pair(gold: list[frozenset[int]], found: list[frozenset[int]]) -> Iterator[tuple[int, int]]:
    close = ((dice(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in sorted((c for c in close if c[0] >= 0.5), reverse=True):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            yield i, j


def _bag(words: str) -> frozenset[str]:
    plain = words.lower().replace("’", "'").replace("'s", "")
    return frozenset(re.findall(r"\w+", plain)) - _LIGHT


def same_speaker(words: str | list[str], name: str, hop: Hop | None) -> bool:
    """True where a hop's words or name fit the marked words or name; unnamed fits unnamed."""
    wanted = [words if isinstance(words, str) else " ".join(words), name]
    found = [hop.words, hop.name] if hop else []
    if not any(wanted):
        return not any(found)
    return any(
        dice(w, f) >= 0.5 or (w <= f and len(f - w) <= 2) or (f <= w and len(f) >= 2)
        for w in map(_bag, wanted)
        for f in map(_bag, found)
        if w and f
    )


def _days(when: Row | None) -> list[str] | None:
    if not when or not when["start"] or not when["end"]:
        return None
    return [when["start"][:10], when["end"][:10]]


def _same_place(found: Row | None, gold: str) -> bool:
    if not found or not _bag(found["name"] or "") & _bag(gold):
        return False
    country = _COUNTRY.search(gold)
    return not country or (found["country"] or "-") in country[0]


def _shared(a: Iterable[object], b: Iterable[object]) -> int:
    return (Counter(a) & Counter(b)).total()


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _f1(right: int, gold: int, found: int) -> float | None:
    return round(200 * right / (gold + found), 1) if gold + found else None
