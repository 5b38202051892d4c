"""`sayso add`: read reports into the ledger."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ask import format_option
from sayso.cli.command import Command, LateChoice, markings
from sayso.cli.inputs import (
    FORMS,
    check_date,
    check_files,
    files_argument,
    jobs_option,
    published_option,
    publisher_option,
)
from sayso.cli.model import asking, reader_options, settings_for, signed
from sayso.cli.needs import needs
from sayso.cli.say import exit_code, exit_words, say
from sayso.cli.store import ledger_option, open_ledger, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.incidents.bulk import Chunk
    from sayso.ledger import Added, Prepared
    from sayso.pipeline.read import Ask
    from sayso.record import Reading
    from sayso.record.marking import Marking

BATCH = 20  # reports kept at a time: what a crash may cost to read again
READINGS = "readings"
BULK = 200  # the same of readings, which cost nothing to read again


@click.command(
    cls=Command,
    examples=(
        "sayso add report.txt --published 2024-12-27",
        "sayso add --from jsonl reports.jsonl --ledger postgresql://desk@db/news",
        "sayso add --from readings read-before.jsonl --jobs 2",
    ),
    exits=exit_words(),
)
@files_argument
@ledger_option
@click.option(
    "--from",
    "form",
    type=click.Choice((*FORMS, READINGS)),
    help="What the files are; else each file's name and content tell. `readings` are lines that "
    "`sayso read --format jsonl` wrote, or a folder of `sayso corpus`: nothing is read anew.",
)
@published_option
@publisher_option
@reader_options
@jobs_option
@click.option(
    "--reread",
    is_flag=True,
    help="Let what is read in a known report now replace what was read before.",
)
@click.option("--marking", type=LateChoice(markings),
              help="Who may see it, by TLP 2.0; else all do. A report that is known takes a "
              "stricter one.")  # fmt: skip
@format_option("table", "jsonl", means="Lines for people, or one JSON object a report.")
def add(
    files: tuple[str, ...], url: str | None, jobs: int, reread: bool, format_: str, *,
    marking: Marking | None, model: str | None, base_url: str | None, cap: int | None, **said: Any,
) -> None:  # fmt: skip
    """Read each FILE into the ledger, and say what became of it.

    new, same (known, nothing changed), version (of a page that is known) or reread. A line is
    printed once its report is kept for good.
    """
    from sayso.pipeline.read import Ask

    check_files(files)
    check_date(said["published"])
    counts: Counter[str] = Counter()
    held = said["form"] == READINGS
    if held:
        _check_held(files, said)
    settings = settings_for([] if held else [said["reader"]], model, base_url, cap)
    reader = signed(said["reader"], settings)
    with (
        open_ledger(url, reader=reader, create=True, links=True) as ledger,
        asking(Ask(**said), settings, files, ledger=ledger, marking=marking) as ask,
    ):
        found = _held(files, jobs, counts) if held else _read(files, ask, jobs, counts)
        size = BULK if held else BATCH
        told = who(None) if marking else None
        from sayso.record.marking import level_of

        for batch in ledger.add_batches(
            found, reread=reread, size=size, marking=marking, marked_by=told
        ):
            for added in batch:
                click.echo(_line(added, format_))
                if marking and added.marking and level_of(added.marking) > level_of(marking):
                    say(f"{added.report} {added.name}: is marked {added.marking} and stays so; "
                        f"`sayso judge mark {added.report} {marking}` changes it")  # fmt: skip
                if added.lapsed:
                    say(f"{added.report} {added.name}: {_lapsed(added)}")
    click.get_current_context().exit(exit_code(counts))


def _read(files: tuple[str, ...], ask: Ask, jobs: int, counts: Counter[str]) -> Iterator[Reading]:
    from sayso.cli.show import keep_readings
    from sayso.pipeline.read import read_all

    return keep_readings(read_all(files, ask, jobs), counts)


def _check_held(files: tuple[str, ...], said: dict[str, Any]) -> None:
    """Refuse what cannot be said of readings that are there: when their reports came out."""
    for name in ("published", "publisher"):
        if said[name] is not None:
            raise click.UsageError(f"--{name} is said when a report is read, not of its reading")
    if "-" in files:
        raise click.UsageError(f"--from {READINGS} takes files, not standard input")


def _held(files: tuple[str, ...], jobs: int, counts: Counter[str]) -> Iterator[Prepared]:
    """The readings that files hold, ready to be entered; what is none is said and counted."""
    from sayso.incidents.bulk import lose_chunk, prepare_chunk
    from sayso.pipeline.pool import Pool

    chunks = (chunk for file in files for chunk in _chunks(file))
    results = (Pool(prepare_chunk, lose_chunk, jobs).map(chunks) if jobs > 1
               else map(prepare_chunk, chunks))  # fmt: skip
    for outcome in (each for results_ in results for each in results_):
        counts["refused" if isinstance(outcome, str) else "read"] += 1
        if isinstance(outcome, str):
            say(outcome)
        else:
            yield outcome


def _chunks(file: str) -> Iterator[Chunk | str]:
    """The readings of a file, or of a folder that `sayso corpus` filled."""
    from sayso.incidents.bulk import chunked, chunks_of

    path = Path(file)
    if not path.is_dir():
        return chunks_of([file])
    with needs("a folder of `sayso corpus`", "corpus"):
        from sayso.corpus.back import is_corpus, lines_of

    if not is_corpus(path):
        raise click.UsageError(f"{file}: a folder that `sayso corpus` did not fill; name files")
    return chunked(file, lines_of(path))


def _line(added: Added, format_: str) -> str:
    from sayso.cli.output.jsonl import to_json
    from sayso.record.clean import clean_line

    if format_ == "jsonl":
        return to_json(dataclasses.asdict(added))
    claims = "claim " if added.claims == 1 else "claims"
    words = f"{added.status:8} {added.report:8} {added.claims:4} {claims}  {added.name}"
    if added.previous:
        words += f", {'before' if added.status == 'older' else 'after'} {added.previous}"
    if added.masked:
        words += f"; {added.masked} names hidden there that this version lacks"
    if added.marking not in (None, "clear"):
        words += f"; marked {added.marking}"
    if added.lapsed:
        words += f"; {_lapsed(added)}"
    return clean_line(words)


def _lapsed(added: Added) -> str:
    """The decisions that found no claim in what was read now."""
    count = len(added.lapsed)
    what = "1 decision no longer applies" if count == 1 else f"{count} decisions no longer apply"
    return f"{what}: {', '.join(added.lapsed)}"
