"""Measures speed: a cold start of `sayso read`, warm reading against bare spaCy, peak memory.

usage: python -m bench.speed [--json]

All of it on a report of about 600 words of our own, in one run on one machine: the ratios can be
compared between machines, the seconds can't. Exits 1 where a limit of LIMITS is passed.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"cold_s": 4.0, "warm_s": 0.5, "peak_mb": 600.0}
ROUNDS = 5


def report_text() -> str:
    """About 600 words: reports that we marked, one after the other."""
    rows = (ROOT / "examples/marked/claims.jsonl").read_text(encoding="utf-8").splitlines()
    return "\n\n".join(json.loads(row)["text"] for row in rows[:5]) + "\n"


def measure() -> dict[str, float]:
    """Seconds and megabytes; `ratio` is warm reading over parsing alone."""
    text = report_text()
    cold, peak = _cold(text)
    warm, bare = _warm(text)
    return {
        "words": len(text.split()), "cold_s": cold, "warm_s": warm, "bare_spacy_s": bare,
        "ratio": round(warm / bare, 2), "words_per_s": round(len(text.split()) / warm),
        "peak_mb": peak,
    }  # fmt: skip


def _cold(text: str) -> tuple[float, float]:
    """Median seconds of whole runs of the command, and the peak memory of the largest, in MB."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "sayso", "read", str(path), "--format", "jsonl"]
        run = lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)  # noqa: E731
        seconds = _median(run, rounds=3)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # kilobytes on Linux
    return seconds, round(peak, 1)


def _warm(text: str) -> tuple[float, float]:
    from sayso.intake import make_capture  # noqa: PLC0415 - after the cold runs
    from sayso.page import find_reports  # noqa: PLC0415
    from sayso.reading.reader import Reader  # noqa: PLC0415

    reader = Reader()
    report = find_reports(make_capture("report.txt", text.encode()))[0]
    return _median(lambda: reader.read(report)), _median(lambda: reader.model.pipeline(text))


def _median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    work()  # what is loaded once is not counted
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times), 3)


def main() -> int:
    """0, or 1 where a limit is passed."""
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            limit = f"  (limit {LIMITS[name]})" if name in LIMITS else ""
            print(f"{name:14} {value:10}{limit}")
        print(f"load average   {os.getloadavg()[0]:10.2f}")
    return int(any(found[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
