"""`sayso verify`: whether the ledger still says what was entered."""

from __future__ import annotations

import click

from sayso.cli.command import Command
from sayso.cli.say import OK, SOME_REFUSED, say
from sayso.cli.store import ledger_option, open_ledger


@click.command(
    cls=Command,
    examples=(
        "sayso verify",
        "sayso verify --ledger postgresql://desk@db/news --head 3f2a",
    ),
    exits="0 all is as entered; 1 trouble, each on a line; 2 wrong usage, or no such ledger.",
)
@ledger_option
@click.option(
    "--head",
    metavar="HASH",
    help="The chain's end as noted earlier: refuse a ledger that no longer holds it.",
)
def verify(url: str | None, head: str | None) -> None:
    """Check every entry, link and row; name what was changed, swapped or taken out."""
    from sayso.record.clean import clean_line

    troubles = 0
    with open_ledger(url) as ledger:
        for trouble in ledger.verify():
            troubles += 1
            click.echo(clean_line(f"{trouble.where}: {trouble.what}"))
        if head and not ledger.holds(head):
            troubles += 1
            click.echo(clean_line(f"head: no link is {head}: the ledger was cut back or replaced"))
        now = ledger.head()
    if troubles:
        say(f"trouble in {troubles} places; restore a copy from before the change")
    else:
        say(f"fine: {now.entries} entries in {now.link} links; the last is {now.hash}")
    click.get_current_context().exit(SOME_REFUSED if troubles else OK)
