"""Whether a score is the chance that a finding is right, for each kind of finding that has one.

What the scores were taught on is left out: of our own reports the half that is not set aside, of
other sets every second text, from the first on. What counts as right is said in marks.py.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.quality.attribution import as_paragraphs
from bench.quality.marks import Marked
from bench.quality.place import as_body
from bench.quality.reliability import KINDS, Rated, measure
from sayso.intake.json_lines import read_json_line
from sayso.page import find_reports
from sayso.pipeline.read import shared_reader
from sayso.reading.grounding.times.find import read_times
from sayso.reading.reader import Reader
from sayso.record import When

Row = dict[str, Any]


def rows_of(gold: Path, *, taught: bool) -> list[Row]:
    """The rows of a marked file that the scores were taught on, or the others."""
    lines = gold.read_text(encoding="utf-8").split("\n")
    rows: list[Row] = [json.loads(line) for line in lines if line.strip()]
    if "claims" not in rows[0]:
        return rows[0 if taught else 1 :: 2]
    return [row for row in rows if row.get("heldout", True) != taught]


def _rated(gold: Path) -> Iterator[tuple[str, Rated]]:
    """The kind of each finding, its score and whether it is right."""
    reader = shared_reader(learned=True)
    for row in rows_of(gold, taught=False):
        marked = Marked(row)
        for kind, score, right in _judged(row, marked, reader):
            if score is not None and right is not None:
                yield kind, (score, right)


def _judged(
    row: Row, marked: Marked, reader: Reader
) -> Iterator[tuple[str, float | None, bool | None]]:
    if "timexes" in row:
        day = row.get("dct")
        published = When(day[:10], day[:10], "day", "given") if day else None
        yield from (
            ("times", t.score, marked.has_time(t)) for t in read_times(marked.text, published)
        )
        return
    if "claims" in row:
        report = find_reports(read_json_line(row["id"], 1, json.dumps(row).encode()))[0]
    else:
        report = as_body(row["id"], row["text"]) if "toponyms" in row else as_paragraphs(row)
    found = reader.read(report)
    yield from (("attributions", a.score, marked.has_attribution(a)) for a in found.attributions)
    yield from (("events", e.score, marked.has_event(e)) for e in found.events)
    yield from (("times", t.score, marked.has_time(t)) for t in found.times)
    yield from (("places", p.score, marked.has_place(p)) for p in found.places)


def predict(gold: Path, out: Path) -> None:
    """Write each finding's kind, its score and whether it is right, one a line."""
    with out.open("w", encoding="utf-8") as file:
        for kind, (score, right) in _rated(gold):
            file.write(json.dumps({"kind": kind, "score": score, "right": right}) + "\n")


def score(gold: Path) -> dict[str, dict[str, float]]:
    """By kind of finding what `measure` tells."""
    rated: defaultdict[str, list[Rated]] = defaultdict(list)
    for kind, pair in _rated(gold):
        rated[kind].append(pair)
    return {kind: measure(rated[kind]) for kind in KINDS if rated[kind]}
