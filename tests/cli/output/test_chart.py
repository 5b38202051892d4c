"""The chart of figures: its axis, its bars, what is said of two figures."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.output.chart import bar, say_alike, say_compared
from sayso.cli.output.chart_axis import begin_of, make_axis, nice
from sayso.incidents.figure_rows import find_rows
from sayso.record.incident import FigureStated, IncidentView
from sayso.record.reading import Bound

NUMBERS = st.one_of(st.integers(0, 10**9), st.floats(0, 1e9))
COUNTS = st.lists(NUMBERS, min_size=1, max_size=6)


def stated(
    view: IncidentView, bound: Bound, ends: tuple[float | None, float | None, float | None],
    reach: tuple[float | None, float | None],
) -> FigureStated:  # fmt: skip
    """A figure with these ends."""
    low, best, high = ends
    return dataclasses.replace(
        view.figures[0], bound=bound, low=low, best=best, high=high, reaches_from=reach[0],
        reaches_to=reach[1],
    )  # fmt: skip


@given(COUNTS, st.integers(14, 90))
def test_an_axis_keeps_the_order_of_numbers(numbers: list[float], width: int) -> None:
    """A greater number never stands left of a smaller one, and all stand inside."""
    axis = make_axis(numbers, width)
    columns = [axis.column(n) for n in sorted(numbers)]
    assert columns == sorted(columns)
    assert all(1 <= c <= width - 2 for c in columns)


@given(COUNTS, st.integers(14, 90))
def test_labels_do_not_touch(numbers: list[float], width: int) -> None:
    """Between two labels there is at least one blank, and none leaves the axis."""
    ends = [
        (begin_of(c, label, width), begin_of(c, label, width) + len(label))
        for c, label in sorted(make_axis(numbers, width).ticks().items())
    ]
    assert all(a[1] < b[0] for a, b in itertools.pairwise(ends))
    assert all(begin >= 0 and end <= width for begin, end in ends)


def test_a_wide_range_is_logarithmic() -> None:
    """Small numbers beside large ones are seen: from thirtyfold on the axis is logarithmic."""
    assert make_axis([50, 9000], 40).log
    assert not make_axis([1000, 3000], 40).log
    assert make_axis([1000, 3000], 40).low == 0
    assert not make_axis([0, 9000], 40).log  # nought has no place on a logarithmic axis


@pytest.mark.parametrize(
    ("number", "step"), [(0, 1), (1, 1), (3, 5), (12, 20), (75, 100), (100, 100)]
)
def test_steps_are_round(number: float, step: float) -> None:
    """Ticks stand at 1, 2, 5, 10, 20 …: people are counted whole."""
    assert nice(number) == step


@pytest.mark.parametrize(
    ("bound", "ends", "reach", "drawn"),
    [
        ("exact", (20, 20, 20), (20, 20), "┼"),
        ("range", (10, None, 30), (10, 30), "├───┤"),
        ("below", (None, 30, 30), (20, 30), "~─┤"),
        ("above", (20, 20, None), (20, 30), "├─~"),
        ("about", (None, 20, None), (10, 30), "~─┼─~"),
        ("above", (30, 30, None), (30, None), "├────>"),
        ("about", (None, 20, None), (19.9, 20.1), "~┼~"),
        ("below", (None, 20, 20), (20, 20), "~┤"),
        ("above", (20, 20, None), (20, 20), "├~"),
    ],
)
def test_ends_show_what_the_words_give(
    view: IncidentView,
    bound: Bound,
    ends: tuple[float | None, float | None, float | None],
    reach: tuple[float | None, float | None],
    drawn: str,
) -> None:
    """`├` `┤` where the words end, `~` where a hedge is assumed to, `>` where nothing ends it."""
    axis = make_axis([0, 40], 19 if drawn.endswith(">") else 11)
    assert bar(stated(view, bound, ends, reach), axis).replace("·", "").strip() == drawn


@given(
    st.lists(NUMBERS, min_size=3, max_size=3).map(sorted),
    st.tuples(st.booleans(), st.booleans()),
    st.integers(14, 90),
)
def test_a_bar_is_as_wide_as_its_axis(
    numbers: list[float], is_open: tuple[bool, bool], width: int
) -> None:
    """Whatever a figure reaches over, its bar fills its columns and no more."""
    low, best, high = numbers
    figure = dataclasses.replace(
        _ANY,
        low=None if is_open[0] else low,
        best=best,
        high=None if is_open[1] else high,
        reaches_from=low,
        reaches_to=high,
    )
    assert len(bar(figure, make_axis(numbers, width))) == width


def test_an_amount_without_a_number_has_no_bar(view: IncidentView) -> None:
    """`scores` of which nothing is assumed is said, not drawn."""
    figure = stated(view, "vague", (None, None, None), (None, None))
    assert not bar(figure, make_axis([10], 20)).replace("·", "").strip()


def test_measures_stand_apart(view: IncidentView) -> None:
    """Who were taken and who were deployed have a chart each; so has a total over time."""
    rows = dict(find_rows(view.figures))
    assert list(rows) == ["abducted", "deployed, in all"]
    total = dataclasses.replace(view.figures[2], scope="cumulative")
    assert "abducted, in all" in dict(find_rows((*view.figures, total)))


def test_one_statement_in_two_reports_is_one_row(view: IncidentView) -> None:
    """A speaker's figure that two reports carry stands once, with both claims."""
    rows = dict(find_rows(view.figures))["abducted"]
    assert [[f.claim for f in row.figures] for row in rows] == [
        ["c3.1"], ["c3.2"], ["c1.1", "c2.1"], ["c4.1"],
    ]  # fmt: skip


