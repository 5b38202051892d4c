"""Spans out of chances."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.attribution.learned.decode import (
    SIGNS,
    Candidate,
    cue_runs,
    keep_best,
    read_candidate,
    runs,
    score,
)
from sayso.reading.attribution.learned.features import beside, see
from sayso.reading.parsing.parse import Parse

_NO_SIGNS = (0.0,) * len(SIGNS)


def _candidate(cue: int, content: tuple[int, int], chance: float) -> Candidate:
    return Candidate((cue, cue + 1), ((cue - 1, cue),), (content,), _NO_SIGNS, chance)


@given(st.lists(st.booleans(), max_size=60))
def test_runs_hold_the_chosen_and_nothing_else(chosen: list[bool]) -> None:
    """Without a gap, the stretches together are exactly the true places, in order, apart."""
    found = runs(np.array(chosen, dtype=bool))
    assert [i for a, b in found for i in range(a, b)] == [i for i, c in enumerate(chosen) if c]
    assert all(x[1] < y[0] for x, y in pairwise(found))


def test_a_short_gap_is_bridged() -> None:
    """A comma between two parts of a content does not part them; a clause does."""
    assert runs(np.array([1, 1, 0, 1, 0, 0, 0, 1], dtype=bool), gap=2) == [(0, 4), (7, 8)]


def test_a_cue_goes_on_as_long_as_its_words_do() -> None:
    """`has said` is one cue of two tokens; the next sentence's cue is its own."""
    sure = {"out": (0.98, 0.01, 0.01), "begin": (0.02, 0.97, 0.01), "on": (0.02, 0.01, 0.97)}
    rows = [sure[name] for name in ("out", "begin", "on", "out", "begin")]
    begin, end = cue_runs(np.array(rows, dtype=np.float32))
    assert list(zip(begin.tolist(), end.tolist(), strict=True)) == [(1, 3), (4, 5)]


def test_of_two_with_one_content_the_better_stays() -> None:
    """`"It sank," she said, adding nothing`: one content is never attributed twice."""
    better, worse = _candidate(12, (2, 10), 0.9), _candidate(14, (2, 11), 0.6)
    other = _candidate(40, (42, 50), 0.5)
    assert keep_best([worse, other, better], 0.3) == [better, other]


def test_below_the_least_score_nothing_stands() -> None:
    """A candidate below the threshold is dropped, and so is one without content."""
    empty = Candidate((5, 6), (), (), _NO_SIGNS, 0.9)
    assert keep_best([_candidate(12, (2, 10), 0.2), empty], 0.3) == []


def test_a_long_quotation_is_content_to_its_ends(parse: Callable[[str], Parse]) -> None:
    """Content that the window cuts within a quotation goes on to the quotation's marks."""
    words = " ".join(["The water rose all night"] * 12)
    read = parse(f'"{words}," she said. It was Friday.')
    seen = see(read)
    said = next(i for i, at in enumerate(seen.at.tolist()) if read.tokens[at].text == "said")
    window, _ = beside(seen, np.array([said]), np.array([said + 1]), 20)
    roles = np.zeros((41, 3), dtype=np.float32)
    roles[:, 0] = 1
    roles[:18] = (0.02, 0.03, 0.95)
    roles[19] = (0.02, 0.95, 0.03)
    found = read_candidate(seen, (said, said + 1), window[0], roles, (0.9, 0.9))
    assert found.source == ((said - 1, said),)
    assert found.content[0][0] == 0
    assert found.content[-1][1] <= said - 1


@given(st.lists(st.floats(-20, 20), min_size=len(SIGNS), max_size=len(SIGNS)))
def test_a_score_is_a_chance(signs: list[float]) -> None:
    """Whatever the signs, the score lies between 0 and 1."""
    candidate = Candidate((1, 2), (), ((3, 4),), tuple(signs))
    curve = (np.array([-3.0, 0.0, 3.0]), np.array([0.05, 0.4, 0.95]))
    assert 0 <= score(candidate, np.ones(len(SIGNS)), curve).score <= 1
