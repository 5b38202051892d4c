"""Reports read into the ledger: what became of each."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.errors import InputError
from sayso.intake import make_capture
from sayso.ledger import Added, Ledger
from sayso.pipeline.read import Ask, Failed, Refused, read_given
from sayso.record import Capture, Reading

_ONE_AT_A_TIME = threading.Lock()  # a reading fills a core: several at once only make all wait


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of what was handed in: reports added, and inputs refused, in words."""

    added: tuple[Added, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One input: a name to speak of it by, and its bytes; None as form lets sayso find it."""

    name: str
    content: bytes
    form: str | None = None


@dataclass(slots=True)
class _Sorted:
    readings: list[Reading] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def take_in(ledger: Ledger, given: Sequence[Given], ask: Ask) -> Taken:
    """Read what was given and add it; what cannot be read stops nothing else."""
    found = _Sorted()
    with _ONE_AT_A_TIME:
        for outcome in read_given(_captures(given, found.refused), ask):
            match outcome:
                case Reading():
                    found.readings.append(outcome)
                case Refused() | Failed():
                    found.refused.append(outcome.words)
    return Taken(tuple(ledger.add(found.readings)), tuple(found.refused))


def _captures(given: Sequence[Given], refused: list[str]) -> Iterable[Capture]:
    for each in given:
        try:
            yield make_capture(each.name, each.content, "text" if each.form == "text" else None)
        except InputError as error:
            refused.append(str(error))
