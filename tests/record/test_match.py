"""What two readings say of one text is matched by the characters that both point at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Span
from sayso.record.match import HALF, match_by_words, share_of

Spans = tuple[Span, ...]
spans = st.builds(lambda at, size: (Span(at, at + size),), st.integers(0, 30), st.integers(0, 9))


def of(*bounds: int) -> Spans:
    """Spans by their starts and ends."""
    return tuple(Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True))


def test_what_is_shared_is_a_part_of_both_together() -> None:
    """A character that two spans of one side hold counts once; of nothing, nothing is shared."""
    assert share_of(of(0, 10), of(5, 15)) == 5 / 15
    assert share_of(of(0, 4, 6, 10), of(0, 10)) == 0.8
    assert share_of(of(0, 10, 5, 10), of(0, 10)) == 1
    assert share_of((), ()) == 0


def test_the_best_fit_comes_first_and_each_is_taken_once() -> None:
    """Of equal fits the first; what shares less than is asked for stays alone."""
    assert match_by_words([of(0, 10), of(0, 9)], [of(0, 9)]) == [(1, 0)]
    assert match_by_words([of(0, 9), of(0, 9)], [of(0, 9), of(0, 9)]) == [(0, 0), (1, 1)]
    assert match_by_words([of(0, 10)], [of(6, 16)]) == []
    assert match_by_words([of(0, 10)], [of(6, 16)], 0.0) == [(0, 0)]
    assert match_by_words([of(0, 10)], [of(10, 20)], 0.0) == []


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_no_better_pair_is_left_over(a: list[Spans], b: list[Spans]) -> None:
    """Of two that fit, one at least is matched, and with one that fits it as well."""
    found = match_by_words(a, b)
    mine, theirs = dict(found), {j: i for i, j in found}
    assert len(mine) == len(theirs) == len(found)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            share = share_of(x, y)
            had = [share_of(x, b[mine[i]])] if i in mine else []
            had += [share_of(a[theirs[j]], y)] if j in theirs else []
            assert share < HALF or max(had) >= share


def test_the_gap_of_two_spans_is_the_text_between_them() -> None:
    """Whichever comes first; none where they touch or meet."""
    assert Span(0, 3).gap(Span(5, 6)) == Span(5, 6).gap(Span(0, 3)) == 2
    assert Span(0, 3).gap(Span(3, 6)) == Span(0, 3).gap(Span(1, 6)) == 0
