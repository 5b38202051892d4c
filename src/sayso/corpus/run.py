"""A run: inputs cut into blocks, copies told apart in the input's order, each block read once.

What is a copy of what hangs on the order of the input alone: blocks are found by whoever is free,
but taken in order, so that any engine, and a run that was broken off, come to the same dataset.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from sayso.corpus.engine import Done, Engine, Lost, Task
from sayso.corpus.inputs import Input, Item, Meter, read_items
from sayso.corpus.near import TOGETHER as PAIRS
from sayso.corpus.near import compare_pairs, pairs_of
from sayso.corpus.stages import Row, Shard, find, key_of, probe, read
from sayso.corpus.target import Target
from sayso.errors import UsageError
from sayso.record import Report, When

FIRST, LARGEST = 8, 256  # reports of a block: small at first, so that all have something to do
BYTES = 8 << 20  # of a block
AHEAD = 2  # blocks a process that wait or are done
SINCE = 4  # blocks of one size, before they double


@dataclass(slots=True)
class State:
    """How far a run is: reports by what became of them, and the share of the input that is read."""

    counts: Counter[str] = field(default_factory=Counter)
    share: float = 0.0
    went_on: int = 0  # reports that an earlier run had done
    near: int = 0  # pairs of reports that share text


Tell = Callable[[State], None]


def blocks_of(inputs: Sequence[Input], meter: Meter) -> Iterator[list[Item]]:
    """The parts of the input in blocks; which ones, the input alone decides."""
    block: list[Item] = []
    size = number = 0
    for item in (item for file in inputs for item in read_items(file, meter)):
        block.append(item)
        size += len(item.capture.content) if item.capture else 0
        if len(block) >= min(LARGEST, FIRST << (number // SINCE)) or size >= BYTES:
            yield block
            block, size, number = [], 0, number + 1
    if block:
        yield block


class Keys:
    """Which report came first of each text and date; in a file, since there may be millions."""

    def __init__(self, place: Path) -> None:
        place.unlink(missing_ok=True)
        self._held = sqlite3.connect(place, isolation_level=None)
        self._held.execute("PRAGMA journal_mode = OFF")
        self._held.execute("PRAGMA synchronous = OFF")
        self._held.execute("CREATE TABLE key (key BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID")

    def first(self, key: bytes, id_: str) -> str | None:
        """The id of the report that had this key before; None where this is the first."""
        found = self._held.execute("SELECT id FROM key WHERE key = ?", (key,)).fetchone()
        if found is None:
            self._held.execute("INSERT INTO key VALUES (?, ?)", (key, id_))
            return None
        return str(found[0])

    def close(self, place: Path) -> None:
        """Nothing is left of it."""
        self._held.close()
        place.unlink(missing_ok=True)


class Run:
    """One run over inputs into a folder that is held."""

    def __init__(
        self, target: Target, inputs: Sequence[Input], engine: Engine, *, reader: str, tell: Tell
    ) -> None:
        self.target, self.engine, self.reader, self.tell = target, engine, reader, tell
        self.state = State()
        self._total = sum(i.size for i in inputs) or 1
        self._meter = Meter()
        self._blocks = enumerate(blocks_of(inputs, self._meter))
        self._done = target.done()
        self._order: dict[int, list[Row] | None] = {}  # found, or done before; not yet taken
        self._apart: dict[int, dict[int, list[Row]]] = {}  # blocks whose items are found one by one
        self._size: dict[int, int] = {}
        self._probed: dict[int, tuple[Shard, set[int]]] = {}
        self._next = self._row = self._flight = 0
        self._open = True
        self._firsts: list[int] = []  # the first row of each shard

    def run(self) -> State:
        """All of it; raises UsageError where the target takes no more."""
        place = self.target.folder / ".keys.db"
        self._keys = Keys(place)
        try:
            while self._step():
                self.state.share = min(1.0, self._meter.read / self._total)
                self.tell(self.state)
            self._find_near()
        finally:
            self.engine.close()
            self._keys.close(place)
        return self.state

    def _step(self) -> bool:
        """One result awaited and dealt with; False where all is done."""
        while self._open and self._flight + len(self._order) < self.engine.jobs * AHEAD + 1:
            self._take_in()
        self._advance()
        if self._flight:
            self._deal(self.engine.next())
        return bool(self._flight or self._open or self._order)

    def _take_in(self) -> None:
        number, items = next(self._blocks, (-1, []))
        if number < 0:
            self._open = False
        elif number in self._done:
            self._order[number] = None
            self._advance()
        else:
            self._submit(("find", number), find, items)

    def _submit(self, key: tuple[Any, ...], work: Callable[..., Any], *given: Any) -> None:
        self._flight += 1
        self.engine.submit(Task(key, work, given))

    def _advance(self) -> None:
        """Take the blocks whose turn it is."""
        while self._next in self._order:
            rows = self._order.pop(self._next)
            self._firsts.append(self._row)
            if rows is None:
                self._pass_over(self._next)
            else:
                told = tuple(self._told_apart(row) for row in rows)
                folder = str(self.target.folder)
                shard = Shard(folder, self._next, self._row, told, self.reader)
                self._row += len(told)
                self._submit(("read", self._next), read, shard)
            self._next += 1

    def _pass_over(self, number: int) -> None:
        """A shard that an earlier run wrote: its reports came first, too."""
        counts = self._done[number]
        for row in self.target.column([number], "id", "text", "published", "copy_of"):
            if row["text"] is not None and row["copy_of"] is None:
                self._keys.first(_key_in(row), row["id"])
        self._row += counts.total()
        self.state.counts += counts
        self.state.went_on += counts.total()

    def _told_apart(self, row: Row) -> Row:
        if row.page is None:
            return row
        return replace(row, copy_of=self._keys.first(row.key, row.page.report.id))

    def _deal(self, with_: Done | Lost) -> None:
        self._flight -= 1
        kind, number, *rest = with_.task.key
        if isinstance(with_, Lost):
            self._deal_with_loss(with_, kind, number, rest)
            return
        if with_.error is not None:
            raise with_.error
        match kind:
            case "find":
                self._order[number] = with_.result
            case "find alone":
                self._join(number, rest[0], with_.result)
            case "probe":
                self._close_probe(number, rest[0], None)
            case "near":
                self.state.near += with_.result
            case _:
                self.state.counts += with_.result

    def _deal_with_loss(self, lost: Lost, kind: str, number: int, rest: list[int]) -> None:
        """A block that ends its processes is taken apart: only what does it again is set aside."""
        match kind:
            case "find":
                (items,) = lost.task.given
                self._apart[number], self._size[number] = {}, len(items)
                for n, item in enumerate(items):
                    self._submit(("find alone", number, n), find, [item])
            case "find alone":
                ((item,),) = lost.task.given
                words = f"{item.at}: set aside, {lost.why} twice"
                name = item.capture.name if item.capture else item.at
                self._join(number, rest[0], [Row(item.at, name, None, words)])
            case "near":
                raise UsageError(f"copies could not be compared: {lost.why} twice; run it again")
            case "read":
                (shard,) = lost.task.given
                wanted = {n: r.page for n, r in enumerate(shard.rows) if r.page and not r.copy_of}
                self._probed[number] = (shard, set(wanted))
                for n, page in wanted.items():
                    self._submit(("probe", number, n), probe, page, self.reader)
            case _:
                self._close_probe(number, rest[0], lost.why)

    def _find_near(self) -> None:
        """The near copies, once all is read."""
        known = self.target.compared
        if known is not None:
            self.state.near = known
            return
        shards = [
            (int(p.stem), row) for p, row in zip(self.target.marks, self._firsts, strict=True)
        ]
        pairs, number = pairs_of(self.target.marks), 0
        while some := list(islice(pairs, PAIRS)):
            rows = {row for pair in some for row in pair}
            places = {row: _shard_of(row, shards) for row in rows}
            folder = str(self.target.folder)
            self._submit(("near", number), compare_pairs, folder, number, some, places)
            number += 1
            while self._flight >= self.engine.jobs * AHEAD:
                self._deal(self.engine.next())
        while self._flight:
            self._deal(self.engine.next())
        self.target.say_compared(self.state.near)

    def _join(self, number: int, n: int, rows: list[Row]) -> None:
        found = self._apart[number]
        found[n] = rows
        if len(found) == self._size[number]:
            self._order[number] = [row for _, some in sorted(found.items()) for row in some]
            del self._apart[number], self._size[number]

    def _close_probe(self, number: int, n: int, why: str | None) -> None:
        shard, left = self._probed[number]
        left.discard(n)
        if why is not None:
            rows = list(shard.rows)
            rows[n] = replace(rows[n], refused=f"{rows[n].at}: set aside, {why} twice")
            shard = replace(shard, rows=tuple(rows))
        self._probed[number] = (shard, left)
        if not left:
            del self._probed[number]
            self._submit(("read", number), read, shard)


def _shard_of(row: int, shards: Sequence[tuple[int, int]]) -> int:
    return shards[bisect_right(shards, row, key=lambda s: s[1]) - 1][0]


def _key_in(row: dict[str, Any]) -> bytes:
    published = row["published"]
    when = When(**published) if published and published["basis"] != "inferred" else None
    return key_of(Report(row["id"], "", row["text"], None, None, None, None, None, when, ()))
