"""Marked files as they come, made into what the adapters read, and their ids given back.

A file that nobody here has seen may begin with a byte order mark, end its lines with CRLF, number
its texts with integers, lack what is not marked everywhere, or hold keys that we don't know. All of
that is settled here, once; what cannot be settled is an error that names file and line.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]
# what a row must have, by kind; `text` and `id` where nothing else is said
_NEEDED = {"paraphrase": ("id", "a", "b"), "factuality": ("text", "targets"),
           "claims": ("text",), "place": ("text",), "phenomena": ("text",),
           "incidents": ("text",), "indiapolice": ("doc", "sents")}  # fmt: skip
_TEXTS = ("text", "a", "b")
# what an adapter asks for and a row may lack
_ABSENT = {"muc4": {"dateline_date": None}}


class GoldError(Exception):
    """A marked file that cannot be read: which, where in it, what is wrong."""


def read_rows(path: Path) -> list[tuple[int, Row]]:
    """The rows of a file of JSON objects, one a line, with their line numbers."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 at byte {error.start}") from error
    rows = []
    for number, line in enumerate(text.split("\n"), 1):  # a text may hold U+2028
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{path}, line {number}: not JSON ({error})") from error
        if not isinstance(row, dict):
            raise GoldError(f"{path}, line {number}: a {type(row).__name__}, not an object")
        rows.append((number, row))
    if not rows:
        raise GoldError(f"{path}: no rows in it")
    return rows


def prepare(kind: str, gold: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    """A copy of a marked file that the adapter of its kind can read; its ids as they were.

    The copy keeps the file's name, since a set's name may say how it is read.
    """
    ids: dict[str, Any] = {}
    made, rows = folder / gold.name, read_rows(gold)
    with made.open("w", encoding="utf-8", newline="\n") as file:
        for number, row in rows:
            at = f"{gold}, line {number}"
            _check(kind, row, at)
            if isinstance(row.get("id"), int | float) and not isinstance(row["id"], bool):
                ids[str(row["id"])] = row["id"]
                row["id"] = str(row["id"])
            file.write(json.dumps({**_ABSENT.get(kind, {}), **_fit(row, number)}) + "\n")
    return made, ids


def _check(kind: str, row: Row, at: str) -> None:
    for key in _NEEDED.get(kind, ("text", "doc" if "doc" in row else "id")):
        if row.get(key) is None:
            raise GoldError(f"{at}: no {key}; {kind} needs {', '.join(_needed(kind))}")
        if key in _TEXTS and not isinstance(row[key], str):
            raise GoldError(f"{at}: {key} is a {type(row[key]).__name__}, not a text")
    for target in row.get("targets", ()) if kind == "factuality" else ():
        if not (isinstance(target, dict) and isinstance(target.get("span"), list)):
            raise GoldError(f"{at}: a target without its span [first word, last word + 1]")


def _needed(kind: str) -> tuple[str, ...]:
    return _NEEDED.get(kind, ("id", "text"))


def _fit(row: Row, number: int) -> Row:
    """A row with a name, and with no date that is not a text (`false`, 0)."""
    dates = ("published", "date", "dct", "dateline_date")
    kept = {k: v for k, v in row.items() if k not in dates or isinstance(v, str | None)}
    if kept.get("id") is not None or "doc" in kept:
        return kept
    return {**kept, "id": f"line {number}"}


def give_back(out: Path, ids: dict[str, Any]) -> None:
    """Write the ids of predictions as the marked file has them: 7, not "7"."""
    if not ids:
        return
    lines = out.read_text(encoding="utf-8").split("\n")
    rows = [_renamed(json.loads(line), ids) for line in lines if line.strip()]
    out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")


def _renamed(row: Row, ids: dict[str, Any]) -> Row:
    return {k: ids.get(v, v) if k in ("id", "a", "b") and isinstance(v, str) else v
            for k, v in row.items()}  # fmt: skip
