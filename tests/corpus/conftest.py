"""A small corpus of our own, and engines for tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from sayso.corpus.engines.engine import Done, Lost, Task
from sayso.corpus.inputs import list_inputs
from sayso.corpus.run import Run, State
from sayso.corpus.schema import schemas
from sayso.corpus.target import Target

TOWNS = ("Tarn", "Belk", "Orvo", "Zelmir")
TEXT = (
    "{town} - {n} people were killed when a ferry sank off {town} on Monday, the coast guard "
    "said. “We have found {n} bodies,” Captain Oda Quillfeather told reporters."
)


def lines_of(count: int) -> list[dict[str, Any]]:
    """Reports, every fifth the text of the one before it."""
    found = []
    for n in range(count):
        k = n - 1 if n % 5 == 4 else n
        text = TEXT.format(town=TOWNS[k % 4], n=k + 2)
        found.append({"id": f"a{n}", "text": text, "published": "2024-05-06"})
    return found


@pytest.fixture(scope="session")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty of them as JSON Lines."""
    path = tmp_path_factory.mktemp("corpus") / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in lines_of(40)), "utf-8")
    return path


class Here:
    """An engine without processes; `loses` says which tasks are lost."""

    jobs = 2

    def __init__(self, loses: Callable[[Task], bool] = lambda _: False) -> None:
        self.loses = loses
        self.waiting: list[Task] = []
        self.done = 0

    def submit(self, task: Task) -> None:
        """The last that came is done first: no order is kept."""
        self.waiting.append(task)

    def next(self) -> Done | Lost:
        """As `Engine` says."""
        self.done += 1
        task = self.waiting.pop()
        if self.loses(task):
            return Lost(task, "its process was killed")
        try:
            return Done(task, task.work(*task.given, lambda: None))
        except Exception as error:  # noqa: BLE001 - as the others do
            return Done(task, error=error)

    def close(self) -> None:
        """Nothing is left."""
        self.waiting.clear()


@pytest.fixture(scope="session")
def here() -> type[Here]:
    """The engine of this process."""
    return Here


@pytest.fixture(scope="session")
def fill() -> Callable[..., State]:
    """What fills a folder from inputs by an engine."""

    def run(
        out: Path, *given: Path, engine: Any, tell: Callable[[State], None] = lambda _: None
    ) -> State:
        inputs = list_inputs([str(g) for g in given])
        target = Target(out)
        what = {"inputs": [[i.path, i.size] for i in inputs], "reader": "rules", "sayso": "0"}
        with target.held(what):
            return Run(target, inputs, engine, reader="rules", tell=tell).run()

    return run


@pytest.fixture(scope="session")
def dataset() -> Callable[[Path], dict[str, list[dict[str, Any]]]]:
    """All rows of a folder, by table, in the order of their shards."""

    def rows(out: Path) -> dict[str, list[dict[str, Any]]]:
        return {
            name: [
                row
                for shard in sorted((out / name).glob("*.parquet"))
                for row in parquet.read_table(shard).to_pylist()
            ]
            for name in (*schemas(), "copies")
        }

    return rows
