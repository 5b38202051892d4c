"""Measures what a run over a corpus holds in one place: its coordinator, its keys, near copies.

usage: python -m bench.speed.corpora [--most 1000000] [--record]

Reading is shared out; these three are not, and say how many cores and reports one run can have.
Reports are made up (`bench.ledger.generated`). What counts is processor time, but where a file
outgrows memory, which is by the clock. `--record` writes docs/scale.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.ledger.generated import generate
from bench.quality.where import ROOT
from bench.speed.page import measured_where, write_section
from sayso.corpus.keys import Keys

PAGE = ROOT / "docs/scale.md"
FEW, MANY = 100, 700  # reports for the coordinator: its start is what both have
MARKS = 107  # of a generated report of 280 words
KEYS = 100_000  # and ten times as many
NEAR = (20_000, 320_000)  # reports
# in a process of its own, so that its memory is its own
NEAR_PROGRAM = """
import resource, sys, time
from pathlib import Path
import numpy as np
from sayso.corpus.near import ordered, some_pairs
from sayso.corpus.target import Target
folder, reports, marks = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
random, last = np.random.default_rng(1), np.zeros(marks, np.uint64)
(folder / "_marks").mkdir()
for shard, first in enumerate(range(0, reports, 256)):
    rows = []
    for row in range(first, min(first + 256, reports)):
        new = random.integers(0, 1 << 63, marks, np.uint64)
        new[: marks // 2] = last[: marks // 2] if row % 10 == 9 else new[: marks // 2]
        rows.append(np.stack([new, np.full(marks, row, np.uint64)], axis=1))
        last = new
    np.save(folder / "_marks" / f"{shard:08}.npy", ordered(np.concatenate(rows)))
began = time.process_time()
pairs = sum(len(s.pairs) for s in some_pairs(Target(folder), range(0, reports, 256)))
print(pairs, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def coordinator() -> Iterator[tuple[str, float]]:
    """Milliseconds of the coordinating process a report: of lines, and of packed web pages."""
    texts = [reading.report.text for reading in generate(MANY)]
    for name, write in (("JSON Lines", _lines), ("a web archive, pages of 60 kB", _archive)):
        took = {}
        for count in (FEW, MANY):
            with TemporaryDirectory() as folder:
                took[count] = _coordinate(write(folder, texts[:count]), Path(folder, "out"))
        yield name, (took[MANY] - took[FEW]) / (MANY - FEW) * 1000


def _lines(folder: str, texts: list[str]) -> Path:
    path = Path(folder, "in.jsonl")
    rows = ({"id": f"t{n}", "text": text} for n, text in enumerate(texts))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _archive(folder: str, texts: list[str]) -> Path:
    import io  # noqa: PLC0415

    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    path, pick = Path(folder, "in.warc.gz"), random.Random(1)  # noqa: S311 - padding
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for n, text in enumerate(texts):
            pad = "".join(
                f"<script>{pick.getrandbits(200):x} var a = b</script>" for _ in range(750)
            )
            told = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
            body = f"<html><head>{pad}</head><body><article>{told}</article></body></html>"
            http = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0"
            )
            record = writer.create_warc_record(
                f"https://news.example/{n}", "response", payload=io.BytesIO(body.encode()),
                http_headers=http,
            )  # fmt: skip
            writer.write_record(record)
    return path


def _coordinate(path: Path, out: Path) -> float:
    """Its own time alone: what its processes take is theirs."""
    program = (
        "import sys, time; from sayso.cli.main import run; before = time.process_time(); "
        "run(sys.argv[1:]); print(time.process_time() - before)"
    )
    command = [sys.executable, "-c", program, "corpus", str(path), "--out", str(out), "--reader",
               "rules", "--jobs", "1"]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def keys(most: int) -> Iterator[tuple[int, float, float]]:
    """(keys, bytes a key, keys a second by the clock) of the file that tells exact copies."""
    with TemporaryDirectory() as folder:
        place, count, held = Path(folder, "keys.db"), 0, KEYS
        kept = Keys(place)
        while held <= most:
            made = [
                hashlib.blake2b(n.to_bytes(8), digest_size=16).digest() for n in range(count, held)
            ]
            start = time.perf_counter()
            for key in made:
                kept.first(key, key.hex() * 2)  # an id is as long
            rate = len(made) / (time.perf_counter() - start)
            yield held, place.stat().st_size / held, rate
            count, held = held, held * 10
        kept.close(place)


def near() -> Iterator[tuple[int, int, float, float]]:
    """(reports, pairs, seconds, megabytes at most) of finding pairs, every tenth report in one."""
    for reports in NEAR:
        with TemporaryDirectory() as folder:
            command = [sys.executable, "-c", NEAR_PROGRAM, folder, str(reports), str(MARKS)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        pairs, seconds, kilobytes = done.stdout.split()
        yield reports, int(pairs), float(seconds), int(kilobytes) / 1024


def lines_of(most: int) -> Iterator[str]:
    """What was measured, in Markdown."""
    yield "| one process for all of a run | measured |"
    yield "|---|---|"
    for name, cost in coordinator():
        yield f"| the coordinator, of {name} | {cost:.2f} ms a report |"
    for count, size, rate in list(keys(most))[-1:]:  # fewer lie in memory alone
        yield f"| keys of exact copies, {count:,} | {size:.0f} bytes each, {rate:,.0f} a second |"
    for reports, pairs, seconds, most_mb in near():
        what = f"{pairs:,} pairs in {seconds:.1f} s, {most_mb:.0f} MB at most"
        yield f"| pairs that share marks, of {reports:,} reports | {what} |"
    yield ""
    yield f"Measured, on made-up reports. {measured_where()}"


def main() -> int:
    """0: what is slow is said, not an error."""
    parser = argparse.ArgumentParser("python -m bench.speed.corpora")
    parser.add_argument("--most", type=int, default=1_000_000, help="keys, from 100,000 on")
    parser.add_argument("--record", action="store_true")
    ask = parser.parse_args()
    lines = []
    for line in lines_of(ask.most):
        print(line, flush=True)
        lines.append(line)
    if ask.record:
        write_section("corpora", lines, PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
