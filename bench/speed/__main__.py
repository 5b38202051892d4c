"""Measures speed: against spaCy on one core, a cold start of `sayso read`, memory, stages.

usage: python -m bench.speed [--rounds 3] [--json] [--record]

sayso's whole reading against spaCy's small model with all its parts: fresh processes in turn, the
same news, each alone on one core with one thread. What counts is processor time (the clock's beside
it shows how busy the machine was); start-up is taken off. `--record` writes the table into
docs/speed.md. Accuracy stands beside it: claims on our marked reports, where the texts are ours.
Nothing here is a test: it prints what it measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.datasets import DATASETS, measure
from bench.quality.where import ROOT
from bench.speed.page import record
from bench.speed.texts import read_texts

# What issue 4 asks for: words a second against spaCy, megabytes, seconds to load
WANTED = {"ratio": 2.0, "ratio_single": 2.0, "peak_mb": 460, "load_s": 2.0}
_ONE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
# our names -> where a worker's words stand
_MEASURES = {
    "words_s": ("bulk", "cpu"), "words_s_single": ("single", "cpu"),
    "words_s_clock": ("bulk", "clock"), "load_s": ("load_s",), "peak_mb": ("peak_mb",),
}  # fmt: skip
_ACCURACY = ("claims/own", "claims/own-set-aside")


def compare(rounds: int) -> dict[str, Any]:
    """Medians over rounds in which the two take turns."""
    runs: dict[str, list[dict[str, Any]]] = {"sayso": [], "spacy": []}
    for _ in range(rounds):
        for who, done in runs.items():
            done.append(_work(who))
    found = {
        f"{who}_{key}": statistics.median(_at(run, path) for run in done)
        for who, done in runs.items()
        for key, path in _MEASURES.items()
    }
    for key, way in (("ratio", "bulk"), ("ratio_single", "single")):
        pairs = zip(runs["sayso"], runs["spacy"], strict=True)
        found[key] = round(statistics.median(a[way]["cpu"] / b[way]["cpu"] for a, b in pairs), 2)
    return found


def _at(run: dict[str, Any], path: tuple[str, ...]) -> float:
    value: Any = run
    for key in path:
        value = value[key]
    return float(value)


def _work(who: str) -> dict[str, Any]:
    threads = dict.fromkeys(_ONE, "1")
    command = [sys.executable, "-m", "bench.speed.worker", who]
    done = subprocess.run(
        command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, **threads}
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def cold_start() -> dict[str, float]:
    """Median seconds of whole runs of the command on a report of 600 words, and their memory."""
    rows = (ROOT / "examples/marked/claims.jsonl").read_text(encoding="utf-8").splitlines()
    text = "\n\n".join(json.loads(row)["text"] for row in rows[:4]) + "\n"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "sayso", "read", str(path), "--format", "jsonl"]
        seconds = []
        for _ in range(4):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
            seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # kilobytes on Linux
    return {"cold_s": round(statistics.median(seconds[1:]), 2), "cold_peak_mb": round(peak)}


def accuracy() -> dict[str, float]:
    """Claims found and wholly right, on both halves of our marked reports."""
    found: dict[str, float] = {}
    for dataset in DATASETS:
        if dataset.id in _ACCURACY and not dataset.missing:
            measures = measure(dataset)
            for key in ("claim_F1", "whole_F1"):
                found[f"{dataset.name} {key}"] = float(measures[key] or 0)
    return found


def main() -> int:
    """0: what is slow is said, not an error."""
    parser = argparse.ArgumentParser(
        "python -m bench.speed", usage=(__doc__ or "").split("\n")[2][7:]
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--record", action="store_true")
    ask = parser.parse_args()
    name, texts = read_texts()
    found = {
        "texts": name, "reports": len(texts), "words": sum(len(text.split()) for text in texts),
        **cold_start(), **compare(ask.rounds), "accuracy": accuracy(), "stages": _work("stages"),
        "load_average": round(os.getloadavg()[0], 1), "cores": os.cpu_count(),
    }  # fmt: skip
    if ask.json:
        print(json.dumps(found))
    else:
        _tell(found)
    if ask.record:
        record(found)
    return 0


def _tell(found: dict[str, Any]) -> None:
    for name, value in found.items():
        wanted = WANTED.get(name.removeprefix("sayso_"))
        if isinstance(value, dict):
            print(f"{name}:")
            for part, number in value.items():
                print(f"  {part:28} {number:>8}")
        elif name not in {"spacy_peak_mb", "spacy_load_s"} and wanted is not None:
            print(f"{name:30} {value:>8}   (wanted: {wanted})")
        else:
            print(f"{name:30} {value:>8}")


if __name__ == "__main__":
    sys.exit(main())
