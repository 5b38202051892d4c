"""`sayso move`: carry a ledger to another store."""

from __future__ import annotations

import click

from sayso.cli.command import Command
from sayso.cli.store import ledger_option, ledger_url


@click.command(
    cls=Command,
    examples=("sayso move postgresql://desk@db/news --ledger sqlite:///sayso.db",),
    exits="0 moved and verified; 2 not moved.",
)
@click.argument("target", metavar="URL")
@ledger_option
def move(target: str, url: str | None) -> None:
    """Copy the ledger to URL, an empty store, and verify it there. The old one stays as it is."""
    from sayso.ledger import move as carry

    count = carry(ledger_url(url), target)
    click.echo(f"{count} entries carried; the copy verifies")
