"""`sayso incidents`: one row an incident."""

from __future__ import annotations

import dataclasses
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
from sayso.cli.say import say
from sayso.cli.store import open_ledger

if TYPE_CHECKING:
    from sayso.ledger import IncidentRow


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
@click.option("--cursor", metavar="CURSOR", help="Go on where an earlier list ended.")
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
    from sayso.ledger import Filters

    with open_ledger(url) as ledger:
        page = ledger.incident_list(Filters(**asked), limit=limit, cursor=cursor)
        rows = list(page.rows)
        text = _text(rows, format_, out)
        handles = [h for r in rows for h in r.handles]
        write_out(ledger, text, out=out, format_=format_, reports=handles, by=by)
    if page.next:
        say(f"more: --cursor {page.next}")


def _text(rows: list[IncidentRow], format_: str, out: Path | None) -> str:
    from sayso.cli.output.incidents import incidents_csv, incidents_table
    from sayso.cli.output.jsonl import to_json

    if format_ == "jsonl":
        return "".join(to_json(dataclasses.asdict(row)) + "\n" for row in rows)
    return incidents_csv(rows) if format_ == "csv" else incidents_table(rows, sheet(out))
