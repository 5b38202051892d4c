"""Same claim or not, in the form that a scorer reads: {"id", "same": true|false} a line."""

from __future__ import annotations

import json
from pathlib import Path

from sayso.linking.paraphrase import is_same


def predict(gold: Path, out: Path) -> None:
    """Write, for each pair of sentences of a gold file, whether they make the same claim."""
    with gold.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as rows:
        for line in lines:
            pair = json.loads(line)
            same = is_same(pair["a"], pair["b"])
            rows.write(json.dumps({"id": pair["id"], "same": same}) + "\n")
