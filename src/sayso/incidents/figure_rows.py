"""The figures of an incident, measure by measure: what each speaker stated when, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.incidents.words import day_of, measure_words, value_words
from sayso.record import When
from sayso.record.incident import Compared, FigureStated
from sayso.record.words import shorten_name

ALIKE = 3  # rows that say the same are one line: a chart of them shows nothing
TELLING = ("disagreement", "differs", "revision", "growth", "not_comparable")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: the figures that one speaker stated alike on one day."""

    number: int
    speaker: str
    day: str
    when: When | None
    figures: tuple[FigureStated, ...]

    @property
    def figure(self) -> FigureStated:
        """One of them: they are alike."""
        return self.figures[0]


def find_rows(figures: Iterable[FigureStated]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each measure, numbered, speaker by speaker in the order of their first word."""
    measures: dict[str, list[FigureStated]] = {}
    for figure in figures:
        measures.setdefault(measure_words(figure), []).append(figure)
    for measure, held in sorted(measures.items()):
        alike: dict[tuple[str, str, str], list[FigureStated]] = {}
        for figure in held:
            key = (shorten_name(figure.speaker), day_of(figure.said), value_words(figure))
            alike.setdefault(key, []).append(figure)
        first: dict[str, str] = {}
        for speaker, day, _ in sorted(alike, key=lambda k: k[1] or "9999"):
            first.setdefault(speaker, day or "9999")
        ordered = sorted(alike, key=lambda k: (first[k[0]], k[0], k[1] or "9999", k[2]))
        yield (
            measure,
            [
                Row(n, key[0], key[1], alike[key][0].said, tuple(alike[key]))
                for n, key in enumerate(ordered, 1)
            ],
        )


def are_alike(rows: Sequence[Row]) -> bool:
    """True where several state one number, and nobody another."""
    values = {value_words(row.figure) for row in rows}
    return len(rows) >= ALIKE and len(values) == 1 and rows[0].figure.best is not None


def compare_rows(
    rows: Sequence[Row], comparisons: Iterable[Compared]
) -> list[tuple[tuple[int, int], Compared]]:
    """What can be said of each two rows, by their numbers, what weighs most first."""
    number = {figure.id: row.number for row in rows for figure in row.figures}
    found: dict[tuple[int, int], Compared] = {}
    for compared in comparisons:
        a, b = number.get(compared.a), number.get(compared.b)
        if a is not None and b is not None and a != b and compared.verdict in TELLING:
            pair = (min(a, b), max(a, b))
            held = found.get(pair)
            if held is None or _rank(compared) < _rank(held):
                found[pair] = compared
    return sorted(found.items(), key=lambda item: (_rank(item[1]), item[0]))


def _rank(compared: Compared) -> int:
    return TELLING.index(compared.verdict)
