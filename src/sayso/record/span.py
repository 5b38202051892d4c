"""Where words stand: half-open stretches of a report's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``[start, end)`` in Unicode code points of the report's text as given.

    Raises SpanError where the bounds are negative or the end lies before the start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise SpanError(self.start, self.end)

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """True where the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """True where the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def gap(self, other: Span) -> int:
        """The characters between two spans, whichever comes first; 0 where they touch or meet."""
        return max(self.start - other.end, other.start - self.end, 0)


# One stretch of language may be several spans: furniture can cut a sentence in two.
Spans = tuple[Span, ...]


def words_of(text: str, spans: Iterable[Span]) -> str:
    """The words that spans point at, pieces joined by one space, white space folded."""
    return " ".join(" ".join(text[s.start : s.end].split()) for s in spans)


def any_covers(spans: Spans, inner: Span) -> bool:
    """True where one of the spans wholly holds the inner one."""
    return any(s.covers(inner) for s in spans)
