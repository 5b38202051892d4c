"""Reading from Python: one text, one file, or many of both."""

from __future__ import annotations

import itertools
import math
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from sayso import record
from sayso.api.arguments import checked, rows_of_frame
from sayso.api.reading import Reading, Readings
from sayso.api.refused import Refused, refused_words
from sayso.api.score import Score, score_readings
from sayso.errors import InputError, SaysoError, UsageError
from sayso.intake import read_captures
from sayso.intake.json_lines import capture_of_row
from sayso.page import Page, find_pages
from sayso.page.dates import read_iso
from sayso.pipeline import read as pipeline
from sayso.pipeline.read import Ask, Outcome, read_all, read_given, read_page

Kind = Literal["model", "rules"]
Published = str | date | None
# A text, a file (or in `read_many` a folder), or a row: text, id, title, publisher, published, url.
Given = str | Path | Mapping[str, Any]
# a path or an address, of a file that is not there: one word with a stroke or an ending
_PATH = re.compile(r"[^\s/\\]*[/\\]\S*|\S+\.[A-Za-z]{2,7}|[^.!?/\\]*[/\\][^.!?]*\.[a-z]{3,5}")
SHORT = 300  # characters: a path may be as long, a report is longer


class Reader:
    """Reads reports. What it needs is loaded when the first one comes, once for all readers.

    `reader` is "model", or "rules" for the rules alone; `jobs` processes read files side by side,
    each with about 0.5 GB of memory. Raises UsageError for another reader.
    """

    @checked
    def __init__(self, reader: Kind = "model", *, jobs: int = 1) -> None:
        if reader not in get_args(Kind):
            raise UsageError(f"reader {reader!r}: say {' or '.join(get_args(Kind))}")
        if jobs < 1:
            raise UsageError(f"jobs {jobs}: at least one process reads")
        self.reader = reader
        self.jobs = jobs

    def __repr__(self) -> str:
        return f"Reader({self.reader!r}, jobs={self.jobs})"

    @checked
    def read(
        self, text_or_path: str | Path, *, published: Published = None,
        publisher: str | None = None, title: str | None = None, url: str | None = None,
        name: str | None = None,
    ) -> Reading:  # fmt: skip
        """The reading of one report: a `str` is its text, a `Path` its file.

        `published` (2024-12-27, a date or a datetime) gives “Friday” its date; it and `publisher`
        win over what a page says. Raises InputError where the file or text cannot be read, and
        UsageError where a file holds several reports (`read_many` reads them).
        """
        given = _iso(published)
        if isinstance(text_or_path, Path):
            if title or url or name:
                raise UsageError("title, url and name are of a text; a file says its own")
            capture = _only(list(read_captures(_path(text_or_path))), text_or_path.name)
        else:
            row = {"text": _text(text_or_path), "id": name or "text", "title": title, "url": url}
            capture = capture_of_row("text", row)
        pages = find_pages(capture, published=given, publisher=publisher)
        return self._finish(_only(pages, capture.name))

    @checked
    def read_many(
        self, sources: Iterable[Given] | Path, *, published: Published = None,
        publisher: str | None = None,
    ) -> Readings:  # fmt: skip
        """The readings of many, in order: texts, files, and rows as `sayso read --from jsonl`.

        A row is a mapping with `text` and what is known of it: `id`, `title`, `publisher`,
        `published`, `url`; a data frame of pandas, polars or pyarrow is its rows. A file may hold
        many reports, a folder stands for its files. One that cannot be read stops no other: it
        stands in `refused`, and a warning says so. Raises SaysoError where nothing can be read.
        """
        readings: list[Reading] = []
        refused: list[Refused] = []
        for outcome in self.outcomes(sources, published=published, publisher=publisher):
            if isinstance(outcome, Reading):
                readings.append(outcome)
            else:
                refused.append(outcome)
        if refused and not readings:
            raise SaysoError(str(refused[0]))
        if refused:
            warnings.warn(f"not read: {refused_words(refused)}", stacklevel=2)
        return Readings(readings, refused)

    @checked
    def outcomes(
        self, sources: Iterable[Given] | Path, *, published: Published = None,
        publisher: str | None = None,
    ) -> Iterator[Reading | Refused]:  # fmt: skip
        """What becomes of each report as it comes, however many there are: a reading, or why not.

        Raises SaysoError where nothing can be read at all (no model, a broken lexicon).
        """
        ask = Ask(published=_iso(published), publisher=publisher, reader=self.reader)
        after = 0
        for found in _outcomes(sources, ask, self.jobs):
            told = _told(found, after)
            after += isinstance(told, Reading)
            yield told

    @checked
    def score(self, marked: Iterable[Reading]) -> Score:
        """How well it reads reports that somebody marked: each is read anew and compared.

        `marked` are readings as they ought to be, made or corrected by hand (`Reading.from_dict`).
        """
        held = list(marked)
        for each in held:
            if not isinstance(each, record.Reading):
                raise UsageError(f"score: {each!r:.60} is no Reading; see Reading.from_dict")
        ask = Ask(reader=self.reader)
        read = [self._finish(Page(each.report), ask) for each in held]
        return score_readings(zip(held, read, strict=True))

    def _finish(self, page: Page, ask: Ask | None = None) -> Reading:
        told = _told(read_page(page, ask or Ask(reader=self.reader)))
        if isinstance(told, Refused):
            raise SaysoError(str(told))
        return told


