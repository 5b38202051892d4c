"""`sayso judge`: what people decide; kept with who, when and why, and withdrawn by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.cli.command import Command, LateChoice
from sayso.cli.store import by_option, ledger_option, open_ledger, who

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.ledger import Ledger

RELEASE = "release"  # withdraws the hiding of a name; no judgement of its own


def _actions() -> tuple[str, ...]:
    from sayso.record.incident import ACTIONS

    return (*ACTIONS, RELEASE)


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
    action: str, target: str, more: tuple[str, ...], *, url: str | None, reason: str | None,
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
    with open_ledger(url, links=True) as ledger:
        make = _MAKERS.get(action, _plain)
        click.echo(make(ledger, target, more, {"action": action, "reason": reason, "into": into,
                                               "also": also, "by": who(by)}))  # fmt: skip


def _count(more: tuple[str, ...], needed: int, words: str) -> None:
    if len(more) != needed:
        raise click.UsageError(words)


def _judged(ledger: Ledger, target: str, said: dict[str, Any], **detail: Any) -> str:
    made = ledger.judge(said["action"], target, by=said["by"], reason=said["reason"], **detail)
    return f"{made.entry}  {made.action} {made.target} by {made.by}"


def _plain(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    _count(more, 0, f"{said['action']} takes one thing")
    return _judged(ledger, target, said)


def _correct(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    from sayso.ledger.layout.corrections import together

    if not more or len(more) % 2:
        raise click.UsageError("correct takes a claim, and each field with its new value")
    values = dict(zip(more[::2], map(_value, more[1::2]), strict=True))
    return "\n".join(_judged(ledger, target, said, **each) for each in together(values))


def _value(words: str) -> Any:
    """The value that is meant: JSON where it is some (9, null, {"start": …}), else the words."""
    import json

    try:
        return json.loads(words)
    except ValueError:
        return words


def _join(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    _count(more, 1, "join takes two incidents, or the keys of two sources")
    return _judged(ledger, target, said, other=more[0])


def _split(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    if not more:
        words = "split takes an incident and the reports that are to leave it, or keys of sources"
        raise click.UsageError(words)
    into = {"into": said["into"]} if said["into"] else {}
    return _judged(ledger, target, said, apart=list(more), **into)


def _grade(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    _count(more, 1, "grade takes a source's key and a grade")
    return _judged(ledger, target, said, grade=more[0].upper())


def _mark(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    _count(more, 1, "mark takes a report and a marking: clear, green, amber, amber+strict, red")
    return _judged(ledger, target, said, marking=more[0].lower())


def _protect(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    made = ledger.judge("protect", target, by=said["by"], reason=said["reason"], names=list(more),
                        also=list(said["also"]))  # fmt: skip
    hidden = made.detail["names"]
    reports = ledger.names_protected(hidden)
    near = ledger.nearly_named(target, hidden)
    left = {each.entry: each for report in reports for each in ledger.exports(report)}
    names, instead = ", ".join(reports), ", ".join(t for t in reports.values() if t)
    lines = [
        f"{made.entry}  protect {made.target} by {made.by}",
        f"called {made.detail['label']!r} below red; hidden: {', '.join(hidden)}",
        f"reports that name one: {names or 'none'}; others read: {instead or 'none'}",
        "look in these whether what is left gives the name away",
    ]
    lines += [f"not hidden: {word!r}, which stands alone (reports: {count}); --also {word} hides it"
              for word, count in near.items()]  # fmt: skip
    lines += [f"left before, with the name: {e.entry} {e.format}, {e.at}, by {e.by}"
              for e in left.values()]  # fmt: skip
    return "\n".join(lines)


def _undo(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    from sayso.incidents.undo import about_join
    from sayso.incidents.view import view_incident

    if not more and target[:1] == "e" and target[1:].isdecimal():
        return _withdraw(ledger, target, more, said)
    _count(more, 1, "undo takes an entry (e40), or an incident and the id of a join in it")
    about = about_join(view_incident(ledger, target), more[0])
    return _judged(ledger, more[0], said, **about)


def _withdraw(ledger: Ledger, target: str, more: tuple[str, ...], said: dict[str, Any]) -> str:
    _count(more, 0, f"{said['action']} takes one entry")
    entry = ledger.withdraw(target, by=said["by"], reason=said["reason"])
    return f"{entry}  {target} no longer holds, by {said['by']}"


_MAKERS: dict[str, Callable[[Ledger, str, tuple[str, ...], dict[str, Any]], str]] = {
    "correct": _correct,
    "join": _join,
    "split": _split,
    "grade": _grade,
    "mark": _mark,
    "protect": _protect,
    "undo": _undo,
    RELEASE: _withdraw,
}
