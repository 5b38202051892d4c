"""Whether the score of an attribution is the chance that it is right.

Every second text of a marked file is read, from the second on (the first half taught the scores);
right is: source exact, content Dice of at least one half. Nested acts are left out, since PolNeAR
marks none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.quality.attribution import as_paragraphs
from sayso.reading.reader import Reader
from sayso.record import Spans

_WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")
_BINS = 10


class Marked:
    """The marked attributions of one text, as sets of words."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.words = [(m.start(), m.end()) for m in _WORD.finditer(row["text"])]
        self.pairs = [(self._of(a["source"]), self._of(a["content"])) for a in row["attributions"]]

    def _of(self, spans: list[list[int]]) -> frozenset[int]:
        return frozenset(
            i for s, e in spans for i, (a, b) in enumerate(self.words) if a < e and b > s
        )

    def has(self, source: Spans, content: Spans) -> bool:
        """True where a marked attribution has this source and mostly this content."""
        who = self._of([[s.start, s.end] for s in source])
        what = self._of([[s.start, s.end] for s in content])
        return any(who == s and _dice(what, c) >= 0.5 for s, c in self.pairs)


def _dice(a: frozenset[int], b: frozenset[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _rated(gold: Path) -> Iterator[tuple[float, bool]]:
    """The score of each outermost attribution, and whether it is right."""
    reader = Reader()
    lines = [row for row in gold.read_text(encoding="utf-8").split("\n") if row.strip()]
    for line in lines[1::2]:
        row = json.loads(line)
        marked = Marked(row)
        for found in reader.read(as_paragraphs(row)).attributions:
            if found.within is None:
                yield found.score, marked.has(found.source, found.content)


def predict(gold: Path, out: Path) -> None:
    """Write each attribution's score and whether it is right, one a line."""
    with out.open("w", encoding="utf-8") as file:
        for score, right in _rated(gold):
            file.write(json.dumps({"score": score, "right": right}) + "\n")


def score(gold: Path) -> dict[str, float]:
    """The expected calibration error in points, and the table of reliability by tenths."""
    return measure(list(_rated(gold)))


def measure(rated: list[tuple[float, bool]]) -> dict[str, float]:
    """`ECE`, and for each tenth of the scale that holds some: how many, said, right (percent)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for value, right in rated:
        bins[min(int(value * _BINS), _BINS - 1)].append((value, right))
    error = 0.0
    table: dict[str, float] = {}
    for i, inside in enumerate(bins):
        if not inside:
            continue
        said = sum(v for v, _ in inside) / len(inside)
        true = sum(r for _, r in inside) / len(inside)
        error += abs(said - true) * len(inside) / len(rated)
        name = f"{i / _BINS:.1f}"
        table[f"{name} n"] = len(inside)
        table[f"{name} said"] = round(100 * said, 1)
        table[f"{name} right"] = round(100 * true, 1)
    return {"ECE": round(100 * error, 1), **table}
