"""The folder that a run fills: whose it is, what is done, and shards that are whole or not there.

A shard has a file in each table's folder, written beside its place and renamed into it; what is
done is said last, in `_done`. So a run that ends anywhere is gone on with: what is not said to be
done is done again, over what may lie there of it.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from sayso.corpus.schema import SCHEMA_NAME, schemas
from sayso.errors import UsageError

Rows = Mapping[str, list[dict[str, Any]]]
ROOM = "make room or name another --out; the same command then goes on where it stopped"


@dataclass(slots=True)
class Compared:
    """How many pairs of reports share text, and which could not be compared: (a, b, why)."""

    pairs: int = 0
    left_out: list[tuple[int, int, str]] = field(default_factory=list)


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
            self._put(plan, said)
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
        """A shard, whole: each table's file, then the word that it is done.

        Raises OSError where the disk takes no more; nothing half is left.
        """
        import numpy as np  # noqa: PLC0415 - what only looks at a target needs none

        with (
            self.beside(self.folder / "_marks" / f"{shard:08}.npy") as half,
            half.open("wb") as stream,
        ):
            np.save(stream, marks, allow_pickle=False)
        for name, schema in schemas().items():
            table = pa.Table.from_pylist(rows.get(name, []), schema=schema)
            with self.beside(self.folder / name / f"{shard:08}.parquet") as half:
                parquet.write_table(table, half, compression="zstd")
        self._put(self.folder / "_done" / f"{shard:08}.json", counts)

    @contextmanager
    def beside(self, place: Path) -> Iterator[Path]:
        """A file to write beside its place, renamed into it at the end; on an error it goes.

        Its name is nobody else's: two machines may try the same task at the same time.
        """
        half = place.with_name(f".{place.name}.{uuid.uuid4().hex}.part")
        try:
            yield half
            half.replace(place)
        except BaseException:
            half.unlink(missing_ok=True)
            raise

    def _put(self, place: Path, what: Any) -> None:
        with self.beside(place) as half:
            half.write_text(json.dumps(what, indent=1), "utf-8")  # names may be no UTF-8

    @property
    def marks(self) -> list[Path]:
        """The files with the marks of shards, in order."""
        return sorted((self.folder / "_marks").glob("[0-9]*.npy"))

    @property
    def compared(self) -> Compared | None:
        """What came of comparing near copies; None where that is yet to be done."""
        if not self._compared.exists():
            return None
        said = json.loads(self._compared.read_text("utf-8"))
        return Compared(said["pairs"], [tuple(pair) for pair in said["not_compared"]])

    def say_compared(self, what: Compared) -> None:
        """All copies are found: that is said last."""
        self._put(self._compared, {"pairs": what.pairs, "not_compared": what.left_out})

    def compare_anew(self) -> None:
        """Nothing is left of a comparison that was broken off: it may have been cut otherwise."""
        for place in (self.folder / "copies").glob("[0-9]*.parquet"):
            place.unlink()

    @property
    def _compared(self) -> Path:
        return self.folder / "_done" / "copies.json"

    def copies_of(self, first: int) -> Path:
        """The file of the pairs from that one on."""
        return self.folder / "copies" / f"{first:08}.parquet"

    def reports_of(self, shard: int) -> Path:
        """The file of a shard's reports."""
        return self.folder / "reports" / f"{shard:08}.parquet"

    def column(self, shards: Iterable[int], *names: str) -> Iterator[dict[str, Any]]:
        """Some columns of the reports of shards, row by row, shard by shard."""
        for shard in shards:
            yield from parquet.read_table(self.reports_of(shard), columns=list(names)).to_pylist()


def full(folder: Path, error: OSError | sqlite3.Error) -> UsageError:
    """What is said where the target takes no more."""
    what = (isinstance(error, OSError) and error.strerror) or str(error)
    return UsageError(f"--out {folder}: cannot be written ({what}); {ROOM}")
