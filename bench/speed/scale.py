"""Simulates the index that linking asks: how many postings and keys, how long lists, what is found.

usage: python -m bench.speed.scale [--most 1000000] [--a-day 300000] [--record]

Reports are those of `bench.ledger.generated`, ten claims each, so many a day, a day's in an order
drawn by the seed; their places are listed as a reader lists them. What is real: the mentions, the
keys (`linking/incidents/blocks.py`), the marks of copies, how words are counted, the newest of a
list that a ledger looks at, and the table that it keeps them in. What is not: nothing is compared
and no ledger is filled, so that three million claims take a quarter of an hour. It says so where it
prints. `--record` writes docs/scale.md.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import create_engine

from bench.ledger.generated import SINCE, STORY, generate
from bench.quality.where import ROOT
from bench.speed.page import measured_where, write_section
from sayso.incidents.candidates import BEST
from sayso.incidents.frequencies import ALL
from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows
from sayso.ledger.store.postings import MOST, PARTS
from sayso.linking.copies import LIST as MARKS
from sayso.linking.copies import fingerprint_of
from sayso.linking.incidents.blocks import find_candidates, post_mention
from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.linking.incidents.words import Frequencies, load_frequencies
from sayso.record import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAGE = ROOT / "docs/scale.md"
CLAIMS = 10  # of a report
ASKED = 300  # reports whose story came before, at each size: is it found
ROWS = 400_000  # postings of which a table is made, to see its bytes


@dataclass(slots=True)
class Asked:
    """What one question to the lists came to."""

    keys: int = 0
    rows: int = 0


class Lists:
    """`record.links.Postings` as columns of numbers: sorted when first asked after it grew."""

    def __init__(self) -> None:
        self.held = {"incidents": (array("q"), array("q")), MARKS: (array("q"), array("q"))}
        self.asked = Asked()
        self._sorted: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None

    def post(self, list_: str, item: str, keys: Iterable[int]) -> None:
        """Enter an item under keys."""
        self._sorted = None
        held, items = self.held[list_]
        wanted = set(keys)
        held.extend(wanted)
        report, _, part = item[1:].partition(".")
        items.extend([int(report) * PARTS + int(part or 0)] * len(wanted))

    def find(self, _list: str, keys: Iterable[int]) -> Mapping[str, int]:
        """The newest of each key, as a ledger finds them, and of those the best."""
        sought, items = self._by_key()
        wanted = np.array(sorted(set(keys)), np.int64)
        first, last = np.searchsorted(sought, wanted), np.searchsorted(sought, wanted, "right")
        found: Counter[int] = Counter()
        for low, high in zip(np.maximum(first, last - MOST), last, strict=True):
            found.update(items[low:high].tolist())
        self.asked = Asked(len(wanted), found.total())
        hits = {f"m{n // PARTS}.{n % PARTS}": count for n, count in found.items()}
        return {m: hits[m] for m in sorted(hits, key=lambda m: (-hits[m], m))[:BEST]}

    def _by_key(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self._sorted is None:
            keys, items = (np.array(column) for column in self.held["incidents"])
            order = np.argsort(keys, kind="stable")
            self._sorted = keys[order], items[order]
        return self._sorted

    def lengths(self, list_: str) -> NDArray[np.int64]:
        """How many items each key of a list has."""
        _, counts = np.unique(np.array(self.held[list_][0]), return_counts=True)
        found: NDArray[np.int64] = counts
        return found


def arrivals(a_day: int, seed: int) -> Iterator[tuple[int, int]]:
    """(number, day) of reports without end: a day's stories are told all through it."""
    day = 0
    while True:
        numbers = list(range(day * a_day, (day + 1) * a_day))
        random.Random(f"{seed}/{day}").shuffle(numbers)  # noqa: S311 - made-up news, not secrets
        for number in numbers:
            yield number, day
        day += 1


def reading_of(number: int, day: int, seed: int) -> Reading:
    """A generated reading with its places listed."""
    on = SINCE + timedelta(day)
    (made,) = generate(1, start=number, claims=CLAIMS, seed=seed, on=on)
    return replace(made, places=tuple(e.place for e in made.events if e.place))


