"""`sayso demo`: our own example reports read, shown as a table and as a page."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.command import Command
from sayso.cli.say import exit_words, say


@click.command(
    cls=Command, examples=("sayso demo", "sayso demo --out /tmp/demo"), exits=exit_words()
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    metavar="FOLDER",
    help="Where the page is written: FOLDER/sayso-demo.html.",
)
def demo(out: Path) -> None:
    """Read the example reports that come with sayso.

    Prints their claims as a table, writes a page with the reports beside their claims, and says
    where it lies.
    """
    from sayso.cli.examples import find_examples
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
    click.get_current_context().exit(code)
