"""Readings that were read before, taken in without reading anew: made ready on all cores.

What a reading is laid out as, its mentions and its text's fingerprint need no ledger: processes
work that out, a chunk of lines each. Linking itself goes on in one process, in the order in which
the lines stand, and so comes to what it comes to one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sayso.errors import CaptureError, SaysoError, WireError
from sayso.incidents.batch import find_in
from sayso.intake.json_lines import numbered_lines
from sayso.ledger import Prepared, prepare
from sayso.record import report_id
from sayso.record.wire import SCHEMA_NAME, check_spans, from_wire

CHUNK = 16  # lines that a process takes at a time
LONGEST = 64 << 20  # bytes of a line: a reading of the longest report that is read, many times over
MEND = "take lines of `sayso read --format jsonl` as they are"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of one file, each with its number; None for a line that is too long."""

    file: str
    lines: tuple[tuple[int, bytes | None], ...]


Outcome = Prepared | str  # ready to be entered; or why not, in words


def chunks_of(files: Iterable[str]) -> Iterator[Chunk | str]:
    """The lines of files in chunks; words where a file cannot be opened."""
    for file in files:
        try:
            with Path(file).open("rb") as stream:
                rows = numbered_lines(stream, LONGEST)
                yield from chunked(file, (r for r in rows if r[1] is None or r[1].strip()))
        except OSError as error:
            what = error.strerror or type(error).__name__
            yield str(CaptureError(file, what.lower(), "name a file that can be read"))


def chunked(file: str, lines: Iterator[tuple[int, bytes | None]]) -> Iterator[Chunk]:
    """Numbered lines in chunks."""
    while some := tuple(islice(lines, CHUNK)):
        yield Chunk(file, some)


def prepare_chunk(chunk: Chunk | str) -> list[Outcome]:
    """What becomes of each line of a chunk."""
    if isinstance(chunk, str):
        return [chunk]
    return [_prepare(f"{chunk.file}, line {n}", line) for n, line in chunk.lines]


def lose_chunk(chunk: Chunk | str) -> list[Outcome]:
    """For a chunk whose process was killed twice."""
    if isinstance(chunk, str):
        return [chunk]
    mend = "it may want more memory than there is: use fewer --jobs"
    return [f"{chunk.file}, line {n}: the process was killed; {mend}" for n, _ in chunk.lines]


def _prepare(at: str, line: bytes | None) -> Outcome:
    if line is None:
        return f"{at}: longer than {LONGEST >> 20} MB; {MEND}"
    try:
        row = json.loads(line.decode("utf-8"))
        reading = from_wire(row)
        check_spans(reading)
        report, published = reading.report, reading.report.published
        if published and published.basis == "inferred":
            published = None  # the reader found it later than the id was made
        if report.id != report_id(report.text, report.publisher, report.url, published):
            raise WireError("reading.report.id: not the id of this text, publisher, url and date")
        return replace(prepare(reading), found=find_in(reading))
    except (SaysoError, ValueError, LookupError, TypeError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else str(error)
        return f"{at}: no reading of {SCHEMA_NAME} ({what:.200}); {MEND}"
