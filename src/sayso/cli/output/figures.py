"""Figures as stated: a line each for people, what can be said of them below; CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sayso.cli.output.clean import clean_line
from sayso.cli.output.csv import Value, to_csv
from sayso.cli.output.sheet import Sheet, print_table

if TYPE_CHECKING:
    from sayso.incidents.figures_list import FigureRow

COLUMNS: dict[str, Callable[[FigureRow], Value]] = {
    "incident": lambda r: r.incident,
    "figure": lambda r: r.figure.id,
    "claim": lambda r: r.figure.claim,
    "report": lambda r: r.figure.words.report,
    "speaker": lambda r: r.figure.speaker,
    "counts": lambda r: r.figure.counts,
    "words": lambda r: r.figure.words.words,
    "of": lambda r: r.figure.of,
    "scope": lambda r: r.figure.scope,
    "bound": lambda r: r.figure.bound,
    "low": lambda r: r.figure.low,
    "best": lambda r: r.figure.best,
    "high": lambda r: r.figure.high,
    "said": lambda r: r.figure.said.start if r.figure.said else None,
    "comparisons": lambda r: "; ".join(f"{c.verdict}: {c.words}" for c in r.comparisons),
}


def figures_csv(rows: Iterable[FigureRow]) -> str:
    """The figures as CSV."""
    return to_csv(COLUMNS, ([take(row) for take in COLUMNS.values()] for row in rows))


def figures_table(rows: Sequence[FigureRow], sheet: Sheet) -> str:
    """By incident: who said how many of what, then how these stand to each other."""
    from rich.text import Text

    for number, (incident, group) in enumerate(groupby(rows, lambda r: r.incident)):
        held = list(group)
        if number:
            sheet.console.print()
        sheet.console.print(Text(incident, style="bold"))
        lines = [_cells(row) for row in sorted(held, key=lambda r: r.figure.counts)]
        print_table(sheet, ("figure", "counts", "words", "of", "who says so", "said"), lines)
        for words in dict.fromkeys(_verdicts(held)):
            sheet.console.print(Text(f"  {clean_line(words)}"))
    return sheet.text()


def _cells(row: FigureRow) -> tuple[str, ...]:
    figure = row.figure
    said = (figure.said.start or "")[:10] if figure.said else ""
    counts = figure.counts.replace("_", " ")
    return figure.id, counts, figure.words.words, figure.of, figure.speaker, said


def _verdicts(rows: Iterable[FigureRow]) -> Iterable[str]:
    for row in rows:
        for each in row.comparisons:
            if each.verdict not in ("agrees", "not_comparable"):
                yield f"{each.verdict}: {each.words}"