def _told(outcome: Outcome, after: int = 0) -> Reading | Refused:
    match outcome:
        case pipeline.Refused(words, ends=True):
            raise SaysoError(words)
        case pipeline.Refused(words, name=name) | pipeline.Failed(words, name=name):
            return Refused.of(name, words, after)
        case _:
            return Reading.of(outcome)


def read(
    text_or_path: str | Path, *, published: Published = None, publisher: str | None = None,
    title: str | None = None, url: str | None = None, name: str | None = None,
) -> Reading:  # fmt: skip
    """The reading of one report: a `str` is its text, a `Path` its file; see `Reader.read`."""
    return Reader().read(
        text_or_path, published=published, publisher=publisher, title=title, url=url, name=name
    )


def _outcomes(sources: Iterable[Given] | Path, ask: Ask, jobs: int) -> Iterator[Outcome]:
    """What became of each, files side by side and texts one by one, in the order given."""
    for is_path, group in itertools.groupby(_each(sources), lambda g: isinstance(g[1], Path)):
        if is_path:
            files = [_path(path) for _, path in group if isinstance(path, Path)]
            yield from read_all(files, ask, jobs)
        else:
            yield from _read_rows(group, ask)


def _read_rows(rows: Iterable[tuple[int, Given]], ask: Ask) -> Iterator[Outcome]:
    for number, row in rows:
        at = f"text {number}"
        try:
            said = {"text": _text(row)} if isinstance(row, str) else _known(row)
            capture = capture_of_row(at, said)
        except InputError as error:
            yield pipeline.refused(error)
        except UsageError as error:  # of this one: the others are read
            yield pipeline.Refused(f"{at}: {error}", name=at)
        else:
            yield from read_given([capture], ask)


def _known(row: Given) -> dict[str, Any]:
    """What a row says; a data frame's marks for what is missing are left out, dates written out."""
    if not isinstance(row, Mapping):
        raise UsageError(f"{row!r:.60} is no report: give a str (text), a Path (file) or a mapping")
    return {
        key: _iso(value) if key == "published" and isinstance(value, date) else _own(value)
        for key, value in row.items()
        if not _is_missing(value)
    }


def _own(value: Any) -> Any:
    """A number of numpy's as Python's."""
    return value.item() if type(value).__module__ == "numpy" else value


def _is_missing(value: Any) -> bool:
    missing = type(value).__name__ in ("NAType", "NaTType")
    return value is None or missing or (isinstance(value, float) and math.isnan(value))


def _each(sources: Iterable[Given] | Path) -> Iterator[tuple[int, Given]]:
    """Each source with its number among those given, from 1; of a folder its files."""
    if isinstance(sources, (str, Mapping)):
        raise UsageError("read_many takes several: give a list, or use read for one text")
    given = [sources] if isinstance(sources, Path) else rows_of_frame(sources)
    for number, source in enumerate(given, 1):
        if isinstance(source, Path):
            yield from ((number, file) for file in _files(source))
        else:
            yield number, source


def _files(path: Path) -> Iterator[Path]:
    """The files of a folder, by their names, hidden ones left out; or the file itself."""
    if not path.is_dir():
        yield path
        return
    found = (p for p in path.rglob("*") if p.is_file())
    yield from sorted(
        p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)
    )


def _path(path: Path) -> str:
    # "-" alone would be standard input
    return f"./{path}" if str(path) == "-" else str(path)


def _text(text: str) -> str:
    """The text; raises UsageError where it looks like the path of a file."""
    if len(text) < SHORT and "\n" not in text and "\0" not in text:
        try:
            is_file = Path(text).is_file()
        except OSError:
            is_file = False
        if is_file:
            raise UsageError(f"a str is text, and {text!r} is a file: give Path({text!r})")
        if _PATH.fullmatch(text):
            raise UsageError(f"{text!r} is no text, and no such file is there; give Path(…)")
    return text


def _iso(published: Published) -> str | None:
    """A date as ISO 8601; raises UsageError for what is none."""
    if published is None:
        return None
    if isinstance(published, datetime):
        if type(published).__name__ == "Timestamp" and not (published.hour or published.minute):
            return published.date().isoformat()  # pandas has no days: midnight stands for one
        return published.isoformat(timespec="minutes")
    if isinstance(published, date):
        return published.isoformat()
    if not isinstance(published, str) or read_iso(published) is None:
        raise UsageError(f"published {published!r} is not a date; write it as 2024-12-27")
    return published


def _only(found: list[Any], name: str) -> Any:
    """The one thing that was found; raises what is wrong with it, or that there are several."""
    if len(found) > 1:
        raise UsageError(f"{name}: {len(found)} reports in it; read them with read_many")
    if not found:
        raise InputError(name, "no report was found in it", "check that it is a news page")
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]
