"""What tells how far the value of a time is to be trusted: its manner of naming, and what it needs.

`May 24, 2025` needs nothing; `Friday` needs the published day and the tense around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.reading.grounding.times.calendar import Value
from sayso.reading.grounding.times.context import Context, Words
from sayso.reading.grounding.times.grammar import Found

_YEARS = frozenset({"YEAR", "SHORTYEAR", "ISO"})


def signs_of(found: Sequence[Found], words: Words, value: Value, context: Context) -> Iterator[str]:
    """The names of what bears on whether a mention's value is right; two make a range."""
    yield found[0].rule.read.__name__.removeprefix("read_")
    yield f"grain {value.precision}"
    yield f"basis {value.basis}"
    if len(found) > 1:
        yield "two parts"
    if any(w.kind in _YEARS for w in words):
        yield "year"
    if value.stretch is None:
        yield "no days"
    elif value.stretch.first is None or value.stretch.last is None:
        yield "open"
    if context.ahead:
        yield "ahead"
    if context.behind:
        yield "behind"
