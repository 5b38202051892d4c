"""`python -m bench.ledger [--claims N] [--url URL]…`: add cost and question time, by size.

What is measured is `Ledger.add` on fresh readings, linking and all, and questions, at each size and
on each store, in one run. Reading the words comes before and is not in it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from bench.ledger.fill import CLAIMS, Filler, Template
from bench.ledger.generated import day_of, generate
from bench.ledger.questions import CLAIMS_ASKED, INCIDENTS_ASKED, measure_questions
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.linking.incidents.mentions import read_mentions

TEMPLATES = 500
BATCH = 20  # reports that `sayso add` keeps at a time
BATCHES = 8


def measure_add(ledger: Ledger, start: int, size: int) -> tuple[float, float]:
    """Milliseconds a report (median of batches), linked: by the clock, by the processor."""
    walls, cpus = [], []
    for n in range(BATCHES + 1):
        on = day_of(size // CLAIMS)
        batch = list(generate(BATCH, start=start + n * BATCH, on=on))
        wall, cpu = time.perf_counter(), time.process_time()
        ledger.add(batch)
        walls.append((time.perf_counter() - wall) / BATCH * 1000)
        cpus.append((time.process_time() - cpu) / BATCH * 1000)
    # the first batch loads what a process keeps
    return statistics.median(walls[1:]), statistics.median(cpus[1:])


def main() -> None:
    """Print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--url", action="append")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        for url in asked.url or [f"sqlite:///{file}"]:
            with Ledger.open(url, maker="generated", linking=Linking()) as ledger:
                run(ledger, asked.claims)


def run(ledger: Ledger, claims: int) -> None:
    """Grow by tens from ten thousand claims, and measure at each size."""
    readings = list(generate(TEMPLATES, start=10_000_000))
    filler = Filler(ledger, [Template(r, read_mentions(r)[0]) for r in readings])
    have, size = 0, min(10_000, claims)
    while size <= claims:
        began = time.perf_counter()
        filler.fill(have, size)
        filled = time.perf_counter() - began
        name = ledger.engine.dialect.name
        print(
            f"\n{name}, {size:,} claims (filled in {filled:.0f} s, load {os.getloadavg()[0]:.1f})"
        )
        wall, cpu = measure_add(ledger, 20_000_000 + size, size)
        print(f"  add: {wall:.2f} ms a report of {CLAIMS} claims, {cpu:.2f} ms of processor")
        database = ledger.engine.url.database or ""
        if name == "sqlite":
            print(f"  file: {Path(database).stat().st_size / size:.0f} bytes a claim")
        for what, asked, ask in (
            ("incidents", INCIDENTS_ASKED, ledger.incidents),
            ("claims", CLAIMS_ASKED, lambda f: ledger.claims(f).rows),
        ):
            for question, wall_, cpu_, rows in measure_questions(asked, ask):
                print(
                    f"  {what:10} {question:20} {wall_:8.1f} ms {cpu_:8.1f} ms of processor,"
                    f" {rows} rows",
                    flush=True,
                )
        have, size = size, size * 10


if __name__ == "__main__":
    main()
