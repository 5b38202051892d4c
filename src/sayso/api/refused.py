"""What could not be read, from Python: which input, where in the order, why, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """An input, or a report in it, that could not be read.

    `name` says which: a file, a line of it, `text 3` for the third of what was given. `why` is what
    is wrong and what to do about it. `after` is how many readings stand before it, of all that were
    read together: its place in their order.
    """

    name: str
    why: str
    after: int = 0

    def __str__(self) -> str:
        return f"{self.name}: {self.why}" if self.name else self.why

    @classmethod
    def of(cls, name: str, words: str, after: int) -> Refused:
        """What words say of a name that they may begin with."""
        return cls(name, words.removeprefix(f"{name}: "), after)


def refused_words(refused: tuple[Refused, ...] | list[Refused]) -> str:
    """The first of them in words, and how many more there are."""
    more = f", and {len(refused) - 1} more" if len(refused) > 1 else ""
    return f"{refused[0]}{more}; see .refused"
