"""The timeline of an incident: its states and what was said of it, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding

from sayso.cli.output.clean import clean_text
from sayso.incidents.words import (
    NO_DATE,
    certainty_of,
    date_words,
    day_of,
    published_of,
    said_as,
    some,
    speaker_of,
    state_words,
)
from sayso.record import When
from sayso.record.incident import ClaimLine, IncidentView, StateLine
from sayso.record.words import shorten_name

if TYPE_CHECKING:
    from rich.text import Text

MOST = 60  # statements; a page longer than that is a search, not a page


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker said on one day in the same words, in one or more reports."""

    when: When | None
    speaker: str
    certainty: str
    words: str
    standing: str
    claims: tuple[str, ...]


def timeline(view: IncidentView) -> Group:
    """States and statements by day, the earliest first; what has no date comes last.

    What somebody says beside it, of nothing that happened, is left to `sayso claims`.
    """
    statements = find_statements(view)
    days: dict[str, list[Text]] = {}
    for state in view.states:
        days.setdefault(_key(state.when or state.said), []).append(_state(state))
    for statement in statements[:MOST]:
        days.setdefault(_key(statement.when), []).append(_statement(statement))
    beside = len(view.claims) - sum(1 for _ in _shown(view))
    left = [f"{len(statements) - MOST} more"] if len(statements) > MOST else []
    left += [f"{beside} of nothing that happened: `sayso claims` has them"] if beside else []
    return Group(*_days(days), *([clean_text(f"… and {', '.join(left)}", "dim")] if left else []))


def find_statements(view: IncidentView) -> list[Statement]:
    """What was said, in the order of days; copies of one sentence are one statement."""
    published = published_of(view)
    found: dict[tuple[str, ...], list[ClaimLine]] = {}
    for claim in _shown(view):
        when = claim.said or published.get(claim.report)
        key = (
            _key(when), speaker_of(claim), certainty_of(claim), claim.standing,
            said_as(claim.content.words).casefold().replace("’", "'"),
        )  # fmt: skip
        found.setdefault(key, []).append(claim)
    statements = [
        Statement(
            claims[0].said or published.get(claims[0].report),
            key[1], key[2], said_as(claims[0].content.words), claims[0].standing,
            tuple(c.claim for c in claims),
        )
        for key, claims in found.items()
    ]  # fmt: skip
    return sorted(statements, key=lambda s: _key(s.when))


def _shown(view: IncidentView) -> Iterator[ClaimLine]:
    """The claims of what happened, and those that deny it in words where no event was read."""
    denying = {claim for origin in view.denials for claim in origin.claims}
    return (c for c in view.claims if c.types or c.claim in denying)


def _key(when: When | None) -> str:
    """A day for sorting; the unknown last. One day has one key, whatever its hour."""
    if when and when.precision in ("minute", "hour"):
        when = When(day_of(when), day_of(when), "day", when.basis)
    return f"{day_of(when) or '9999'}|{date_words(when)}"


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
