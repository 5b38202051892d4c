"""How much is tried, and what came of it: both forms of the programme run the same code."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Size:
    """How far each kind of attack goes."""

    name: str
    pumps: int  # texts, of those that a regular expression repeats itself and of those of reports
    whole: int  # characters of a hostile text that whole stages are tried on
    payloads: int  # of the scripts that are put into each field
    runs: int  # of a fuzzer, for each parser
    kills: int  # of a writer, on each store


SHORT = Size("short", 6, 20_000, 6, 150, 20)
FULL = Size("full", 60, 1_000_000, 1_000, 20_000, 200)


@dataclass
class Tally:
    """What one kind of attack tried.

    `leaks` and `faults` are what must be empty: a protected name that was found, and all else that
    did not hold. `left_out` says what this machine could not try, and why.
    """

    kind: str
    tried: int = 0
    survived: int = 0  # of faults that were made
    leaks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def expect(self, holds: bool, what: str) -> None:  # noqa: FBT001 - one condition, in words
        """Count one try; where it does not hold, what went wrong."""
        self.tried += 1
        if not holds:
            self.faults.append(what)

    @contextlib.contextmanager
    def refused(self, what: str, *errors: type[BaseException], why: str = ".") -> Iterator[None]:
        """Count one try that must end in one of our own errors, whose words fit a pattern."""
        self.tried += 1
        try:
            yield
        except errors as error:
            if not re.search(why, str(error)):
                self.faults.append(f"{what}: refused for {str(error)!r:.80}, not for {why!r}")
        except Exception as error:  # noqa: BLE001 - whatever else it is, it is the finding
            self.faults.append(f"{what}: {type(error).__name__}: {error}"[:300])
        else:
            self.faults.append(f"{what}: was not refused")
