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
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.quality.place import as_body
from sayso.reading.flow import make_flow
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.evidence import judge_names
from sayso.reading.grounding.places.found import Words
from sayso.reading.parsing.model import load_model
from sayso.reading.parsing.parse import parse_flow
from training.logistic import fit_signs

OUT = Path(__file__).resolve().parents[1] / "src/sayso/lexicon/places_signs.toml"
_SEEN = 15  # a sign seen less often is left out
_RIDGE = 3.0
_PARTS = 4
_KEPT = 0.42  # as in places/evidence.py


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
    made = fit_signs(
        [row.signs for row in rows], [row.right for row in rows], ridge=_RIDGE, seen=_SEEN
    )
    return {"all": made.pop(""), **made}


def check(rows: list[Row], marked: int) -> tuple[float, float]:
    """F1 by the rules alone, and by weights made from the other parts."""
    taken: list[Row] = []
    for part in range(_PARTS):
        weights = fit([r for r in rows if r.text % _PARTS != part])
        mine = [r for r in rows if r.text % _PARTS == part]
        taken += [r for r in mine if _chance(weights, r) > _KEPT]
    return _f1([r for r in rows if r.ruled], marked), _f1(taken, marked)


def _chance(weights: dict[str, float], row: Row) -> float:
    total = weights["all"] + sum(weights.get(s, 0.0) for s in row.signs)
    return 1 / (1 + math.exp(-total))


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
