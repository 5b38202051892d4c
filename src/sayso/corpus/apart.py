"""Blocks that ended their processes, taken apart: which part of each is yet to be tried alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Whole = TypeVar("Whole")
Part = TypeVar("Part")


class Apart(Generic[Whole, Part]):
    """Wholes by number, with what became of each of their parts."""

    def __init__(self) -> None:
        self._wholes: dict[int, tuple[Whole, set[int], dict[int, Part]]] = {}

    def take(self, number: int, whole: Whole, parts: Iterable[int]) -> None:
        """A whole is taken apart into these parts."""
        self._wholes[number] = (whole, set(parts), {})

    def join(
        self, number: int, part: int, result: Part
    ) -> tuple[Whole, list[tuple[int, Part]]] | None:
        """What became of a part; the whole with all results, in order, once this was the last."""
        whole, left, results = self._wholes[number]
        left.discard(part)
        results[part] = result
        if left:
            return None
        del self._wholes[number]
        return whole, sorted(results.items(), key=lambda r: r[0])
