"""`sayso import`: edited spreadsheets as judgements; a team's own lists and coded rows."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.command import Command, LateChoice, markings
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, open_ledger, who

if TYPE_CHECKING:
    from sayso.exchange.coded.fields import FormName
    from sayso.exchange.coded.read import ColumnMap
    from sayso.exchange.xlsx_in import Edited
    from sayso.record.marking import Marking


def kinds() -> tuple[str, ...]:
    """The tables that a team may bring."""
    from sayso.exchange.coded.fields import FORMS

    return tuple(FORMS)


@click.command(
    "import",
    cls=Command,
    examples=(
        "sayso import incidents.xlsx --dry-run",
        "sayso import incidents.xlsx --by 'R. Coder'",
        "sayso import our-actors.csv --as actors",
        "sayso import coded-2024.xlsx --columns ours.toml",
    ),
    exits="0 all taken; 1 some refused, the rest taken; 2 no such file or ledger.",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@ledger_option
@click.option("--clearance", type=LateChoice(markings), default="amber+strict", show_default=True,
              help="The one that the edited file was written with.")  # fmt: skip
@by_option
@click.option("--as", "kind", type=LateChoice(kinds), help="What the rows are; else by headings.")
@click.option("--columns", type=click.Path(dir_okay=False, path_type=Path), metavar="MAP.toml",
              help="What the file's own headings stand for.")  # fmt: skip
@click.option("--replace", is_flag=True, help="The file is now the list: held rows give way.")
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
def import_(
    *, file: Path, url: str | None, by: str | None, kind: FormName | None, columns: Path | None,
    replace: bool, dry_run: bool, clearance: Marking,
) -> int:  # fmt: skip
    """Take a spreadsheet into the ledger: edits of a file of `sayso export xlsx`, or lists.

    Edited cells become judgements, signed and undone like any other. Lists (actors, conflicts,
    dyads, places) and rows that a team coded (in GED's or ACLED's columns) fill the ids of exports
    and tell what an incident is already coded as. What cannot be taken is named by sheet, row and
    column; nothing is written over what somebody else said.
    """
    content = _bytes(file)
    if kind is None and columns is None and _is_export(content):
        from sayso.exchange.xlsx_in import read_edits

        edits = read_edits(content, file.name)
        return _edits(edits, file.name, url, who(by), clearance, dry=dry_run)
    asked = _asked(kind, columns)
    return _lists(content, file.name, asked, url, who(by), replace=replace, dry=dry_run)


def _is_export(content: bytes) -> bool:
    """True of a file of `sayso export xlsx`; a team's list may stand on a sheet `incidents` too.

    Raises UsageError for one of `sayso export csv`, which does not come back.
    """
    from sayso.errors import UsageError
    from sayso.exchange.books import sheets_named
    from sayso.exchange.columns import COLUMNS
    from sayso.exchange.xlsx_out import EXPORTED, INCIDENTS, TOLD

    header = ",".join(column.name for column in COLUMNS)
    if content[: len(header) + 3].removeprefix(codecs.BOM_UTF8).startswith(header.encode()):
        raise UsageError("a CSV of `sayso export` does not come back; edit the XLSX instead")
    sheets = sheets_named(content)
    return EXPORTED in sheets or {INCIDENTS, TOLD} <= sheets


def _bytes(file: Path) -> bytes:
    from sayso.errors import UsageError

    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error


def _edits(
    edited: Edited, name: str, url: str | None, by: str, clearance: Marking, *, dry: bool
) -> int:
    from sayso.exchange.edits import apply, plan_edits

    with open_ledger(url, links=True) as whole:
        ledger = whole.seen_by(clearance)
        plans, refused = plan_edits(ledger, edited, by)
        left = len(refused)
        if dry:
            for plan in plans:
                click.echo(f"would {plan.words}")
        else:
            for plan, became in apply(ledger, plans, name, by):
                left += became.startswith("not taken")
                click.echo(f"{became}  {plan.words}")
    for each in refused:
        say(each.words)
    if not plans and not refused:
        say(f"{name}: no cell was edited")
    return 1 if left else 0


def _asked(kind: FormName | None, columns: Path | None) -> ColumnMap:
    import dataclasses

    from sayso.errors import UsageError
    from sayso.exchange.coded.read import ColumnMap, read_mapping

    asked = ColumnMap()
    if columns is not None:
        try:
            asked = read_mapping(_bytes(columns).decode(), columns.name)
        except UnicodeDecodeError as error:
            raise UsageError(f"{columns}: save it as UTF-8") from error
    return dataclasses.replace(asked, form=kind) if kind else asked


def _lists(
    content: bytes, name: str, asked: ColumnMap, url: str | None, by: str, *, replace: bool,
    dry: bool,
) -> int:  # fmt: skip
    from sayso.errors import CaptureError
    from sayso.exchange.coded.bring import MEND, bring
    from sayso.exchange.coded.read import read_lists

    left = known = 0
    unknown: list[str] = []  # said beside lists that are known only: else the error says it
    with open_ledger(url) as ledger:
        tables = read_lists(content, name, asked)
        for done in bring(ledger, tables, name, by=by, replace=replace, dry=dry):
            if not done.form:
                unknown += done.lines
                continue
            known += 1
            click.echo(f"would: {done.words}" if dry else done.words)
            for line in (*done.lines, *(each.words for each in done.refused)):
                say(line)
            left += len(done.refused)
    if not known:
        raise CaptureError(
            name, "it is no workbook of `sayso export xlsx` and no list that is known", MEND
        )
    for line in unknown:
        say(line)
    return 1 if left else 0
