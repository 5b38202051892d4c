"""`sayso import`: what people edited in an exported spreadsheet, as judgements."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.command import Command
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, open_ledger, who


@click.command(
    "import",
    cls=Command,
    examples=(
        "sayso import incidents.xlsx --dry-run",
        "sayso import incidents.xlsx --by 'R. Coder'",
    ),
    exits="0 all edits taken; 1 some refused, the others taken; 2 no such file or ledger.",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@ledger_option
@by_option
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
def import_(file: Path, url: str | None, by: str | None, dry_run: bool) -> int:
    """Take the edited cells of a file of `sayso export xlsx` into the ledger.

    Each becomes a judgement, signed and undone like any other. What cannot be taken is named by
    sheet, row and column; nothing is written over what somebody else changed since.
    """
    from sayso.errors import UsageError
    from sayso.exchange.edits import apply, plan_edits
    from sayso.exchange.xlsx_in import read_edits

    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    edited = read_edits(content, file.name)
    with open_ledger(url, links=True) as ledger:
        plans, refused = plan_edits(ledger, edited, who(by))
        left = len(refused)
        if dry_run:
            for plan in plans:
                click.echo(f"would {plan.words}")
        else:
            for plan, became in apply(ledger, plans, file.name, who(by)):
                left += became.startswith("not taken")
                click.echo(f"{became}  {plan.words}")
    for each in refused:
        say(each.words)
    if not plans and not refused:
        say(f"{file.name}: no cell was edited")
    return 1 if left else 0
