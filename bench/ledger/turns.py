"""`python -m bench.ledger.turns SMALL LARGE`: what adding costs in two ledgers, in turns.

Two ledgers that `bench.ledger` filled (the small one is made where it is not there), each given a
batch in its turn, so that a busy machine slows both alike. SMALL and LARGE are `URL=CLAIMS`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from contextlib import ExitStack

from bench.ledger.fill import CLAIMS, Filler, Template
from bench.ledger.generated import day_of, generate
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.linking.incidents.mentions import read_mentions

BATCH = 20
TURNS = 24
WARMING = 4
TEMPLATES = 500


def main() -> None:
    """Print both costs and their ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("ledgers", nargs=2, metavar="URL=CLAIMS")
    with ExitStack() as stack:
        ledgers = []
        for words in options.parse_args().ledgers:
            url, _, claims = words.rpartition("=")
            ledger = stack.enter_context(Ledger.open(url, maker="generated", linking=Linking()))
            ledgers.append((ledger, int(claims)))
        for ledger, claims in ledgers:
            if ledger.head().entries < claims // CLAIMS:
                readings = list(generate(TEMPLATES, start=10_000_000))
                Filler(ledger, [Template(r, read_mentions(r)[0]) for r in readings]).fill(0, claims)
        compare(ledgers)


def compare(ledgers: list[tuple[Ledger, int]]) -> None:
    """Batches in turns, medians and means a report."""
    walls: list[list[float]] = [[] for _ in ledgers]
    cpus: list[list[float]] = [[] for _ in ledgers]
    start = time.time_ns() // 1_000_000
    for turn in range(TURNS + WARMING):
        for n, (ledger, claims) in enumerate(ledgers):
            first = claims // CLAIMS + turn * BATCH
            batch = list(generate(BATCH, start=start + turn * BATCH, on=day_of(first)))
            wall, cpu = time.perf_counter(), time.process_time()
            ledger.add(batch)
            if turn >= WARMING:
                walls[n].append((time.perf_counter() - wall) / BATCH * 1000)
                cpus[n].append((time.process_time() - cpu) / BATCH * 1000)
    for name, found in (("by the clock", walls), ("of processor", cpus)):
        medians = [statistics.median(f) for f in found]
        means = [statistics.mean(f) for f in found]
        print(
            f"{ledgers[0][0].engine.dialect.name}, ms a report {name}: "
            f"median {medians[0]:.1f} and {medians[1]:.1f} ({medians[1] / medians[0]:.2f} times), "
            f"mean {means[0]:.1f} and {means[1]:.1f} ({means[1] / means[0]:.2f} times), "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
