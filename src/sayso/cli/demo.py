"""`sayso demo`: our own example reports read, shown as a table and as a page, or on the desk."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.command import Command
from sayso.cli.say import exit_words, say
from sayso.cli.serve import open_option, port_option


@click.command(
    cls=Command,
    examples=("sayso demo", "sayso demo --serve --open", "sayso demo --out /tmp/demo"),
    exits=exit_words(),
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar="FOLDER",
    help="Where the page is written: FOLDER/sayso-demo.html, or the ledger: FOLDER/sayso-demo.db.",
)
@click.option("--serve", is_flag=True, help="Open the desk on a ledger of the examples.")
@port_option
@open_option
def demo(out: Path, serve: bool, port: int, open_: bool) -> None:
    """Read the example reports that come with sayso.

    Prints their claims as a table, writes a page with the reports beside their claims, and says
    where it lies. With --serve it keeps them in a ledger and opens the desk on it.
    """
    if serve:
        _serve(out, port=port, open_=open_)
        return
    from sayso.api.example import find_examples
    from sayso.cli.show import make_printer, print_all
    from sayso.cli.write import Out, make_folder
    from sayso.pipeline.read import Ask, read_all
    from sayso.record import Reading

    files = [str(path) for path in find_examples()]
    outcomes = list(read_all(files, Ask()))
    with Out(None) as screen:
        code = print_all(outcomes, make_printer("table"), screen)
    page = make_folder(out) / "sayso-demo.html"
    with Out(page) as place:
        readings = [o for o in outcomes if isinstance(o, Reading)]
        print_all(readings, make_printer("html", to_file=True), place)
    claims = sum(len(reading.claims) for reading in readings)
    say(f"{len(readings)} reports, {claims} claims")
    say(f"the page with the reports beside their claims: {page.resolve()}")
    say(f"the same on the desk: {_command()} demo --serve --open")
    click.get_current_context().exit(code)


def _command() -> str:
    """How this very command is called: `sayso`, or its path where the shell would not find it."""
    import shutil
    import sys

    called = Path(sys.argv[0])
    if called.name != "sayso" or shutil.which("sayso"):
        return "sayso"
    return str(called)


def _serve(out: Path, *, port: int, open_: bool) -> None:
    from collections import Counter

    from sayso.api.example import find_examples
    from sayso.cli.serve import run_desk
    from sayso.cli.show import keep_readings
    from sayso.cli.store import open_ledger, who
    from sayso.cli.write import make_folder
    from sayso.ledger import Filters
    from sayso.pipeline.read import Ask, read_all

    file = make_folder(out) / "sayso-demo.db"
    with open_ledger(f"sqlite:///{file}", create=True, links=True) as ledger:
        if not ledger.incidents(Filters(), limit=1):
            files = [str(path) for path in find_examples()]
            say(f"reading {len(files)} example reports into {file}")
            ledger.add(keep_readings(read_all(files, Ask()), Counter()))
        run_desk(ledger, host="127.0.0.1", port=port, open_=open_, by=who(None))
