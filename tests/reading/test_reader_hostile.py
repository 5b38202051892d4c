"""Hostile text: the work grows with the text, not with its square; too much is refused in words.

Work is counted in calls of functions, not in seconds: a busy machine changes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from sayso.errors import PageError
from sayso.reading.parsing.model import Model
from sayso.reading.reader import Reader
from sayso.record import LONGEST_REPORT, Report

REPEATED = {
    "marks": '"',
    "marks apart": '" ',
    "apostrophes": "'",
    "quotations that never close": '"The unit has left. ',
    "quotations that never close, each a paragraph": '"The unit has left.\n\n',
    "one speaker in another": "the ministry said that ",
    "nothing but speakers": "he said ",
    "one speaker after the other": "The ministry said that the unit had left. ",
    "speakers and their dead": "Police said on Friday that a shell killed two men in Oslo. ",
    "pronouns": "The unit left. He said it was late. ",
    "documents": "The statement said the unit had left. ",
    "participles": "The ministry said it had left, adding that it was late. ",
    "according to": "according to the ministry ",
    "citing": "The ministry said it had left, citing the police. ",
    "a turn a paragraph": "HOLM: We left.\n\n",
    "quoted as saying": "Holm was quoted by the agency as saying that it had left. ",
}


@pytest.fixture(scope="module")
def reader(model: Model) -> Reader:
    """A reader of the shared model, which has read something."""
    return Reader(model)


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called, ours and those of C."""
    calls = 0

    def count(_frame: Any, event: str, _of: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
def test_work_grows_with_the_text(
    reader: Reader, report_of: Callable[[str], Report], piece: str
) -> None:
    """Three times as much of it takes about three times the calls, not nine times as many."""
    few, many = (report_of(piece * times) for times in (100, 300))
    reader.read(few)  # words are met
    assert calls_of(lambda: reader.read(many)) < 4 * calls_of(lambda: reader.read(few))


def test_many_speakers_are_looked_through_in_bounds(
    reader: Reader, report_of: Callable[[str], Report]
) -> None:
    """Speakers that are never named twice do not each look through all the others."""
    names = [f"{a}{b}{c}{d}" for a in "BDGKLM" for b in "aeiou" for c in "lmnrst" for d in "aeiou"]
    few, many = (
        report_of(" ".join(f"Ada {name} said it was over." for name in some))
        for some in (names[:120], names[:480])
    )
    reader.read(few)
    assert calls_of(lambda: reader.read(many)) < 6 * calls_of(lambda: reader.read(few))


def test_more_than_a_report_is_an_error_in_words(
    reader: Reader, report_of: Callable[[str], Report]
) -> None:
    """A text that no report can be is refused, also where no page was asked: what, where, mend."""
    report = report_of("The unit left. " * (LONGEST_REPORT // 10))
    words = r"test: 450,000 characters as one report, more than 300,000; split it"
    with pytest.raises(PageError, match=words):
        reader.read(report)
    with pytest.raises(PageError, match=words):
        list(reader.read_many([report]))
