"""`sayso link`: reports to incidents, in memory; keep nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.command import Command
from sayso.cli.read import FORMS, check_files
from sayso.cli.say import DEFECT, NOTHING_READ, OK, SOME_REFUSED, exit_words, say

if TYPE_CHECKING:
    from sayso.cli.work import Outcome
    from sayso.record import Reading


@click.command(
    cls=Command,
    examples=(
        "sayso link --from jsonl reports.jsonl",
        "sayso link *.html | jq '{type, main, origins}'",
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
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that read side by side, each with about 0.5 GB of memory.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE instead of standard output: whole, or not at all.",
)
def link(files: tuple[str, ...], out: Path | None, jobs: int, form: Any) -> None:
    """Read each FILE and say which reports are about one incident.

    Prints JSON Lines, one object an incident: its reports, type, time, place, figures by named
    policies, and origins as an interval. Nothing is kept.
    """
    from sayso.cli.output.jsonl import to_json
    from sayso.cli.work import Ask, read_all
    from sayso.cli.write import Out
    from sayso.linking.incidents_rows import link_readings, rows_of

    check_files(files, out)
    counts: Counter[str] = Counter()
    readings = list(_kept(read_all(files, Ask(form=form), jobs), counts))
    with Out(out) as place:
        for row in rows_of(link_readings(readings)):
            place.write(to_json(row) + "\n")
        if readings:
            place.keep()
    click.get_current_context().exit(_exit_code(counts))


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
