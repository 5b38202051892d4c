"""sayso beside what others use for parts of its work, and on one core and two.

usage: python -m bench.speed.rivals [--record] [--no-scaling]

Each in a fresh process, one after the other, on the same news: processor time of one core. The
peers' own environment is needed for textacy and HeidelTime (`make HEIDELTIME=1
bench/peers/.venv/.made`); a rival that isn't there has no row. HeidelTime reads a few texts only,
and by the clock: it takes seconds a text, in Java processes whose time nobody tells.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.where import ROOT
from bench.speed.page import measured_where, write_section
from bench.speed.texts import read_texts

PEERS = ROOT / "bench/peers/.venv/bin/python"
_FEW = 3  # texts that HeidelTime reads, the first not counted
_ENV = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# name -> what it does, and the environment that it runs in
RIVALS = {
    "spacy-bare": ("spaCy small, tags and parse alone", Path(sys.executable)),
    "textacy": ("textacy: direct quotations", PEERS),
    "heideltime": ("HeidelTime: times", PEERS),
}


def measure_all() -> list[dict[str, Any]]:
    """A row for each: who, words and reports a second, megabytes, the ratio of sayso to it."""
    texts = read_texts()[1]
    words = sum(len(text.split()) for text in texts) / len(texts)
    rows = []
    for who, name in (("sayso", "sayso, whole reading"), ("spacy", "spaCy small, all its parts")):
        found = _run([sys.executable, "-m", "bench.speed.worker", who])
        if found:
            rows.append({"name": name, **found["bulk"], "peak_mb": found["peak_mb"]})
    for who, (name, python) in RIVALS.items():
        found = run_rival(who, texts[:_FEW] if who == "heideltime" else texts, python)
        if found:
            if who == "heideltime":
                found["cpu"], found["peak_mb"] = None, None
            rows.append({"name": name, **found})
    for row in rows:
        row["reports"] = (row["cpu"] or row["clock"]) / words
        measure = "cpu" if row["cpu"] else "clock"
        row["ratio"] = rows[0][measure] / row[measure]
    return rows


def run_rival(who: str, texts: list[str], python: Path = PEERS) -> dict[str, Any] | None:
    """What a rival took for texts, in a process of its own; None where it is not there."""
    if not python.exists():
        return None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), encoding="utf-8")
        return _run([str(python), str(ROOT / "bench/speed/rival.py"), who, str(path)])


def _run(command: list[str]) -> dict[str, Any] | None:
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=_ENV, check=False)
    if done.returncode:
        print(f"no row: {' '.join(command[-2:])}: {done.stderr[-200:]}", file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def scaling() -> dict[int, float]:
    """Words a second of the clock of `sayso read --jobs N`, start-up and writing with it."""
    texts = read_texts()[1] * 3
    words = sum(len(text.split()) for text in texts)
    found = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        lines = (json.dumps({"id": str(i), "text": text}) for i, text in enumerate(texts))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for jobs in (1, 2):
            command = [sys.executable, "-m", "sayso", "read", "--jobs", str(jobs)]
            command += ["--format", "jsonl", str(path)]
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_ENV)
            found[jobs] = words / (time.perf_counter() - start)
    return found


def lines_of(rows: list[dict[str, Any]], by_jobs: dict[int, float] | None) -> Iterator[str]:
    """The section, in Markdown."""
    yield "| | words a second | reports a second | megabytes at most | sayso against it |"
    yield "|---|---|---|---|---|"
    for row in rows:
        speed, memory = row["cpu"] or row["clock"], row["peak_mb"] or ""
        by = "" if row["cpu"] else " (clock)"
        yield (
            f"| {row['name']} | {speed:,.0f}{by} | {row['reports']:.1f} | {memory} | "
            f"{row['ratio']:.2f} |"
        )
    yield ""
    if by_jobs is None:
        yield f"Two cores were not measured in this run. {measured_where()}"
        return
    one, two = by_jobs[1], by_jobs[2]
    yield (
        f"`sayso read --jobs 2` reads {two:,.0f} words a second of the clock, `--jobs 1` "
        f"{one:,.0f}: {two / one:.2f} times as many, start-up and writing included. "
        f"{measured_where()}"
    )


def main() -> int:
    """Print, and with --record write into docs/speed.md."""
    by_jobs = None if "--no-scaling" in sys.argv[1:] else scaling()
    lines = list(lines_of(measure_all(), by_jobs))
    print("\n".join(lines))
    if "--record" in sys.argv[1:]:
        write_section("rivals", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
