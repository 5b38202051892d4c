"""Where rows go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from sayso.errors import UsageError


class ReaderGone(Exception):  # noqa: N818 - an end, not an error
    """Whoever read our output has closed it (`sayso read … | head`)."""


class Out:
    """A place to write text to. A file is written beside its name and moved there at the end.

    Left without `keep`, the file is not there: an old one has its old content.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path and path.resolve()  # a link keeps its name, what it leads to is written
        self._part: Path | None = None
        self._keep = False
        self._file: BinaryIO = sys.stdout.buffer
        if self._path is not None:
            self._file = self._open(self._path)

    def _open(self, path: Path) -> BinaryIO:
        try:
            if path.exists() and not path.is_file():
                return path.open("wb")  # a pipe or a device: nothing to move into place
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        except OSError as error:
            raise UsageError(
                f"{path}: cannot be written ({error.strerror}); name another file with --out"
            ) from error
        self._part = Path(name)
        return os.fdopen(handle, "wb")

    def write(self, text: str, encoding: str = "utf-8") -> None:
        """Write text whole and flush it; raises ReaderGone where nobody reads any more."""
        self.write_bytes(text.encode(encoding, "backslashreplace"))

    def write_bytes(self, content: bytes) -> None:
        """The same for bytes."""
        try:
            self._file.write(content)
            self._file.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error
        except OSError as error:
            raise UsageError(f"cannot write ({error.strerror}); write elsewhere") from error

    def keep(self) -> None:
        """Say that all is written: the file may take its name."""
        self._keep = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._path is None:
            return
        try:
            self._file.close()
        except OSError as full:  # what was still held back does not fit
            raise UsageError(f"cannot write ({full.strerror}); write elsewhere") from full
        if self._part is None:
            return
        if self._keep and kind is None:
            self._part.chmod(0o666 & ~_umask())
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


def pour_out(made: Path, place: Path | None) -> None:
    """Write what was made to a screen, a pipe or a device."""
    with Out(place) as out, made.open("rb") as source:
        while chunk := source.read(1 << 20):
            out.write_bytes(chunk)


def _umask() -> int:
    """The process's file mode mask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def make_folder(path: Path) -> Path:
    """The folder, made where it is not there; raises UsageError where it can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be made ({error.strerror}); name another folder with --out"
        ) from error
    return path
