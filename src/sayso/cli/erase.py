"""`sayso erase`: a report or a name gone for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sayso.cli.command import Command
from sayso.cli.say import counted, say
from sayso.cli.store import by_option, ledger_option, open_ledger, who

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.ledger import Ledger

SHOWN = 20  # reports that are named before they lose something


@click.command(
    cls=Command,
    examples=(
        "sayso erase --report r12 --why 'a court order of May 2' --yes",
        "sayso erase --name 'Jane Roe' --name Roe --why 'her wish' --by desk --yes",
        "sayso erase --finish",
    ),
    exits="0 erased; 2 nothing erased, or wrong usage.",
)
@ledger_option
@click.option("--report", metavar="REPORT", help="The report to erase: r12.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Each form of a name to go.")
@click.option("--why", metavar="WORDS", help="The reason. It stays: do not name whom it is about.")
@click.option("--yes", is_flag=True, help="Erase it without asking: for scripts.")
@click.option("--finish", is_flag=True, help="Empty pages and logs after an erasure broke off.")
@by_option
def erase(
    url: str | None,
    report: str | None,
    names: tuple[str, ...],
    why: str | None,
    finish: bool,
    by: str | None,
    *,
    yes: bool,
) -> None:
    """Remove a report, or a name wherever it stands, so that no byte of the ledger tells.

    Texts, claims, judgements, links, indexes, free pages and logs; and the answers of a language
    model that are kept on this machine ($SAYSO_LLM_CACHE). The chain keeps that, when, by whom and
    why, and still verifies. It cannot be undone: what would go is shown first, and asked about on a
    terminal; elsewhere nothing goes without --yes. Files that left before are listed.
    """
    if (report is not None) + bool(names) + finish != 1:
        raise click.UsageError("say one of --report, --name or --finish")
    if not finish and not why:
        raise click.UsageError("say --why")
    with open_ledger(url, links=not finish) as ledger:
        if finish:
            left = ledger.scrub()
        else:
            if not yes:
                _ask(ledger, report, names)
            forget = _forgetting(ledger, report, names)
            done = (
                ledger.erase(report, by=who(by), why=why or "")
                if report
                else ledger.erase_names(names, by=who(by), why=why or "")
            )
            left = (*done.left, *forget())
            click.echo(
                f"erased: {counted(len(done.entries), 'entry', 'entries')} of "
                f"{counted(len(done.reports), 'report')}"
            )
            for gone in done.exported:
                click.echo(
                    f"exported before: {gone.entry}, {gone.at[:19]}Z, {gone.format}, by {gone.by},"
                    f" a file whose name has the SHA-256 {gone.name_sha256}"
                )
    for place in left:
        say(f"out of the ledger's reach: {place}")


def _ask(ledger: Ledger, report: str | None, names: Sequence[str]) -> None:
    """Show what would go, and go on only where somebody says so.

    Raises UsageError where nobody can be asked.
    """
    foreseen = ledger.foresee(report=report, names=names)
    for place in foreseen.places[:SHOWN]:
        what = counted(place.count, "place") if names else "with all that was read in it"
        say(f"{place.report} {place.name}: {what}")
        for words in place.words:
            say(f"  {words}")
    if more := foreseen.places[SHOWN:]:
        say(f"and {counted(len(more), 'more report')}")
    if foreseen.others:
        said = ", ".join(counted(count, kind) for kind, count in foreseen.others)
        say(f"and what was entered beside them: {said}")
    if not foreseen.places and not foreseen.others:
        say("no entry holds that name")
    if not sys.stdin.isatty():
        raise click.UsageError("nothing was erased, and it cannot be undone: --yes erases it")
    click.confirm("Erase this? It cannot be undone", abort=True, err=True)


def _forgetting(
    ledger: Ledger, report: str | None, names: Sequence[str]
) -> Callable[[], Sequence[str]]:
    """What removes the kept answers of a language model and says which it could not.

    Where they stand is found before the text is gone.
    """
    from sayso.ledger.layout.masking import tells_of
    from sayso.llm.forget import forget_place, forget_telling, place_of
    from sayso.llm.settings import cache_folder

    folder = cache_folder()
    if folder is None:
        return tuple
    text = ledger.text_as_given(report) if report else None
    place = None if text is None else place_of(text)

    def forget() -> Sequence[str]:
        try:
            gone = forget_place(folder, place) if place else 0
            gone += forget_telling(folder, tells_of(names)) if names else 0
        except OSError as error:
            return (f"answers of a language model in {folder} ({error.strerror}): empty it",)
        if gone:
            click.echo(f"erased: {gone} kept answers of a language model")
        return ()

    return forget
