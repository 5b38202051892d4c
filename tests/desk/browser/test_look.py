"""Each page as a browser shows it: wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGES = (
    "/incidents", "/incidents?q=captur*&type=capture", "/incidents?at=2020-01-01", "/add", "/log",
    "/watch", "/views", "/review", "/review?show=decided&blind=1",
    "/incidents/r2", "/incidents/r2?policy=lowest",
    "/reports/r2", "/reports/r2/add?words=nine&near=20", "/reports/r6/diff/r4",
    "/claims/c3.0", "/claims/c3.0/correct?words=nine",
    "/sources", "/sources/darfur%20lawyers%27%20watch%7Cofficial%7C?seek=army",
    "/no",
)  # fmt: skip
# how far what was shown moved without anybody's doing; the browser's own measure, 0.1 is felt
SHIFTS = """window.moved = 0; new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) window.moved += e.value;
}).observe({ type: "layout-shift", buffered: true });"""
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def violations(page: Any) -> list[str]:
    """What axe-core finds on a page, a line each."""
    found = page.evaluate(f"(() => {{ {AXE.read_text('utf-8')} }})(); axe.run()")
    return [
        f"{v['id']}: {v['help']}: {[n['html'][:200] for n in v['nodes']]}"
        for v in found["violations"]
    ]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_sound(
    path: str, width: int, scheme: str, live: str, open_browser: Callable[..., Any]
) -> None:
    """No error, nothing that the policy forbids, no other host, no sideways scrolling, axe."""
    watched = open_browser(live, width=width, scheme=scheme)
    answer = watched.open(path)
    page = watched.page
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    wrong = watched.wrong
    if answer.status >= 400:  # the browser notes that itself
        wrong = [w for w in wrong if "the server responded with a status" not in w]
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        ("/incidents", "h1"),
        ("/incidents/r2", ".chart .drawn svg"),
        ("/reports/r2", "h1"),
        ("/review", ".review-row[data-open]"),
    ],
)
def test_nothing_jumps(path: str, drawn: str, live: str, open_browser: Callable[..., Any]) -> None:
    """While a page opens, what is shown stays where it is: charts and rows have their room."""
    page = (watched := open_browser(live)).page
    page.add_init_script(SHIFTS)
    watched.open(path)
    page.locator(drawn).first.wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.02
