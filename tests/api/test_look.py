"""What a notebook shows, in a browser: wide and narrow, light and dark."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sayso

WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """[...document.querySelectorAll("svg")].flatMap((svg) => {
  const all = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < all.left || box.right > all.right || box.bottom > all.bottom;
  }).map((text) => text.textContent);
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; skips where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("SAYSO_TEST_BROWSER") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        pytest.skip("no browser: install chromium, or name one in SAYSO_TEST_BROWSER")
    with playwright.sync_playwright() as running:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        opened = running.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def shown(root: Path, strike: sayso.Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of everything that a notebook shows."""
    reading = sayso.read(root / "examples/stories/prisoner/02-baltic-ledger.html")
    most = max(strike.incidents(), key=lambda row: len(row.reports))
    things: list[Any] = [
        reading, strike.incidents(), strike.claims(), strike.sources(), strike.figures(),
        strike.reports(), strike.incident(most.incident), sayso.Reader().score([reading]),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("look") / "shown.html"
    path.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>shown</title>"
        "<meta name=viewport content='width=device-width'><meta name=color-scheme "
        "content='light dark'><body style='font-family:sans-serif'>"
        + "".join(thing._repr_html_() for thing in things),
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_shown_fits(shown: Path, browser: Any, width: int, scheme: str) -> None:
    """The page never scrolls sideways (tables and pictures do, by themselves); no word is cut off.

    Nothing is fetched and nothing goes wrong.
    """
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if (
        not request.url.startswith("file:")) else None)  # fmt: skip
    page.goto(shown.as_uri())
    assert page.evaluate(WIDE) <= 0
    assert page.evaluate(CUT) == []
    assert page.locator("svg").count() == 2
    assert page.locator(".sayso-text").bounding_box()["width"] <= width
    assert wrong == []
    page.close()
