"""The axis of a chart: from where to where, linear or logarithmic, and its ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_WIDE = 30  # from this ratio of the greatest to the least on, a linear axis hides the small ones


@dataclass(frozen=True, slots=True)
class Axis:
    """Numbers to columns, `width` of them. One column is kept free at each side, for open ends."""

    low: float
    high: float
    log: bool
    width: int

    def column(self, number: float) -> int:
        """The column of a number, those outside at the edges."""
        room = self.width - 3
        part = self._part(number)
        return 1 + round(min(1.0, max(0.0, part)) * room)

    def _part(self, number: float) -> float:
        if not self.log:
            return (number - self.low) / (self.high - self.low)
        if number <= self.low:
            return 0.0
        return math.log(number / self.low) / math.log(self.high / self.low)

    def ticks(self) -> dict[int, str]:
        """Labels by the column that they stand for; as many as fit."""
        numbers = self._decades() if self.log else self._steps()
        labels = {self.column(n): compact(n) for n in numbers}
        return _thinned(labels, self.width)

    def _decades(self) -> list[float]:
        first, last = round(math.log10(self.low)), round(math.log10(self.high))
        return [10.0**power for power in range(first, last + 1)]

    def _steps(self) -> list[float]:
        step = nice((self.high - self.low) / 4)
        count = round((self.high - self.low) / step)
        return [self.low + i * step for i in range(count + 1)]


def make_axis(numbers: Iterable[float], width: int) -> Axis:
    """The axis that holds the numbers: logarithmic where they differ thirtyfold and more."""
    held = sorted(n for n in numbers if n >= 0) or [0.0]
    positive = [max(n, 1.0) for n in held if n > 0] or [1.0]  # people are counted whole
    if positive[-1] / positive[0] >= _WIDE and held[0] > 0:
        low = 10.0 ** math.floor(math.log10(positive[0]))
        return Axis(low, 10.0 ** math.ceil(math.log10(positive[-1])), log=True, width=width)
    step = nice(positive[-1] / 4)
    return Axis(0.0, max(step * math.ceil(positive[-1] / step), step), log=False, width=width)


def nice(number: float) -> float:
    """The least of 1, 2, 5, 10, 20 … that is not below a number; people are counted whole."""
    if number <= 1:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(number))
    return next(unit * m for m in (1, 2, 5, 10) if unit * m >= number * (1 - 1e-9))


def compact(number: float) -> str:
    """A tick's label: `1,000`, `20,000`, `3m`."""
    return f"{number / 1e6:g}m" if number >= 1e6 else f"{number:,.0f}"


def _thinned(labels: dict[int, str], width: int) -> dict[int, str]:
    """Labels that leave a space between them: the first, the last, and what fits between."""
    if not labels:
        return {}
    columns = sorted(labels)
    kept = {columns[0]: labels[columns[0]]}
    edge = begin_of(columns[0], labels[columns[0]], width) + len(labels[columns[0]])
    last = columns[-1]
    limit = begin_of(last, labels[last], width) - 1
    for column in columns[1:-1]:
        begin = begin_of(column, labels[column], width)
        if begin > edge and begin + len(labels[column]) <= limit:
            kept[column] = labels[column]
            edge = begin + len(labels[column])
    if last != columns[0] and limit >= edge:
        kept[last] = labels[last]
    return kept


def begin_of(column: int, label: str, width: int) -> int:
    """Where a label begins that stands under its column, kept inside the width."""
    return max(0, min(column - len(label) // 2, width - len(label)))
