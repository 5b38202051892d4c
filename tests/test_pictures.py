"""The documentation's pictures are what the program prints, and stand on a page."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pictures", ROOT / "tools/make_pictures.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_pictures"] = module  # data classes look their module up
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
NAMES = [picture.name for picture in TOOL.PICTURES]
DESK = re.findall(
    r'Picture\(\s*"([\w-]+)"', (ROOT / "tools/make_desk_pictures.py").read_text("utf-8")
)


def test_each_picture_is_made_by_a_program_and_shown() -> None:
    """None by hand, none that no page shows, none shown that is not there."""
    files = {path.stem for path in (DOCS / "pictures").glob("*")}
    shown = {
        name
        for page in DOCS.glob("*.md")
        for name in re.findall(r"\]\(pictures/([\w-]+)\.(?:svg|webp)\)", page.read_text("utf-8"))
    }
    assert files == shown == {*NAMES, *DESK, "reliability"}


@pytest.mark.parametrize("path", sorted((DOCS / "pictures").glob("*.svg")), ids=lambda p: p.stem)
def test_no_picture_names_an_outside_host(path: Path) -> None:
    """The name of the SVG form is the only address in it."""
    addresses = re.findall(r"https?://[^\s\"'<>]+", path.read_text("utf-8"))
    assert set(addresses) == {"http://www.w3.org/2000/svg"}


def test_what_a_picture_says_is_found_in_it() -> None:
    """Words are compared without colours, white space, hashes and instants."""
    words = TOOL.words_of
    assert words("<text x='1'>a&#160;b &#x27;c&#x27;</text><text>d</text>") == "ab'c'd"
    one, other = ("<text>last is " + "0f" * 32 + " of 2024-12-27T10:00:01Z</text>",
                  "<text>last is " + "1e" * 32 + " of 2025-01-02T11:00:00Z</text>")  # fmt: skip
    assert words(one) == words(other) == "lastisof"


@pytest.mark.slow
@pytest.mark.parametrize("picture", TOOL.PICTURES, ids=NAMES)
def test_each_picture_is_what_is_printed_now(picture: object) -> None:
    """`make pictures` was run after the last change of what it shows."""
    path = DOCS / f"pictures/{picture.name}.svg"  # type: ignore[attr-defined]
    assert TOOL.words_of(path.read_text("utf-8")) == TOOL.words_of(TOOL.draw(picture))
