"""Near copies, found once all is read: reports that share passages, each with how much.

The marks of a report (see `linking.copies`) lie in a file a shard, in order. They are taken a part
at a time, each a stretch of every file, and those that stand beside each other under one mark are
candidates; pairs with two marks in common are compared as texts. So each mark is read once, and
memory holds a part of them and the pairs (8 bytes each), however many reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from sayso.corpus.engines.engine import Beat
from sayso.corpus.schema import Column
from sayso.corpus.target import Target
from sayso.linking.copies import Fingerprint, compare, fingerprint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Marks = NDArray[np.uint64]  # pairs of mark and row
    Packed = NDArray[np.uint64]  # pairs of rows, each as one number: the first row's bits are above

PART = 5_000_000  # marks that are sorted at a time: 80 MB, and thrice that while they are
BESIDE = 8  # predecessors under one mark that a report is held against: of a thousand copies, few
TOGETHER = 400  # pairs of one task
_SPREAD = 0x9E3779B97F4A7C15  # odd: the golden ratio's 64 bits, as Fibonacci hashing has it
_BITS = 32  # of a row's number: 4 billion reports
COLUMNS = (
    Column("a", pa.int64(), "the row of the report that came first"),
    Column("b", pa.int64(), "the row of the one that shares text with it"),
    Column("share_a", pa.float64(), "how much of a stands in b, 0 to 1, by runs of five words"),
    Column("share_b", pa.float64(), "how much of b stands in a"),
)


@dataclass(frozen=True, slots=True)
class Some:
    """Some pairs of rows to compare, with the shards of both; the first's number names the file."""

    folder: str
    first: int
    pairs: tuple[tuple[int, int], ...]
    shards: tuple[tuple[int, int], ...]

    def halves(self) -> Iterator[Some]:
        """The same in two, each with a file of its own."""
        half = len(self.pairs) // 2
        for start, end in ((0, half), (half, len(self.pairs))):
            pairs, shards = self.pairs[start:end], self.shards[start:end]
            yield Some(self.folder, self.first + start, pairs, shards)


def near_schema() -> Any:
    """The Arrow schema of the table `copies`."""
    return pa.schema([pa.field(c.name, c.type, metadata={"means": c.means}) for c in COLUMNS])


def marks_of(rows: Sequence[tuple[int, str]]) -> Marks:
    """The marks of texts, each with its row, in order: shape (marks, 2)."""
    return ordered([(mark, row) for row, text in rows for mark in fingerprint(text).marks])


def ordered(pairs: Sequence[tuple[int, int]]) -> Marks:
    """Marks and rows, by mark: each made another number, so that equal stretches hold as many."""
    import numpy as np  # noqa: PLC0415 - workers that only find pages need none

    marks = np.array(pairs, np.uint64).reshape(-1, 2)
    marks[:, 0] *= np.uint64(_SPREAD)  # wraps on purpose; odd, so that no two become one
    return marks[np.lexsort((marks[:, 1], marks[:, 0]))]


def some_pairs(target: Target, firsts: Sequence[int]) -> Iterator[Some]:
    """The pairs that share two marks or more, a task's at a time, by the shards of both.

    So a task reads the texts of few shards. `firsts` is the first row of each shard.
    """
    files = target.marks
    pairs = chain.from_iterable(_by_shards(_pairs_of(files), firsts))
    numbers, first = [int(f.stem) for f in files], 0
    while some := list(islice(pairs, TOGETHER)):
        shards = tuple((numbers[i], numbers[j]) for _, _, i, j in some)
        yield Some(str(target.folder), first, tuple((a, b) for a, b, _, _ in some), shards)
        first += len(some)


