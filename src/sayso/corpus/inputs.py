"""What goes in: files, folders and addresses, packed or not, as captures in a fixed order.

Here no more than one report is held at a time (64 rows of a Parquet file), and no more than a
report's share is unpacked: a small file may unpack to any size. A run holds blocks of them (`run`).
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec
from fsspec.compression import compr

from sayso.errors import CaptureError, InputError, UsageError
from sayso.intake.json_lines import capture_of_row, numbered_lines, read_json_line
from sayso.intake.receive import LARGEST_CAPTURE, LARGEST_TEXT, make_capture
from sayso.record import Capture, Form
from sayso.record.clean import make_whole

PACKED = {".gz": "gzip", ".bz2": "bz2", ".xz": "xz", ".zst": "zstd"}
_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_COLUMNS = ("id", "text", "title", "publisher", "published", "url")
ROWS = 64  # of a Parquet file that are held


@dataclass(frozen=True, slots=True)
class Input:
    """One file of the input: its address and how many bytes it has."""

    path: str
    size: int

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path.replace(os.sep, "/")).name


@dataclass(frozen=True, slots=True)
class Item:
    """One part of the input: a capture, or why there is none; `at` is where it stands."""

    at: str
    capture: Capture | None = None
    refused: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", make_whole(self.at))  # a file's name may be no UTF-8
        object.__setattr__(self, "refused", self.refused and make_whole(self.refused))


def refuse(at: str, error: InputError) -> Item:
    """A part that cannot be read, called by where it stands, whatever the error calls it."""
    return Item(at, refused=f"{at}: {error.what}; {error.mend}")


def list_inputs(given: list[str]) -> list[Input]:
    """The files that were named, folders walked through; in order, each once.

    Raises UsageError for what is not there: nothing is begun on half of what was asked.
    """
    found: dict[str, int] = {}
    for path in given:
        try:
            system, root = fsspec.core.url_to_fs(path)
            shown = system.unstrip_protocol if "://" in path else str
            files = system.find(root, detail=True) if system.isdir(root) else {
                root: system.info(root)
            }  # fmt: skip
        except FileNotFoundError:
            raise UsageError(f"{path}: no such file or folder; check the path") from None
        except (OSError, ValueError, ImportError) as error:
            raise UsageError(f"{path}: cannot be listed ({error})") from error
        hidden = [f for f in files if _is_hidden(f, root)]
        odd = [f for f in files if files[f].get("type", "file") != "file"]
        if odd == [root]:  # it would be waited for without end
            raise UsageError(
                f"{path}: no plain file (a pipe or a device); write it to a file first"
            )
        for file in sorted(set(files) - {*hidden, *odd}):
            found.setdefault(shown(file), int(files[file].get("size") or 0))
    if not found:
        raise UsageError(f"{', '.join(given)}: nothing in there; name files or folders of reports")
    return [Input(path, size) for path, size in found.items()]


def _is_hidden(file: str, root: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(file[len(root) :]).parts)


class Meter:
    """How many bytes of the input have been read, packed as they are."""

    def __init__(self) -> None:
        self._before = 0
        self._stream: Any = None
        self._size = 0
        self._part: float | None = None

    @property
    def read(self) -> int:
        """Bytes so far."""
        if self._part is not None:
            return self._before + int(self._part * self._size)
        try:
            return self._before + int(self._stream.tell() if self._stream else 0)
        except (OSError, ValueError):
            return self._before

    def opens(self, file: Input, stream: Any) -> None:
        """A file is read from here on."""
        self._stream, self._size = stream, file.size

    def tells(self, part: float) -> None:
        """So much of the file is read, 0 to 1: of one that is not read from end to end."""
        self._part = part

    def closes(self, file: Input) -> None:
        """A file is through."""
        self._stream = self._part = None
        self._before += file.size


def read_items(file: Input, meter: Meter) -> Iterator[Item]:
    """The parts of a file; what cannot be read of it is an item too."""
    try:
        with fsspec.open(file.path, "rb") as stream:
            meter.opens(file, stream)
            yield from _read(file, stream, meter)
    except InputError as error:
        yield refuse(file.path, error)
    except Exception as error:  # noqa: BLE001 - each packing has errors of its own; the next file is still read
        what = f"cannot be read on ({error or type(error).__name__})"
        yield refuse(file.path, CaptureError(file.path, what, "check the file"))
    finally:
        meter.closes(file)


def _read(file: Input, stream: Any, meter: Meter) -> Iterator[Item]:
    stem, ending = os.path.splitext(file.name.lower())  # noqa: PTH122 - of a name, not a path
    packed = PACKED.get(ending)
    kind = os.path.splitext(stem)[1] if packed else ending  # noqa: PTH122
    if kind == ".parquet":
        yield from _parquet(file, stream, meter)
    elif kind == ".warc":  # unpacked by its own reader: each record is packed for itself
        yield from _warc(file, stream)
    else:
        plain = _unpacked(stream, packed) if packed else stream
        if kind in _LINES:
            yield from _lines(file, cast("BinaryIO", plain))
        else:
            yield _whole(file, stem if packed else file.name, plain)


def _unpacked(stream: Any, packed: str) -> Any:
    if packed != "zstd":
        return compr[packed](stream, mode="rb")
    import pyarrow as pa  # noqa: PLC0415 - Python's own library reads no zstd yet

    return io.BufferedReader(pa.CompressedInputStream(stream, "zstd"))


def _whole(file: Input, name: str, stream: Any) -> Item:
    content = stream.read(LARGEST_CAPTURE + 1)
    if len(content) > LARGEST_CAPTURE:
        what = f"more than {LARGEST_CAPTURE >> 20} MB"
        raise CaptureError(file.path, what, "split it into its reports")
    return Item(file.path, make_capture(name, content))


def _lines(file: Input, stream: BinaryIO) -> Iterator[Item]:
    for number, line in numbered_lines(stream, LARGEST_TEXT):
        at = f"{file.path}, line {number}"
        if line is None:
            what = f"more than {LARGEST_TEXT >> 20} MB on one line"
            yield refuse(at, CaptureError(at, what, "split it into its reports"))
        elif line.strip():
            try:
                yield Item(at, read_json_line(file.path, number, line))
            except InputError as error:
                yield refuse(at, error)


def _parquet(file: Input, stream: Any, meter: Meter) -> Iterator[Item]:
    import pyarrow as pa  # noqa: PLC0415 - few inputs are Parquet
    from pyarrow import parquet  # noqa: PLC0415

    try:
        table = parquet.ParquetFile(stream)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise CaptureError(file.path, f"no Parquet file ({error})", "check the file") from error
    with closing(table):
        names = table.schema_arrow.names
        if "text" not in names:
            what = f"no column `text`; it has {', '.join(names)[:200]}"
            raise CaptureError(file.path, what, f"name the columns {', '.join(_COLUMNS)}")
        row, columns = 0, [c for c in _COLUMNS if c in names]
        for batch in table.iter_batches(ROWS, columns=columns):
            for values in batch.to_pylist():
                row += 1
                meter.tells(row / table.metadata.num_rows)
                at = f"{file.path}, row {row}"
                try:
                    yield Item(at, capture_of_row(at, {k: _plain(v) for k, v in values.items()}))
                except InputError as error:
                    yield refuse(at, error)


def _plain(value: Any) -> Any:
    """A date or an instant as it is written."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _warc(file: Input, stream: Any) -> Iterator[Item]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        for record in ArchiveIterator(
            stream, record_types=wanted, parse_http=True, auto_decode="transfer"
        ):
            number += 1
            at = f"{file.path}, record {number}"
            if (form := _form_of(record)) is not None:
                yield _record(at, record, form)
    except (RuntimeError, ValueError, OSError) as error:
        at = f"{file.path}, after record {number}"
        yield refuse(at, CaptureError(at, f"the archive is damaged ({error})", "fetch it again"))


