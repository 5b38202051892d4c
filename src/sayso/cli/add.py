"""`sayso add`: read reports into the ledger."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.command import Command
from sayso.cli.read import FORMS, READERS, check_date, check_files
from sayso.cli.say import DEFECT, NOTHING_READ, OK, SOME_REFUSED, exit_words, say
from sayso.cli.store import ledger_option, open_ledger

if TYPE_CHECKING:
    from sayso.cli.work import Outcome
    from sayso.ledger import Added
    from sayso.record import Reading

BATCH = 20  # reports kept at a time: what a crash may cost to read again


@click.command(
    cls=Command,
    examples=(
        "sayso add report.txt --published 2024-12-27",
        "sayso add --from jsonl reports.jsonl --ledger postgresql://desk@db/news",
    ),
    exits=exit_words(),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@ledger_option
@click.option(
    "--from",
    "form",
    type=click.Choice(FORMS),
    help="What the files are; else each file's name and content tell.",
)
@click.option("--published", metavar="DATE", help="When the reports were published (2024-12-27).")
@click.option("--publisher", metavar="NAME", help="Who published the reports.")
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
    help="Processes that read side by side, each with about 0.5 GB of memory.",
)
@click.option(
    "--reread",
    is_flag=True,
    help="Let what is read in a known report now replace what was read before.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "jsonl")),
    default="table",
    show_default=True,
    help="Lines for people, or one JSON object a report.",
)
def add(
    files: tuple[str, ...], url: str | None, jobs: int, reread: bool, format_: str, **said: Any
) -> None:
    """Read each FILE into the ledger, and say what became of it.

    new, same (known, nothing changed), version (of a page that is known) or reread. A line is
    printed once its report is kept for good.
    """
    from sayso.cli.work import Ask, read_all

    check_files(files)
    if said["published"]:
        check_date(said["published"])
    counts: Counter[str] = Counter()
    with open_ledger(url, reader=said["reader"], create=True) as ledger:
        readings = _kept(read_all(files, Ask(**said), jobs), counts)
        for batch in ledger.add_batches(readings, reread=reread, size=BATCH):
            for added in batch:
                click.echo(_line(added, format_))
    click.get_current_context().exit(_exit_code(counts))


def _line(added: Added, format_: str) -> str:
    from sayso.cli.output.clean import clean_line
    from sayso.cli.output.jsonl import to_json

    if format_ == "jsonl":
        return to_json(dataclasses.asdict(added))
    words = f"{added.status:8} {added.report:8} {added.claims:4} claims  {added.name}"
    if added.previous:
        words += f", after {added.previous}"
    if added.masked:
        words += f"; {added.masked} names hidden there that this version lacks"
    return clean_line(words)


def _kept(outcomes: Iterable[Outcome], counts: Counter[str]) -> Iterator[Reading]:
    """The readings among outcomes; what went wrong is said and counted."""
    from sayso.cli.work import Failed, Refused

    for outcome in outcomes:
        match outcome:
            case Refused(words, ends):
                say(words)
                counts["refused"] += 1
                if ends:
                    return
            case Failed(words, trace):
                say(words)
                click.echo(trace, err=True, nl=False)
                counts["failed"] += 1
            case reading:
                counts["read"] += 1
                yield reading


def _exit_code(counts: Counter[str]) -> int:
    if counts["failed"]:
        return DEFECT
    if not counts["read"]:
        return NOTHING_READ
    return SOME_REFUSED if counts["refused"] else OK
