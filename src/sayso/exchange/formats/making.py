"""A file or folder that appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from sayso.errors import UsageError

MEND = "name another with --out (from Python: path)"
Pour = Callable[[Path, Path | None], None]  # what was made, and where to


def _copy(made: Path, place: Path | None) -> None:
    """Write what was made into a pipe or a device."""
    if place is None:
        raise UsageError("name a file to write to")
    with made.open("rb") as source, place.open("wb") as target:
        shutil.copyfileobj(source, target)


class Making:
    """A file or folder that a writer makes at `part`, which then takes its name.

    Left without `keep`, it is not there: an old file has its old content. What is no file (a pipe,
    a device, no path at all) cannot take a name: there `pour` writes what was made. Raises
    UsageError where the place is a folder already or cannot be written.
    """

    def __init__(
        self, path: Path | None, pour: Callable[[Path, Path | None], None] = _copy
    ) -> None:
        self._path = path and path.resolve()
        self._pour = pour
        self._keep = False
        self.part = Path()

    def __enter__(self) -> Self:
        path = self._path
        beside = path.parent if path and (path.is_file() or not path.exists()) else None
        if path and path.is_dir():
            raise UsageError(f"{path}: is a folder already; {MEND}")
        try:
            folder = tempfile.mkdtemp(prefix=".sayso-export.", dir=beside)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror}); {MEND}") from error
        self.part = Path(folder) / (path.name if path else "out")
        return self

    def keep(self) -> None:
        """Say that all is made: it may take its name."""
        self._keep = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._keep and kind is None:
                self._place()
        finally:
            shutil.rmtree(self.part.parent, ignore_errors=True)

    def _place(self) -> None:
        path = self._path
        if path is not None and (path.is_file() or not path.exists()):
            self.part.replace(path)
        else:
            self._pour(self.part, path)
