"""Overlapping marks cut into pieces that HTML can hold."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Reading
from sayso.record.segments import Mark, find_marks, sweep
from sayso.record.view import view_claims

MARKS = st.lists(
    st.builds(
        lambda start, length, kind, claim: Mark(start, start + length, kind, claim),
        st.integers(0, 60), st.integers(1, 60), st.sampled_from(("source", "cue", "content")),
        st.integers(0, 4),
    ),
    max_size=12,
)  # fmt: skip


@given(MARKS, st.lists(st.integers(0, 100), min_size=2, max_size=6))
def test_segments_tile_the_text(marks: list[Mark], cuts: list[int]) -> None:
    """From the first cut to the last, each character is in exactly one segment."""
    segments = list(sweep(marks, cuts))
    at = min(cuts)
    for segment in segments:
        assert segment.start == at < segment.end
        at = segment.end
    assert at == max(cuts)


@given(MARKS)
def test_a_segment_knows_each_mark_that_covers_it(marks: list[Mark]) -> None:
    """No mark is lost, none reaches further than it says, and none ends inside a segment."""
    for segment in sweep(marks, (0, 130)):
        covering = [m for m in marks if m.start <= segment.start and segment.end <= m.end]
        touching = [m for m in marks if m.start < segment.end and segment.start < m.end]
        assert sorted(map(repr, segment.marks)) == sorted(map(repr, covering))
        assert len(touching) == len(covering)


def test_the_innermost_mark_comes_first() -> None:
    """A click on nested words means the claim that is nearest."""
    outer, inner = Mark(0, 50, "content", 1), Mark(10, 20, "content", 2)
    inside = next(s for s in sweep((outer, inner), (0, 60)) if s.start == 10)
    assert inside.marks == (inner, outer)


def test_many_marks_are_cut_in_time() -> None:
    """Twenty thousand marks, the most that a long live blog could hold, in well under a second."""
    marks = [Mark(i * 10, i * 10 + 15, "figure", i) for i in range(20_000)]
    start = time.process_time()
    assert len(list(sweep(marks, (0, 200_010)))) > 20_000
    assert time.process_time() - start < 2


def test_all_that_a_claim_rests_on_is_marked(reading: Reading) -> None:
    """Content, source, cue, figure, certainty, time and place of the reading."""
    marks = find_marks(reading, view_claims(reading))
    assert {m.kind for m in marks} == {
        "content", "source", "cue", "figure", "sure", "time", "place"
    }  # fmt: skip
    assert {m.claim for m in marks if m.kind == "content"} == {1, 2, 3, 4, 5, 6}
