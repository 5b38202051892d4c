"""`sayso figures`: counts as somebody stated them, side by side, or by a named policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.ask import (
    Outlet,
    export_options,
    filter_options,
    format_option,
    limit_option,
    print_rows,
)
from sayso.cli.command import Command, LateChoice, policies
from sayso.cli.store import open_ledger


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
    type=LateChoice(policies),
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
    from sayso.cli.output.figures import FIGURES, POLICY_CELLS
    from sayso.incidents.figures_list import list_cells, list_figures
    from sayso.ledger import Filters

    filters, outlet = Filters(**asked), Outlet(format_, out, by)
    with open_ledger(url) as ledger:
        if policy:
            incidents = ledger.incidents(filters, limit=limit)
            handles = {row.incident: row.handles for row in incidents}
            cells = list(list_cells(incidents, policy, filters.measure))[:limit]
            print_rows(
                ledger, cells, POLICY_CELLS, outlet, reports=lambda cell: handles[cell.incident],
                nothing=lambda: ledger.why_nothing(filters, "figures"),
            )  # fmt: skip
        else:
            print_rows(
                ledger, list_figures(ledger, filters, limit), FIGURES, outlet,
                reports=lambda row: [row.figure.words.report],
                nothing=lambda: ledger.why_nothing(filters, "figures"),
            )  # fmt: skip
