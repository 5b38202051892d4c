"""The figures of an incident as a small chart: who said how many, when, one axis a measure.

A bar runs from where to where a figure reaches when it is compared. `├` and `┤` are ends that the
words give, `~` an end that sayso assumes for a hedge (lexicon/hedges.toml), `>` one that is open,
`┼` the number itself. No colour is needed to read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from sayso.cli.output.chart_axis import Axis, begin_of, make_axis
from sayso.cli.output.clean import clean_text
from sayso.incidents.figure_rows import Row, are_alike, compare_rows, find_rows
from sayso.incidents.words import VERDICTS, date_words, shorten, some, value_words
from sayso.record import When
from sayso.record.clean import clean_line
from sayso.record.incident import Compared, FigureStated

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

LEGEND = "├ ┤ ends that the words give · ~ assumed for a hedge · > open · ┼ the number"
_NARROWEST = 14  # columns of bars; with fewer there are words only
_MOST = 12  # comparisons in words; the rest are counted


class FiguresChart:
    """Charts of all measures, each apart, with what can be said of two figures in words below."""

    def __init__(self, figures: Iterable[FigureStated], comparisons: Iterable[Compared]) -> None:
        self.figures = tuple(figures)
        self.comparisons = tuple(comparisons)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for n, (measure, rows) in enumerate(find_rows(self.figures)):
            if n:
                yield Text("")
            alike = say_alike(measure, rows)
            yield from [alike] if alike else draw(measure, rows, options.max_width)
            yield from (
                Padding(line, (0, 0, 0, 2)) for line in say_compared(rows, self.comparisons)
            )
        if self.figures:
            yield Text("")
            yield clean_text(LEGEND, "dim")


def say_alike(measure: str, rows: Sequence[Row]) -> Text | None:
    """One line where all state one number: `CAPTURED · all say 1: NIS, Kyiv  c1.2 c3.0`."""
    if not are_alike(rows):
        return None
    line = clean_text(measure.upper(), "bold")
    who = list(dict.fromkeys(row.speaker for row in rows))
    line.append_text(clean_text(f" · all say {value_words(rows[0].figure)}: {', '.join(who)}"))
    claims = [figure.claim for row in rows for figure in row.figures]
    line.append_text(clean_text(f"  {some(claims)}", "dim"))
    return line


def draw(measure: str, rows: Sequence[Row], width: int) -> Iterator[Text]:
    """The lines of one measure's chart: its name, a row a figure, the axis."""
    years = {row.day[:4] for row in rows if row.day}
    dates = [_date(row, one_year=len(years) == 1) for row in rows]
    values = [clean_line(value_words(row.figure)) for row in rows]
    claims = [clean_line(_handles(row)) for row in rows]
    named = min(max(len(clean_line(row.speaker)) for row in rows), max(10, width // 5))
    beside = sum(max(map(len, column)) + 1 for column in (dates, values, claims)) + named + 5
    axis = _axis(rows, width - beside)
    title = clean_text(measure.upper(), "bold")
    notes = [
        *(sorted(years) if len(years) == 1 else []),
        *(["log axis"] if axis and axis.log else []),
    ]
    title.append_text(clean_text("".join(f" · {note}" for note in notes)))
    yield title
    spoken = ""
    for row, date, value, claim in zip(rows, dates, values, claims, strict=True):
        speaker = "" if row.speaker == spoken else shorten(clean_line(row.speaker), named)
        spoken = row.speaker
        line = clean_text(f"{row.number:>2}  ", "dim")
        line.append(f"{speaker:{named}} ", "bold")
        line.append(f"{date:{max(map(len, dates))}} ")
        line.append(f"{bar(row.figure, axis)} " if axis else "")
        line.append(f"{value:{max(map(len, values))}} ", "bold")
        line.append(claim, "dim")
        line.rstrip()
        yield line
    if axis:
        yield clean_text(" " * (named + max(map(len, dates)) + 6) + _labels(axis), "dim")


def _handles(row: Row) -> str:
    """The first of a row's claims, and how many more: `c1.2 +3`."""
    more = len(row.figures) - 1
    return f"{row.figure.claim} +{more}" if more else row.figure.claim


def _date(row: Row, *, one_year: bool) -> str:
    if not row.day:
        return "no date"
    return " ".join(
        date_words(When(row.day, row.day, "day", "given")).split()[: 2 if one_year else 3]
    )


def _axis(rows: Sequence[Row], width: int) -> Axis | None:
    """The axis of the rows; None where there is no room, or nothing to draw."""
    ends = [
        end for row in rows for f in (row.figure,)
        for end in (f.reaches_from, f.best, f.high, f.reaches_to) if end is not None
    ]  # fmt: skip
    return make_axis(ends, width) if ends and width >= _NARROWEST else None


def bar(figure: FigureStated, axis: Axis) -> str:
    """One figure on an axis, as wide as it is; faint dots stand under the ticks."""
    cells = [" "] * axis.width
    for column in axis.ticks():
        cells[column] = "·"
    start, end = figure.reaches_from, figure.reaches_to
    if start is None and end is None:
        return "".join(cells)
    first = axis.column(start if start is not None else axis.low)
    last = axis.column(end) if end is not None else axis.width - 1
    said = axis.column(figure.best) if figure.best is not None else None
    if said is not None:  # a hedge is seen, however little it is
        first = min(first, said - (figure.low is None))
        last = max(last, said + (figure.high is None))
    cells[first : last + 1] = "─" * (last + 1 - first)
    cells[first] = "~" if figure.low is None else "├"
    cells[last] = "┤" if figure.high is not None else "~" if end is not None else ">"
    if said is not None and (first < said < last or first == last):
        cells[said] = "┼"
    return "".join(cells)


def _labels(axis: Axis) -> str:
    line = [" "] * axis.width
    for column, label in axis.ticks().items():
        begin = begin_of(column, label, axis.width)
        line[begin : begin + len(label)] = label
    return "".join(line).rstrip()


def say_compared(rows: Sequence[Row], comparisons: Iterable[Compared]) -> Iterator[Text]:
    """What can be said of each two rows, the worst first: `1 and 3: disagreement: …`."""
    ordered = compare_rows(rows, comparisons)
    for (a, b), compared in ordered[:_MOST]:
        line = clean_text(f"{a} and {b}: ", "dim")
        line.append_text(clean_text(VERDICTS[compared.verdict], "bold"))
        line.append_text(clean_text(f" ({compared.words})"))
        yield line
    if len(ordered) > _MOST:
        yield clean_text(f"… and {len(ordered) - _MOST} more pairs that differ", "dim")
