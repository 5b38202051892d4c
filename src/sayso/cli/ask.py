"""Options that commands which ask the ledger share: what to look for, how to print, where to."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli.inputs import out_option
from sayso.cli.store import by_option, ledger_option, who

if TYPE_CHECKING:
    from sayso.cli.output.sheet import Sheet
    from sayso.ledger import Ledger

F = TypeVar("F", bound=Callable[..., Any])

_FILTERS = (
    click.option("--actor", metavar="NAME", help="Who takes part: a name or a country's code."),
    click.option(
        "--place", metavar="NAME", help="Where: a name, a country's code, a gazetteer id."
    ),
    click.option("--type", metavar="TYPE", help="What happened, a type of the event ontology."),
    click.option("--measure", metavar="MEASURE", help="What a figure counts: killed, captured, …"),
    click.option("--speaker", metavar="NAME", help="Who says it, on any hop of the chain."),
    click.option("--certainty", metavar="VALUE", help="How sure: stated, confirmed, denied, …"),
    click.option("--from", "from_", metavar="DAY", help="The event's first day."),
    click.option("--to", metavar="DAY", help="The event's last day."),
)
known_option = click.option("--as-known-at", metavar="TIME", help="What this ledger knew then.")
limit_option = click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Rows at most."
)


def filter_options(command: F) -> F:
    """The query and the filters, the ledger and the instant."""
    for option in reversed((*_FILTERS, known_option)):
        command = option(command)
    command = ledger_option(command)
    return click.argument("words", metavar="[QUERY]", required=False)(command)


def format_option(*formats: str) -> Callable[[F], F]:
    """`--format` with a table for people first."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Lines for people, or rows for machines.",
    )


def export_options(command: F) -> F:
    """`--out`, and who takes the file away: what leaves the ledger is noted in it."""
    return out_option(by_option(command))


def sheet(out: Path | None) -> Sheet:
    """A page as wide as the window, with colours where there is one."""
    from sayso.cli.output.sheet import Sheet

    on_terminal = sys.stdout.isatty() and out is None
    width = shutil.get_terminal_size((100, 24)).columns
    encoding = "utf-8" if out else sys.stdout.encoding
    return Sheet(max(60, min(width, 132)), colour=on_terminal, encoding=encoding)


def write_out(
    ledger: Ledger, text: str, *, out: Path | None, format_: str, reports: Iterable[str],
    by: str | None, encoding: str = "utf-8",
) -> None:  # fmt: skip
    """Write the text; a file is noted in the ledger before it takes its name."""
    from sayso.cli.write import Out

    with Out(out) as place:
        place.write(text, encoding)
        if out is not None:
            ledger.note_export(out.name, format_, reports, by=who(by))
        place.keep()
