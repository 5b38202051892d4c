"""`sayso sources`: who speaks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from sayso.cli.ask import format_option, known_option, limit_option, sheet
from sayso.cli.command import Command
from sayso.cli.say import say
from sayso.cli.store import ledger_option, open_ledger

if TYPE_CHECKING:
    from sayso.ledger import SourceAnswer

HEAD = ("source", "kind", "country", "reports", "claims", "first", "grade", "also called")


@click.command(
    cls=Command,
    examples=("sayso sources", "sayso sources 'intelligence service' --format jsonl"),
    exits="0 fine; 2 wrong usage, or no such ledger.",
)
@click.argument("name", metavar="[NAME]", required=False)
@ledger_option
@known_option
@limit_option
@click.option("--cursor", metavar="CURSOR", help="Go on where an earlier list ended.")
@format_option("table", "jsonl", "csv")
def sources(
    name: str | None, url: str | None, as_known_at: str | None, limit: int, cursor: str | None,
    format_: str,
) -> None:  # fmt: skip
    """Print who speaks, by name: in how many reports, since when, under which names and grade.

    NAME is part of the name. Every source stands at F, cannot be judged, until a person grades it.
    """
    from sayso.cli.output.jsonl import to_json

    with open_ledger(url) as ledger:
        page = ledger.sources(name, as_known_at=as_known_at, limit=limit, cursor=cursor)
    if format_ == "jsonl":
        for row in page.rows:
            click.echo(to_json(dataclasses.asdict(row)))
    elif format_ == "csv":
        from sayso.cli.output.csv import to_csv

        head = ("key", "name", "kind", "named", "country", "reports", "claims", "first", "grade",
                "aliases")  # fmt: skip
        rows = (
            [r.key, r.name, r.kind, "yes" if r.named else "no", r.country, r.reports, r.claims,
             r.first, r.grade, "; ".join(r.aliases)]
            for r in page.rows
        )  # fmt: skip
        click.echo(to_csv(head, rows), nl=False)
    else:
        click.echo(_table(page.rows), nl=False)
    if page.next:
        say(f"more: --cursor {page.next!r}")


def _table(rows: tuple[SourceAnswer, ...]) -> str:
    from sayso.cli.output.sheet import print_table

    page = sheet(None)
    print_table(page, HEAD, [
        (r.name, r.kind, r.country or "", f"{r.reports:,}", f"{r.claims:,}", r.first[:10], r.grade,
         "; ".join(r.aliases[:4]))
        for r in rows
    ])  # fmt: skip
    return page.text()
