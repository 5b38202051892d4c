"""What the learned reader sees."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading.attribution.learned.features import (
    BESIDE,
    DEPS,
    SIZES,
    WINDOW,
    Seen,
    beside,
    cue_heads,
    see,
)
from sayso.reading.parsing.parse import Parse

TEXT = (
    'The harbour master said two tugs had sunk. "Nobody is missing," Ines Orr told reporters.'
    "\n\nThe port stays closed, according to its owner."
)


def _at(seen: Seen, parse: Parse, word: str) -> int:
    return next(i for i, at in enumerate(seen.at.tolist()) if parse.tokens[at].text == word)


def test_quoted_words_are_seen_as_quoted(parse: Callable[[str], Parse]) -> None:
    """Words between marks, the marks included, and no others."""
    read = parse(TEXT)
    seen = see(read)
    inside = [read.tokens[i].text for i in seen.at[seen.quoted == 1].tolist()]
    assert inside == ['"', "Nobody", "is", "missing", ",", '"']


def test_a_path_counts_the_steps_to_the_word_above_both(parse: Callable[[str], Parse]) -> None:
    """`master` is one step below `said`, as its subject; `sunk` one step, as its clause."""
    read = parse(TEXT)
    seen = see(read)
    said = _at(seen, read, "said")
    window, features = beside(seen, np.array([said]), np.array([said + 1]))
    place = {int(i): n for n, i in enumerate(window[0]) if i >= 0}
    steps, down = features[0, 0], features[1, 0]
    for word, relation in (("master", "nsubj"), ("sunk", "ccomp")):
        n = place[_at(seen, read, word)]
        assert steps[n] == 1 * 6 + 0
        assert DEPS[down[n] - 1] == relation
    assert steps[place[_at(seen, read, "Nobody")]] == 36, "another sentence has no path"


def test_the_head_of_a_long_cue_is_the_word_that_hangs_on_none_of_it(
    parse: Callable[[str], Parse],
) -> None:
    """Of `had told` the head is `told`."""
    read = parse("The envoy had told aides that the truce would hold.")
    seen = see(read)
    had = _at(seen, read, "had")
    assert cue_heads(seen, np.array([had]), np.array([had + 2])).tolist() == [had + 1]


PIECES = st.lists(
    st.sampled_from(["said", "she", '"', "'", "\n\n", ",", ".", "Oslo", "that", "—", "…", "7"]),
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_every_number_fits_its_table(parse: Callable[[str], Parse], pieces: list[str]) -> None:
    """On any text no id lies outside its table, no head or window outside the text."""
    seen = see(parse(" ".join(pieces)))
    n = len(seen)
    for row, size in zip(seen.ids, SIZES.values(), strict=True):
        assert n == 0 or (row.min() >= 0 and row.max() < size)
    assert n == 0 or (seen.head.min() >= 0 and seen.head.max() < n)
    if n:
        window, features = beside(seen, np.arange(n), np.arange(n) + 1)
        assert window.shape == (n, 2 * WINDOW + 1)
        assert window.max() == min(n - 1, n - 1 + WINDOW)
        for row, size in zip(features, BESIDE.values(), strict=True):
            assert row.min() >= 0
            assert row.max() < size
