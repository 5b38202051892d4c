"""Measures what comes after reading: linking by size, inserting, copies, a corpus over two cores.

usage: python -m bench.speed.ledgers [--most 100000] [--record]

Reports are made up by a seeded generator (`bench.ledger.generated`), ten claims each, three a
story. What counts is processor time; ratios are of one run. `--record` writes docs/speed.md.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert

from bench.ledger.generated import generate
from bench.speed.page import measured_where, write_section
from bench.speed.texts import read_texts
from sayso.corpus.keys import Keys
from sayso.corpus.stages import key_of
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.ledger.adding.add import Adder, prepare
from sayso.ledger.layout.instants import now
from sayso.ledger.store import engines
from sayso.linking.copies import CopyFinder, Fingerprint, fingerprint
from sayso.linking.index import MemoryPostings
from sayso.record import Report

CLAIMS = 10  # of a report
BATCH = 200
ROWS = 100_000
EDITIONS = 8  # of each text, for the corpus


def _timed(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def linking(most: int) -> Iterator[dict[str, float]]:
    """Adding to one ledger, from nothing to `most` claims: what a report costs in each decade."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/l.db"
        with Ledger.open(url, maker="generated", linking=Linking()) as ledger:
            have, size = 0, 1_000
            while size <= most:
                reports = (size - have) // CLAIMS
                readings = generate(reports, start=have // CLAIMS)
                made = [0.0]

                def given(found: Any = readings, made: list[float] = made) -> Iterator[Any]:
                    while True:
                        start = time.process_time()
                        reading = next(found, None)
                        made[0] += time.process_time() - start
                        if reading is None:
                            return
                        yield reading

                took = _timed(lambda: list(ledger.add_batches(given(), size=BATCH)))
                yield {
                    "claims": size, "ms_report": (took - made[0]) / reports * 1000,
                    "seconds": took - made[0],
                    "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                }  # fmt: skip
                have, size = size, size * 10


def exponent(rows: list[dict[str, float]]) -> float:
    """How the cost of linking all grows with their number: the slope of the logarithms."""
    whole, xs, ys = 0.0, [], []
    for row in rows:
        whole += row["seconds"]
        xs.append(math.log(row["claims"]))
        ys.append(math.log(whole))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return above / sum((a - x) ** 2 for a in xs)


def inserts() -> dict[str, float]:
    """Rows a second of processor time: SQLAlchemy's ways, the driver's own, and ours."""
    table = Table("row", MetaData(), Column("id", Integer, primary_key=True), Column("a", String),
                  Column("b", String), Column("c", Integer))  # fmt: skip
    rows = [(n, f"a{n}", f"b{n % 97}", n % 1000) for n in range(ROWS)]
    found = {}
    with TemporaryDirectory() as folder:
        for name in ("SQLAlchemy Core", "sqlite3 by itself", "the ledger's"):
            engine = create_engine(f"sqlite:///{folder}/{name[:4]}.db")
            table.metadata.create_all(engine)
            with engine.begin() as conn:
                took = _timed(lambda: _insert(name, conn, table, rows))  # noqa: B023
            found[name] = ROWS / took
            engine.dispose()
        readings = list(generate(500))
        with Ledger.open(f"sqlite:///{folder}/l.db", maker="generated") as ledger:
            ready = [prepare(r) for r in readings]
            with engines.writing(ledger.engine) as conn:
                adder = Adder(conn, ledger.maker, now(), reread=False)
                took = _timed(lambda: adder.add(ready))
            with sqlite3.connect(f"{folder}/l.db") as raw:
                names = [
                    n for (n,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")
                ]
                count = sum(
                    raw.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0]  # noqa: S608
                    for n in names if not n.startswith("claim_words")
                )  # fmt: skip
            found["claims with all their rows, unlinked"] = count / took
    return found


def _insert(name: str, conn: Any, table: Table, rows: list[tuple[Any, ...]]) -> None:
    match name:
        case "SQLAlchemy Core":
            keys = [c.name for c in table.columns]
            conn.execute(insert(table), [dict(zip(keys, row, strict=True)) for row in rows])
        case "sqlite3 by itself":
            conn.connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", rows)
        case _:
            engines.insert_rows(conn, table, rows)


def copies() -> dict[str, float]:
    """Reports a second whose exact copies, and whose near copies, are found."""
    texts = [r.report.text for r in generate(1_000)]
    prints: dict[str, Fingerprint] = {}
    finder = CopyFinder(MemoryPostings(), prints.__getitem__)

    def near() -> None:
        for n, text in enumerate(texts * 2):
            prints[f"r{n}"] = fingerprint(text)
            finder.add(f"r{n}", prints[f"r{n}"])

    reports = [
        Report(f"r{n}", "", t, None, None, None, None, None, None, ())
        for n, t in enumerate(texts * 10)
    ]
    with TemporaryDirectory() as folder:
        place = Path(folder) / "keys.db"
        keys = Keys(place)
        exact = _timed(lambda: [keys.first(key_of(r), r.id) for r in reports])
        keys.close(place)
    return {"exact": len(reports) / exact, "near": 2 * len(texts) / _timed(near)}


def corpus() -> dict[str, float]:
    """Reports a second by the clock, by one process and by two, and bare reading in this one.

    So many that the start, some two seconds, weighs little; no two of them the same.
    """
    _, few = read_texts()
    texts = [f"{text}\n\nEdition {n} of this page." for n in range(EDITIONS) for text in few]
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "in.jsonl"
        rows = ({"id": f"t{n}", "text": text} for n, text in enumerate(texts))
        lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        found = {"bare": len(texts) / _bare(texts)}
        for jobs in (1, 2, 1, 2):
            out = f"{folder}/out{len(list(Path(folder).iterdir()))}"
            command = [sys.executable, "-m", "sayso", "corpus", str(lines), "--out", out,
                       "--jobs", str(jobs)]  # fmt: skip
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            rate = len(texts) / (time.perf_counter() - start)
            found[f"jobs {jobs}"] = max(rate, found.get(f"jobs {jobs}", 0.0))
    return found


def _bare(texts: list[str]) -> float:
    from sayso.intake.json_lines import capture_of_row  # noqa: PLC0415
    from sayso.page import find_pages  # noqa: PLC0415
    from sayso.pipeline.read import shared_reader  # noqa: PLC0415

    start = time.perf_counter()
    reader = shared_reader(learned=True)
    captures = [capture_of_row(f"t{n}", {"text": text}) for n, text in enumerate(texts)]
    reports = [page.report for capture in captures for page in find_pages(capture)]
    for n in range(0, len(reports), 16):
        list(reader.read_many(reports[n : n + 16]))
    return time.perf_counter() - start


def lines_of(
    rows: list[dict[str, float]], rates: dict[str, float], same: dict[str, float],
    many: dict[str, float],
) -> Iterator[str]:  # fmt: skip
    """What was measured, in Markdown."""
    yield "| claims in the ledger (SQLite) | ms a report, added and linked | MB at most |"
    yield "|---|---|---|"
    for row in rows:
        yield f"| to {row['claims']:,.0f} | {row['ms_report']:.1f} | {row['mb']:.0f} |"
    yield ""
    yield f"All of it grows with the number of claims to the power of **{exponent(rows):.2f}**."
    yield ""
    yield "| rows a second into SQLite | | against SQLAlchemy Core |"
    yield "|---|---|---|"
    for name, rate in rates.items():
        yield f"| {name} | {rate:,.0f} | {rate / rates['SQLAlchemy Core']:.2f} |"
    yield ""
    yield (
        f"Exact copies recognised, by a hash of 128 bits: {same['exact']:,.0f} reports a second; "
        f"near copies found and aligned, half of the reports being one: "
        f"{same['near']:,.0f} a second."
    )
    yield ""
    if many:
        yield (
            f"`sayso corpus`, reports a second by the clock: {many['jobs 1']:.1f} by one process, "
            f"{many['jobs 2']:.1f} by two (**{many['jobs 2'] / many['jobs 1']:.2f}** times), "
            f"{many['bare']:.1f} bare reading in one process, all with their start."
        )
        yield ""
    yield f"Made-up reports. {measured_where()}"


def main() -> int:
    """0: what is slow is said, not an error."""
    parser = argparse.ArgumentParser("python -m bench.speed.ledgers")
    parser.add_argument("--most", type=int, default=100_000, help="claims, from 10,000 on")
    parser.add_argument("--no-corpus", action="store_true")
    parser.add_argument("--record", action="store_true")
    ask = parser.parse_args()
    many = {} if ask.no_corpus else corpus()
    found = list(lines_of(list(linking(ask.most)), inserts(), copies(), many))
    print("\n".join(found))
    if ask.record:
        write_section("ledgers", found)
    return 0


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    sys.exit(main())
