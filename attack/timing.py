"""How the time of a regular expression grows with its text: run by itself, since it may not end.

`python -m attack.timing SECONDS` reads one JSON object a line ("pattern", "flags", "bytes", "ways",
"pumps": what the text repeats), and prints a list of one for each: what is wrong, or null.
An engine that is deep in one search hears no signal of Python, so one that goes on too long is
ended by the system (SIGVTALRM, whose default is the end of the process); who started it sees
which was tried last and starts another.

A text is doubled until it is sure that a megabyte takes less than `MOST`, even if the time grew by
the square from here on. An expression is at fault where its time grows faster than `GROWTH` for
twice the text, and where a megabyte takes longer.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

from attack.pumps import hostile

MEGABYTE = 1_000_000
MOST = 10.0  # seconds of processor's time for a megabyte
FIRST = 1_000  # characters
LEAST = 0.005  # seconds below which growth says nothing
SURE = 0.004  # seconds from which on it is sure enough to be carried on to a megabyte
GROWTH = 3.0  # of the time, for twice the text; 4 is by the square


def taken(pattern: re.Pattern[Any], text: str | bytes, ways: list[str], limit: float) -> float:
    """Seconds of processor's time to use it on a text, in some ways."""
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    began = time.thread_time()  # the process's own is told by ticks while the timer runs
    for way in ways:
        if way == "finditer":
            for _ in pattern.finditer(text):
                pass
        else:
            getattr(pattern, way)(text)
    took = time.thread_time() - began
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return took


def at_a_megabyte(length: int, half: float, whole: float) -> float:
    """Seconds for a megabyte, from those for half a text and the whole of it.

    What they show to grow by the square goes on to do so, and the rest by the length.
    """
    square = max(0.0, 2 * (whole - 2 * half))
    times = MEGABYTE / length
    return square * times**2 + (whole - square) * times


def fault(
    pattern: re.Pattern[Any], pumps: Sequence[str], ways: list[str], limit: float
) -> str | None:
    """What is wrong with an expression on a text that repeats things; None where nothing is."""

    def measure(length: int) -> float:
        text = hostile(pumps, length)
        if isinstance(pattern.pattern, bytes):
            return taken(pattern, text.encode("latin-1", "replace"), ways, limit)
        return taken(pattern, text, ways, limit)

    length, before = FIRST, 0.0
    while True:
        took = measure(length)
        if took * (MEGABYTE / length) ** 2 < MOST:
            return None  # even if all of it grew by the square
        if before > SURE and at_a_megabyte(length, before, took) < MOST:
            return None
        if before > LEAST and took > GROWTH * before:
            grown = min(measure(length) / measure(length // 2) for _ in range(3))
            if grown > GROWTH:
                return f"{grown:.1f} times for {length:,} characters instead of {length // 2:,}"
        if length >= MEGABYTE:
            return None if took < MOST else f"{took:.0f} s for a megabyte"
        length, before = min(2 * length, MEGABYTE), took


def main() -> None:
    """Answer each line of standard input; the argument is the limit of one search, in seconds."""
    limit = float(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        source = asked["pattern"].encode("latin-1") if asked["bytes"] else asked["pattern"]
        pattern = re.compile(source, asked["flags"])
        wrong = fault(pattern, asked["pumps"], asked["ways"], limit)
        print(json.dumps([wrong]), flush=True)


if __name__ == "__main__":
    main()
