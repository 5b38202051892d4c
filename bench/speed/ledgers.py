"""Measures what comes after reading: linking by size, inserting, copies, a corpus over two cores.

usage: python -m bench.speed.ledgers [--most 100000] [--only ledgers] [--url URL] [--record]

Reports are made up by a seeded generator (`bench.ledger.generated`), ten claims each, three a
story. What counts is processor time; ratios are of one run. `--record` writes docs/speed.md.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, func, insert, select

from bench.ledger.generated import generate
from bench.ledger.questions import CLAIMS_ASKED, INCIDENTS_ASKED, measure_questions
from bench.speed.page import measured_where, write_section
from bench.speed.rivals import run_rival
from bench.speed.texts import many_texts
from sayso.corpus.keys import Keys
from sayso.corpus.stages import key_of
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from sayso.ledger.adding.add import Adder, prepare
from sayso.ledger.layout.instants import now
from sayso.ledger.store import engines, schema
from sayso.linking.copies import CopyFinder, Fingerprint, fingerprint
from sayso.linking.index import MemoryPostings
from sayso.record import Report

CLAIMS = 10  # of a report
BATCH = 200
ROWS = 100_000


def _timed(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _clocked(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


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
                mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                yield {
                    "claims": size, "ms_report": (took - made[0]) / reports * 1000,
                    "seconds": took - made[0], "mb": mb, **_questions(ledger),
                }  # fmt: skip
                print(f"{size:,} claims: {took - made[0]:,.0f} s, {mb:.0f} MB", file=sys.stderr)
                have, size = size, size * 10


def _questions(ledger: Ledger) -> dict[str, float]:
    """Milliseconds of processor time of the desk's questions: the middle one and the slowest."""
    claims = measure_questions(CLAIMS_ASKED, lambda filters: ledger.claims(filters).rows)
    took = [cpu for _, _, cpu, _ in measure_questions(INCIDENTS_ASKED, ledger.incidents)]
    took += [cpu for _, _, cpu, _ in claims]
    return {"middle": statistics.median(took), "slowest": max(took), "asked": len(took)}


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


def inserts(url: str) -> dict[str, float]:
    """Rows a second: by SQLAlchemy, by the driver alone, by the ledger; then whole claims by it.

    Of SQLite by processor time, of PostgreSQL by the clock, since its server works beside us.
    """
    table = Table("row", MetaData(), Column("id", Integer, primary_key=True), Column("a", String),
                  Column("b", String), Column("c", Integer))  # fmt: skip
    rows = [(n, f"a{n}", f"b{n % 97}", n % 1000) for n in range(ROWS)]
    timed = _timed if url.startswith("sqlite") else _clocked
    found = {}
    with Ledger.open(url, maker="generated") as ledger:
        for name in ("SQLAlchemy Core", "the driver by itself", "the ledger's"):
            table.metadata.create_all(ledger.engine)
            with engines.writing(ledger.engine) as conn:
                took = timed(lambda: _insert(name, conn, table, rows))  # noqa: B023
            found[name] = ROWS / took
            table.metadata.drop_all(ledger.engine)
        ready = [prepare(r) for r in generate(500)]
        with engines.writing(ledger.engine) as conn:
            before = _rows_in(conn)
            adder = Adder(conn, ledger.maker, now(), reread=False)
            took = timed(lambda: adder.add(ready))
            found["claims with all their rows, unlinked"] = (_rows_in(conn) - before) / took
    return found


def _rows_in(conn: Connection) -> int:
    counted = (
        conn.scalar(select(func.count()).select_from(t)) for t in schema.metadata.sorted_tables
    )
    return sum(n or 0 for n in counted)


