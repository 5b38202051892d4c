"""Options that commands which ask the ledger share: what to look for, how to print, where to."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli.inputs import out_option
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, who

if TYPE_CHECKING:
    from sayso.cli.output.listing import Listing
    from sayso.cli.output.sheet import Sheet
    from sayso.ledger import Ledger

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

_FILTERS = (
    click.option("--actor", metavar="NAME", help="Who takes part: a name, a country or its code."),
    click.option(
        "--place",
        metavar="NAME",
        help="Where: a name, a country or its code, a gazetteer id.",
    ),
    click.option("--type", metavar="TYPE", help="What happened, a type of the event ontology."),
    click.option("--measure", metavar="MEASURE", help="What a figure counts: killed, captured, …"),
    click.option("--speaker", metavar="NAME", help="Who says it, on any hop of the chain."),
    click.option("--certainty", metavar="VALUE", help="How sure: stated, confirmed, denied, …"),
    click.option("--from", "from_", metavar="DAY", help="The event's first day."),
    click.option("--to", metavar="DAY", help="The event's last day."),
)
cursor_option = click.option(
    "--cursor", metavar="CURSOR", help="Go on where an earlier list ended."
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


def format_option(
    *formats: str, means: str = "Lines for people, or rows for machines."
) -> Callable[[F], F]:
    """`--format` with a table for people first; `means` is its help."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=means,
    )


def export_options(command: F) -> F:
    """`--out`, and who takes the file away: what leaves the ledger is noted in it."""
    return out_option(by_option(command))


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where rows go: their format, the file if any, and who takes it away."""

    format_: str
    out: Path | None = None
    by: str | None = None

    def sheet(self) -> Sheet:
        """A page as wide as the window."""
        from sayso.cli.output.sheet import Sheet, find_window

        window = find_window(to_file=self.out is not None)
        return Sheet(window.width, colour=window.colour, encoding=window.encoding)

    def write(self, ledger: Ledger, text: str, reports: Iterable[str], encoding: str) -> None:
        """Write the text; a file is noted in the ledger before it takes its name."""
        from sayso.cli.write import Out

        with Out(self.out) as place:
            place.write(text, encoding)
            if self.out is not None:
                ledger.note_export(self.out.name, self.format_, reports, by=who(self.by))
            place.keep()


def print_rows(
    ledger: Ledger, rows: Sequence[T], listing: Listing[T], outlet: Outlet, *,
    reports: Callable[[T], Iterable[str]] = lambda _: (), nothing: Callable[[], str],
    more: str | None = None,
) -> None:  # fmt: skip
    """Print the rows of a list; say why there is none, or how one reads on.

    `reports` are the handles that a row tells of, noted with a file that is taken away.
    """
    sheet = outlet.sheet()
    text = listing.text(rows, outlet.format_, sheet)
    encoding = sheet.encoding if outlet.format_ == "table" else "utf-8"
    outlet.write(ledger, text, (r for row in rows for r in reports(row)), encoding)
    if not rows:
        say(nothing())
    if more:
        say(f"more: --cursor {shlex.quote(more)}")
