"""Calibration in the bench: what counts as right, and the error between said and true."""

from __future__ import annotations

from bench.quality.calibration import Marked, measure
from sayso.record import Span

_ROW = {
    "text": "Ana Roth said that the old bridge had burned down.",
    "attributions": [{"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 50]]}],
}


def test_right_is_an_exact_source_and_most_of_the_content() -> None:
    """Half of the content with the source is right, a wrong source or a scrap is not."""
    marked = Marked(_ROW)
    assert marked.has((Span(0, 8),), (Span(23, 49),))
    assert not marked.has((Span(0, 3),), (Span(14, 50),))
    assert not marked.has((Span(0, 8),), (Span(14, 18),))


def test_no_error_where_what_is_said_holds() -> None:
    """Four of five right at 0.8 is no error; all right at 0.5 is fifty points of it."""
    assert measure([(0.8, i < 4) for i in range(5)])["ECE"] == 0
    assert measure([(0.5, True)] * 3)["ECE"] == 50


def test_each_tenth_is_told() -> None:
    """A tenth of the scale tells how many it holds, what they say and how many are right."""
    table = measure([(0.91, True), (0.95, False), (0.2, False)])
    assert table["0.9 n"] == 2
    assert table["0.9 said"] == 93.0
    assert table["0.9 right"] == 50.0
    assert "0.5 n" not in table
