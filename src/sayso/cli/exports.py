"""`sayso exports`: what left the ledger, and whether it is still right."""

from __future__ import annotations

import click

from sayso.cli.ask import Outlet, cursor_option, format_option, limit_option, print_rows
from sayso.cli.command import Command
from sayso.cli.store import ledger_option, open_ledger


@click.command(
    cls=Command,
    examples=("sayso exports --outdated", "sayso exports --outdated --format csv > to-mend.csv"),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@ledger_option
@click.option("--outdated", is_flag=True, help="Only what rests on a report that changed since.")
@limit_option
@cursor_option
@format_option("table", "jsonl", "csv")
def exports(
    url: str | None, *, outdated: bool, limit: int, cursor: str | None, format_: str
) -> None:
    """Print what left the ledger, newest first: files and what partners were sent.

    With each stands what became since of the reports that it tells of: corrected, rejected,
    withdrawn, a newer version, marked, protected, erased, joined, split.
    """
    from sayso.cli.output.exports import EXPORTS, why_none
    from sayso.exchange.partners.shared import list_shared

    with open_ledger(url) as ledger:
        page = list_shared(ledger, outdated=outdated, limit=limit, cursor=cursor)
        print_rows(
            ledger, page.rows, EXPORTS, Outlet(format_), more=page.next,
            nothing=lambda: why_none(outdated=outdated),
        )  # fmt: skip
