"""Answers that are kept of texts which must go: found by the text, or by a name that stands in one.

It needs nothing of the extra `llm`: whoever erases may not have it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.ledger import Ledger
from sayso.ledger.entries.commit import contents
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.layout.masking import mask_wire, masker
from sayso.ledger.store.engines import reading

PLACE = re.compile(r"[0-9a-f]{64}")


def place_of(text: str) -> str:
    """The name of the folder in which answers made of a report's text are kept."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def place_of_report(ledger: Ledger, report: str) -> str | None:
    """The same of a report that the ledger holds, by its handle, as the text came in.

    None where it holds none.
    """
    number, _ = parse_handle(report, "r")
    with reading(ledger.whole) as conn:
        said = contents(conn, [number]).get(number)
    text = said.get("text") if isinstance(said, dict) else None
    return place_of(text) if isinstance(text, str) else None


def forget_place(folder: Path, place: str) -> int:
    """How many answers were removed: all that were made of one text, whoever was asked.

    Raises OSError where they cannot be.
    """
    held = folder / place[:2] / place
    if not held.is_dir():
        return 0
    count = sum(1 for _ in held.iterdir())
    shutil.rmtree(held)
    return count


def forget_names(folder: Path, names: Sequence[str]) -> int:
    """How many answers were removed: those in whose words a name stands, in any case.

    What is no whole answer goes too: nobody can tell what it holds. Raises OSError where they
    cannot be removed.
    """
    mask = masker(names)
    if mask is None:
        return 0
    count = 0
    for file in list(_files(folder)):
        try:
            said = json.loads(file.read_bytes())
        except (ValueError, RecursionError):
            said = None
        if said is None or mask_wire(said, mask) != said:
            file.unlink(missing_ok=True)
            count += 1
    return count


def _files(folder: Path) -> Iterator[Path]:
    """The files of the cache, and of nothing else that may stand in the folder."""
    for place in folder.glob("[0-9a-f][0-9a-f]/*"):
        if PLACE.fullmatch(place.name) and place.is_dir():
            yield from (file for file in place.iterdir() if file.is_file())
