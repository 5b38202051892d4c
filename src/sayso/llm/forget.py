"""Answers that are kept of texts which must go: found by the text, or by a name that stands in one.

It needs nothing of the extra `llm`: whoever erases may not have it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PLACE = re.compile(r"[0-9a-f]{64}")


def place_of(text: str) -> str:
    """The name of the folder in which answers made of a report's text are kept."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


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


def forget_telling(folder: Path, tells: Callable[[Any], bool]) -> int:
    """How many answers were removed: those of whose JSON values `tells` is true.

    What is no whole answer goes too: nobody can tell what it holds. Raises OSError where they
    cannot be removed.
    """
    count = 0
    for file in list(_files(folder)):
        try:
            said = json.loads(file.read_bytes())
        except (ValueError, RecursionError):
            said = None
        if said is None or tells(said):
            file.unlink(missing_ok=True)
            count += 1
    return count


def _files(folder: Path) -> Iterator[Path]:
    """The files of the cache, and of nothing else that may stand in the folder."""
    for place in folder.glob("[0-9a-f][0-9a-f]/*"):
        if PLACE.fullmatch(place.name) and place.is_dir():
            yield from (file for file in place.iterdir() if file.is_file())