def _insert(name: str, conn: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
    raw = conn.connection.cursor()
    match name:
        case "SQLAlchemy Core":
            keys = [c.name for c in table.columns]
            conn.execute(insert(table), [dict(zip(keys, row, strict=True)) for row in rows])
        case "the driver by itself" if engines.is_sqlite(conn):
            raw.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", rows)
        case "the driver by itself":
            with raw.copy('COPY "row" FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
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
    found = {"exact": len(reports) / exact, "near": 2 * len(texts) / _timed(near)}
    if rival := run_rival("datasketch", texts * 2):
        found["datasketch"] = rival["cpu"] / rival["words"] * rival["reports"]
    return found


# Bare reading: sixteen reports at a time, and nothing kept of them.
BARE = """
import sys
from pathlib import Path
from sayso.intake.json_lines import read_json_line
from sayso.page import find_pages
from sayso.pipeline.read import shared_reader
reader, lines = shared_reader(learned=True), Path(sys.argv[1]).read_bytes().splitlines()
captures = [read_json_line("in", n, line) for n, line in enumerate(lines)]
reports = [page.report for capture in captures for page in find_pages(capture)]
for n in range(0, len(reports), 16):
    list(reader.read_many(reports[n : n + 16]))
"""


def corpus() -> dict[str, float]:
    """Reports a second by the clock: bare reading, a corpus by one process and by two.

    All are processes with their start, some two seconds of forty; the better of two runs of each,
    taken in turn.
    """
    texts = many_texts()
    found = {"reports": float(len(texts))}
    with TemporaryDirectory() as folder:
        lines = Path(folder, "in.jsonl")
        rows = ({"id": f"t{n}", "text": text} for n, text in enumerate(texts))
        lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for turn in range(2):
            for name, given in (
                ("bare", ["-c", BARE, str(lines)]),
                *(
                    (f"jobs {jobs}", ["-m", "sayso", "corpus", str(lines), "--jobs", str(jobs),
                                      "--out", f"{folder}/out{turn}{jobs}"])
                    for jobs in (1, 2)
                ),
            ):  # fmt: skip
                start = time.perf_counter()
                subprocess.run([sys.executable, *given], check=True, stdout=subprocess.DEVNULL)
                rate = len(texts) / (time.perf_counter() - start)
                found[name] = max(rate, found.get(name, 0.0))
    return found


def lines_of(
    rows: list[dict[str, float]], rates: dict[str, dict[str, float]], same: dict[str, float]
) -> Iterator[str]:  # fmt: skip
    """What was measured, in Markdown."""
    yield (
        "| claims in the ledger (SQLite) | ms a report, added and linked | all of them, minutes "
        "| MB at most | ms a question, middle | slowest |"
    )
    yield "|---|---|---|---|---|---|"
    whole = 0.0
    for row in rows:
        whole += row["seconds"]
        yield (
            f"| to {row['claims']:,.0f} | {row['ms_report']:.1f} | {whole / 60:.1f} "
            f"| {row['mb']:.0f} | {row['middle']:.1f} | {row['slowest']:.0f} |"
        )
    yield ""
    yield (
        f"All of it grows with the number of claims to the power of **{exponent(rows):.2f}**. "
        f"The questions are {rows[-1]['asked']:.0f} of the desk's, of claims and of incidents."
    )
    yield ""
    for store, by_way in rates.items():
        yield f"| rows a second into {store} | | against SQLAlchemy Core |"
        yield "|---|---|---|"
        for name, rate in by_way.items():
            yield f"| {name} | {rate:,.0f} | {rate / by_way['SQLAlchemy Core']:.2f} |"
        yield ""
    yield (
        f"Exact copies recognised, by a hash of 128 bits: {same['exact']:,.0f} reports a second; "
        f"near copies found and aligned, half of the reports being one: "
        f"{same['near']:,.0f} a second."
    )
    if "datasketch" in same:
        yield (
            f"datasketch (MinHash of 128, index at 0.5), which gives candidates and aligns "
            f"nothing: {same['datasketch']:,.0f} a second; sayso does "
            f"**{same['near'] / same['datasketch']:.2f}** times as many."
        )
    yield ""
    yield f"Made-up reports. {measured_where()}"


def corpus_lines(many: dict[str, float]) -> Iterator[str]:
    """What a corpus took, in Markdown."""
    one, two, bare = many["jobs 1"], many["jobs 2"], many["bare"]
    yield (
        f"`sayso corpus` of {many['reports']:,.0f} reports, a second by the clock, all with their "
        f"start: {one:.1f} by one process, {two:.1f} by two (**{two / one:.2f}** times), "
        f"{bare:.1f} bare reading in a process of its own, to whose time the engine adds "
        f"{100 * (bare / one - 1):.0f}%. {measured_where()}"
    )


def main() -> int:
    """0: what is slow is said, not an error."""
    parser = argparse.ArgumentParser("python -m bench.speed.ledgers")
    parser.add_argument("--most", type=int, default=100_000, help="claims: 10,000 or more")
    parser.add_argument("--only", choices=("ledgers", "corpus"), help="one of both")
    parser.add_argument("--url", help="an empty PostgreSQL database, for its rows")
    parser.add_argument("--record", action="store_true")
    ask = parser.parse_args()
    for name, measure in (("ledgers", _measure_ledgers), ("corpus", _measure_corpus)):
        if ask.only in (None, name):
            found = measure(ask)
            print("\n".join(found), flush=True)
            if ask.record:
                write_section(name, found)
    return 0


def _measure_corpus(_: argparse.Namespace) -> list[str]:
    return list(corpus_lines(corpus()))


def _measure_ledgers(ask: argparse.Namespace) -> list[str]:
    rows, same = list(linking(ask.most)), copies()
    with TemporaryDirectory() as folder:
        rates = {"SQLite": inserts(f"sqlite:///{folder}/rows.db")}
    if ask.url:
        rates["PostgreSQL, by the clock"] = inserts(ask.url)
    return list(lines_of(rows, rates, same))


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    sys.exit(main())
