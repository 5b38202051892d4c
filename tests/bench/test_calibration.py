"""Calibration in the bench: what is measured, and on which half."""

from __future__ import annotations

import json
from pathlib import Path

from bench.quality.calibration import rows_of, score

TEXT = "On 10 March 2025 the bridge burned down. On Tuesday it was closed."


def _write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_taught_is_not_measured(tmp_path: Path) -> None:
    """Of our reports the half set aside, all of those that nobody set aside, else every second."""
    own = _write(tmp_path / "own", [{"id": i, "claims": [], "heldout": i > 2} for i in range(5)])
    assert [r["id"] for r in rows_of(own, taught=False)] == [3, 4]
    assert [r["id"] for r in rows_of(own, taught=True)] == [0, 1, 2]
    dev = _write(tmp_path / "dev", [{"id": i, "claims": []} for i in range(3)])
    assert [r["id"] for r in rows_of(dev, taught=False)] == [0, 1, 2]
    assert rows_of(dev, taught=True) == []
    others = _write(tmp_path / "others", [{"id": i} for i in range(5)])
    assert [r["id"] for r in rows_of(others, taught=True)] == [0, 2, 4]
    assert [r["id"] for r in rows_of(others, taught=False)] == [1, 3]


def test_scores_of_times_are_measured_by_their_marks(tmp_path: Path) -> None:
    """One right and one gainsaid: half are right, and the table tells how many it saw."""
    marks = [{"start": 3, "end": 16, "value": "2025-03-10"},
             {"start": 44, "end": 51, "value": "2025-03-18"}]  # fmt: skip
    row = {"id": "a", "text": TEXT, "dct": "2025-03-12", "timexes": marks}
    times = score(_write(tmp_path / "timex", [row, row]))["times"]
    assert sum(v for k, v in times.items() if k.endswith(" n")) == 2
    rights = [(times[k[:-1] + "right"], v) for k, v in times.items() if k.endswith(" n")]
    assert sum(right * n for right, n in rights) == 100