_TYPES: dict[str, Form] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text",
    "application/pdf": "pdf",
}  # fmt: skip


def _form_of(record: Any) -> Form | None:
    """The form of a record that may hold a report; None for pictures, redirects and errors."""
    if record.is_http and record.http_headers is not None:
        if record.http_headers.status_code not in (None, 200):
            return None
        type_ = record.http_content_type
    else:
        type_ = record.headers.get("Content-Type")
    return _TYPES.get((type_ or "").partition(";")[0].strip().lower())


def _header(record: Any, name: str) -> str:
    return str((record.http_headers or {}).get(name, "") if record.is_http else "").lower()


def _content(at: str, record: Any) -> bytes:
    """A record's bytes, unpacked, no more than may be looked at; raises CaptureError."""
    content: bytes = record.reader.read(LARGEST_TEXT + 1)
    whole = 0 if _header(record, "Transfer-Encoding") else record.content_length
    if len(content) < min(whole, LARGEST_TEXT):
        raise CaptureError(at, f"cut off: {len(content)} of {whole} bytes", "fetch it again")
    match _header(record, "Content-Encoding"):
        case "" | "identity":
            return content
        case "gzip" | "x-gzip" | "deflate":
            try:
                return zlib.decompressobj(wbits=47).decompress(content, LARGEST_TEXT + 1)
            except zlib.error as error:
                raise CaptureError(at, f"packed wrongly ({error})", "fetch it again") from None
        case how:
            raise CaptureError(at, f"packed by {how:.20}", "fetch it without that packing")


def _record(at: str, record: Any, form: Form) -> Item:
    try:
        url = record.headers.get("WARC-Target-URI")
        made = make_capture(url or at, _content(at, record), form)
    except InputError as error:
        return refuse(at, error)
    fetched = record.headers.get("WARC-Date")
    capture = Capture(
        made.name, made.content, form, made.sha256, url=url, fetched=fetched,
        facts={"url": url} if url else {}, at=at,
    )  # fmt: skip
    return Item(at, capture)
