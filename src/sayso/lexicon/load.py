"""Reads a lexicon table: the package's own, with a user's folder laid over it.

A user's folder is named by SAYSO_LEXICON. A file there with the name of one of the package's adds
its entries to it; an entry with the same key takes the package's place.
"""

from __future__ import annotations

import functools
import os
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from sayso.errors import LexiconError

MOST_TOML = 5_000_000  # characters; the largest table of the package has 81,000
MOST_LINE = 10_000  # characters; a key of dots takes time and memory by the square of its length


def parse_toml(text: str) -> dict[str, Any]:
    """The table that a TOML text holds.

    Raises tomllib.TOMLDecodeError, which is a ValueError and says the line, where it is broken,
    nested too deep, or larger than any that people write.
    """
    if len(text) > MOST_TOML:
        raise tomllib.TOMLDecodeError(f"more than {MOST_TOML:,} characters")
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MOST_LINE:
            what = f"more than {MOST_LINE:,} characters in one line (at line {number})"
            raise tomllib.TOMLDecodeError(what)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("values nested too deep") from error


def read_toml(text: str, name: str) -> dict[str, Any]:
    """The table that a TOML text holds; raises LexiconError with its line where it is broken."""
    try:
        return parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise LexiconError(name, line, f"not TOML ({error})", "mend the line") from error


def line_of(text: str, key: str) -> int | None:
    """The line on which a key stands, for an error that says where."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(rf"(?:^|[\[\".'\s]){re.escape(key)}(?:[\]\".'\s=]|$)", line):
            return number
    return None


@functools.cache
def load_table(name: str) -> dict[str, Any]:
    """The lexicon table `name` (without `.toml`), a user's entries laid over the package's.

    Raises LexiconError where SAYSO_LEXICON names no folder: a mistyped one would else be passed
    over, and every reading lack the user's words.
    """
    own = resources.files("sayso.lexicon").joinpath(f"{name}.toml")
    table = read_toml(own.read_text(encoding="utf-8"), f"{name}.toml")
    folder = os.environ.get("SAYSO_LEXICON")
    if folder and not Path(folder).is_dir():
        mend = "make it, or unset SAYSO_LEXICON"
        raise LexiconError(folder, None, "no folder, named by SAYSO_LEXICON", mend)
    path = Path(folder) / f"{name}.toml" if folder else None
    if path and path.is_file():
        _lay_over(table, read_toml(path.read_text(encoding="utf-8"), str(path)))
    return table


@functools.cache
def load_words(name: str, section: str, key: str) -> frozenset[str]:
    """The words of one list of the lexicon table `name`."""
    return frozenset(load_table(name)[section][key])


def _lay_over(table: dict[str, Any], other: dict[str, Any]) -> None:
    for key, value in other.items():
        below = table.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            _lay_over(below, value)
        elif isinstance(below, list) and isinstance(value, list):
            below.extend(value)
        else:
            table[key] = value
