"""Claims: predictions in the form that the claims scorer reads, which is what sayso prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

# The reader gets what a user would give it, never the marks.
GIVEN = ("id", "text", "published", "publisher", "title", "url")


def predict(gold: Path, out: Path, *options: str) -> None:
    """Write one `sayso.reading/1` line a gold report to `out`; `options` go to `sayso read`."""
    rows = (json.loads(row) for row in gold.read_text(encoding="utf-8").split("\n") if row)
    with TemporaryDirectory() as folder:
        given = Path(folder) / "reports.jsonl"
        with given.open("w", encoding="utf-8") as file:
            for row in rows:
                line = {key: row[key] for key in GIVEN if row.get(key) is not None}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        command = [sys.executable, "-m", "sayso", "read", "--from", "jsonl", str(given)]
        with out.open("wb") as file:
            done = subprocess.run(  # noqa: S603 - our own command
                [*command, "--format", "jsonl", *options],
                stdout=file, stderr=subprocess.PIPE, check=False,
            )  # fmt: skip
    if done.returncode not in {0, 1}:  # 1: some reports refused, which the score will show
        message = done.stderr.decode("utf-8", "replace").strip()
        raise RuntimeError(f"sayso read ended with {done.returncode}: {message}")
