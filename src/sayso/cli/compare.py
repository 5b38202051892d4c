"""`sayso compare`: two readers side by side."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ask import format_option
from sayso.cli.command import Command
from sayso.cli.inputs import (
    check_date,
    check_files,
    files_argument,
    from_option,
    out_option,
    published_option,
    publisher_option,
)
from sayso.cli.model import ALL_READERS, LLM, asking, model_options, settings_for
from sayso.cli.say import exit_code, exit_words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.pipeline.compare import Comparison
    from sayso.pipeline.read import Outcome


@click.command(
    cls=Command,
    examples=(
        "sayso compare report.txt --reader model --reader rules",
        "sayso compare *.txt --reader model --reader llm --model qwen3 --format jsonl",
    ),
    exits=exit_words(),
)
@files_argument
@from_option
@published_option
@publisher_option
@click.option(
    "--reader",
    "readers",
    type=click.Choice(ALL_READERS),
    multiple=True,
    help="Twice: the readers that are put side by side.",
)
@model_options
@format_option("table", "jsonl", means="What differs, for people; or one sayso.compare/1 a report.")
@out_option
def compare(
    files: tuple[str, ...], readers: tuple[str, ...], format_: str, out: Path | None, *,
    model: str | None, base_url: str | None, cap: int | None, **said: Any,
) -> None:  # fmt: skip
    """Read each FILE by two readers, and print where they agree and where they do not.

    Speakers, claims and figures: what both have, what both have and say otherwise of, what only one
    has. Nothing is kept.
    """
    from sayso.cli.write import Out
    from sayso.pipeline.read import Ask

    check_files(files, out)
    check_date(said["published"])
    if len(readers) != 2 or readers[0] == readers[1]:
        raise click.UsageError("name two readers: --reader model --reader rules")
    if "-" in files:
        raise click.UsageError("- (standard input) can be read only once, and here are two readers")
    settings = settings_for(readers, model, base_url, cap)
    counts: Counter[str] = Counter()
    ask = Ask(**said)
    with Out(out) as place, asking(ask, settings, files) as asked:
        for found in _pairs(files, (ask, asked), readers, counts):
            place.write(_text(found, format_, to_file=out is not None))
        if counts["read"]:
            place.keep()
    click.get_current_context().exit(exit_code(counts))


def _pairs(
    files: tuple[str, ...], asks: tuple[Any, Any], readers: tuple[str, ...], counts: Counter[str]
) -> Iterator[Comparison]:
    """The comparison of each report that both readers read; what went wrong is said and counted."""
    import dataclasses

    from sayso.pipeline.compare import compare as compare_readings
    from sayso.pipeline.read import read_all
    from sayso.record import Reading

    own, other = asks
    sides = [
        read_all(files, other if name == LLM else dataclasses.replace(own, reader=name))
        for name in readers
    ]
    for a, b in zip(*sides, strict=False):  # the same reports in the same order
        if isinstance(a, Reading) and isinstance(b, Reading):
            counts["read"] += 1
            yield compare_readings(a, b, (readers[0], readers[1]))
        elif _tell(a, b, counts):
            return


def _tell(a: Outcome, b: Outcome, counts: Counter[str]) -> bool:
    """Say what kept a report from being compared; True where nothing else can be read either."""
    from sayso.pipeline.read import Failed, Refused

    wrong = [each for each in (a, b) if isinstance(each, (Failed, Refused))]
    for words in dict.fromkeys(each.words for each in wrong):
        say(words)
    failed = [each for each in wrong if isinstance(each, Failed)]
    for each in failed:
        click.echo(each.trace, err=True, nl=False)
    counts["failed" if failed else "refused"] += 1
    return any(isinstance(each, Refused) and each.ends for each in wrong)


def _text(found: Comparison, format_: str, *, to_file: bool) -> str:
    from sayso.cli.output.compare import show_comparison
    from sayso.cli.output.jsonl import to_json
    from sayso.cli.output.sheet import Sheet, find_window

    if format_ == "jsonl":
        return to_json(found.to_wire()) + "\n"
    window = find_window(to_file=to_file)
    sheet = Sheet(window.width, colour=window.colour, encoding=window.encoding)
    show_comparison(found, sheet)
    return sheet.text()
