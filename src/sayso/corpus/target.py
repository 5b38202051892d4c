"""The folder that a run fills: whose it is, what is done, and shards that are whole or not there.

A shard has a file in each table's folder, written beside its place and renamed into it; what is
done is said last, in `_done`. So a run that ends anywhere is gone on with: what is not said to be
done is done again, over what may lie there of it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from sayso.corpus.schema import SCHEMA_NAME, schemas
from sayso.errors import UsageError

Rows = Mapping[str, list[dict[str, Any]]]
ROOM = "make room or name another --out; the same command then goes on where it stopped"


class Target:
    """An output folder under our hands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def held(self, what: Mapping[str, Any]) -> Iterator[None]:
        """Hold the folder for a run over `what` (inputs, reader, version).

        Raises UsageError where another run has it, where it was made of something else, or where it
        cannot be written. The lock is the system's: it ends with its process, however that ends.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise UsageError(f"--out {self.folder}: cannot be written ({error.strerror})") from None
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                words = f"--out {self.folder}: another run is filling it; wait for it to end"
                raise UsageError(words) from None
            self._meet(what)
            yield
        finally:
            os.close(lock)

    def _meet(self, what: Mapping[str, Any]) -> None:
        plan = self.folder / "corpus.json"
        said = {"schema": SCHEMA_NAME, **what}
        try:
            if plan.exists():
                self._check(json.loads(plan.read_text("utf-8")), said)
            elif strange := [p.name for p in self.folder.iterdir() if p.name != ".lock"]:
                words = f"--out {self.folder}: a folder with other things in it ({strange[0]})"
                raise UsageError(f"{words}; name a new one")
            for name in (*schemas(), "copies", "_marks", "_done"):
                (self.folder / name).mkdir(exist_ok=True)
                for half in (self.folder / name).glob(".*.part"):
                    half.unlink()
            _put(plan, json.dumps(said, indent=1, ensure_ascii=False).encode())
        except OSError as error:
            raise full(self.folder, error) from error
        except ValueError as error:
            raise UsageError(f"{plan}: damaged ({error}); name another --out") from None

    def _check(self, held: dict[str, Any], said: Mapping[str, Any]) -> None:
        for key in said:
            if held.get(key) != said[key]:
                words = f"--out {self.folder}: holds a corpus of other {key}"
                if key != "inputs":
                    words += f" ({held.get(key)}, not {said[key]})"
                raise UsageError(f"{words}; name another folder")

    def done(self) -> dict[int, Counter[str]]:
        """The shards that are whole, with how many reports became what."""
        found = {}
        for path in (self.folder / "_done").glob("[0-9]*.json"):
            found[int(path.stem)] = Counter(json.loads(path.read_text("utf-8")))
        return found

    def write(self, shard: int, rows: Rows, counts: Mapping[str, int], marks: Any) -> None:
        """A shard, whole: each table's file, then the word that it is done."""
        try:
            self._save(f"{shard:08}.npy", marks)
            for name, schema in schemas().items():
                table = pa.Table.from_pylist(rows.get(name, []), schema=schema)
                place = self.folder / name / f"{shard:08}.parquet"
                half = place.with_name(f".{place.name}.{os.getpid()}.part")
                parquet.write_table(table, half, compression="zstd")
                half.replace(place)
            _put(self.folder / "_done" / f"{shard:08}.json", json.dumps(counts).encode())
        except OSError as error:
            raise full(self.folder, error) from error

    def _save(self, name: str, marks: Any) -> None:
        import numpy as np  # noqa: PLC0415 - what only looks at a target needs none

        half = self.folder / "_marks" / f".{name}.{os.getpid()}.part"
        with half.open("wb") as stream:
            np.save(stream, marks, allow_pickle=False)
        half.replace(half.with_name(name))

    @property
    def marks(self) -> list[Path]:
        """The files with the marks of shards, in order."""
        return sorted((self.folder / "_marks").glob("[0-9]*.npy"))

    @property
    def compared(self) -> int | None:
        """How many near copies there are; None where they are yet to be found."""
        place = self.folder / "_done" / "copies.json"
        return int(json.loads(place.read_text("utf-8"))) if place.exists() else None

    def say_compared(self, count: int) -> None:
        """All copies are found: that is said last."""
        _put(self.folder / "_done" / "copies.json", json.dumps(count).encode())

    def column(self, shards: Iterable[int], *names: str) -> Iterator[dict[str, Any]]:
        """Some columns of the reports of shards, row by row, shard by shard."""
        for shard in shards:
            path = self.folder / "reports" / f"{shard:08}.parquet"
            yield from parquet.read_table(path, columns=list(names)).to_pylist()


def _put(place: Path, content: bytes) -> None:
    half = place.with_name(f".{place.name}.{os.getpid()}.part")
    half.write_bytes(content)
    half.replace(place)


def full(folder: Path, error: OSError) -> UsageError:
    """What is said where the target takes no more."""
    what = error.strerror or str(error)
    return UsageError(f"--out {folder}: cannot be written ({what}); {ROOM}")
