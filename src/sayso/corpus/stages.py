"""What processes do: find the reports in captures, and read those that are no copies into a shard.

Both are functions of their task alone, so that whichever process or machine does it, and however
often, the same comes out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sayso.corpus.engines.engine import Beat
from sayso.corpus.inputs import Item
from sayso.corpus.near import marks_of
from sayso.corpus.schema import NOUNS
from sayso.corpus.target import Target
from sayso.page import Page, find_pages
from sayso.pipeline.read import Ask, Failed, Refused, outcome_of, read_page, shared_reader
from sayso.record import Reading, Report
from sayso.record.wire import encode
from sayso.uncollected import uncollected

TOGETHER = 16  # reports parsed at a time: together they cost less


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `reports` in the making: a page, or why there is none; what it is a copy of."""

    at: str
    name: str
    page: Page | None
    refused: str | None = None
    key: bytes = b""
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """What is read into one shard; `first` is the number of its first row."""

    folder: str
    number: int
    first: int
    rows: tuple[Row, ...]
    reader: str


def find(items: Sequence[Item], beat: Beat) -> list[Row]:
    """The rows of the reports in captures, none of them read yet."""
    found: list[Row] = []
    for item in items:
        beat()
        found += _find(item)
    return found


def _find(item: Item) -> list[Row]:
    if item.capture is None:
        return [Row(item.at, item.at, None, item.refused)]
    name = item.capture.name
    try:
        pages = find_pages(item.capture)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others are still read
        return [Row(item.at, name, None, _words(item.at, outcome_of(error, name)))]
    if not pages:
        return [Row(item.at, name, None, f"{item.at}: no report was found in it")]
    return [Row(item.at, p.report.name, p, key=key_of(p.report)) for p in pages]


def key_of(report: Report) -> bytes:
    """What copies have in common: the text, and the date by which its days are reckoned."""
    published = report.published.start if report.published else ""
    code = f"{published}\0{report.text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(code, digest_size=16).digest()


def _words(at: str, outcome: Refused | Failed) -> str:
    """Why something was set aside; it is called by where it stands in the input."""
    what = outcome.words.removeprefix(f"{outcome.name}: ") if outcome.name else outcome.words
    return f"{at}: {what}"


@uncollected()  # no memory is lost by it: what reading leaves behind has no cycles to speak of
def read(shard: Shard, beat: Beat) -> Counter[str]:
    """Read a shard and write it; how many of its reports became what."""
    tables: dict[str, list[dict[str, Any]]] = {"reports": [], **{name: [] for name in NOUNS}}
    wanted = [r.page for r in shard.rows if r.page and not r.refused and not r.copy_of]
    readings = iter(_read_all(wanted, shard.reader, beat))
    counts: Counter[str] = Counter()
    for n, row in enumerate(shard.rows, shard.first):
        outcome = None if row.refused or row.copy_of or not row.page else next(readings)
        made = _report_row(n, row, outcome)
        counts[made["status"]] += 1
        tables["reports"].append(made)
        if isinstance(outcome, Reading):
            for name in NOUNS:
                tables[name] += _noun_rows(n, outcome, name)
    read_rows = [(r["row"], r["text"]) for r in tables["reports"] if r["status"] == "read"]
    Target(Path(shard.folder)).write(shard.number, tables, counts, marks_of(read_rows))
    return counts


def probe(page: Page, reader: str, beat: Beat) -> None:
    """Read one report and keep nothing: whether its process outlives that."""
    _read_all([page], reader, beat)


def _read_all(pages: Sequence[Page], reader: str, beat: Beat) -> list[Reading | Refused | Failed]:
    found: list[Reading | Refused | Failed] = []
    for start in range(0, len(pages), TOGETHER):
        beat()
        found += _read_some(pages[start : start + TOGETHER], reader)
    return found


def _read_some(pages: Sequence[Page], reader: str) -> Sequence[Reading | Refused | Failed]:
    try:
        made = shared_reader(learned=reader == "model").read_many([p.report for p in pages])
        return [
            replace(r, warnings=(*p.warnings, *r.warnings))
            for p, r in zip(pages, made, strict=True)
        ]
    except Exception:  # noqa: BLE001 - one of them: each by itself says which
        return [read_page(page, Ask(reader=reader)) for page in pages]


def _report_row(n: int, row: Row, outcome: Reading | Refused | Failed | None) -> dict[str, Any]:
    refused = row.refused
    if isinstance(outcome, Refused | Failed):
        refused = _words(row.at, outcome)
    status = "copy" if row.copy_of and not refused else "refused" if refused else "read"
    own = {
        "row": n, "name": row.name, "input": row.at, "status": status, "refused": refused,
        "copy_of": row.copy_of,
    }  # fmt: skip
    if isinstance(outcome, Reading):
        return {**encode(outcome.report), **own, "warnings": list(outcome.warnings)}
    if row.page is not None:
        return {**encode(row.page.report), **own, "warnings": list(row.page.warnings)}
    return {**own, "warnings": []}


def _noun_rows(n: int, reading: Reading, name: str) -> list[dict[str, Any]]:
    of = {"row": n, "report": reading.report.id}
    return [{**of, "n": i, **encode(each)} for i, each in enumerate(getattr(reading, name))]
