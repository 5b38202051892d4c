"""Pages that would make the parser work for hours are read without what makes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.page import find_pages
from sayso.page.html.tree import MOST_ATTRIBUTES, read_tree
from sayso.record import Capture

CaptureOf = Callable[..., Capture]
STORY = "<p>Divers have raised the ferry that sank off the port of Larne, the coast guard said.</p>"


@pytest.mark.parametrize(
    "one",
    ["a{}=b ", "/a{}", 'a{}="b"', "a{}='<' ", 'a{}=">" ', "é{} ", "=a{} "],
    ids=["plain", "slashes", "touching", "opening", "closing", "bare", "equals"],
)
def test_an_element_of_many_attributes_loses_them(one: str, capture_of: CaptureOf) -> None:
    """A quarter of a million names took time by the square of their number: 2 MB took hours."""
    many = "".join(one.format(n) for n in range(250_000))
    page = f"<html><body><div id=a {many}>{STORY}</div></body></html>"
    (found,) = find_pages(capture_of(page.encode(), "html", "story.html"))
    assert "raised the ferry" in found.report.text
    assert any("more than 1,000 attributes" in warning for warning in found.warnings)


def test_long_values_are_not_many_attributes() -> None:
    """A script's data in one attribute, and as many attributes as are allowed, stay."""
    data = "{ a : 1, b : 2 } / " * 5_000
    some = " ".join(f"a{n}=b" for n in range(MOST_ATTRIBUTES - 2))
    page = f"<div data-x='{data}' id=one><p {some} id=two>text</p></div>"
    tree = read_tree(page.encode(), "x")
    assert tree.warnings == ()
    assert {e.get("id") for e in tree.root.iter()} >= {"one", "two"}
    assert tree.root.xpath("//div/@data-x") == [data]


@pytest.mark.parametrize("start", ["<", "<a", '<a b="', "<a b='", "<a/y=", "<a y= "])
def test_elements_that_never_end_are_read_in_one_go(start: str) -> None:
    """Half a million beginnings."""
    read_tree((start * 500_000 + STORY).encode(), "x")
