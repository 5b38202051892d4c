"""Instants: microseconds since 1970 in UTC within, ISO 8601 without."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from sayso.errors import UsageError
from sayso.record import When

Instant = str | datetime | int
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MICRO = timedelta(microseconds=1)
SKEW = timedelta(seconds=5) // MICRO  # by which the clocks of two machines may differ
AHEAD = timedelta(hours=14) // MICRO  # of UTC, where a day begins first


def now() -> int:
    """This moment."""
    return to_micros(datetime.now(UTC))


def to_micros(value: Instant) -> int:
    """An instant as microseconds; a day alone is its end, a time without a zone is UTC.

    Raises UsageError where the words are no instant.
    """
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise UsageError(f"{value!r} is no date or time; write 2024-12-27 or …T12:00") from None
        if DAY.fullmatch(value):
            moment += timedelta(days=1) - MICRO
    else:
        moment = value
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - EPOCH) // MICRO


def known_at(value: Instant, latest: int) -> int:
    """The instant to look back from, `latest` at most: a day that has begun ends there so far.

    Raises UsageError for what is yet to come: what was known then nobody can say.
    """
    micros, begins = to_micros(value), to_micros(value) - SKEW
    if isinstance(value, str) and DAY.fullmatch(value):
        begins = micros - timedelta(days=1) // MICRO - AHEAD
    if begins > latest:
        raise UsageError(
            f"{value} is yet to come; ask for what was known till now, or leave it out"
        )
    return min(micros, latest)


def to_iso(micros: int) -> str:
    """The instant in ISO 8601, UTC."""
    return (EPOCH + timedelta(microseconds=micros)).isoformat()


def public_at(published: When | None, otherwise: int) -> int:
    """When a report was surely out: the end of the published interval, else `otherwise`."""
    known = published and (published.end or published.start)
    if not known:
        return otherwise
    try:
        return to_micros(known)
    except UsageError:
        return otherwise


def is_older(one: When | None, other: When | None) -> bool:
    """True of what was surely published before another: the intervals lie apart.

    A date that sayso inferred settles nothing.
    """
    first, second = _out_between(one), _out_between(other)
    return first is not None and second is not None and first[1] < second[0]


def _out_between(published: When | None) -> tuple[int, int] | None:
    start = published and (published.start or published.end)
    if published is None or not start or published.basis == "inferred":
        return None
    try:
        begins, ends = to_micros(start), to_micros(published.end or start)
    except UsageError:
        return None
    return begins - (timedelta(days=1) // MICRO - 1 if DAY.fullmatch(start) else 0), ends


def day_of(value: str | None) -> str | None:
    """The day in an ISO 8601 value, None where there is none."""
    found = DAY.match(value) if value else None
    return found[0] if found else None


def is_long(starts: str | None, ends: str | None) -> bool:
    """True where an interval is open or longer than a month (the index keeps these apart)."""
    if starts is None or ends is None:
        return starts is not ends
    try:
        return (date.fromisoformat(ends) - date.fromisoformat(starts)).days > LONG_DAYS
    except ValueError:
        return True


LONG_DAYS = 31
