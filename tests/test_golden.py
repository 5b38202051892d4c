"""What we print today for our own stories: a change shows here, and is explained.

`pytest tests/test_golden.py --regold` writes tests/golden anew. Golden is not gold: it may be
wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.plain import plain_rows
from sayso.record import Reading

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "examples/stories"
GOLDEN = ROOT / "tests/golden"
FILES = sorted(p.relative_to(STORIES) for p in STORIES.glob("*/*"))


@pytest.mark.parametrize("name", FILES, ids=str)
def test_a_story_is_read_as_before(
    name: Path, read_file: Callable[[Path], Reading], request: pytest.FixtureRequest
) -> None:
    """The facts of the report and its claims, a JSON row each, are those that were kept."""
    reading = read_file(STORIES / name)
    report = reading.report
    day = report.published.start if report.published else None
    facts = {"title": report.title, "publisher": report.publisher, "credit": report.credit,
             "byline": report.byline, "published": day, "warnings": reading.warnings}  # fmt: skip
    rows = [facts, *plain_rows(reading)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    kept = GOLDEN / name.parent / f"{name.stem}.jsonl"
    if request.config.getoption("--regold"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(lines, encoding="utf-8")
    assert kept.read_text(encoding="utf-8").splitlines() == lines.splitlines()


def test_no_golden_file_is_left_behind() -> None:
    """Each golden file belongs to a story that is still there."""
    kept = {p.relative_to(GOLDEN).with_suffix("") for p in GOLDEN.glob("*/*.jsonl")}
    assert kept == {name.with_suffix("") for name in FILES}
