"""Answers that fit into a conversation: long lists cut, and said to be."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 60_000  # characters of an answer as JSON
LONGEST = 10_000  # characters of one string
STEPS = (100, 40, 20, 10, 5, 3, 1)  # rows of each list, the first that fits


def bounded(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, no longer than LARGEST: of lists their first rows, `left_off` how many went.

    `left_off` names each list by its keys ("incident.claims"); it is not there where all is.
    """
    for most in STEPS:
        left: dict[str, int] = {}
        found = _cut(answer, most, "", left)
        if len(json.dumps(found, ensure_ascii=False)) <= LARGEST:
            break
    return {**found, "left_off": left} if left else found


def _cut(value: Any, most: int, path: str, left: dict[str, int]) -> Any:
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
    if isinstance(value, dict):
        return {k: _cut(v, most, f"{path}.{k}" if path else k, left) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        if len(value) > most:
            left[path] = left.get(path, 0) + len(value) - most
        return [_cut(each, most, path, left) for each in value[:most]]
    return value