def _pairs_of(files: Sequence[Path]) -> Packed:
    """The pairs of rows that share two marks or more, in order."""
    import numpy as np  # noqa: PLC0415

    count = sum(max(0, f.stat().st_size - 128) // 16 for f in files)
    parts = max(1, -(-count // PART))
    seen, enough = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    for part in range(parts):
        marks = np.concatenate([_part_of(file, part, parts) for file in files])
        # each file is in order, and their rows follow each other: a stable sort only merges
        more = _beside(marks[np.argsort(marks[:, 0], kind="stable")])
        more.sort()
        # what is held is a number a pair, not one a mark that a pair shares
        seen = np.concatenate([seen, more])
        seen.sort(kind="stable")
        again = np.zeros(len(seen), bool)
        again[1:] = seen[1:] == seen[:-1]
        enough = np.union1d(enough, seen[again])
        seen = seen[~again]
    return enough


def _by_shards(
    pairs: Packed, firsts: Sequence[int]
) -> Iterator[Iterator[tuple[int, int, int, int]]]:
    """The pairs of each shard's rows, by the shard of the other: (a, b, shard of a, of b)."""
    import numpy as np  # noqa: PLC0415

    starts = np.array([*firsts, 1 << _BITS], np.uint64)
    bounds = np.searchsorted(pairs, starts[:-1] << np.uint64(_BITS))
    for shard, (low, high) in enumerate(zip(bounds, [*bounds[1:], len(pairs)], strict=True)):
        own = pairs[low:high]
        others = own & np.uint64((1 << _BITS) - 1)
        beside = np.searchsorted(starts, others, "right") - 1
        order = np.argsort(beside, kind="stable")
        yield zip(
            (own >> np.uint64(_BITS))[order].tolist(), others[order].tolist(),
            [shard] * len(own), beside[order].tolist(), strict=True,
        )  # fmt: skip


def _part_of(file: Path, part: int, parts: int) -> Marks:
    """A file's stretch of that part; the rest of it is not read."""
    import numpy as np  # noqa: PLC0415

    marks: Marks = np.load(file, mmap_mode="r", allow_pickle=False)
    first, last = 0, len(marks)
    if part:
        first = int(np.searchsorted(marks[:, 0], np.uint64((part << 64) // parts)))
    if part + 1 < parts:
        last = int(np.searchsorted(marks[:, 0], np.uint64((part + 1 << 64) // parts)))
    return np.array(marks[first:last])


def _beside(marks: Marks) -> Packed:
    """The rows that stand within a few places of each other under one mark, as packed pairs."""
    import numpy as np  # noqa: PLC0415

    found = [np.zeros(0, np.uint64)]
    for step in range(1, BESIDE + 1):
        one, other = marks[:-step], marks[step:]
        same = (one[:, 0] == other[:, 0]) & (one[:, 1] != other[:, 1])
        found.append((one[same, 1] << np.uint64(_BITS)) | other[same, 1])
    return np.concatenate(found)


def compare_pairs(some: Some, beat: Beat) -> int:
    """Compare texts and write what is shared; how many pairs share enough."""
    target = Target(Path(some.folder))
    texts = _texts(target, some, beat)
    prints: dict[int, Fingerprint] = {}
    rows = []
    for a, b in some.pairs:
        beat()
        for row in (a, b):
            if row not in prints:
                prints[row] = fingerprint(texts[row])
        if copy := compare(str(a), str(b), prints[a], prints[b]):
            rows.append({"a": a, "b": b, "share_a": copy.share_a, "share_b": copy.share_b})
    with target.beside(target.copies_of(some.first)) as half:
        table = pa.Table.from_pylist(rows, schema=near_schema())
        parquet.write_table(table, half, compression="zstd")
    return len(rows)


def _texts(target: Target, some: Some, beat: Beat) -> dict[int, str]:
    """The texts of all rows of pairs; each shard is read once, and only those rows of it kept."""
    wanted: dict[int, set[int]] = {}
    for pair, shards in zip(some.pairs, some.shards, strict=True):
        for row, shard in zip(pair, shards, strict=True):
            wanted.setdefault(shard, set()).add(row)
    found = {}
    for shard in sorted(wanted):
        beat()
        table = parquet.read_table(target.reports_of(shard), columns=["row", "text"])
        held = table.filter(pc.is_in(table["row"], pa.array(sorted(wanted[shard]), pa.int64())))
        found.update({r["row"]: r["text"] for r in held.to_pylist()})
    return found
