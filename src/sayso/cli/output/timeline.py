"""The timeline of an incident: its states and what was said of it, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding

from sayso.cli.output.clean import clean_text
from sayso.incidents.timeline import Statement, claims_shown, day_key, find_statements
from sayso.incidents.words import NO_DATE, date_words, day_of, some, state_words
from sayso.record.incident import IncidentView, StateLine
from sayso.record.words import shorten_name

if TYPE_CHECKING:
    from rich.text import Text

MOST = 60  # statements; a page longer than that is a search, not a page


def timeline(view: IncidentView) -> Group:
    """States and statements by day, the earliest first; what has no date comes last.

    What somebody says beside it, of nothing that happened, is left to `sayso claims`.
    """
    statements = find_statements(view)
    days: dict[str, list[Text]] = {}
    for state in view.states:
        days.setdefault(day_key(state.when or state.said), []).append(_state(state))
    for statement in statements[:MOST]:
        days.setdefault(day_key(statement.when), []).append(_statement(statement))
    beside = len(view.claims) - sum(1 for _ in claims_shown(view))
    left = [f"{len(statements) - MOST} more"] if len(statements) > MOST else []
    left += [f"{beside} of nothing that happened: `sayso claims` has them"] if beside else []
    return Group(*_days(days), *([clean_text(f"… and {', '.join(left)}", "dim")] if left else []))


def _days(days: dict[str, list[Text]]) -> Iterator[RenderableType]:
    for key, lines in sorted(days.items()):
        words = key.partition("|")[2]
        yield clean_text(words, "dim" if words == NO_DATE else "bold")
        yield from (Padding(line, (0, 0, 0, 2)) for line in lines)


def _state(state: StateLine) -> Text:
    """`▪ 15 dead (coast guard)   c1.2 · first said 27 Dec 2024`; a number has an owner."""
    line = clean_text(f"▪ {state_words(state)}", "bold underline")
    owners = tuple(shorten_name(s.lstrip(" ,;:")) for s in state.speakers)
    if state.count is not None and owners:
        more = f" and {len(owners) - 1} more" if len(owners) > 1 else ""
        line.append_text(clean_text(f" ({owners[0]}{more})"))
    told = f"  {some(state.claims)}"
    if state.when and state.said and day_of(state.said) != day_of(state.when):
        told += f" · first said {date_words(state.said)}"
    if not state.when:
        told += " · when it was is not told"
    line.append_text(clean_text(told, "dim"))
    return line


def _statement(statement: Statement) -> Text:
    """`NIS says: confirmed “a soldier was captured”   c1.2 c3.1`."""
    line = clean_text(statement.speaker, "bold")
    line.append_text(clean_text(f" {statement.certainty}" if statement.certainty else ""))
    line.append_text(clean_text(f": “{statement.words}”"))
    marks = "" if statement.standing == "stands" else f" [{statement.standing}]"
    line.append_text(clean_text(f"{marks}  {some(statement.claims)}", "dim"))
    return line
