"""What a count, a time, a place or a type must be that a person gives.

Asked of what is entered now alone: what an older ledger holds is replayed as it was.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from sayso.errors import UsageError
from sayso.lexicon.countries import check_country
from sayso.lexicon.events import load_events
from sayso.record import Place, When
from sayso.record.when_where import Basis, PlacePrecision, Precision

MOST = 1e12  # of people
STAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?")
DEGREES = {"lat": 90.0, "lon": 180.0}
NAMES = ("name", "gazetteer_id", "admin1")
WHEN = frozenset(When.__slots__)
PLACE = frozenset(Place.__slots__) - {"span", "reads_as", "score"}


def counts_people(new: Any) -> bool:
    """True of a whole number of people, of None where it is open or not known."""
    if new is None:
        return True
    number = isinstance(new, int | float) and not isinstance(new, bool)
    return number and 0 <= new < MOST and new == int(new)  # NaN is below nothing


def check_type(new: Any) -> None:
    """Raises UsageError for what is no type of an event."""
    if not isinstance(new, str) or new not in load_events().types:
        raise UsageError(f"{new!r:.60} is no type; the lexicon's events.toml lists them")


def check_when(new: Any) -> None:
    """Raises UsageError for what is no time; None is one that is not known."""
    if new is None:
        return
    if not isinstance(new, Mapping) or not new.keys() >= WHEN:
        raise UsageError(f"a time has {', '.join(sorted(WHEN))}; or null, where it is not known")
    for key, known in (("precision", Precision), ("basis", Basis)):
        if new[key] not in get_args(known):
            raise UsageError(f"{new[key]!r:.40} is no {key}: {', '.join(get_args(known))}")
    start, end = (_day(new[key]) for key in ("start", "end"))
    if start is not None and end is not None and end < start:
        raise UsageError("the end lies before the start")


def _day(stamp: Any) -> str | None:
    """The day of a day or a minute; None for an open end."""
    if stamp is None:
        return None
    if isinstance(stamp, str) and STAMP.fullmatch(stamp):
        with contextlib.suppress(ValueError):  # 2024-13-01
            return datetime.fromisoformat(stamp).date().isoformat()
    raise UsageError(f"{stamp!r:.40} is no date or time; write 2024-12-27 or 2024-12-27T12:00")


def check_place(new: Any) -> None:
    """Raises UsageError for what is no place, or in no country that there is; None is not known."""
    if new is None:
        return
    if not isinstance(new, Mapping) or not new.keys() >= PLACE:
        raise UsageError(f"a place has {', '.join(sorted(PLACE))}; or null, where it is not known")
    if wrong := next((n for n in NAMES if not isinstance(new[n], str | None)), None):
        raise UsageError(f"{new[wrong]!r:.40} is no name")
    if new["country"] is not None:
        check_country(new["country"])
    if new["precision"] not in get_args(PlacePrecision):
        known = ", ".join(get_args(PlacePrecision))
        raise UsageError(f"{new['precision']!r:.40} is no precision: {known}")
    for key, most in DEGREES.items():
        degree = new[key]
        number = isinstance(degree, int | float) and not isinstance(degree, bool)
        if degree is not None and not (number and abs(degree) <= most):
            raise UsageError(f"{degree!r:.40} is no degree")
