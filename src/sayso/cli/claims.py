"""`sayso claims`: what the ledger holds, by words, actor, place, type, measure, speaker, time."""

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
        "sayso claims 'captur* soldier' --place Kursk --from 2024-12-20",
        "sayso claims --speaker NIS --as-known-at 2024-12-27T12:00 --format jsonl",
    ),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@filter_options
@click.option("--as-public-at", metavar="TIME", help="What had been published by then.")
@limit_option
@cursor_option
@format_option("table", "jsonl", "csv")
@export_options
def claims(
    url: str | None, limit: int, cursor: str | None, format_: str, out: Path | None,
    by: str | None, **asked: Any,
) -> None:  # fmt: skip
    """Print the claims that fit, newest first.

    QUERY is words that all occur; "in quotes" in that order, captur* by how it begins.
    """
    from sayso.cli.output.claims import CLAIMS
    from sayso.ledger import Filters

    filters = Filters(**asked)
    with open_ledger(url) as ledger:
        page = ledger.claims(filters, limit=limit, cursor=cursor)
        print_rows(
            ledger, page.rows, CLAIMS, Outlet(format_, out, by), more=page.next,
            reports=lambda claim: [claim.report.report],
            nothing=lambda: ledger.why_nothing(filters, "claims"),
        )  # fmt: skip
