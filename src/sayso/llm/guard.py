"""Which texts do not leave this machine: whoever holds a ledger says of each why it must stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sayso.errors import InputError, UsageError
from sayso.record import Report
from sayso.record.marking import Marking, level_of

Guard = Callable[[Report], None]  # raises InputError for a report that must stay here

MEND = "ask a server at 127.0.0.1, or read it with --reader model"
WORDS: Mapping[str, str] = {
    "protected": "it names a source that is protected in the ledger",
    "marked": "the ledger holds it, or much of its text, as not for everybody",
}


def let_all(report: Report) -> None:
    """The guard of a run without a ledger: no text is kept back."""


def make_guard(why: Callable[[Report], str | None]) -> Guard:
    """A guard of what a function says: why a report must stay, by a key of WORDS, or None."""

    def guard(report: Report) -> None:
        reason = why(report)
        if reason is not None:
            raise InputError(report.name, WORDS[reason], MEND)

    return guard


def check_marking(marking: Marking | None, *, here: bool) -> None:
    """Raises UsageError for a marking above clear, where texts would leave this machine."""
    if marking is not None and level_of(marking) and not here:
        raise UsageError(
            f"--marking {marking}: marked texts go to no server but this machine's; {MEND}"
        )
