"""The picture of reliability: dots where the figures are, and the page's own is of its figures."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from bench.quality import page
from bench.quality.reliability import draw

MEASURES = {"ECE": 2.5, "0.3 n": 4, "0.3 said": 35.0, "0.3 right": 50.0,
            "0.9 n": 16, "0.9 said": 95.0, "0.9 right": 100.0}  # fmt: skip
_CIRCLE = "{http://www.w3.org/2000/svg}circle"


def test_a_panel_a_kind_and_a_dot_a_tenth() -> None:
    """Dots stand by score and share right, larger where more were found."""
    picture = ET.fromstring(draw({"attribution": MEASURES, "events": MEASURES}))  # noqa: S314
    dots = picture.findall(_CIRCLE)
    assert len(dots) == 4
    assert float(dots[0].get("r", "0")) < float(dots[1].get("r", "0"))
    assert float(dots[1].get("cy", "0")) == 34  # 100 % right: the panel's upper edge
    titles = [t.text or "" for t in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert "attribution: error 2.5 points" in titles


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
