"""Near copies, found once all is read: reports that share passages, each with how much.

The marks of a report (see `linking.copies`) lie in a file a shard. They are taken a part at a time,
by their hash, sorted, and those that stand beside each other under one mark are candidates; pairs
with two marks in common are compared as texts. So memory holds a part of the marks and the pairs,
however many reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from sayso.corpus.schema import Column
from sayso.linking.copies import Fingerprint, compare, fingerprint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Marks = NDArray[np.uint64]  # pairs of mark and row

PART = 20_000_000  # marks that are sorted at a time: 320 MB
BESIDE = 8  # predecessors under one mark that a report is held against: of a thousand copies, few
SHARED = 2  # marks
TOGETHER = 400  # pairs of one task
COLUMNS = (
    Column("a", pa.int64(), "the row of the report that came first"),
    Column("b", pa.int64(), "the row of the one that shares text with it"),
    Column("share_a", pa.float64(), "how much of a stands in b, 0 to 1, by runs of five words"),
    Column("share_b", pa.float64(), "how much of b stands in a"),
)


def near_schema() -> Any:
    """The Arrow schema of the table `copies`."""
    return pa.schema([pa.field(c.name, c.type, metadata={"means": c.means}) for c in COLUMNS])


def marks_of(rows: Sequence[tuple[int, str]]) -> Marks:
    """The marks of texts, each with its row: shape (marks, 2)."""
    import numpy as np  # noqa: PLC0415 - workers that only find pages need none

    pairs = [(mark, row) for row, text in rows for mark in fingerprint(text).marks]
    return np.array(pairs, np.uint64).reshape(-1, 2)


def pairs_of(files: Sequence[Path]) -> Iterator[tuple[int, int]]:
    """The pairs of rows that share enough marks, in order."""
    import numpy as np  # noqa: PLC0415

    count = sum(max(0, f.stat().st_size - 128) // 16 for f in files)
    parts = max(1, -(-count // PART))
    pairs, shared = np.zeros((0, 2), np.uint64), np.zeros(0, np.int64)
    for part in range(parts):
        marks = np.concatenate([_part_of(file, part, parts) for file in files])
        more = _beside(marks[np.lexsort((marks[:, 1], marks[:, 0]))])
        # counted part by part: what is held is a row a pair, not a row a mark that a pair shares
        every = np.concatenate([pairs, more])
        counts = np.concatenate([shared, np.ones(len(more), np.int64)])
        pairs, at = np.unique(every, axis=0, return_inverse=True)
        shared = np.bincount(at.ravel(), counts, len(pairs)).astype(np.int64)
    yield from map(tuple, pairs[shared >= SHARED].tolist())


def _part_of(file: Path, part: int, parts: int) -> Marks:
    import numpy as np  # noqa: PLC0415

    marks: Marks = np.load(file, allow_pickle=False)
    some: Marks = marks[marks[:, 0] % np.uint64(parts) == part]
    return some


def _beside(marks: Marks) -> Marks:
    """The rows that stand within a few places of each other under one mark."""
    import numpy as np  # noqa: PLC0415

    found = [np.zeros((0, 2), np.uint64)]
    for step in range(1, BESIDE + 1):
        one, other = marks[:-step], marks[step:]
        same = (one[:, 0] == other[:, 0]) & (one[:, 1] != other[:, 1])
        found.append(np.stack([one[same, 1], other[same, 1]], axis=1))
    return np.concatenate(found)


def compare_pairs(
    folder: str, number: int, pairs: Sequence[tuple[int, int]], places: dict[int, int],
    beat: Callable[[], None] = lambda: None,
) -> int:  # fmt: skip
    """Compare texts and write what is shared; `places` says in which shard a row is."""
    beat()
    texts = _texts(Path(folder), places)
    prints: dict[int, Fingerprint] = {}
    rows = []
    for pair in pairs:
        for row in pair:
            if row not in prints:
                prints[row] = fingerprint(texts[row])
        a, b = pair
        if copy := compare(str(a), str(b), prints[a], prints[b]):
            rows.append({"a": a, "b": b, "share_a": copy.share_a, "share_b": copy.share_b})
    place = Path(folder) / "copies" / f"{number:08}.parquet"
    half = place.with_name(f".{place.name}.part")
    parquet.write_table(pa.Table.from_pylist(rows, schema=near_schema()), half, compression="zstd")
    half.replace(place)
    return len(rows)


def _texts(folder: Path, places: dict[int, int]) -> dict[int, str]:
    found = {}
    for shard in sorted(set(places.values())):
        table = parquet.read_table(
            folder / "reports" / f"{shard:08}.parquet", columns=["row", "text"]
        )
        found.update({r["row"]: r["text"] for r in table.to_pylist() if r["row"] in places})
    return found
