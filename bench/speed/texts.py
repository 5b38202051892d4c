"""What is read against the clock: news of 200 to 900 words a report, 30,000 words at least."""

from __future__ import annotations

import json
from itertools import islice, permutations
from pathlib import Path

from bench.quality.datasets import SHARED
from bench.quality.where import ROOT

WORDS = 36_000  # of which the first tenth is read before the clock runs
SHORTEST, LONGEST = 200, 900  # words a report
_WIKINEWS = SHARED / "data/wikinews/articles.jsonl"
# a corpus of reports no two of which are copies, as most of an archive is
_CORPUS = ("wikinews/articles", "polnear/train", "place/lgl", "place/geovirus")
_MARKED = ROOT / "examples/marked/claims.jsonl"


def read_texts() -> tuple[str, list[str]]:
    """What the texts are, and the texts: Wikinews where it is, else our own reports in threes."""
    if _WIKINEWS.exists():
        name, texts = "Wikinews", [row["text"] for row in _rows(_WIKINEWS)]
    else:
        reports = [row["text"] for row in _rows(_MARKED)]
        threes = ("\n\n".join(three) for three in permutations(reports[:12], 3))
        name, texts = (
            "our marked reports, three at a time, in many orders",
            list(islice(threes, 99)),
        )
    texts = [text for text in texts if _is_report(text)]
    kept: list[str] = []
    words = 0
    for text in texts:
        if words < WORDS:
            kept.append(text)
            words += len(text.split())
    return name, kept


def many_texts() -> list[str]:
    """Reports for a corpus: all different where the data is, else those of `read_texts`."""
    files = [SHARED / f"data/{name}.jsonl" for name in _CORPUS]
    texts = [row["text"] for path in files if path.exists() for row in _rows(path)]
    return [text for text in dict.fromkeys(texts) if _is_report(text)] or read_texts()[1]


def _is_report(text: str) -> bool:
    return SHORTEST <= len(text.split()) <= LONGEST


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
