"""Readings printed as they come, what went wrong said beside them, and the exit code of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

import click

from sayso.cli.progress import Progress
from sayso.cli.say import exit_code, say
from sayso.cli.write import Out
from sayso.pipeline.read import Failed, Outcome, Refused, outcome_of
from sayso.record import Reading


class Printer(Protocol):
    """Turns readings into text: `put` one by one, then what closes the whole."""

    encoding: str
    warns: bool  # its text holds the warnings, or has no place for them

    def put(self, reading: Reading) -> str:
        """The text of one reading, whole."""

    def end(self) -> str:
        """The text that closes the whole."""


def make_printer(format_: str, *, to_file: bool = False) -> Printer:
    """What turns readings into a format's text; a table knows its window and whether it has one."""
    match format_:
        case "jsonl":
            from sayso.cli.output.jsonl import JsonLines

            return JsonLines()
        case "csv":
            from sayso.cli.output.csv import Csv

            return Csv()
        case "html":
            from sayso.cli.output.page import Page

            return Page()
        case _:
            from sayso.cli.output.sheet import find_window
            from sayso.cli.output.table import Table

            window = find_window(to_file=to_file)
            return Table(window.width, colour=window.colour, encoding=window.encoding)


def print_all(
    outcomes: Iterable[Outcome], printer: Printer, out: Out, *, many: bool = False
) -> int:
    """The exit code, after all readings were printed and all that went wrong was said."""
    progress = Progress(on=many)
    counts = Counter[str]()
    for outcome in outcomes:
        progress.clear()
        shown = _shown(outcome, printer)
        if isinstance(shown, str):
            out.write(shown, printer.encoding)
            counts["read"] += 1
        elif _tell(shown, counts):
            break
        if isinstance(outcome, Reading) and not printer.warns:
            _warn(outcome)
        progress.show(counts["read"], counts["refused"] + counts["failed"])
    progress.clear()
    if counts["read"]:
        out.write(printer.end(), printer.encoding)
        out.keep()
    return exit_code(counts)


def _shown(outcome: Outcome, printer: Printer) -> str | Refused | Failed:
    """A reading as text; a defect in showing one reading doesn't take the others along."""
    if not isinstance(outcome, Reading):
        return outcome
    try:
        return printer.put(outcome)
    except Exception as error:  # noqa: BLE001 - said as a defect, and the next one is shown
        return outcome_of(error, outcome.report.name)


def _warn(reading: Reading) -> None:
    """Say what a reading warns of."""
    for warning in reading.warnings:
        say(f"{reading.report.name}: {warning}")


def keep_readings(outcomes: Iterable[Outcome], counts: Counter[str]) -> Iterator[Reading]:
    """The readings among outcomes; what they warn of and what went wrong is said, all is counted.

    "a1 stands twice, the second is a1#2": whoever looks for the second must be told its name.
    """
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            _warn(outcome)
            counts["read"] += 1
            yield outcome
        elif _tell(outcome, counts):
            return


def _tell(wrong: Refused | Failed, counts: Counter[str]) -> bool:
    """Say and count what went wrong; True where nothing else can be read either."""
    say(wrong.words)
    if isinstance(wrong, Failed):
        click.echo(wrong.trace, err=True, nl=False)
        counts["failed"] += 1
        return False
    counts["refused"] += 1
    return wrong.ends
