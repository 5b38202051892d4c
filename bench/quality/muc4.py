"""MUC-4: incidents of terror in the form of its templates, mapped from what sayso reads.

The slots are the task's, not sayso's: an incident is relevant where terrorists or a state harm
those who do not fight, within about the last months. Nothing here is read by the package.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.claims import predict as read_claims
from bench.quality.muc4_incidents import incidents_of


def predict(gold: Path, out: Path) -> None:
    """Write, for each report of a gold file, the incidents that follow from its reading."""
    with TemporaryDirectory() as folder:
        given, read = Path(folder) / "given.jsonl", Path(folder) / "read.jsonl"
        rows = [json.loads(row) for row in gold.read_text(encoding="utf-8").split("\n") if row]
        with given.open("w", encoding="utf-8") as file:
            for row in rows:
                line = {"id": row["id"], "text": row["text"], "published": row["dateline_date"]}
                file.write(json.dumps(line) + "\n")
        read_claims(given, read)
        with out.open("w", encoding="utf-8") as file:
            for read_row in read.read_text(encoding="utf-8").split("\n"):
                if read_row:
                    file.write(json.dumps(_predicted(json.loads(read_row))) + "\n")


def _predicted(reading: dict[str, Any]) -> dict[str, Any]:
    return {"id": reading["report"]["name"], "incidents": incidents_of(reading)}
