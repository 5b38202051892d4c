"""`sayso figures`: counts as somebody stated them, side by side, or by a named policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ask import (
    export_options,
    filter_options,
    format_option,
    limit_option,
    sheet,
    write_out,
)
from sayso.cli.command import Command
from sayso.cli.store import open_ledger

if TYPE_CHECKING:
    from sayso.incidents.figures_list import FigureRow
    from sayso.ledger import Ledger

POLICIES = ("lowest", "highest", "ucdp", "acled", "majority", "most_recent")


@click.command(
    cls=Command,
    examples=(
        "sayso figures --place Kursk --measure killed",
        "sayso figures --policy ucdp --from 2024-12-01 --format csv",
    ),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@filter_options
@click.option(
    "--policy",
    type=click.Choice(POLICIES),
    help="One row an incident and measure: what this policy makes of the statements.",
)
@limit_option
@format_option("table", "jsonl", "csv")
@export_options
def figures(
    url: str | None, limit: int, policy: str | None, format_: str, out: Path | None,
    by: str | None, **asked: Any,
) -> None:  # fmt: skip
    """Print the figures of the incidents that fit, each with its speaker; nothing is averaged.

    Beside each stands what can be said of it and the others of its incident: agrees, growth,
    revision, differs (growth not excluded), disagreement, or why they cannot be compared.
    """
    from sayso.incidents.figures_list import list_figures
    from sayso.ledger import Filters

    filters = Filters(**asked)
    with open_ledger(url) as ledger:
        if policy:
            text, reports = _cells(ledger, filters, policy, limit, format_, out)
        else:
            rows = list_figures(ledger, filters, limit)
            text = _statements(rows, format_, out)
            reports = [r.figure.words.report for r in rows]
        write_out(ledger, text, out=out, format_=format_, reports=reports, by=by)


def _cells(
    ledger: Ledger, filters: Any, policy: str, limit: int, format_: str, out: Path | None
) -> tuple[str, list[str]]:
    import dataclasses

    from sayso.cli.output.csv import to_csv
    from sayso.cli.output.jsonl import to_json
    from sayso.cli.output.sheet import print_table
    from sayso.incidents.figures_list import list_cells

    incidents = ledger.incidents(filters, limit=limit)
    rows = [dataclasses.asdict(r) for r in list_cells(incidents, policy, filters.measure)][:limit]
    reports = [h for i in incidents for h in i.handles]
    head = ("incident", "type", "measure", "policy", "low", "best", "high", "counted")
    if format_ == "jsonl":
        return "".join(to_json(row) + "\n" for row in rows), reports
    if format_ == "csv":
        return to_csv(head, ([row[key] for key in head] for row in rows)), reports
    page = sheet(out)
    print_table(page, head, [[_cell(row[key]) for key in head] for row in rows])
    return page.text(), reports


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _statements(rows: list[FigureRow], format_: str, out: Path | None) -> str:
    from sayso.cli.output.figures import figures_csv, figures_table
    from sayso.cli.output.jsonl import to_json
    from sayso.record.wire import encode

    if format_ == "jsonl":
        return "".join(to_json(encode(row)) + "\n" for row in rows)
    return figures_csv(rows) if format_ == "csv" else figures_table(rows, sheet(out))
