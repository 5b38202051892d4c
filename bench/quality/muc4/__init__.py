"""MUC-4: incidents of terror in the form of its templates, mapped from what sayso reads.

The slots are the task's, not sayso's: an incident is relevant where terrorists or a state harm
those who do not fight, within about the last months. Nothing here is read by the package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.claims import predict as read_claims
from bench.quality.muc4.weighed import incidents_of

Json = dict[str, Any]


def predict(gold: Path, out: Path) -> None:
    """Write, for each report of a gold file, the incidents that follow from its reading."""
    rows = [json.loads(row) for row in gold.read_text(encoding="utf-8").split("\n") if row]
    with TemporaryDirectory() as folder, out.open("w", encoding="utf-8") as file:
        for reading in read_rows(rows, Path(folder)):
            line = {"id": reading["report"]["name"], "incidents": incidents_of(reading)}
            file.write(json.dumps(line) + "\n")


def read_rows(rows: list[Json], folder: Path) -> Iterator[Json]:
    """The readings of rows of the task, by way of two files in a folder."""
    given, read = folder / "given.jsonl", folder / "read.jsonl"
    with given.open("w", encoding="utf-8") as file:
        for row in rows:
            line = {"id": row["id"], "text": row["text"], "published": row["dateline_date"]}
            file.write(json.dumps(line) + "\n")
    read_claims(given, read)
    for found in read.read_text(encoding="utf-8").split("\n"):
        if found:
            yield json.loads(found)
