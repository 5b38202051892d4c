"""The desk's questions, each filtered otherwise, and how long a ledger takes to answer them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from sayso.ledger import Filters

TIMES = 7
TODAY = f"{datetime.now(UTC):%Y-%m-%d}"
CLAIMS_ASKED = {
    "no filter": Filters(),
    "type": Filters(type="attack"),
    "actor and place": Filters(actor="UKR", place="korava"),
    "speaker": Filters(speaker="dask"),
    "rare words": Filters(words="1977"),
    "common words": Filters(words="troops killed"),
    "measure, certainty": Filters(measure="killed", certainty="denied"),
    "twelve days": Filters(from_="2015-01-05", to="2015-01-16"),
    "type and month": Filters(type="capture", from_="2015-01-01", to="2015-01-31"),
    "as known at": Filters(place="zelino", as_known_at=TODAY),
}
INCIDENTS_ASKED = {
    "no filter": Filters(),
    "place": Filters(place="korava"),
    "type": Filters(type="attack"),
    "place and type": Filters(place="korava", type="attack"),
    "speaker": Filters(speaker="dask"),
    "words": Filters(words="troops killed"),
    "rare word": Filters(words="1977"),
    "words and place": Filters(words="troops killed", place="korava"),
    "words, type, month": Filters(
        words="troops killed", type="capture", from_="2015-03-01", to="2015-03-31"
    ),
    "twelve days": Filters(from_="2015-01-05", to="2015-01-16"),
    "a year": Filters(from_="2018-01-01", to="2018-12-31"),
    "type and month": Filters(type="capture", from_="2015-03-01", to="2015-03-31"),
    "place and month": Filters(place="korava", from_="2015-03-01", to="2015-03-31"),
    "type and year": Filters(type="capture", from_="2018-01-01", to="2018-12-31"),
    "type, to come": Filters(type="capture", from_="2025-01-01"),
    "type and measure": Filters(type="attack", measure="killed"),
    "measure, certainty": Filters(measure="killed", certainty="denied"),
    "as known at": Filters(place="zelino", as_known_at=TODAY),
}


def measure_questions(
    asked: dict[str, Filters], ask: Callable[[Filters], Any]
) -> Iterator[tuple[str, float, float, int]]:
    """Each question: milliseconds by the clock and the processor (medians), rows."""
    for name, filters in asked.items():
        walls, cpus, rows = [], [], 0
        for _ in range(TIMES):
            wall, cpu = time.perf_counter(), time.process_time()
            rows = len(ask(filters))
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        yield name, statistics.median(walls), statistics.median(cpus), rows
