"""`sayso read`: read reports, print what they claim, keep nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.command import Command
from sayso.cli.say import exit_words

FORMS = ("text", "html", "pdf", "docx", "rtf", "jsonl")
READERS = ("model", "rules")
FORMATS = ("table", "jsonl", "csv", "html")
FEW = 3  # so many inputs need no progress line


@click.command(
    cls=Command,
    examples=(
        "sayso read report.txt --published 2024-12-27",
        "sayso read page.html bundle.rtf --format html --out claims.html",
        "sayso read --jobs 4 --format jsonl reports.jsonl > readings.jsonl",
        "pdftotext scan.pdf - | sayso read - --publisher 'The Harbour Courier'",
    ),
    exits=exit_words(),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--from",
    "form",
    type=click.Choice(FORMS),
    help="What the files are; else each file's name and content tell.",
)
@click.option(
    "--published",
    metavar="DATE",
    help="When the reports were published (2024-12-27), so that “Friday” has a date. Wins over "
    "what a page says.",
)
@click.option(
    "--publisher", metavar="NAME", help="Who published the reports. Wins over what a page says."
)
@click.option(
    "--reader",
    type=click.Choice(READERS),
    default=READERS[0],
    show_default=True,
    help="What reads the words.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that read side by side, each with about 0.5 GB of memory. Order is kept.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="A table for people; jsonl with one sayso.reading/1 object a report; csv with one row a "
    "claim; html, one page that needs nothing else.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE instead of standard output: whole, or not at all.",
)
def read(files: tuple[str, ...], out: Path | None, format_: str, jobs: int, **said: Any) -> None:
    """Read each FILE and print its claims.

    Who says what, on whose word, how sure, about which event, where, when and how many. Nothing is
    kept. FILE - is standard input. One input that can't be read doesn't stop the others.
    """
    from sayso.cli.show import make_printer, print_all
    from sayso.cli.work import Ask, read_all
    from sayso.cli.write import Out

    check_files(files, out)
    if said["published"]:
        check_date(said["published"])
    ask = Ask(**said)
    with Out(out) as place:
        printer = make_printer(format_, to_file=out is not None)
        code = print_all(read_all(files, ask, jobs), printer, place, many=len(files) > FEW)
    click.get_current_context().exit(code)


def check_files(files: tuple[str, ...], out: Path | None = None) -> None:
    """Refuse standard input twice, and an output that is one of the inputs."""
    if files.count("-") > 1:
        raise click.UsageError("- (standard input) can be read only once")
    if out and any(f != "-" and Path(f).exists() and out.exists() and out.samefile(f)
                   for f in files):  # fmt: skip
        raise click.UsageError(f"--out {out} would overwrite an input; name another file")


def check_date(words: str) -> None:
    """Refuse a wrong date before any file is opened."""
    from sayso.page.dates import read_date

    if read_date(words, "given") is None:
        raise click.UsageError(f"--published {words}: not a date; write it as 2024-12-27")
