"""docs/desk.md tells of every page, every key and every noun of the API; its pictures are small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sayso.desk.app import API, PAGES
from sayso.desk.pages.page import HERE

ROOT = Path(__file__).resolve().parents[2]
TOUR = (ROOT / "docs/desk.md").read_text("utf-8")
PICTURES = sorted((ROOT / "docs/pictures").glob("desk-*"))
INSIDE = {"/review/rows/{incident}", "/claims/{claim}/correct"}  # parts of a page, not pages


def shown(path: str) -> str:
    """The part of a path that names its page: `/sources/{key:path}` is `/sources/`."""
    return path.partition("{")[0]


@pytest.mark.parametrize(
    "path",
    sorted(
        {r.path for router in PAGES for r in router.routes if "GET" in r.methods} - INSIDE  # type: ignore[attr-defined]
    ),
)
def test_every_page_is_told_of(path: str) -> None:
    """Its address stands in the tour as code."""
    assert re.search(rf"`{re.escape(shown(path))}[\w./]*`", TOUR)


@pytest.mark.parametrize(
    "path",
    sorted({"/".join(r.path.split("/")[:2]) for router in API for r in router.routes}),  # type: ignore[attr-defined]
)
def test_every_noun_of_the_api_is_told_of(path: str) -> None:
    """Its address stands in the table."""
    assert path in TOUR.partition("## The API")[2]


def test_every_key_is_told_of() -> None:
    """Each key of the help that the page shows, and its words' first, stand in the table."""
    help_ = (HERE / "templates/review.html").read_text("utf-8").partition('id="help"')[2]
    keys = re.findall(r'\("([^"]+)", "([^"]+)"\)', help_)
    assert len(keys) > 10
    rows = dict(re.findall(r"^\| (`.+`) \| (.+) \|$", TOUR, re.MULTILINE))
    for key, words in keys:
        assert rows[" ".join(f"`{k}`" for k in key.split())].startswith(words.split(";")[0])


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_every_picture_is_small_and_shown(path: Path) -> None:
    """WebP below 120 kB, made by the program, shown with words for those who cannot see it."""
    assert path.suffix == ".webp"
    assert path.stat().st_size < 120_000
    assert f'"{path.stem}"' in (ROOT / "tools/make_desk_pictures.py").read_text("utf-8")
    assert re.search(rf"!\[[^\]]{{10,}}\]\(pictures/{path.name}\)", TOUR)
