"""Counts that somebody gives are theirs; what somebody does with a number is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.reading.attribution.find import find_hops
from sayso.reading.parsing.parse import Parse


def counted(parse: Parse) -> list[tuple[str, str]]:
    """(source, content) of every count that is given."""
    hops, _ = find_hops(parse)
    return [
        (" ".join(t.text for t in h.source), " … ".join(parse.words(s) for s in h.content))
        for h in hops
        if h.rule == "quantity"
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The ministry put the number of wounded at 310.", "The ministry",
         "the number of wounded at 310"),
        ("Doctors put at 30 the number of patients who died.", "Doctors",
         "at 30 the number of patients who died"),
        ("The toll was put at 12 by the fire service.", "the fire service", "The toll … at 12"),
        ("A hospital spoke of eleven wounded.", "A hospital", "eleven wounded"),
        ("The opposition counts more than 80 dead.", "The opposition", "more than 80 dead"),
        ("The army listed 40 of its soldiers as missing.", "The army",
         "40 of its soldiers as missing"),
    ],
)  # fmt: skip
def test_a_count_has_who_gives_it(
    parse: Callable[[str], Parse], text: str, source: str, content: str
) -> None:
    """In each of the ways in which news gives counts."""
    assert counted(parse(text)) == [(source, content)]


@pytest.mark.parametrize(
    "text",
    ["The captain spoke of his love for the sea.", "The guard put the bag at the door.",
     "The toll was put at 12.", "He said his crews had counted 64 bodies."],
)  # fmt: skip
def test_other_putting_speaking_and_counting_is_no_count(
    parse: Callable[[str], Parse], text: str
) -> None:
    """Without a number of people, without who gives it, or as what somebody did."""
    assert counted(parse(text)) == []
