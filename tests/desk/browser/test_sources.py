"""A source's page under somebody's hands: who is one with whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from sayso.ledger import Ledger


@pytest.mark.parametrize("scripts", [True, False])
def test_sources_are_joined_and_parted_again(
    live: str, ledger: Ledger, open_browser: Callable[..., Any], *, scripts: bool
) -> None:
    """Part of a name finds the other, while one types where scripts run; undone where it stands."""
    one, other = ledger.sources("army", limit=2).rows
    watched = open_browser(live, scripts=scripts)
    watched.open(f"/sources/{quote(one.key, safe='')}")
    page = watched.page
    box = page.get_by_label("Join with: part of another name")
    if scripts:
        box.press_sequentially("army", delay=20)
    else:
        box.fill("army")
        box.press("Enter")
    page.locator("#others").get_by_role("radio", name=other.name).first.check()
    page.locator("#others").get_by_label("Why").fill("one headquarters")
    page.get_by_role("button", name="Join", exact=True).click()
    tie = page.locator("#one .decision", has_text="one headquarters")
    expect(tie).to_contain_text(other.name)
    page.get_by_role("link", name="Sources", exact=True).first.click()
    assert ledger.source_page(other.key).source.key == one.key
    watched.open(f"/sources/{quote(other.key, safe='')}")
    expect(page.locator("h1")).to_have_text(one.name)
    tie.locator("summary").click()
    tie.get_by_label("Why it no longer holds").fill("two headquarters")
    tie.get_by_role("button", name="Undo").click()
    expect(tie).to_have_count(0)
    assert ledger.source_page(other.key).source.key == other.key
    assert watched.wrong == []
