"""`sayso sources`: who speaks."""

from __future__ import annotations

import click

from sayso.cli.ask import (
    Outlet,
    cursor_option,
    format_option,
    known_option,
    limit_option,
    print_rows,
)
from sayso.cli.command import Command
from sayso.cli.store import ledger_option, open_ledger


@click.command(
    cls=Command,
    examples=("sayso sources", "sayso sources 'intelligence service' --format jsonl"),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@click.argument("name", metavar="[NAME]", required=False)
@ledger_option
@known_option
@limit_option
@cursor_option
@format_option("table", "jsonl", "csv")
def sources(
    name: str | None, url: str | None, as_known_at: str | None, limit: int, cursor: str | None,
    format_: str,
) -> None:  # fmt: skip
    """Print who speaks, by name: in how many reports, since when, under which names and grade.

    NAME is part of the name. Every source stands at F, cannot be judged, until a person grades it.
    """
    from sayso.cli.output.sources import SOURCES

    with open_ledger(url) as ledger:
        page = ledger.sources(name, as_known_at=as_known_at, limit=limit, cursor=cursor)
        print_rows(
            ledger, page.rows, SOURCES, Outlet(format_), more=page.next,
            nothing=lambda: ledger.why_no_source(name, as_known_at=as_known_at),
        )  # fmt: skip
