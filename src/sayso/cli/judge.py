"""`sayso judge`: what people decide; kept with who, when and why, and withdrawn by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.cli.command import Command, LateChoice
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, open_ledger, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.incidents.deciding import Act
    from sayso.ledger import Judged, Ledger


def _actions() -> tuple[str, ...]:
    from sayso.incidents.deciding import ACTS

    return ACTS


@click.command(
    cls=Command,
    examples=(
        "sayso judge accept c13.4 --reason 'rang the harbour office'",
        "sayso judge correct c13.4 figure.0.best 9 --reason 'the text says nine'",
        "sayso judge correct c13.4 figure.0.low 9 figure.0.high 12 --reason 'nine to twelve'",
        "sayso judge join incident-4f0c incident-77aa --reason 'one ferry'",
        "sayso judge split incident-4f0c r12 r15 --reason 'another ferry'",
        "sayso judge join 'nis|agency|KOR' 'seoul spies|agency|KOR' --reason 'one service'",
        "sayso judge mark r12 amber --reason 'not out before Friday'",
        "sayso judge protect 'jane roe|person|' --reason 'she asked for it'",
        "sayso judge undo e40 --reason 'a mistake' --by desk",
    ),
    exits="0 kept; 2 wrong usage, or nothing to decide about.",
)
@click.argument("action", type=LateChoice(_actions), metavar="ACTION")
@click.argument("target", metavar="TARGET")
@click.argument("more", metavar="[MORE]...", nargs=-1)
@ledger_option
@click.option("--reason", metavar="WORDS", help="Why. It is needed, and is kept.")
@click.option("--into", metavar="INCIDENT", help="For split: the incident to place them in.")
@click.option(
    "--also",
    metavar="FORM",
    multiple=True,
    help="For protect: a form of the name beside those that are found.",
)
@by_option
def judge(
    action: Act, target: str, more: tuple[str, ...], *, url: str | None, reason: str | None,
    into: str | None, also: tuple[str, ...], by: str | None,
) -> None:  # fmt: skip
    """Decide about something in the ledger. A person's word outranks the machine's.

    \b
    accept CLAIM               it holds
    reject CLAIM               it does not: it stays, marked, and no longer counts
    correct CLAIM FIELD VALUE  certainty, polarity, speaker, figure.N.FIELD, event.N.FIELD; several
                               fields in one go; the best of an exact figure takes its ends along
    correct INCIDENT FIELD VALUE  its row: type, time, place, killed, wounded (null: not known)
    join INCIDENT INCIDENT     the second becomes part of the first
    split INCIDENT REPORT...   these reports tell of another incident (--into one, or a new one)
    join SOURCE SOURCE         by their keys: the second is one with the first, everywhere
    split SOURCE SOURCE...     by their keys: these are not one, whatever rules say
    undo ENTRY                 a judgement no longer holds
    undo INCIDENT JOIN         two sources, copies or acts of saying are not one
    grade SOURCE GRADE         A to F, by the source's key (`sayso sources --format jsonl`)
    mark REPORT MARKING        clear, green, amber, amber+strict or red (TLP 2.0): who may see it
                               and all that rests on it
    protect SOURCE [NAME]...   a label stands for its name below red: for all that it is called in
                               the reports held, or for these forms
    release ENTRY              a name that was hidden shows again
    note TARGET                a word about it
    """  # noqa: D301 - click's sign for lines that stay as they are
    if not reason or not reason.strip():
        raise click.UsageError("say why with --reason")
    if also and action != "protect":
        raise click.UsageError("--also goes with protect")
    if into and action != "split":
        raise click.UsageError("--into goes with split")
    from sayso.incidents.deciding import Decision, decide

    values = _pairs(more) if action == "correct" else {}
    said = Decision(action, target, () if values else more, values, into, also)
    with open_ledger(url, links=True) as ledger:
        for made in decide(ledger, said, by=who(by), reason=reason):
            click.echo(_told(ledger, made))
            if action in ("accept", "reject") and target[:1] == "r" and target[1:].isdecimal():
                say(f"{target} is a report: that you {action} it is kept, and its claims and rows "
                    f"stay as they are; {action} a claim (c13.4) for that")  # fmt: skip


def _pairs(more: tuple[str, ...]) -> dict[str, Any]:
    """What is to be corrected: fields and their new values, by turns."""
    if not more or len(more) % 2:
        raise click.UsageError("correct takes a claim, and each field with its new value")
    return dict(zip(more[::2], map(_value, more[1::2]), strict=True))


def _value(words: str) -> Any:
    """The value that is meant: JSON where it is some (9, null, {"start": …}), else the words."""
    import json

    try:
        return json.loads(words)
    except ValueError:
        return words


def _told(ledger: Ledger, made: Judged) -> str:
    """What is printed of a judgement."""
    from sayso.incidents.deciding import RELEASE

    if made.action == RELEASE or (made.action == "undo" and made.target[:1] == "e"):
        return f"{made.entry}  {made.target} no longer holds, by {made.by}"
    line = f"{made.entry}  {made.action} {made.target} by {made.by}"
    return "\n".join((line, *_protected(ledger, made))) if made.action == "protect" else line


def _protected(ledger: Ledger, made: Judged) -> Iterator[str]:
    """What is to be looked at now that a source is protected."""
    hidden = made.detail["names"]
    reports = ledger.names_protected(hidden)
    near = ledger.nearly_named(made.target, hidden)
    left = {each.entry: each for report in reports for each in ledger.exports(report)}
    names, instead = ", ".join(reports), ", ".join(t for t in reports.values() if t)
    yield f"called {made.detail['label']!r} below red; hidden: {', '.join(hidden)}"
    yield f"reports that name one: {names or 'none'}; others read: {instead or 'none'}"
    yield "look in these whether what is left gives the name away"
    for word, count in near.items():
        yield f"not hidden: {word!r}, which stands alone (reports: {count}); --also {word} hides it"
    for each in left.values():
        yield f"left before, with the name: {each.entry} {each.format}, {each.at}, by {each.by}"
