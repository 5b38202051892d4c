"""What one may ask of claims, and what their own columns must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, literal, or_, select

from sayso.errors import UsageError
from sayso.ledger.layout.instants import Instant, to_micros
from sayso.ledger.layout.project import FIRST_DAY, LAST_DAY
from sayso.ledger.store.schema import claim, judgement

BY_TERM = ("words", "actor", "place", "type", "measure", "speaker")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; None asks for nothing.

    Names (actor, place, speaker) match where their words stand in that order in the name; a
    country's ISO 3166 alpha-3 code stands for all of that country, as its name does for an actor
    and a place. `from_` and `to` are days, of
    the event. `as_known_at` replays the ledger's own clock, `as_public_at` the reports'.
    `rejected` False leaves out what people rejected, True asks for nothing else.
    """

    words: str | None = None
    actor: str | None = None
    place: str | None = None
    type: str | None = None
    measure: str | None = None
    speaker: str | None = None
    certainty: str | None = None
    polarity: str | None = None
    from_: str | None = None
    to: str | None = None
    as_known_at: Instant | None = None
    as_public_at: Instant | None = None
    rejected: bool | None = None


def singles_of(filters: Filters) -> Iterator[Filters]:
    """The filters one by one, each as known then."""
    at = filters.as_known_at
    for name in (*BY_TERM, "certainty", "polarity"):
        if (value := getattr(filters, name)) is not None:
            yield Filters(as_known_at=at, **{name: value})
    if filters.from_ or filters.to:
        yield Filters(as_known_at=at, from_=filters.from_, to=filters.to)


def conditions_of(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What claims' own columns must hold."""
    if filters.certainty:
        yield claim.c.certainty == filters.certainty
    if filters.polarity:
        yield claim.c.polarity == filters.polarity
    if filters.from_ or filters.to:
        first, last = days_asked(filters)
        yield and_(claim.c.starts <= last, claim.c.ends >= first)
    if filters.as_public_at is not None:
        yield claim.c.public_at <= to_micros(filters.as_public_at)
    yield held_at(claim, filters.as_known_at)
    if filters.rejected is not None:
        yield _rejected(filters) if filters.rejected else ~_rejected(filters)


def days_asked(filters: Filters) -> tuple[str, str]:
    """The first and the last day asked for; UsageError for what is no day."""
    days = (filters.from_ or FIRST_DAY, filters.to or LAST_DAY)
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise UsageError(f"{day!r} is no day; write 2024-12-27") from None
    return days


def held_at(table: Any, at: Instant | None) -> ColumnElement[bool]:
    """The condition that a row held at an instant, now where it is None."""
    if at is None:
        return table.c.until.is_(None)  # type: ignore[no-any-return]
    micros = to_micros(at)
    return and_(table.c.since <= micros, or_(table.c.until.is_(None), table.c.until > micros))


def _rejected(filters: Filters) -> ColumnElement[bool]:
    handle = literal("c").concat(cast(claim.c.reading, Text)).concat(".")
    return exists(
        select(judgement.c.entry).where(
            judgement.c.target == handle.concat(cast(claim.c.n, Text)),
            judgement.c.action == "reject",
            held_at(judgement, filters.as_known_at),
        )
    )
