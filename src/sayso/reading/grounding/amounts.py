"""Amounts: every count that a text states, with the bounds that its own words give it.

`nearly 3,000 soldiers`: low None, best and high 3000, bound "below". Nothing is filled in that the
words leave open; a profile that assumes bounds works on figures, later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.record import Bound, Span

if TYPE_CHECKING:
    from sayso.reading.parse import Parse


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as stated, with its hedge.

    `span` holds the words with their hedge ("at least five", "hundreds", "exceeded 100"),
    `number` the words of the number alone ("five", "hundreds", "100"). `counted` is the index of
    the token that the number counts ("soldiers" in "nearly 3,000 North Korean soldiers"), None
    where no noun follows ("190 were dead"); `unit` its lemma, or "%" or "USD" and the like.
    Bounds are None where the words leave them open.
    """

    span: Span
    number: Span
    low: float | None
    best: float | None
    high: float | None
    bound: Bound
    counted: int | None = None
    unit: str = ""
    is_percent: bool = False
    is_money: bool = False


def parse_number(words: str) -> float | None:
    """The number that words or digits write ("two dozen", "3.5 million", "12,000"), else None."""
    del words
    return None


def read_amounts(parse: Parse) -> list[Amount]:
    """The amounts of a text in their order; ages, dates, clock times, distances, names are none."""
    del parse
    return []
