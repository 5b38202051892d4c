"""The recipe of the scores of events, times and places, on marks of our own."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.quality import marks
from training import build_scores

if TYPE_CHECKING:
    import pytest

TEXT = "Shelling killed four miners in Odda on Monday. Talks between unions and owners stalled."
MARKS = {"times": [{"start": 39, "end": 45, "from": "2025-03-10", "to": "2025-03-10"}],
         "places": [{"start": 31, "end": 35, "country": "NOR", "lat": 60.07,
                     "lon": 6.55}]}  # fmt: skip
CLAIM = {"content": ["Shelling killed four miners in Odda on Monday"], "cue": "",
         "events": [{"type": "shelling", "trigger": "Shelling"},
                    {"type": "death", "trigger": "killed"}]}  # fmt: skip
DATED = {"text": "It sank on 3 May 2024. It was raised a week earlier.", "dct": "2024-05-20",
         "timexes": [{"start": 11, "end": 21, "value": "2024-05-03"}]}  # fmt: skip
NAMED = {"text": "They met in Oslo. Gary Reading left.",
         "toponyms": [{"start": 12, "end": 16, "lat": 59.91, "lon": 10.75}]}  # fmt: skip


def _write(path: Path, row: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    rows = ({"id": str(i), **row} for i in range(24))
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


def test_it_learns_what_to_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the marks gainsay weighs down, in a table without the sets' own weights and texts."""
    own, out = tmp_path / "own.jsonl", tmp_path / "scores.toml"
    report = {"published": "2025-03-12", "text": TEXT, "heldout": False, "claims": [CLAIM]}
    _write(own, report)
    for name in build_scores.TIMES:
        _write(tmp_path / name, DATED)
    for name in build_scores.PLACES:
        _write(tmp_path / name, NAMED)
    monkeypatch.setattr(marks, "_groundings", lambda: {str(i): MARKS for i in range(24)})
    monkeypatch.setattr(build_scores, "OWN", own)
    monkeypatch.setattr(build_scores, "OUT", out)
    build_scores.main("2025-03-12", str(tmp_path))
    table = tomllib.loads(out.read_text("utf-8"))
    assert table["events"]["family talking"] < 0 < table["events"]["family dying"]
    assert table["times"]["from_previous"] < 0 < table["times"]["full_date"]
    assert set(table) == {"measured", "events", "times", "places"}
    assert not [n for kind in ("events", "times", "places") for n in table[kind] if "set " in n]
