"""`sayso read`: read reports, print what they claim, keep nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.command import Command
from sayso.cli.inputs import (
    check_date,
    check_files,
    files_argument,
    from_option,
    jobs_option,
    out_option,
    published_option,
    publisher_option,
)
from sayso.cli.model import asking, reader_options, settings_for
from sayso.cli.say import exit_words

FORMATS = ("table", "jsonl", "csv", "html")
FEW = 3  # so many inputs need no progress line


@click.command(
    cls=Command,
    examples=(
        "sayso read report.txt --published 2024-12-27",
        "sayso read page.html bundle.rtf --format html --out claims.html",
        "sayso read --jobs 4 --format jsonl reports.jsonl > readings.jsonl",
        "pdftotext scan.pdf - | sayso read - --publisher 'The Harbour Courier'",
        "sayso read report.txt --reader llm --model qwen3 --base-url http://127.0.0.1:11434/v1",
    ),
    exits=exit_words(),
)
@files_argument
@from_option
@published_option
@publisher_option
@reader_options
@jobs_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="A table for people; jsonl with one sayso.reading/1 object a report; csv with one row a "
    "claim; html, one page that needs nothing else.",
)
@out_option
def read(
    files: tuple[str, ...], out: Path | None, format_: str, jobs: int, *, model: str | None,
    base_url: str | None, cap: int | None, **said: Any,
) -> None:  # fmt: skip
    """Read each FILE and print its claims.

    Who says what, on whose word, how sure, about which event, where, when and how many. Nothing is
    kept. FILE - is standard input. One input that can't be read doesn't stop the others.
    """
    from sayso.cli.show import make_printer, print_all
    from sayso.cli.write import Out
    from sayso.pipeline.read import Ask, read_all

    check_files(files, out)
    check_date(said["published"])
    settings = settings_for([said["reader"]], model, base_url, cap)
    with Out(out) as place, asking(Ask(**said), settings, files) as ask:
        printer = make_printer(format_, to_file=out is not None)
        code = print_all(read_all(files, ask, jobs), printer, place, many=len(files) > FEW)
    click.get_current_context().exit(code)
