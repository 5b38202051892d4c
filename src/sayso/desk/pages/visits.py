"""When somebody was last here, kept in their own browser: what came since is marked as new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Response

from sayso.desk.asking import COOKIE_DAYS

SINCE, LAST = "sayso_since", "sayso_last"
APART = timedelta(minutes=30)  # between two visits; a shorter pause is one


@dataclass(frozen=True, slots=True)
class Visit:
    """The moment from which on things are new, and that of the last look; None at first."""

    since: str | None
    last: str | None


def read(cookies: Mapping[str, str], now: datetime | None = None) -> Visit:
    """What a browser tells; after a pause the last look is what things are new from."""
    since, last = _moment(cookies.get(SINCE)), _moment(cookies.get(LAST))
    now = now or datetime.now(UTC)
    if last is not None and now - last > APART:
        since = last
    return Visit(*(m.isoformat() if m else None for m in (since, last)))


def note(answer: Response, visit: Visit) -> None:
    """Keep that somebody looks now."""
    _keep(answer, LAST, datetime.now(UTC).isoformat())
    if visit.since:
        _keep(answer, SINCE, visit.since)


def begin(answer: Response, since: str) -> None:
    """Keep the moment from which on things are new."""
    _keep(answer, SINCE, since)
    _keep(answer, LAST, datetime.now(UTC).isoformat())


def _keep(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=COOKIE_DAYS * 86400, httponly=True, samesite="strict")


def _moment(said: str | None) -> datetime | None:
    """A moment with its zone; None for what is none: a browser may send anything."""
    try:
        found = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return found if found.tzinfo and found.year > 1970 else None
