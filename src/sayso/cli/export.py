"""`sayso export`: incidents in the forms that other people work with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.ask import export_options, filter_options
from sayso.cli.command import Command
from sayso.cli.say import say
from sayso.cli.store import open_ledger, who
from sayso.cli.write import Out
from sayso.record.links import LIST_POLICY, POLICY_NAMES, Policy

FORMATS = ("xlsx", "csv")


@click.command(
    cls=Command,
    examples=(
        "sayso export xlsx --place Kursk --out kursk.xlsx",
        "sayso export csv --policy ucdp --as-known-at 2024-12-27 --out incidents.csv",
    ),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@click.argument("format_", type=click.Choice(FORMATS), metavar="FORMAT")
@filter_options
@click.option("--policy", type=click.Choice(POLICY_NAMES), default=LIST_POLICY, show_default=True,
              help="What makes one figure of many.")  # fmt: skip
@click.option("--unmasked", is_flag=True, help="Show private people's names; it is noted.")
@export_options
def export(
    format_: str, url: str | None, policy: Policy, unmasked: bool, out: Path | None, by: str | None,
    **asked: Any,
) -> None:  # fmt: skip
    """Write the incidents that fit into a file: FORMAT is xlsx or csv.

    xlsx comes back: edit cells, then `sayso import FILE`. What leaves is noted in the ledger.
    """
    if format_ == "xlsx" and out is None:
        raise click.UsageError("xlsx is no text: name a file with --out")
    from sayso.exchange.gather import Asked, gather
    from sayso.ledger import Filters

    filters = Filters(**asked)
    with open_ledger(url) as ledger, Out(out) as place:
        made = gather(ledger, Asked(filters, policy, unmasked))
        if format_ == "xlsx":
            from sayso.exchange.xlsx_out import write_xlsx

            content = write_xlsx(made)
        else:
            from sayso.exchange.csv_out import write_csv

            content = write_csv(made).encode()
        name = out.name if out is not None else "standard output"
        noted = f"{format_}, unmasked" if unmasked else format_
        ledger.note_export(name, noted, made.reports, by=who(by))
        place.write_bytes(content)
        place.keep()
        if not made.rows:
            say(ledger.why_nothing(filters, "incidents"))
