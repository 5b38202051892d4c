"""What the commands that read share: their files, the options about them, and checks of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

FORMS = ("text", "html", "pdf", "docx", "rtf", "jsonl")
READERS = ("model", "rules")

files_argument = click.argument("files", metavar="FILE...", nargs=-1, required=True)
from_option = click.option(
    "--from",
    "form",
    type=click.Choice(FORMS),
    help="What the files are; else each file's name and content tell.",
)
published_option = click.option(
    "--published",
    metavar="DATE",
    help="When the reports were published (2024-12-27), so that “Friday” has a date. Wins over "
    "what a page says.",
)
publisher_option = click.option(
    "--publisher", metavar="NAME", help="Who published the reports. Wins over what a page says."
)
reader_option = click.option(
    "--reader",
    type=click.Choice(READERS),
    default=READERS[0],
    show_default=True,
    help="What reads the words.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that read side by side, each with about 0.5 GB of memory. Order is kept.",
)


class OutPath(click.Path):
    """A file to write; `-` is standard output, as everywhere (a file of that name is `./-`)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or None for standard output."""
        return None if value == "-" else super().convert(value, param, ctx)


out_option = click.option(
    "--out",
    type=OutPath(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE instead of standard output: whole, or not at all.",
)


def check_files(files: tuple[str, ...], out: Path | None = None) -> None:
    """Refuse standard input twice, and an output that is one of the inputs."""
    if files.count("-") > 1:
        raise click.UsageError("- (standard input) can be read only once")
    if out and any(f != "-" and Path(f).exists() and out.exists() and out.samefile(f)
                   for f in files):  # fmt: skip
        raise click.UsageError(f"--out {out} would overwrite an input; name another file")


def check_date(words: str | None) -> None:
    """Refuse a wrong --published before any file is opened; None is no date, which is fine.

    Pages write dates in many ways and are read in all of them; who types one writes ISO 8601, so
    that 03.04.2024 is not taken for the month that somebody else would take it for.
    """
    if words is None:
        return
    from sayso.page.dates import read_date, read_iso

    when = read_date(words)
    if when is None:
        raise click.UsageError(f"--published {words}: not a date; write it as 2024-12-27")
    if read_iso(words) is None:
        raise click.UsageError(
            f"--published {words}: not in the form of ISO 8601; write it as {when.start}"
        )
