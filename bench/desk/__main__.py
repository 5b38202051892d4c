"""The desk on a large ledger: server time of each page, many readers, live updates, weight.

usage: python -m bench.desk --ledger URL [--times 40] [--readers 50] [--only TEXT]

`python -m bench.ledger` makes a ledger of a million claims. The desk runs as a process of its own;
each page and route is asked `--times` times, one request at a time, for what the ledger holds, and
the 95th percentile of its time until the answer begins is printed, by the clock and by the
processor (on a machine that does other things too, only the latter says much). Then `--readers`
read at once, a second process commits while a page listens, and the first page is weighed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator

import httpx

from bench.desk.addresses import addresses
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger

WANTED_MS, WANTED_LIVE, WANTED_KB = 100, 1.0, 300
TIMING = re.compile(r"(\w+);dur=([\d.]+)")
# not of the first page: what draws charts, chains and maps, loaded where there are some
CHARTS = re.compile(r"/vendor/(d3|plot|graphviz|topojson|countries)")
PER_READER, CHANGES = 10, 8


@contextlib.contextmanager
def served(url: str) -> Iterator[str]:
    """The address of a desk of its own process."""
    command = [sys.executable, "-m", "bench.desk.server", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()


def measure(client: httpx.Client, paths: list[str], times: int) -> tuple[float, float, float]:
    """Milliseconds of one page: median by the clock, 95th percentile by clock and processor."""
    clock, processor = [], []
    for n in range(times + 1):
        answer = client.get(paths[n % len(paths)])
        if answer.status_code not in (200, 303):
            raise ValueError(f"{answer.status_code} {answer.text[:200]}")
        took = dict(TIMING.findall(answer.headers["server-timing"]))
        clock.append(float(took["clock"]))
        processor.append(float(took["processor"]))
    clock, processor = clock[1:], processor[1:]  # the first fills what a process keeps
    return statistics.median(clock), _late(clock), _late(processor)


def _late(values: list[float]) -> float:
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def read_at_once(address: str, paths: list[str], readers: int) -> tuple[Counter[int], float]:
    """So many readers at once, each ten pages: answers by status (0: none), their 95th percentile.

    A second goes by between two of a reader's pages, as little as with anyone who reads.
    """
    found: Counter[int] = Counter()
    took: list[float] = []
    lock = threading.Lock()

    def read(reader: int) -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            for n in range(PER_READER):
                began = time.perf_counter()
                try:
                    status = client.get(paths[(reader * 7 + n) % len(paths)]).status_code
                except httpx.HTTPError:
                    status = 0
                with lock:
                    found[status] += 1
                    took.append((time.perf_counter() - began) * 1000)
                time.sleep(1)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, _late(took)


def measure_live(address: str, url: str) -> list[float]:
    """Seconds from a commit of this process to the event that the desk's process tells."""
    waits: list[float] = []
    with Ledger.open(url, maker="bench", create=False, linking=Linking()) as ledger:
        after = ledger.head().entries
        claims = [row.claim for row in ledger.claims(limit=CHANGES).rows]
        headers = {"Last-Event-ID": str(after)}
        with httpx.stream("GET", f"{address}/api/v1/events", headers=headers, timeout=10) as told:
            lines = told.iter_lines()
            for claim in claims:
                entry = ledger.head().entries
                judged = ledger.judge("reject", claim, by="bench", reason="measured").entry
                began = time.perf_counter()
                if not ledger.incident_changes(entry, 1):
                    continue  # it changes nothing that is shown
                with contextlib.suppress(httpx.ReadTimeout, StopIteration):
                    while not next(lines).startswith("data: "):
                        pass
                waits.append(time.perf_counter() - began)
                ledger.withdraw(judged, by="bench", reason="measured")
                with contextlib.suppress(httpx.ReadTimeout, StopIteration):
                    while not next(lines).startswith("data: "):
                        pass
    return waits


def weigh(client: httpx.Client) -> dict[str, int]:
    """Compressed bytes of the first page and of all that it loads."""
    sent: dict[str, int] = {}
    page = client.get("/", follow_redirects=True)
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    for path in ("/", *dict.fromkeys(found)):
        if not CHARTS.search(path):
            with client.stream("GET", path, follow_redirects=True) as answer:
                sent[path.partition("?")[0]] = sum(len(part) for part in answer.iter_raw())
    return sent


def main() -> None:
    """Print the tables; 1 where something misses what is wanted."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--ledger", required=True)
    options.add_argument("--times", type=int, default=40)
    options.add_argument("--readers", type=int, default=50)
    options.add_argument("--only", default="", help="pages whose name holds this")
    asked = options.parse_args()
    with served(asked.ledger) as address, httpx.Client(base_url=address, timeout=60) as client:
        missed = _alone(client, asked.times, asked.only)
        if not asked.only:
            missed += _rest(client, address, asked.ledger, asked.readers)
    sys.exit(1 if missed else 0)


def _alone(client: httpx.Client, times: int, only: str) -> int:
    print(f"load {os.getloadavg()[0]:.1f}; milliseconds until the answer begins")
    print(f"{'':42} {'median':>8} {'95 %':>8} {'95 %, processor':>16}")
    missed = 0
    for name, paths in addresses(client):
        if only not in name or not paths:
            continue
        try:
            median, late, worked = measure(client, paths, times)
        except (ValueError, httpx.HTTPError) as error:
            print(f"{name:42} {type(error).__name__}: {error}", flush=True)
            missed += 1
            continue
        mark = " !" if worked > WANTED_MS else ""
        missed += bool(mark)
        print(f"{name:42} {median:8.1f} {late:8.1f} {worked:16.1f}{mark}", flush=True)
    return missed


def _rest(client: httpx.Client, address: str, url: str, readers: int) -> int:
    paths = [path for _, each in addresses(client) for path in each[:3]]
    found, late = read_at_once(address, paths, readers)
    wrong = sum(n for status, n in found.items() if status not in (200, 303, 307))
    print(f"\n{readers} readers at once: {json.dumps(found)}, 95 % within {late:.0f} ms")
    waits = measure_live(address, url)
    print(f"a commit of another process is told within {max(waits, default=0):.2f} s "
          f"(median {statistics.median(waits or [0]):.2f}, {len(waits)} commits)")  # fmt: skip
    sent = weigh(client)
    print(f"the first page: {sum(sent.values()) / 1000:.0f} kB compressed")
    for path, size in sent.items():
        print(f"  {size / 1000:7.1f}  {path}")
    slow = max(waits, default=WANTED_LIVE) >= WANTED_LIVE
    return wrong + slow + (sum(sent.values()) > WANTED_KB * 1000)


if __name__ == "__main__":
    main()
