"""`python -m bench.ledger [--claims N] [--url URL]`: add cost and question time, by size.

The ledger is filled with copies of prepared readings (new ids, addresses and salt; the same rows
as any other), because making up a million claims takes longer than storing them. What is measured
is `Ledger.add` on fresh readings, and questions, at each size, in one run.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.ledger.generated import generate
from sayso.ledger import Filters, Ledger, chain, store
from sayso.ledger.add import Adder, Prepared, prepare
from sayso.ledger.instants import now
from sayso.ledger.link import Payload, seal

CLAIMS = 10  # of one report
TEMPLATES = 500
BATCH = 100
QUESTIONS = {
    "no filter": Filters(),
    "type": Filters(type="attack"),
    "actor and place": Filters(actor="UKR", place="korava"),
    "speaker": Filters(speaker="dask"),
    "rare words": Filters(words="1977"),
    "common words": Filters(words="troops killed"),
    "measure, certainty": Filters(measure="killed", certainty="denied"),
    "twelve days": Filters(from_="2019-03-01", to="2019-03-12"),
    "type and month": Filters(type="capture", from_="2019-03-01", to="2019-03-31"),
    "as known at": Filters(place="zelino", as_known_at="2031-01-01"),
}


def clones(templates: list[Prepared], start: int, count: int) -> Iterator[Prepared]:
    """Prepared readings that differ from the templates in id, address and salt alone."""
    for number in range(start, start + count):
        each = templates[number % len(templates)]
        report = dataclasses.replace(
            each.reading.report, id=f"report-{number:016x}", url=f"https://clone.example/{number}"
        )
        wire = {**each.report_wire, "id": report.id, "url": report.url}
        salt = chain.new_salt()
        packed = each.reading_payload.packed
        payload = Payload(salt, packed, chain.commit(salt, chain.unpack(packed)))
        reading = dataclasses.replace(each.reading, report=report)
        yield Prepared(reading, wire, seal(wire), payload, each.projection)


def fill(ledger: Ledger, templates: list[Prepared], have: int, want: int) -> None:
    """Grow the ledger to that many claims."""
    rows = clones(templates, have // CLAIMS, (want - have) // CLAIMS)
    while batch := [row for row, _ in zip(rows, range(BATCH), strict=False)]:
        with store.writing(ledger.engine) as conn:
            Adder(conn, ledger.maker, now(), reread=False).add(batch)


def measure_add(ledger: Ledger, start: int) -> tuple[float, float]:
    """Milliseconds a report in the store (median of batches): by the clock, by the processor."""
    walls, cpus = [], []
    for n in range(5):
        batch = [prepare(r) for r in generate(BATCH, start=start + n * BATCH)]
        wall, cpu = time.perf_counter(), time.process_time()
        with store.writing(ledger.engine) as conn:
            Adder(conn, ledger.maker, now(), reread=False).add(batch)
        walls.append((time.perf_counter() - wall) / BATCH * 1000)
        cpus.append((time.process_time() - cpu) / BATCH * 1000)
    return statistics.median(walls), statistics.median(cpus)


def measure_questions(ledger: Ledger) -> Iterator[tuple[str, float, float, int]]:
    """Each question: milliseconds by the clock and the processor (medians of 7), rows."""
    for name, filters in QUESTIONS.items():
        walls, cpus, rows = [], [], 0
        for _ in range(7):
            wall, cpu = time.perf_counter(), time.process_time()
            rows = len(ledger.claims(filters).rows)
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        yield name, statistics.median(walls), statistics.median(cpus), rows


def main() -> None:
    """Print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--url")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        with Ledger.open(asked.url or f"sqlite:///{file}", maker="generated") as ledger:
            run(ledger, asked.claims, file if not asked.url else None)


def run(ledger: Ledger, claims: int, file: Path | None) -> None:
    """Grow by tens from ten thousand claims, and measure at each size."""
    templates = [prepare(r) for r in generate(TEMPLATES, start=10_000_000)]
    have, size = 0, min(10_000, claims)
    while size <= claims:
        began = time.perf_counter()
        fill(ledger, templates, have, size)
        filled = time.perf_counter() - began
        wall, cpu = measure_add(ledger, 20_000_000 + size)
        print(f"\n{size:,} claims (filled in {filled:.0f} s, load {os.getloadavg()[0]:.1f})")
        print(f"  add: {wall:.2f} ms a report of {CLAIMS} claims, {cpu:.2f} ms of processor")
        if file:
            print(f"  file: {file.stat().st_size / size:.0f} bytes a claim")
        for name, wall_, cpu_, rows in measure_questions(ledger):
            print(
                f"  {name:20} {wall_:8.1f} ms {cpu_:8.1f} ms of processor, {rows} rows", flush=True
            )
        have, size = size, size * 10


if __name__ == "__main__":
    main()
