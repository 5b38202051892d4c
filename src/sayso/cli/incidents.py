"""`sayso incidents`: one row an incident."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.ask import (
    Outlet,
    cursor_option,
    export_options,
    filter_options,
    format_option,
    limit_option,
    print_rows,
)
from sayso.cli.command import Command
from sayso.cli.store import open_ledger


@click.command(
    cls=Command,
    examples=(
        "sayso incidents --place Kursk --from 2024-12-20",
        "sayso incidents 'captur* soldier' --as-known-at 2024-12-27T12:00 --format jsonl",
    ),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@filter_options
@limit_option
@cursor_option
@format_option("table", "jsonl", "csv")
@export_options
def incidents(
    url: str | None, limit: int, cursor: str | None, format_: str, out: Path | None,
    by: str | None, **asked: Any,
) -> None:  # fmt: skip
    """Print the incidents that fit, those last told of first.

    Each filter holds for some claim of the incident: the place may stand in one and the toll in
    another. QUERY is words that all occur; "in quotes" in that order, captur* by how it begins.
    """
    from sayso.cli.output.incidents import INCIDENTS
    from sayso.ledger import Filters

    filters = Filters(**asked)
    with open_ledger(url) as ledger:
        page = ledger.incident_list(filters, limit=limit, cursor=cursor)
        print_rows(
            ledger, page.rows, INCIDENTS, Outlet(format_, out, by), more=page.next,
            reports=lambda incident: incident.handles,
            nothing=lambda: ledger.why_nothing(filters, "incidents"),
        )  # fmt: skip
