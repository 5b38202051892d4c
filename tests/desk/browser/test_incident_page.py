"""The page of an incident in a browser: charts, chains, the map, and all of it without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from sayso.ledger import Ledger

SVG = "{http://www.w3.org/2000/svg}"


def differing(ledger: Ledger) -> str:
    """The path of an incident in which two speakers state different figures."""
    row = next(r for r in ledger.incidents(limit=1000) if "differs" in r.flags)
    return f"/incidents/{row.incident}"


def test_a_figure_shows_its_words_and_leads_to_them(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """Pointing at an interval shows speaker, words and day; a click leads to the characters."""
    page = (watched := open_browser(live)).page
    watched.open(differing(ledger))
    measure = page.locator(".measure").first
    mark = measure.locator(".plot a").first
    mark.hover()
    tip = measure.locator(".tip")
    tip.wait_for()
    row = measure.locator("tr.lit")
    assert row.locator("th").inner_text() in tip.inner_text()
    assert row.locator("td a b").first.inner_text() in tip.inner_text()
    assert measure.locator(".plot .gap").count() > 0, "what differs is shaded"
    to = row.locator("td a").first.get_attribute("href")
    mark.click()
    page.wait_for_url(f"**{to}")
    assert re.search(r"/reports/r\d+#c\d+\.\d+$", page.url)
    assert watched.wrong == []


def test_a_tap_shows_the_words_before_it_leads_there(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """On a touch screen the words come first, with the link in them; charts fit the screen."""
    page = (watched := open_browser(live, width=390)).page
    watched.open(path := differing(ledger))
    mark = page.locator(".plot a").first
    mark.scroll_into_view_if_needed()
    mark.tap()
    page.locator(".tip a").first.wait_for()
    assert page.url.endswith(path)
    box = page.locator(".tip").first.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator(".tip a").first.tap()
    page.wait_for_url("**/reports/r*")
    assert watched.wrong == []


def test_a_chart_is_taken_along_with_its_sources(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """SVG names its sources under it and needs no style of the page; PNG is a picture."""
    page = (watched := open_browser(live)).page
    watched.open(differing(ledger))
    figure = page.locator("figure.chart").first
    with page.expect_download() as taken:
        figure.get_by_role("button", name="as SVG").click()
    text = taken.value.path().read_text("utf-8")
    words = " ".join("".join(t.itertext()) for t in ET.fromstring(text).iter(f"{SVG}text"))  # noqa: S314 - our own
    assert "Source: " in words
    assert page.locator("table.stated th[scope=row]").first.inner_text() in words
    assert "Read by sayso" in words
    assert "var(--" not in text
    with page.expect_download() as taken:
        figure.get_by_role("button", name="as PNG").click()
    assert taken.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert watched.wrong == []


def test_the_chain_picture_is_drawn_and_its_joins_lead_to_their_ground(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """A node a report and an origin; a join's line opens the list at its ground and its undo."""
    rows = ledger.incidents(limit=1000)
    row = max(rows, key=lambda r: len(r.handles))
    page = (watched := open_browser(live)).page
    watched.open(f"/incidents/{row.incident}")
    graph = page.locator("figure.graph svg")
    page.locator("#chains").scroll_into_view_if_needed()
    graph.wait_for(timeout=20_000)
    assert graph.locator(".node-report").count() == len(row.handles)
    assert graph.locator(".node-origin").count() == row.origins[1]
    link = graph.locator(".edge-join a, .edge-copy a").first
    to = link.get_attribute("href")
    link.dispatch_event("click")
    page.locator(f"[id='{to[1:]}'] .decide summary").wait_for()
    assert watched.wrong == []


def test_the_map_draws_what_is_told(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """A place is an area; a point is drawn nowhere."""
    row = next(r for r in ledger.incidents(limit=1000) if r.place and r.place.get("country"))
    page = (watched := open_browser(live)).page
    watched.open(f"/incidents/{row.incident}")
    page.locator("#map").scroll_into_view_if_needed()
    page.locator(".map svg .area").first.wait_for(timeout=10_000)
    assert page.locator(".map svg circle").count() == 0
    assert page.locator(".map svg .land").count() > 100
    assert watched.wrong == []


def test_all_can_be_read_and_decided_without_scripts(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """Figures, chains and grounds as text; a claim is rejected, and that is taken back."""
    page = (watched := open_browser(live, scripts=False)).page
    watched.open(differing(ledger))
    assert page.locator("table.stated th[scope=row]").first.is_visible()
    assert page.locator(".pairs .differs").first.is_visible()
    assert page.locator(".chains li").first.is_visible()
    assert not page.locator("figure.graph").is_visible()
    page.locator("#claims .decide summary", has_text="Reject").first.click()
    form = page.locator("#claims details[open] form")
    form.get_by_label("Why").fill("misread")
    form.get_by_role("button").click()
    page.wait_for_load_state()
    assert page.url.endswith("#claims")
    assert page.locator("#claims del").count() > 0
    done = page.locator("#decided li").first
    assert "misread" in done.inner_text()
    done.locator("summary").click()
    done.get_by_label("Why").fill("it says so")
    done.get_by_role("button").click()
    page.wait_for_load_state()
    assert page.locator("#claims del").count() == 0


def test_an_open_page_says_that_it_changed(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """What another enters of the incident shows as a button, and nothing jumps."""
    page = (watched := open_browser(live)).page
    watched.open(path := differing(ledger))
    page.wait_for_timeout(500)
    view = page.request.get(f"{live}/api/v1{path}").json()
    claim = next(f["claim"] for f in view["figures"])
    ledger.judge("reject", claim, by="Bo", reason="a test")
    page.locator("#news a").wait_for(timeout=10_000)
    page.locator("#news a").click()
    page.wait_for_load_state()
    assert "a test" in page.locator("#decided").inner_text()
    assert watched.wrong == []


def test_marked_reports_are_split_off(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """What is marked in the list leaves the incident, with the reason that was typed."""
    row = max(ledger.incidents(limit=1000), key=lambda r: len(r.handles))
    page = (watched := open_browser(live, scripts=False)).page
    watched.open(f"/incidents/{row.incident}")
    marks = page.locator(".reports input[type=checkbox]")
    before = marks.count()
    marks.last.check()
    page.get_by_text("Split the marked reports off").click()
    page.locator("#split").get_by_label("Why").fill("another boat")
    with page.expect_navigation(wait_until="load"):  # the page after the form, whole
        page.get_by_role("button", name="Split off").click()
    page.wait_for_load_state()
    assert page.url.endswith("#reports")
    assert marks.count() == before - 1
