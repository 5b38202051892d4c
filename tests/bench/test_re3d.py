"""re3d in the bench: places, times and numbers against what two people marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.quality.re3d import score

TEXT = "Six dockers were killed in Oslo on 4 March 2024, the harbour police said."


def _entity(words: str, kind: str, trust: float = 1.0) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"begin": start, "end": start + len(words), "type": kind, "value": words, "conf": trust}


def _score(folder: Path, *entities: dict[str, Any]) -> dict[str, float | int | None]:
    gold = folder / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": TEXT, "entities": list(entities)}) + "\n")
    return score(gold)


def test_what_is_marked_is_found(tmp_path: Path) -> None:
    """A span that meets the marked one is right, and each type has its own score."""
    measures = _score(
        tmp_path, _entity("Oslo", "Location"), _entity("March 2024", "Temporal"),
        _entity("Six", "Quantity"),
    )  # fmt: skip
    assert [measures[f"{k} F1"] for k in ("Location", "Temporal", "Quantity")] == [100, 100, 100]


def test_what_annotators_doubt_counts_neither_way(tmp_path: Path) -> None:
    """A doubted entity is neither missed nor a mistake; what nobody marked is a mistake."""
    measures = _score(tmp_path, _entity("Oslo", "Location", 0.0), _entity("harbour", "Temporal"))
    assert measures["Location P"] == 0.0
    assert measures["Temporal R"] == 0.0
    assert measures["Temporal P"] == 0.0
