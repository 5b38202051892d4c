from __future__ import annotations

from typing import Any

import pytest

from sayso.reading.grounding.times.ahead import is_ahead
from sayso.reading.grounding.times.find import read_times
from sayso.reading.grounding.times.words import Word, read_words
from sayso.record import When

_TODAY = When("2024-12-18", "2024-12-18", "day", "given")  # a Wednesday


def _days(text: str) -> list[str | None]:
    return [t.start or t.end for t in read_times(text, _TODAY) if t.end]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("He would be freed on Saturday, the court said.", "2024-12-21"),
        ("He would have been freed on Saturday.", "2024-12-14"),
        ("Talks are supposed to end by Friday.", "2024-12-20"),
        ("The rules to be published on Friday are strict.", "2024-12-20"),
        ("The village had to be cleared on Friday.", "2024-12-13"),
        ("On Friday, the league plans to hold a rally.", "2024-12-20"),
        ("On Friday, the league held a rally and plans to hold one more.", "2024-12-13"),
        ("Residents planned a march in the capital on Friday.", "2024-12-20"),
        ("The court has given them until 9 a.m. Friday to leave.", "2024-12-20"),
        ("Gunmen shelled the town on Friday.", "2024-12-13"),
    ],
)
def test_what_is_still_to_come(text: str, day: str) -> None:
    """The nearest verb tells whether a weekday is the last one or the next."""
    assert _days(text)[:1] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("By Friday, rebels had seized the town.", "2024-12-13"),
        ("Until Friday, the road was open.", "2024-12-13"),
        ("By Friday, schools can open.", "2024-12-20"),
        ("By Friday, a truce must be reached.", "2024-12-20"),
        ("He could come home as soon as Friday, by unconfirmed accounts.", "2024-12-20"),
        ("The child must leave by Dec. 14.", "2024-12-14"),
        ("The money would be paid on a still unspecified date in January.", "2025-01-31"),
        ("The bloc has decided to admit three states in early March.", "2025-03-10"),
        ("The firm announced an agreement to buy the port in January.", "2025-01-31"),
        ("They will know once the case is heard in May.", "2025-05-31"),
        ("He could not be found on Friday.", "2024-12-13"),
        ("He is accused of fraud in May.", "2024-05-31"),
    ],
)
def test_what_was_done_by_then_or_is_yet_to_be(text: str, day: str) -> None:
    """A limit looks back where the verb does; what is decided, or once is, is to come."""
    assert [t.end for t in read_times(text, _TODAY)][:1] == [day]


class _Watched(list[Word]):
    """Words that remember which of them were looked at."""

    def __init__(self, words: list[Word]) -> None:
        super().__init__(words)
        self.seen: set[int] = set()

    def __getitem__(self, at: Any) -> Any:
        self.seen |= set(range(*at.indices(len(self)))) if isinstance(at, slice) else {at}
        return super().__getitem__(at)


@pytest.mark.parametrize("filler", ["would be ", "to be ", "on ", "by ", "town ", "planned to "])
def test_long_sentences(filler: str) -> None:
    """However long a sentence is, only the words near a time are looked at."""
    words = _Watched(read_words(f"{filler * 20_000}Friday {filler * 20_000}"))
    at = next(i for i, word in enumerate(words) if word.kind == "WEEKDAY")
    is_ahead(words, at, at + 1)
    assert words.seen
    assert all(abs(i - at) <= 25 for i in words.seen)


def test_many_days_in_one_sentence() -> None:
    """A sentence of nothing but days has as many times, each read."""
    assert _days("On Friday, " * 5_000) == ["2024-12-13"] * 5_000


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("Sales rose in the latest quarter.", ["2024-Q3"]),
        (
            "In the third quarter it lost $9, against $4 a year earlier. In the latest period it "
            "sold more than a year earlier.",
            ["2024-Q3", "2023-Q3", "2024-Q3", "2023-Q3"],
        ),
        ("It lost $9 in the third quarter, and $4 in the 2022 period.", ["2024-Q3", "2022-Q3"]),
        ("In the second quarter it won; last year's quarter was bad.", ["2024-Q2", "2023-Q2"]),
        ("It lost $9 in the second quarter, not in the year-ago second quarter.",
         ["2024-Q2", "2023-Q2"]),
    ],
)  # fmt: skip
def test_quarters_that_are_compared(text: str, quarters: list[str]) -> None:
    """A quarter named to compare with does not become the one that is spoken of."""
    assert [t.timex for t in read_times(text, _TODAY)] == quarters


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("Drones hit the port overnight.", ("2024-12-17", "2024-12-18")),
        ("Overnight strikes hit the port.", ("2024-12-17", "2024-12-18")),
        ("Drones hit the port overnight on Sunday.", ("2024-12-15", "2024-12-15")),
        ("Over the past day, 40 shells fell.", ("2024-12-17", "2024-12-18")),
        ("In the past 24 hours 40 shells fell.", ("2024-12-17", "2024-12-18")),
        ("In the last 72 hours 40 shells fell.", ("2024-12-15", "2024-12-18")),
    ],
)
def test_the_night_and_the_day_before(text: str, stretch: tuple[str, str]) -> None:
    """Overnight and the past day begin on the day before the report's and end on it."""
    assert [(t.start, t.end) for t in read_times(text, _TODAY) if t.start] == [stretch]
