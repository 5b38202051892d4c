"""The pages of partners in a browser: wide, narrow, light and dark, nothing past the edge."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")

from sayso.exchange.partners.keys import own_key
from sayso.exchange.partners.outbox import send
from sayso.exchange.partners.partner import add_partner

if TYPE_CHECKING:
    from sayso.ledger import Ledger

SHOTS = os.environ.get("SAYSO_TEST_SHOTS")  # a folder to leave pictures in


@pytest.fixture
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / "keys"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.usefixtures("_keys")
def test_partners_fit_the_window(
    live: str, ledger: Ledger, open_browser: Callable[..., Any], width: int, scheme: str
) -> None:
    """The list and one of them, from a way that a person can go; no error on the console."""
    url = "https://desk.harbour-district-monitor.example/a/long/way"
    made = add_partner(ledger, "Harbour Desk", own_key("another").public, url=url)
    add_partner(ledger, "N" * 60, own_key("third").public)
    reports = [r.report for r in ledger.reports().rows]
    send(ledger, made, reports, by="Ada")
    ledger.judge("mark", reports[0], by="Ada", reason="not out", marking="red")
    seen = open_browser(live, width=width, scheme=scheme)
    for path, click in (("/exports", "Partners"), ("/partners", "Harbour Desk")):
        seen.open(path)
        seen.page.get_by_role("link", name=click, exact=True).click()
        seen.page.wait_for_load_state("load")
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
        table = seen.page.locator(".table-wrap").evaluate("e => e.scrollWidth - e.clientWidth")
        assert table <= 0, (path, table)
        if SHOTS:
            name = f"{click.split()[0].lower()}-{width}.png"
            seen.page.screenshot(path=str(Path(SHOTS) / name), full_page=True)
    assert "not told yet" in seen.page.inner_text("main")
    assert seen.wrong == []
