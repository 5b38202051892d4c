"""`sayso link`: reports to incidents, in memory; keep nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from sayso.cli.command import Command
from sayso.cli.inputs import check_files, files_argument, from_option, jobs_option, out_option
from sayso.cli.say import exit_code, exit_words


@click.command(
    cls=Command,
    examples=(
        "sayso link --from jsonl reports.jsonl",
        "sayso link *.html | jq '{type, main, origins}'",
    ),
    exits=exit_words(),
)
@files_argument
@from_option
@jobs_option
@out_option
def link(files: tuple[str, ...], out: Path | None, jobs: int, form: Any) -> None:
    """Read each FILE and say which reports are about one incident.

    Prints JSON Lines, one object an incident: its reports, type, time, place, figures by named
    policies, and origins as an interval. Nothing is kept.
    """
    from sayso.cli.output.jsonl import to_json
    from sayso.cli.show import keep_readings
    from sayso.cli.write import Out
    from sayso.linking.rows import link_readings, rows_of
    from sayso.pipeline.read import Ask, read_all

    check_files(files, out)
    counts: Counter[str] = Counter()
    readings = list(keep_readings(read_all(files, Ask(form=form), jobs), counts))
    with Out(out) as place:
        for row in rows_of(link_readings(readings)):
            place.write(to_json(row) + "\n")
        if readings:
            place.keep()
    click.get_current_context().exit(exit_code(counts))
