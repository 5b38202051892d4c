"""re3d: official statements on Syria and Iraq, with entities marked (Dstl, 2017).

What sayso has a noun for is compared: places, times, numbers of things. An entity is found where
a span of ours shares a character with it, and is right where one of theirs does. Entities that the
annotators trusted less than half are left out on both sides.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.claims import predict as read_claims

Row = dict[str, Any]
Pair = tuple[int, int]
_TRUSTED = 0.5
# type of theirs -> the list of a reading, and where in an entry its spans stand
_LISTS = {"Location": ("places", "span"), "Temporal": ("times", "span"),
          "Quantity": ("figures", "span")}  # fmt: skip


def predict(gold: Path, out: Path) -> None:
    """Write one `sayso.reading/1` a text."""
    read_claims(gold, out)


def score(gold: Path) -> dict[str, float | int | None]:
    """F1, precision and recall of each type, spans that meet being the same."""
    rows = [json.loads(row) for row in gold.read_text(encoding="utf-8").split("\n") if row]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "found.jsonl"
        predict(gold, out)
        lines = (json.loads(x) for x in out.read_text(encoding="utf-8").split("\n") if x)
        read = {line["report"]["name"]: line for line in lines}
    measures: dict[str, float | int | None] = {}
    for kind in _LISTS:
        counts = [_count(row, read.get(row["id"]), kind) for row in rows]
        hit, wanted, right, found = (sum(c) for c in zip(*counts, strict=True))
        recall, precision = hit / max(1, wanted), right / max(1, found)
        both = precision + recall
        measures[f"{kind} F1"] = round(200 * precision * recall / both, 1) if both else 0.0
        measures[f"{kind} P"] = round(100 * precision, 1)
        measures[f"{kind} R"] = round(100 * recall, 1)
    return measures


def _count(row: Row, reading: Row | None, kind: str) -> tuple[int, int, int, int]:
    """(marked and found, marked, found and marked, found) of one type in one text."""
    named = [e for e in row["entities"] if e["type"] == kind]
    marked = [(e["begin"], e["end"]) for e in named if e["conf"] >= _TRUSTED]
    doubted = [(e["begin"], e["end"]) for e in named if e["conf"] < _TRUSTED]
    part, key = _LISTS[kind]
    ours = [tuple(s) for entry in (reading[part] if reading else ()) for s in entry[key]]
    ours = [s for s in ours if _meets(s, marked) or not _meets(s, doubted)]
    hit, right = sum(_meets(m, ours) for m in marked), sum(_meets(s, marked) for s in ours)
    return hit, len(marked), right, len(ours)


def _meets(span: Pair, others: Sequence[Pair]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)
