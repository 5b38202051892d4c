"""Attributions in the form that a scorer of PolNeAR's kind reads: source, cue and content spans.

PolNeAR marks the outermost attribution only, so what stands within another one is left out. Texts
are read as given, each line with words a paragraph, by the reader that every user gets.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sayso.pipeline.read import shared_reader
from sayso.record import Attribution, Block, Report, Spans, When, report_id

LEAST = 0.25  # chosen on PolNeAR dev: what sayso itself thinks wrong is not put forward
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def as_paragraphs(row: dict[str, Any]) -> Report:
    """A report whose blocks are the lines of a text, all of them body."""
    text, day = row["text"], row.get("published") or row.get("date")
    published = When(day[:10], day[:10], "day", "given") if day else None
    blocks = tuple(Block("body", m.start(), m.end()) for m in _LINE.finditer(text))
    made = report_id(text, None, None, None)
    return Report(made, row["id"], text, None, None, None, None, None, published, blocks)


def predict(gold: Path, out: Path, *, learned: bool = True) -> None:
    """Write, for each text of a gold file, the outermost attributions that sayso reads in it.

    `learned` false is `sayso read --reader rules`.
    """
    reader = shared_reader(learned=learned)
    with gold.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as rows:
        for line in lines:
            if not line.strip():
                continue
            given = json.loads(line)
            reading = reader.read(as_paragraphs(given))
            found = [_row(a) for a in reading.attributions if a.within is None and a.score >= LEAST]
            rows.write(json.dumps({"id": given["id"], "attributions": found}) + "\n")


def _row(attribution: Attribution) -> dict[str, Any]:
    parts = {
        "source": attribution.source,
        "cue": attribution.cue,
        "content": attribution.content,
    }
    return {**{k: _pairs(v) for k, v in parts.items()}, "score": attribution.score}


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
