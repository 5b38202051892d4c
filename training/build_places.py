"""Writes src/sayso/lexicon/places_signs.toml: how far each sign speaks for a name being a place's.

usage: python training/build_places.py DATE GOLD.jsonl …

Run in the repository root with PYTHONPATH=. The gold files mark toponyms (`text`, `toponyms` with
`start`, `end`). Every name that the gazetteer knows, or that the words hint at, is a row; right is
a name that meets a marked toponym. First the set is read in four parts, each by weights from the
other three, and what the rules alone find is printed beside what is found so; the weights that are
written are made from all.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.quality.place import as_body
from sayso.reading.flow import make_flow
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places_evidence import judge_names
from sayso.reading.grounding.places_found import Words
from sayso.reading.parsing.model import load_model
from sayso.reading.parsing.parse import parse_flow

OUT = Path(__file__).resolve().parents[1] / "src/sayso/lexicon/places_signs.toml"
_SEEN = 15  # a sign seen less often is left out
_RIDGE = 3.0
_PARTS = 4
_KEPT = 0.42  # as in places_evidence.py

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Row:
    """One name: its text, its signs, whether the rules take it, whether it is a place's."""

    text: int
    signs: frozenset[str]
    ruled: bool
    right: bool


def read(gold: Path) -> tuple[list[Row], int]:
    """The names of a marked file, and how many toponyms are marked in it."""
    model, gazetteer = load_model(), Gazetteer()
    rows, marked = [], 0
    for number, line in enumerate(gold.read_text(encoding="utf-8").split("\n")):
        if not line.strip():
            continue
        given = json.loads(line)
        spans = [(t["start"], t["end"]) for t in given["toponyms"]]
        marked += len(spans)
        parse = parse_flow(make_flow(as_body(given["id"], given["text"])), model)
        for found in judge_names(Words(parse), gazetteer):
            home = parse.flow.home((found.mention.span,))
            right = any(s < home[-1].end and home[0].start < e for s, e in spans)
            rows.append(Row(number, found.signs, found.verdict == "sure", right))
    return rows, marked


def fit(rows: list[Row]) -> dict[str, float]:
    """The weights of a logistic rule, drawn towards nothing."""
    counts = Counter(s for row in rows for s in row.signs)
    names = ["all", *sorted(s for s, n in counts.items() if n >= _SEEN)]
    table = _table(rows, names)
    right = np.array([row.right for row in rows], dtype=float)
    ridge = np.eye(len(names)) * _RIDGE
    ridge[0, 0] = 0
    weights = np.zeros(len(names))
    for _ in range(20):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - chance) - ridge @ weights
        bend = table.T @ (table * (chance * (1 - chance))[:, None]) + ridge
        weights += np.linalg.solve(bend, slope)
    return dict(zip(names, weights.tolist(), strict=True))


def _table(rows: list[Row], names: list[str]) -> Array:
    at = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    table[:, 0] = 1
    for i, row in enumerate(rows):
        table[i, [at[s] for s in row.signs if s in at]] = 1
    return table


def check(rows: list[Row], marked: int) -> tuple[float, float]:
    """F1 by the rules alone, and by weights made from the other parts."""
    taken: list[Row] = []
    for part in range(_PARTS):
        weights = fit([r for r in rows if r.text % _PARTS != part])
        names = list(weights)
        mine = [r for r in rows if r.text % _PARTS == part]
        totals = _table(mine, names) @ np.array(list(weights.values()))
        taken += [r for r, t in zip(mine, totals, strict=True) if 1 / (1 + np.exp(-t)) > _KEPT]
    return _f1([r for r in rows if r.ruled], marked), _f1(taken, marked)


def _f1(taken: list[Row], marked: int) -> float:
    return round(200 * sum(r.right for r in taken) / (len(taken) + marked), 1)


def main(date: str, *golds: str) -> None:
    """Print the check of each file and of all, and write the weights."""
    rows: list[Row] = []
    marked = 0
    for gold in golds:
        found, count = read(Path(gold))
        print(Path(gold).stem, "by rules, weighed:", check(found, count))
        rows, marked = rows + found, marked + count
    print("all, by rules, weighed:", check(rows, marked))
    weights = {n: round(w, 2) for n, w in fit(rows).items()}
    lines = [
        "# How far each sign speaks for a name being a place's: log-odds that add up",
        "# (training/build_places.py, from marked toponyms; signs, no names and no sentences).",
        f'measured = "{date}"',
        f"names = {len(rows)}",
        "",
        "[signs]",
        *(f"{json.dumps(n, ensure_ascii=False)} = {w}" for n, w in weights.items() if w),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
