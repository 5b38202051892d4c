"""From what the user named to readings: one bad report never stops the others."""

from __future__ import annotations

import dataclasses
import functools
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.errors import InputError, LexiconError, ModelError, UsageError
from sayso.intake import read_captures
from sayso.page import Page, find_pages
from sayso.pipeline.defects import defect_words, trace_of
from sayso.pipeline.pool import Pool
from sayso.pipeline.threads import map_in_threads
from sayso.record import Capture, Form, Reading, Report

if TYPE_CHECKING:
    from sayso.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Ask:
    """What the user said of all inputs: their form, and facts that override those found.

    `read` is another reader than sayso's own; threads of this process may share it.
    """

    form: Form | None = None
    published: str | None = None
    publisher: str | None = None
    reader: str = "model"
    read: Callable[[Report], Reading] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """An input, or a report in it, that can't be read; the words say which, what, and the mend.

    `ends` where nothing else can be read either: no model, a broken lexicon. `name` is what the
    words begin with: of what they are.
    """

    words: str
    ends: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A defect of ours that one input brought out."""

    words: str
    trace: str
    name: str = ""


Outcome = Reading | Refused | Failed


def read_all(files: Sequence[str], ask: Ask, jobs: int = 1) -> Iterator[Outcome]:
    """What became of each report of each file, in their order."""
    read = functools.partial(_read_capture, ask)
    captures = _captures(files, ask.form)
    results: Iterable[list[Outcome]] = map(read, captures)
    if jobs > 1 and ask.read is not None:  # it waits for a server: no work for a process
        results = map_in_threads(read, captures, jobs)
    elif jobs > 1:
        results = Pool(read, _lost, jobs).map(captures)
    for outcomes in results:
        yield from outcomes


def read_given(captures: Iterable[Capture], ask: Ask) -> Iterator[Outcome]:
    """The same of what is held already: pasted, dropped, fetched."""
    for capture in captures:
        yield from _read_capture(ask, capture)


def _captures(files: Sequence[str], form: Form | None) -> Iterator[Capture | Refused | Failed]:
    for file in files:
        try:
            for found in read_captures(file, form=form):
                yield found if isinstance(found, Capture) else refused(found)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next file is still read
            yield outcome_of(error, file)


def _read_capture(ask: Ask, given: Capture | Refused | Failed) -> list[Outcome]:
    if not isinstance(given, Capture):
        return [given]
    try:
        pages = find_pages(given, published=ask.published, publisher=ask.publisher)
    except Exception as error:  # noqa: BLE001 - as above
        return [outcome_of(error, given.name)]
    if not pages:
        words = f"{given.name}: no report was found in it; is it a news page?"
        return [Refused(words, name=given.name)]
    return [read_page(page, ask) for page in pages]


def read_page(page: Page, ask: Ask) -> Outcome:
    """The reading of a page, or what went wrong."""
    try:
        read = ask.read or shared_reader(learned=ask.reader == "model").read
        reading = read(page.report)
    except Exception as error:  # noqa: BLE001 - as above
        return outcome_of(error, page.report.name)
    return dataclasses.replace(reading, warnings=(*page.warnings, *reading.warnings))


def outcome_of(error: Exception, name: str) -> Refused | Failed:
    """An error as a row; plain words, since not every exception survives the way home by pickle."""
    match error:
        case InputError():
            return refused(error)
        case ModelError() | LexiconError() | UsageError():
            return Refused(str(error), ends=True)
        case MemoryError():
            return Refused(f"{name}: more than this machine's memory holds; split it", name=name)
        case _:
            return Failed(f"{name}: {defect_words(error)}", trace_of(error), name)


def refused(error: InputError) -> Refused:
    """What is said of an input that cannot be read."""
    return Refused(str(error), name=error.name)


def _lost(given: Capture | Refused | Failed) -> list[Outcome]:
    """For an input whose process was killed twice, the second time alone."""
    if not isinstance(given, Capture):
        return [given]
    mend = "it may want more memory than there is: split it, or read it with fewer --jobs"
    words = f"{given.name}: the process that read it was killed; {mend}"
    return [Refused(words, name=given.name)]


@functools.cache
def shared_reader(*, learned: bool = True) -> Reader:
    """The reader of this process, loaded when the first report needs it; by rules, or model too."""
    from sayso.reading.reader import Reader

    reader = Reader(learned=learned)
    gc.freeze()  # what is loaded stays: else the collector walks it again every few reports
    return reader
