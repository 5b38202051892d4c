"""Quotation marks, even, odd and missing."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.attribution.quotes import find_quotes
from sayso.reading.flow import Flow

CASES = {
    "straight": ('She said "all is well" twice.', ["all is well"]),
    "curly": ("She said “all is well” twice.", ["all is well"]),
    "typewriter": ("She said ''all is well'' twice.", ["all is well"]),
    "british": ("'All is well,' she said. 'We saw the rebels' leader.'",
                ["All is well,", "We saw the rebels' leader."]),
    "an apostrophe opens nothing": ("The men's boat and the rebels' camp burned.", []),
    "a quotation in a quotation": (
        'He said: "The "safe zone" is not safe at all." Then he left.',
        ['The "safe zone" is not safe at all.'],
    ),
    "missing at the end": ('"We are on our way.', ["We are on our way."]),
    "a stray closing mark": ('We are on our way."', []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_finds(name: str, flow_of: Callable[[str], Flow]) -> None:
    """Pairs are found by what stands beside a mark, not by counting marks."""
    text, expected = CASES[name]
    flow = flow_of(text)
    assert [flow.text[q.inner.start : q.inner.end] for q in find_quotes(flow)] == expected


def test_a_quotation_over_paragraphs_opens_each(flow_of: Callable[[str], Flow]) -> None:
    """The first paragraph's part runs to its end, the last is closed."""
    flow = flow_of('"First we ran.\n\n"Then we hid," she said.')
    quotes = find_quotes(flow)
    assert [(flow.text[q.inner.start : q.inner.end], q.open_end) for q in quotes] == [
        ("First we ran.", True),
        ("Then we hid,", False),
    ]


@given(st.text(alphabet="ab .,\"'“”‘’\n", max_size=80))
def test_quotes_lie_in_order_within_their_paragraphs(
    flow_of: Callable[[str], Flow], text: str
) -> None:
    """Whatever the marks, quotations do not overlap and stay inside a paragraph."""
    flow = flow_of(text)
    quotes = find_quotes(flow)
    for before, after in itertools.pairwise(quotes):
        assert before.outer.end <= after.outer.start
    for quote in quotes:
        paragraph = flow.paragraph_at(quote.outer.start)
        assert paragraph.start <= quote.outer.start <= quote.outer.end <= paragraph.end
