"""Figures: as stated, with what can be said of them below; or what a policy makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sayso.cli.output.clean import clean_text
from sayso.cli.output.listing import Listing
from sayso.cli.output.sheet import Sheet, print_table
from sayso.incidents.words import measure_name
from sayso.record.cells import Value
from sayso.record.words import number_words

if TYPE_CHECKING:
    from sayso.incidents.figures_list import CellRow, FigureRow

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
CELLS: dict[str, Callable[[CellRow], Value]] = {
    "incident": lambda r: r.incident,
    "type": lambda r: r.type,
    "measure": lambda r: r.measure,
    "policy": lambda r: r.policy,
    "low": lambda r: r.low,
    "best": lambda r: r.best,
    "high": lambda r: r.high,
    "counted": lambda r: r.counted,
}
HEAD = ("figure", "counts", "words", "of", "who says so", "said")


def _show(rows: Sequence[FigureRow], sheet: Sheet) -> None:
    """By incident: who said how many of what, then how these stand to each other."""
    for number, (incident, group) in enumerate(groupby(rows, lambda r: r.incident)):
        held = sorted(group, key=lambda r: r.figure.counts)
        if number:
            sheet.console.print()
        sheet.console.print(clean_text(incident, "bold"))
        print_table(sheet, HEAD, [_line(row) for row in held])
        for words in dict.fromkeys(_verdicts(held)):
            sheet.console.print(clean_text(f"  {words}"))


def _line(row: FigureRow) -> tuple[str, ...]:
    figure = row.figure
    said = (figure.said.start or "")[:10] if figure.said else ""
    counts = figure.counts.replace("_", " ")
    return figure.id, counts, figure.words.words, figure.of, figure.speaker, said


def _verdicts(rows: Iterable[FigureRow]) -> Iterable[str]:
    for row in rows:
        for each in row.comparisons:
            if each.verdict not in ("agrees", "not_comparable"):
                yield f"{each.verdict}: {each.words}"


def _show_cells(rows: Sequence[CellRow], sheet: Sheet) -> None:
    """A line an incident and measure."""
    lines = [
        (
            row.incident.removeprefix("incident-"), (row.type or "not told").replace("_", " "),
            measure_name(row.measure), row.policy,
            *(number_words(round(n, 1)) if n is not None else "–"
              for n in (row.low, row.best, row.high)), str(row.counted),
        )
        for row in rows
    ]  # fmt: skip
    print_table(sheet, tuple(CELLS), lines)


FIGURES = Listing(COLUMNS, _show)
POLICY_CELLS = Listing(CELLS, _show_cells)
