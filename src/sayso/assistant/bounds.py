"""Answers that fit into a conversation: long lists and strings cut, and said to be."""

from __future__ import annotations

import itertools
import json
from typing import Any

from sayso.errors import UsageError

LARGEST = 60_000  # characters of an answer as it is sent: JSON, indented by two
LONGEST = (10_000, 3_000, 1_000, 300, 100)  # characters of one string
STEPS = (100, 40, 20, 10, 5, 3, 1)  # rows of each list
Answer = dict[str, Any]


def bounded(answer: Answer) -> Answer:
    """The answer, no longer than LARGEST: of lists the first rows, then of strings the beginnings.

    `left_off` says how many rows of which list went, by its keys ("incident.claims"); `shortened`
    which strings end with "…" now. Neither is there where all is. Raises UsageError where even the
    least of it is too long.
    """
    for longest, most in itertools.product(LONGEST, STEPS):
        cut = _Cut(longest, most)
        found = {**cut.of(answer, ""), **cut.words()}
        if len(json.dumps(found, ensure_ascii=False, indent=2)) <= LARGEST:
            return found
    raise UsageError(f"the answer is longer than {LARGEST:,} characters however it is cut")


class _Cut:
    """One way to cut an answer, and what went by it."""

    def __init__(self, longest: int, most: int) -> None:
        self._longest, self._most = longest, most
        self._left: dict[str, int] = {}
        self._shortened: dict[str, None] = {}

    def of(self, value: Any, path: str) -> Any:
        if isinstance(value, str):
            if len(value) <= self._longest:
                return value
            self._shortened[path] = None
            return f"{value[: self._longest - 1]}…"
        if isinstance(value, dict):
            return {k: self.of(v, f"{path}.{k}" if path else k) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            if len(value) > self._most:
                self._left[path] = self._left.get(path, 0) + len(value) - self._most
            return [self.of(each, path) for each in value[: self._most]]
        return value

    def words(self) -> Answer:
        """What is said of it in the answer."""
        said = {"left_off": self._left, "shortened": list(self._shortened)}
        return {key: value for key, value in said.items() if value}