class Simulation:
    """The index as it grows; `to(claims)` goes on to a size and says what it then is."""

    def __init__(self, a_day: int, seed: int = 1) -> None:
        self.lists, self.words = Lists(), load_frequencies()
        self.reports = self.mentions = 0
        self.a_day, self.seed = a_day, seed
        self._arrivals = arrivals(a_day, seed)
        self._came: dict[int, list[int]] = {}  # by story, its reports that came
        self._began = time.process_time()

    def to(self, claims: int) -> dict[str, float]:
        """What the index is at so many claims."""
        questions: list[tuple[Mention, list[int]]] = []
        while self.reports < claims // CLAIMS:
            number, day = next(self._arrivals)
            main, older = self._take(number, day)
            if older:
                questions = [*questions[1 - ASKED :], (main, older)]
        return {"claims": claims, "reports": self.reports, "mentions": self.mentions,
                **self._sizes(), **self._found(questions),
                "seconds": time.process_time() - self._began}  # fmt: skip

    def _take(self, number: int, day: int) -> tuple[Mention, list[int]]:
        reading = reading_of(number, day, self.seed)
        found = [
            replace(m, id=f"m{self.reports}.{n}") for n, m in enumerate(read_mentions(reading))
        ]
        for mention in found:
            self._learn(mention, self.words)
            post_mention(mention, self.words, self.lists)
        self.lists.post(MARKS, f"r{self.reports}", fingerprint_of(reading.report).marks)
        older = self._came.setdefault(number // STORY, [])
        before = list(older)
        older.append(self.reports)
        self.reports += 1
        self.mentions += len(found)
        return found[0], before

    def _learn(self, mention: Mention, words: Frequencies) -> None:
        """As a ledger does: from all mentions at first, then from some."""
        if zlib.crc32(mention.id.encode()) % max(1, self.mentions // ALL) == 0:
            words.add([*mention.wording.words, *("p:" + p for p in mention.wording.people)])

    def _sizes(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for name in self.lists.held:
            lengths = self.lists.lengths(name)
            found |= {
                f"{name} postings": float(lengths.sum()), f"{name} keys": float(len(lengths)),
                f"{name} longest": float(lengths.max()),
                f"{name} over": float((lengths > MOST).sum()),
                f"{name} postings over": float(lengths[lengths > MOST].sum()),
            }  # fmt: skip
        return found

    def _found(self, questions: list[tuple[Mention, list[int]]]) -> dict[str, float]:
        """The share of reports whose story is among what is compared; what asking looks at."""
        hit = keys = rows = 0
        for mention, older in questions:
            best = find_candidates(mention, self.words, self.lists)
            hit += any(f"m{n}.0" in best for n in older)
            keys += self.lists.asked.keys
            rows += self.lists.asked.rows
        asked = max(1, len(questions))
        return {"asked": len(questions), "found": hit / asked, "keys asked": keys / asked,
                "rows asked": rows / asked}  # fmt: skip


def bytes_a_posting(lists: Lists) -> tuple[float, int]:
    """What a row of the ledger's table takes in SQLite, its index with it; of how many rows."""
    rows = [
        (n, key, item)
        for n, (keys, items) in enumerate(lists.held.values())
        for key, item in zip(keys[:ROWS], items[:ROWS], strict=True)
    ]
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/l.db")
        schema.posting.create(engine)
        empty = Path(folder, "l.db").stat().st_size
        with engine.begin() as conn:
            insert_rows(conn, schema.posting, rows)
        engine.dispose()
        return (Path(folder, "l.db").stat().st_size - empty) / len(rows), len(rows)


def lines_of(found: list[dict[str, float]], table: tuple[float, int], a_day: int) -> Iterator[str]:
    """What was simulated, in Markdown."""
    size, rows = table
    names = {
        "reports": "reports", "mentions": "mentions of incidents",
        "incidents postings": "postings of mentions", "incidents keys": "keys of mentions",
        "incidents longest": "the longest list", "incidents over": f"lists of more than {MOST}",
        "marks postings": "postings of marks (copies)", "marks keys": "marks",
        "marks longest": "the longest list of a mark", "keys asked": "keys asked for a report",
        "rows asked": "rows that they give",
    }  # fmt: skip
    sizes = [row["claims"] for row in found]
    yield f"| at {a_day:,} reports a day | " + " | ".join(f"{s:,.0f} claims" for s in sizes) + " |"
    yield "|---|" + "---|" * len(sizes)
    for key, name in names.items():
        yield f"| {name} | " + " | ".join(f"{row[key]:,.0f}" for row in found) + " |"
    postings = [row["incidents postings"] + row["marks postings"] for row in found]
    shown = " | ".join(f"{n * size / 1e9:,.2f} GB" for n in postings)
    yield f"| the table of postings in SQLite | {shown} |"
    shown = " | ".join(f"{row['found']:.0%} of {row['asked']:.0f}" for row in found)
    yield f"| the story told before is among the {BEST} compared | {shown} |"
    yield ""
    yield (
        f"Simulated, but {size:.0f} bytes a posting, its index with it, which were measured in "
        f"SQLite on {rows:,} of them. {measured_where()}"
    )


def main() -> int:
    """0: what is large is said, not an error."""
    parser = argparse.ArgumentParser("python -m bench.speed.scale")
    parser.add_argument("--most", type=int, default=1_000_000, help="claims, from 10,000 on")
    parser.add_argument("--a-day", type=int, default=300_000, help="reports")
    parser.add_argument("--record", action="store_true")
    ask = parser.parse_args()
    simulation, found = Simulation(ask.a_day), list[dict[str, Any]]()
    for claims in [*(10**n for n in range(4, 10) if 10**n < ask.most), ask.most]:
        found.append(simulation.to(claims))
        print(found[-1], file=sys.stderr, flush=True)
    lines = list(lines_of(found, bytes_a_posting(simulation.lists), ask.a_day))
    print("\n".join(lines))
    if ask.record:
        write_section("index", lines, PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
