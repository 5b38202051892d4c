"""The parse of hostile text: bounded sentences, linear time, no character lost."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reading.flow import Flow
from sayso.reading.parsing.model import Model
from sayso.reading.parsing.parse import LONGEST_SENTENCE, parse_flow

PIECES = st.sampled_from(["a", '"', ". ", " ", "\n\n", "bc" * 200, "(" * 450, "said ", "\u00a0"])


def _flow(text: str) -> Flow:
    places = list(range(len(text)))
    return Flow(text, places, [p + 1 for p in places], [], ())


@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=st.lists(PIECES, max_size=12).map("".join))
def test_no_character_is_lost(model: Model, text: str) -> None:
    """The tokens hold the text exactly, also where a run without spaces was cut."""
    assert parse_flow(_flow(text), model).tokens.text == text


def test_no_sentence_goes_on_without_end(model: Model) -> None:
    """A text without a full stop is cut, so that no rule walks a tree deeper than the stack."""
    parse = parse_flow(_flow("said " * 1_000), model)
    assert max(len(s) for s in parse.tokens.sents) <= LONGEST_SENTENCE


def test_a_long_run_without_spaces_is_linear(model: Model) -> None:
    """100,000 quotation marks are tokenised in seconds; spaCy alone takes hours."""
    start = time.monotonic()
    tokens = parse_flow(_flow('"' * 10_000), model).tokens
    assert len(tokens) == 10_000
    assert time.monotonic() - start < 15
