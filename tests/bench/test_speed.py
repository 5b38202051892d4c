"""What the speed bench reads and writes; how fast anything is, no test says."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.speed.page import reading_lines, record
from bench.speed.rivals import lines_of
from bench.speed.texts import LONGEST, SHORTEST, read_texts

FOUND = {
    "texts": "Wikinews", "words": 36_000, "sayso_words_s": 9000.0, "spacy_words_s": 4500.0,
    "sayso_words_s_single": 8000.0, "spacy_words_s_single": 4000.0, "ratio": 2.0,
    "ratio_single": 2.1, "sayso_load_s": 1.5, "spacy_load_s": 2.0, "sayso_peak_mb": 300.0,
    "spacy_peak_mb": 500.0, "cold_s": 3.0, "accuracy": {"own claim_F1": 90.0},
    "stages": {"encoder": 12.0, "parser": 8.5, "peak_mb": 300}, "load_average": 0.3, "cores": 2,
}  # fmt: skip


def test_the_texts_are_reports_of_news_in_their_lengths() -> None:
    """At least 30,000 words, in reports of 200 to 900, whether or not other people's are there."""
    _, texts = read_texts()
    sizes = [len(text.split()) for text in texts]
    assert sum(sizes) >= 30_000
    assert SHORTEST <= min(sizes) <= max(sizes) <= LONGEST


def test_the_table_stands_between_its_marks(tmp_path: Path) -> None:
    """Written twice, it stands once; what is around it stays."""
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- reading: begin -->\nstale\n<!-- reading: end -->\nAfter\n")
    for _ in range(2):
        record(FOUND, page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Before\n")
    assert text.endswith("\nAfter\n")
    assert text.count("| **2.00** |") == 1
    assert "| **all** | **20** | **8** | |" in text
    assert text.index("| encoder | 12.0 | 4.8 | 59% |") < text.index("| parser |")
    assert "stale" not in text


def test_a_page_without_marks_is_left(tmp_path: Path) -> None:
    """An error says what is missing."""
    page = tmp_path / "page.md"
    page.write_text("No marks.")
    with pytest.raises(RuntimeError, match="reading: begin"):
        record(FOUND, page)
    assert page.read_text(encoding="utf-8") == "No marks."


def test_a_rival_by_the_clock_says_so() -> None:
    """What is not known of a rival is left open, and two cores are a ratio."""
    rows: list[dict[str, Any]] = [
        {"name": "sayso", "cpu": 9000.0, "clock": 8000.0, "reports": 20.0, "peak_mb": 300,
         "ratio": 1.0},
        {"name": "times", "cpu": None, "clock": 50.0, "reports": 0.1, "peak_mb": None,
         "ratio": 160.0},
    ]  # fmt: skip
    text = "\n".join(lines_of(rows, {1: 5000.0, 2: 9000.0}))
    assert "| sayso | 9,000 | 20.0 | 300 | 1.00 |" in text
    assert "| times | 50 (clock) | 0.1 |  | 160.00 |" in text
    assert "1.80 times" in text


def test_the_page_has_the_heads_that_the_programs_write(root: Path) -> None:
    """A table of docs/speed.md that was recorded has the columns of today."""
    page = (root / "docs/speed.md").read_text(encoding="utf-8")
    for name, written in (("reading", reading_lines(FOUND)), ("rivals", lines_of([], None))):
        section = page.partition(f"<!-- {name}: begin -->")[2].partition(f"<!-- {name}: end -->")[0]
        assert _heads(section.splitlines()) == _heads(list(written))


def _heads(lines: list[str]) -> list[str]:
    return [head for head, rule in pairwise(lines) if rule.startswith("|---")]
