"""`sayso doctor`: what sayso runs with, and what is wrong with it."""

from __future__ import annotations

import dataclasses

import click

from sayso.cli.ask import format_option
from sayso.cli.command import Command
from sayso.cli.say import OK, SOME_REFUSED

SIGNS = {"ok": " ", "note": "·", "trouble": "!"}


EXAMPLES = ("sayso doctor", "sayso doctor --format jsonl | jq 'select(.state == \"trouble\")'")


@click.command(cls=Command, examples=EXAMPLES, exits="0 fine, 1 trouble, 2 wrong usage.")
@format_option("table", "jsonl", means="A table for people, or JSON Lines with one object a check.")
def doctor(format_: str) -> None:
    """Say what sayso runs with, and what is wrong with it.

    Its version, Python, the language model and whether its weights are the official ones, the
    gazetteer, your lexicon folder, the libraries and the extras.
    """
    from sayso.cli.checks import run_checks
    from sayso.cli.output.jsonl import to_json
    from sayso.record.clean import clean_line

    trouble = False
    for check in run_checks():
        trouble = trouble or check.state == "trouble"
        if format_ == "jsonl":
            click.echo(to_json(dataclasses.asdict(check)))
            continue
        line = f"{SIGNS[check.state]} {check.check:<10} {check.value}"
        click.echo(clean_line(f"{line}; {check.mend}" if check.mend else line))
    click.get_current_context().exit(SOME_REFUSED if trouble else OK)