def test_a_speakers_rows_stand_together_in_order_of_time(view: IncidentView) -> None:
    """By speaker over time; who spoke first comes first, who has no date last."""
    rows = dict(find_rows(tuple(reversed(view.figures))))["abducted"]
    assert [(row.speaker, row.day) for row in rows] == [
        ("HPS", "2025-03-10"), ("HPS", "2025-03-12"), ("port officials", "2025-03-11"),
        ("sailor", ""),
    ]  # fmt: skip


def test_the_worst_is_said_first(view: IncidentView) -> None:
    """Disagreement before what may be growth, growth last; what agrees is not said."""
    rows = dict(find_rows(view.figures))["abducted"]
    said = [line.plain for line in say_compared(rows, view.comparisons)]
    assert [line.split("(")[0].strip() for line in said] == [
        "2 and 3: disagreement",
        "1 and 3: differs, growth not excluded",
        "1 and 2: growth",
    ]


def test_many_differences_are_counted(view: IncidentView) -> None:
    """A page holds twelve comparisons of a measure and says how many more there are."""
    figures = tuple(
        dataclasses.replace(
            view.figures[2], id=f"c{n}.1/f", claim=f"c{n}.1", best=n, speaker=str(n)
        )
        for n in range(8)
    )
    pairs = [
        dataclasses.replace(view.comparisons[0], a=a.id, b=b.id)
        for i, a in enumerate(figures)
        for b in figures[i + 1 :]
    ]
    rows = dict(find_rows(figures))["abducted"]
    said = [line.plain for line in say_compared(rows, pairs)]
    assert len(said) == 13
    assert said[-1] == "… and 16 more pairs that differ"


def test_many_who_say_the_same_are_one_line(view: IncidentView) -> None:
    """From three rows on, one number is said in one line; two are drawn."""
    figures = tuple(
        dataclasses.replace(view.figures[2], id=f"c{n}.1/f", claim=f"c{n}.1", speaker=name)
        for n, name in enumerate(("Kyiv", "Seoul", "Oslo"))
    )
    rows = dict(find_rows(figures))["abducted"]
    line = say_alike("abducted", rows)
    assert line is not None
    assert line.plain == "ABDUCTED · all say 12: Kyiv, Oslo, Seoul  c0.1 c2.1 c1.1"
    assert say_alike("abducted", rows[:2]) is None


_ANY = FigureStated(
    id="c1.1/f1", claim="c1.1", speaker="x", counts="killed", words=None, of="",  # type: ignore[arg-type]
    scope="incident", bound="exact", said=None, low=1, best=1, high=1, reaches_from=1, reaches_to=1,
)  # fmt: skip
