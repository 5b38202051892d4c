"""A run: inputs cut into blocks, copies told apart in the input's order, each block read once.

What is a copy of what hangs on the order of the input alone: blocks are found by whoever is free,
but taken in order, so that any engine, and a run that was broken off, come to the same dataset.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sayso.corpus.apart import Apart
from sayso.corpus.engines.engine import Done, Engine, Lost, Task
from sayso.corpus.inputs import Input, Item, Meter, read_items
from sayso.corpus.keys import Keys
from sayso.corpus.near import Some, compare_pairs, some_pairs
from sayso.corpus.stages import Row, Shard, find, key_of, probe, read
from sayso.corpus.target import Compared, Target, full
from sayso.record import Report, When

FIRST, LARGEST = 8, 256  # reports of a block: small at first, so that all have something to do
BYTES = 8 << 20  # of a block
AHEAD = 2  # blocks a process that wait or are done
SINCE = 8  # blocks of one size, before they double: an eighth of what came before
LAST = 16  # reports of a block at the end, whose blocks are an eighth of what is left


@dataclass(slots=True)
class State:
    """How far a run is: reports by what became of them, and the share of the input that is read."""

    counts: Counter[str] = field(default_factory=Counter)
    share: float = 0.0
    went_on: int = 0  # reports that an earlier run had done
    near: Compared = field(default_factory=Compared)  # reports that share text


Tell = Callable[[State], None]


def blocks_of(inputs: Sequence[Input], meter: Meter) -> Iterator[list[Item]]:
    """The parts of the input in blocks; which ones, the input alone decides.

    They grow, and shrink towards the end, so that none reads a large one while others have none.
    """
    block: list[Item] = []
    total = sum(file.size for file in inputs)
    size = number = 0
    most = FIRST
    for count, item in enumerate((i for file in inputs for i in read_items(file, meter)), 1):
        block.append(item)
        size += len(item.capture.content) if item.capture else 0
        if len(block) >= most or size >= BYTES:
            yield block
            block, size, number = [], 0, number + 1
            most = min(LARGEST, FIRST << (number // SINCE), _share_left(count, meter.read, total))
    if block:
        yield block


def _share_left(count: int, read: int, total: int) -> int:
    """An eighth of the reports that are left, by the bytes that are; `LARGEST` where none knows."""
    if not 0 < read <= total:
        return LARGEST
    return max(LAST, count * (total - read) // read // SINCE)


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
        self._items = Apart[None, list[Row]]()  # of blocks: each is found by itself
        self._pages = Apart[Shard, str | None]()  # of shards: each is read by itself, to see
        self._next = self._row = self._flight = 0
        self._open = True
        self._firsts: list[int] = []  # the first row of each shard

    def run(self) -> State:
        """All of it; raises UsageError where the target takes no more."""
        try:
            self._run()
        except (OSError, sqlite3.Error) as error:  # a process's, too
            raise full(self.target.folder, error) from error
        finally:
            self.engine.close()
        return self.state

    def _run(self) -> None:
        place = self.target.folder / ".keys.db"
        self._keys = Keys(place)
        try:
            while self._step():
                self.state.share = min(1.0, self._meter.read / self._total)
                self.tell(self.state)
        finally:
            self._keys.close(place)
        self._find_near()

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
                self._join_items(number, rest[0], with_.result)
            case "probe":
                self._join_pages(number, rest[0], None)
            case "near":
                self.state.near.pairs += with_.result
            case _:
                self.state.counts += with_.result

    def _deal_with_loss(self, lost: Lost, kind: str, number: int, rest: list[int]) -> None:
        """What ends its processes is taken apart: only what does it again is set aside."""
        match kind:
            case "find":
                (items,) = lost.task.given
                self._items.take(number, None, range(len(items)))
                for n, item in enumerate(items):
                    self._submit(("find alone", number, n), find, [item])
            case "find alone":
                ((item,),) = lost.task.given
                words = f"{item.at}: set aside, {lost.why} twice"
                name = item.capture.name if item.capture else item.at
                self._join_items(number, rest[0], [Row(item.at, name, None, words)])
            case "read":
                (shard,) = lost.task.given
                wanted = {n: r.page for n, r in enumerate(shard.rows) if r.page and not r.copy_of}
                self._pages.take(number, shard, wanted)
                for n, page in wanted.items():
                    self._submit(("probe", number, n), probe, page, self.reader)
            case "probe":
                self._join_pages(number, rest[0], lost.why)
            case _:
                (some,) = lost.task.given
                self._halve(some, lost.why)

    def _join_items(self, number: int, n: int, rows: list[Row]) -> None:
        if joined := self._items.join(number, n, rows):
            self._order[number] = [row for _, some in joined[1] for row in some]

    def _join_pages(self, number: int, n: int, why: str | None) -> None:
        if joined := self._pages.join(number, n, why):
            shard, found = joined
            rows = list(shard.rows)
            for at, lost in found:
                if lost is not None:
                    rows[at] = replace(rows[at], refused=f"{rows[at].at}: set aside, {lost} twice")
            self._submit(("read", number), read, replace(shard, rows=tuple(rows)))

    def _find_near(self) -> None:
        """The near copies, once all is read."""
        if (known := self.target.compared) is not None:
            self.state.near = known
            return
        self.target.compare_anew()
        for some in some_pairs(self.target, self._firsts):
            self._compare(some)
            while self._flight >= self.engine.jobs * AHEAD:
                self._deal(self.engine.next())
        while self._flight:
            self._deal(self.engine.next())
        self.state.near.left_out.sort()
        self.target.say_compared(self.state.near)

    def _compare(self, some: Some) -> None:
        self._submit(("near", some.first, len(some.pairs)), compare_pairs, some)

    def _halve(self, some: Some, why: str) -> None:
        """The pair that ends its process by itself is left out, all others are compared."""
        self.target.copies_of(some.first).unlink(missing_ok=True)  # written before it ended
        if len(some.pairs) > 1:
            for half in some.halves():
                self._compare(half)
        else:
            ((a, b),) = some.pairs
            self.state.near.left_out.append((a, b, f"{why} twice"))


def _key_in(row: dict[str, Any]) -> bytes:
    published = row["published"]
    when = When(**published) if published and published["basis"] != "inferred" else None
    return key_of(Report(row["id"], "", row["text"], None, None, None, None, None, when, ()))
