"""The list of incidents under somebody's hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.ledger import Ledger


def test_the_list_follows_what_is_typed(live: str, open_browser: Callable[..., Any]) -> None:
    """Rows, chips and the address change while one types; the cursor stays in its field."""
    watched = open_browser(live)
    watched.open("/incidents")
    page = watched.page
    every = page.locator("li.row").count()
    page.locator("#q").press_sequentially("soldier", delay=20)
    page.locator(".chip", has_text="words: soldier").wait_for()
    assert 0 < page.locator("li.row").count() < every
    assert page.url.endswith("/incidents?q=soldier")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator(".filters summary").click()
    page.locator("#f-type").select_option("capture")
    page.locator(".chip", has_text="what: capture").wait_for()
    assert page.url.endswith("?q=soldier&type=capture")
    assert watched.wrong == []


def test_the_list_works_without_scripts(live: str, open_browser: Callable[..., Any]) -> None:
    """Search, a view saved, the past and the way back: forms and links alone."""
    page = (watched := open_browser(live, scripts=False)).page
    watched.open("/incidents")
    page.locator("#q").fill("soldier")
    page.get_by_role("button", name="Search").click()
    assert page.locator("li.row").count() > 0
    page.locator(".save summary").click()
    page.locator("#view-name").fill("Soldiers")
    page.get_by_role("button", name="Save").click()
    assert page.locator(".saved").inner_text() == "Saved view: Soldiers"
    page.locator(".menu summary").first.click()
    page.locator("#at").fill("2020-01-01T12:00")
    page.get_by_role("button", name="Go there").click()
    assert page.locator("li.row").count() == 0
    page.get_by_role("link", name="Back to now").click()
    assert page.locator("li.row").count() > 0


def test_an_open_list_shows_what_another_process_enters(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """A decision elsewhere shows on the page; somebody in the midst of it is only told."""
    watched = open_browser(live)
    watched.open("/incidents")
    page = watched.page
    page.wait_for_timeout(500)
    row = page.locator("li.row").last
    row.locator("h2 a").focus()
    with Ledger.open(str(ledger.engine.url), maker="other", linking=ledger.linking) as other:
        other.judge("reject", other.claims(limit=1).rows[0].claim, by="Bo", reason="a test")
        page.locator("#news").wait_for(state="visible", timeout=10_000)
    assert "new or changed: show" in page.locator("#news").inner_text()
    assert watched.wrong == []
