"""What named policies make of the figures of an incident: a table a measure, nothing averaged."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from sayso.cli.output.clean import clean_text
from sayso.incidents.words import MEASURES, some
from sayso.record.incident import PolicyCell
from sayso.record.words import number_words

HEAD = ("policy", "low", "best", "high", "rests on")


def cells_table(cells: Iterable[PolicyCell]) -> Table:
    """One table: the policies under each measure, with the claims that each cell rests on."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for _ in HEAD[1:4]:
        table.add_column(justify="right", no_wrap=True)
    table.add_column()
    table.add_row(*(clean_text(word, "dim") for word in HEAD))
    measures: dict[str, list[PolicyCell]] = {}
    for cell in cells:
        measures.setdefault(cell.measure, []).append(cell)
    for measure, held in measures.items():
        table.add_row(clean_text(MEASURES.get(measure, measure.replace("_", " ")), "bold"))
        one = len({(cell.low, cell.best, cell.high) for cell in held}) == 1
        for cell in held[:1] if one else held:
            name = "every policy" if one else cell.policy.replace("_", " ")
            table.add_row(
                clean_text(f"  {name}"),
                *(clean_text(_number(n)) for n in (cell.low, cell.best, cell.high)),
                clean_text(some(cell.claims) or "no claims agree", "dim"),
            )
    return table


def _number(number: float | None) -> str:
    return "–" if number is None else number_words(round(number, 1))
