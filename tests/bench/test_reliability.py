"""Reliability: the error between said and true, its picture, and the page's own of its figures."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from bench.quality import page
from bench.quality.reliability import draw, measure, pool

MEASURES = {"ECE": 2.5, "0.3 n": 4, "0.3 said": 35.0, "0.3 right": 50.0,
            "0.9 n": 16, "0.9 said": 95.0, "0.9 right": 100.0}  # fmt: skip
_CIRCLE = "{http://www.w3.org/2000/svg}circle"


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


@pytest.mark.parametrize(
    ("rated", "apart"),
    [([(0.9, True), (0.2, False)], 100), ([(0.2, True), (0.9, False)], 0),
     ([(0.5, True), (0.5, False)], 50), ([(0.5, True)], None)],
)  # fmt: skip
def test_doubt_tells_right_from_wrong(rated: list[tuple[float, bool]], apart: float | None) -> None:
    """`apart` is how often a right finding is scored above a wrong one; None without a pair."""
    assert measure(rated).get("apart") == apart


def test_sets_are_pooled_as_if_measured_at_once() -> None:
    """Two tables as one: the same figures as of all findings together."""
    one = [(0.91, True), (0.95, False), (0.25, False)]
    other = [(0.93, True), (0.55, True)]
    whole = {k: v for k, v in measure(one + other).items() if k != "apart"}
    assert pool([measure(one), measure(other)]) == pytest.approx(whole, abs=0.1)
    assert pool([]) == {}


def test_a_panel_a_kind_and_a_dot_a_tenth() -> None:
    """Dots stand by score and share right, larger where more were found."""
    picture = ET.fromstring(draw({"attribution": MEASURES, "events": MEASURES}))  # noqa: S314
    dots = picture.findall(_CIRCLE)
    assert len(dots) == 4
    assert float(dots[0].get("r", "0")) < float(dots[1].get("r", "0"))
    assert float(dots[1].get("cy", "0")) == 34  # 100 % right: the panel's upper edge
    titles = [t.text or "" for t in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert "attribution: error 2.5 points" in titles


def test_panels_stand_in_rows_of_three() -> None:
    """The fourth panel begins a new row, and the picture is as high as two."""
    picture = ET.fromstring(draw({str(i): MEASURES for i in range(4)}))  # noqa: S314
    tops = [r.get("y") for r in picture.iter("{http://www.w3.org/2000/svg}rect")]
    assert tops[0] == tops[2] != tops[3]
    assert float(tops[3] or 0) + 220 < float(picture.get("height", "0"))


def test_nothing_measured_is_no_dot() -> None:
    """An empty picture is still one."""
    assert ET.fromstring(draw({})).findall(_CIRCLE) == []  # noqa: S314


def test_the_page_and_its_picture_are_of_the_figures_that_are_kept() -> None:
    """`python -m bench.quality --record` was run after the last change of either."""
    kept = page.load(page.OURS)
    picture = (page.PAGE.parent / "pictures/reliability.svg").read_text("utf-8")
    assert picture == draw(page.calibrations(kept))
    written = page.PAGE.read_text("utf-8")
    for name, set_ in kept.items():
        assert f"`{name}` | {set_['date']}, `{set_['commit']}`" in written
