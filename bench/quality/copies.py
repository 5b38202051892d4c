"""Near copies, in the form that a scorer of pairs reads: one object a pair."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.linking.copies import CopyFinder, Fingerprint, fingerprint
from sayso.linking.index import MemoryPostings

# A wire is carried within days; text shared over weeks is an outlet's own background paragraphs.
DAYS = 3


def _apart(a: str | None, b: str | None) -> int:
    if not a or not b:
        return 0
    one, other = (dt.date.fromisoformat(day[:10]) for day in (a, b))
    return abs((one - other).days)


def predict(gold: Path, out: Path) -> None:
    """Write the pairs of reports that share text, of a file of reports with `id` and `text`.

    Where reports carry a `date` (or `published`), pairs more than three days apart are left out.
    """
    prints: dict[str, Fingerprint] = {}
    dates: dict[str, str | None] = {}
    finder = CopyFinder(MemoryPostings(), prints.__getitem__)
    with gold.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as rows:
        for line in lines:
            given = json.loads(line)
            name = given["id"]
            dates[name] = given.get("date") or given.get("published")
            prints[name] = fingerprint(given["text"])
            for copy in finder.add(name, prints[name]):
                if copy.containment >= 0.3 and _apart(dates[copy.a], dates[copy.b]) <= DAYS:
                    pair = {"a": copy.a, "b": copy.b, "containment": round(copy.containment, 3)}
                    rows.write(json.dumps(pair) + "\n")


def score(gold: Path, least: float = 0.3) -> dict[str, float]:
    """Precision and recall of pairs against marked ones, whose reports lie beside them.

    `near_copies.dev.jsonl` marks those of `dev.jsonl`.

    Marked pairs below `least` count neither way.
    """
    marked = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    pairs = {_pair(row): row["containment"] >= least for row in marked}
    with TemporaryDirectory() as folder:
        out = Path(folder) / "found.jsonl"
        predict(gold.with_name(gold.name.removeprefix("near_copies.")), out)
        found = {_pair(json.loads(line)) for line in out.read_text(encoding="utf-8").splitlines()}
    judged = {pair for pair in found if pairs.get(pair, True)}
    hits = sum(pairs.get(pair, False) for pair in judged)
    wanted = sum(pairs.values())
    return {
        "P": round(100 * hits / max(1, len(judged)), 1),
        "R": round(100 * hits / max(1, wanted), 1),
    }


def _pair(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted((row["a"], row["b"])))
