"""The statements of an incident in the order of days, copies of one sentence as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.incidents.words import (
    certainty_of,
    date_words,
    day_of,
    published_of,
    said_as,
    speaker_of,
)
from sayso.record import When
from sayso.record.incident import ClaimLine, IncidentView


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker said on one day in the same words, in one or more reports."""

    when: When | None
    speaker: str
    certainty: str
    words: str
    standing: str
    claims: tuple[str, ...]


def find_statements(view: IncidentView) -> list[Statement]:
    """What was said, in the order of days; copies of one sentence are one statement."""
    published = published_of(view)
    found: dict[tuple[str, ...], list[ClaimLine]] = {}
    for claim in claims_shown(view):
        when = claim.said or published.get(claim.report)
        key = (
            day_key(when), speaker_of(claim), certainty_of(claim), claim.standing,
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
    return sorted(statements, key=lambda s: day_key(s.when))


def claims_shown(view: IncidentView) -> Iterator[ClaimLine]:
    """The claims of what happened, and those that deny it in words where no event was read."""
    denying = {claim for origin in view.denials for claim in origin.claims}
    return (c for c in view.claims if c.types or c.claim in denying)


def day_key(when: When | None) -> str:
    """A day for sorting; the unknown last. One day has one key, whatever its hour."""
    if when and when.precision in ("minute", "hour"):
        when = When(day_of(when), day_of(when), "day", when.basis)
    return f"{day_of(when) or '9999'}|{date_words(when)}"
