"""Coding reports to rows of a data set by keyboard alone, and what the page shows of others."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from sayso.ledger import Ledger

REPORTS = 20
SLOW = 20_000  # milliseconds


class Coder:
    """Somebody at a keyboard who counts what they press."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.pressed = 0
        self.late = pytest.importorskip("playwright.sync_api").TimeoutError

    @property
    def row(self) -> Any:
        """The row in focus."""
        return self.page.locator(".review-row.on")

    @property
    def incident(self) -> str:
        """Its incident."""
        found: str = self.row.get_attribute("id")
        return found

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, words: str) -> None:
        """Write over what stands in the field that has the focus."""
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def opened(self) -> None:
        """Wait until the row in focus shows what it rests on."""
        self.page.locator(".review-row.on[data-open]").wait_for(timeout=SLOW)

    def told(self, words: str) -> None:
        """Wait until the page says so."""
        self.page.locator("#said", has_text=words).wait_for(timeout=SLOW)

    def decide(self, key: str, words: str) -> None:
        """Decide by a key; the next row that is open has the focus then."""
        own = self.incident
        self.press(key)
        self.told(words)
        self.left(own)

    def left(self, incident: str) -> None:
        """Wait until another row has the focus."""
        self.page.locator(f".review-row.on:not(#{incident})").wait_for(timeout=SLOW)

    def split(self) -> None:
        """Part the first report from the others.

        What was taken back just before may draw the row anew between two keys, as it would for a
        person: who sees their choice gone makes it again.
        """
        said = self.page.locator("#said", has_text="Split")
        for wait in (SLOW / 4, SLOW / 4, SLOW):
            self.press("s")
            self.at("apart")
            self.page.locator("[name=apart]").first.press("Space")  # never the choice of the row
            self.page.locator(".split button").press("Enter")
            with contextlib.suppress(self.late if wait < SLOW else ()):
                said.wait_for(timeout=wait)
                return
            self.press("Escape")

    def at(self, field: str) -> None:
        """Wait until a field has the cursor."""
        self.page.locator(f"[name={field}]:focus").first.wait_for(timeout=SLOW)


def accepted(ledger: Ledger) -> dict[str, str]:
    """By incident what was last decided on its row."""
    return {j.target: j.action for j in ledger.row_decisions()}


def test_twenty_reports_are_coded_by_keyboard(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """Rows accepted, corrected, rejected, taken back, without a hand on the mouse.

    Each is in the ledger as it was decided; keystrokes a report are printed.
    """
    watched = open_browser(live)
    watched.open("/review")
    coder = Coder(watched.page)
    coder.opened()
    coded: dict[str, list[str]] = {}

    def note() -> str:
        own = coder.incident
        (row,) = ledger.review_rows([own])
        coded[own] = row.row.handles
        return own

    fixed = note()  # a cell that the coder knows better
    coder.press("e")
    coder.at("cell_killed")
    coder.write("64")
    coder.press("Enter")
    coder.told("Corrected and accepted")
    coder.left(fixed)
    taken = note()  # a slip, taken back
    coder.decide("x", "Rejected")
    coder.press("u")
    coder.told("Taken back")
    assert coder.incident == taken
    coder.decide("a", "Accepted")
    refused = note()
    coder.decide("x", "Rejected")
    while sum(map(len, coded.values())) < REPORTS:
        note()
        coder.decide("a", "Accepted")
    found = accepted(ledger)
    assert found == {id_: "reject" if id_ == refused else "accept" for id_ in coded}
    (row,) = ledger.review_rows([fixed])
    assert {tuple(cell) for cell in row.row.figures["killed"].values()} == {(64, 64, 64)}
    assert not set(coded) & {r.row.incident for r in ledger.review_queue(limit=1000).rows}
    reports = sum(map(len, coded.values()))
    each = f"{coder.pressed / reports:.1f} a report, {coder.pressed / len(coded):.1f} a row"
    print(f"\n{reports} reports in {len(coded)} rows: {coder.pressed} keystrokes, {each}")  # noqa: T201 - the figure is asked for
    assert coder.pressed <= 2 * reports
    assert watched.wrong == []


def test_all_that_a_key_does(live: str, ledger: Ledger, open_browser: Callable[..., Any]) -> None:
    """Move, choose many, accept a report, join, split, grade, copy, search, help: by key."""
    watched = open_browser(live)
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.open("/review")
    coder, page = Coder(watched.page), watched.page
    coder.opened()
    first = coder.incident
    coder.press("j")
    assert coder.incident != first
    coder.press("k")
    assert coder.incident == first
    coder.press("y")
    coder.told("Row copied")
    assert page.evaluate("navigator.clipboard.readText()").split("\t")[0] == first
    coder.press("?")
    page.get_by_role("heading", name="Keys").wait_for()
    coder.press("Escape", "g")
    coder.at("source")
    coder.press("Tab", "b")
    coder.page.locator(".grading button").press("Enter")
    coder.told("Graded")
    coder.press("Escape", "A")
    coder.told("Report accepted")
    assert ledger.judgements(coder.row.locator(".review-report").first.get_attribute("data-report"))
    coder.press("m")
    coder.at("other")
    other = page.evaluate("document.activeElement.value")
    coder.page.locator(".join button").press("Enter")
    coder.told("Joined")
    page.locator(f"#{other}").wait_for(state="detached", timeout=SLOW)
    coder.press("Escape", "u")
    coder.told("Taken back")
    coder.opened()
    coder.split()
    with_report = accepted(ledger)  # rows of that report alone
    coder.press("Escape", " ", "j", " ")
    chosen = [
        r.get_attribute("id")
        for r in page.locator(".review-row:has([name=incident]:checked)").all()
    ]
    assert page.locator("#chosen").inner_text() == "2 chosen", (chosen, coder.incident, first)
    coder.press("a")
    coder.told("Accepted: 2 rows")
    assert len(accepted(ledger)) == len(with_report) + 2
    coder.press("u")
    coder.told("Taken back")
    assert accepted(ledger) == with_report
    coder.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert watched.wrong == []


def test_a_row_that_cannot_be_fetched_stays(live: str, open_browser: Callable[..., Any]) -> None:
    """It keeps its place and that it was chosen, and opens once the desk answers again."""
    watched = open_browser(live)
    watched.open("/review")
    coder, page = Coder(watched.page), watched.page
    coder.opened()
    before = page.locator(".review-row").count()
    page.route("**/review/rows/*", lambda route: route.fulfill(status=503, body="busy"))
    coder.press("j", " ")
    coder.told("could not be taken anew")
    assert page.locator(".review-row").count() == before
    assert page.locator("#chosen").inner_text() == "1 chosen"
    page.unroute("**/review/rows/*")
    coder.press("k", "j")
    coder.opened()
    assert coder.row.locator("[type=checkbox][name=incident]").is_checked()


def test_two_people_on_one_row_see_it(live: str, open_browser: Callable[..., Any]) -> None:
    """Each page names who else has the row open, and shows what they decide on it."""
    ada, bo = open_browser(live), open_browser(live)
    bo.page.context.add_cookies([{"name": "sayso_by", "value": "Bo", "url": live}])
    ada.open("/review")
    Coder(ada.page).opened()
    bo.open("/review")
    Coder(bo.page).opened()
    ada.page.locator(".review-row.on .here", has_text="Bo has this open").wait_for(timeout=SLOW)
    bo.page.locator(".review-row.on .here", has_text="Ada has this open").wait_for(timeout=SLOW)
    assert (ada.wrong, bo.wrong) == ([], [])


def test_rows_are_decided_without_scripts(
    live: str, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """Open, accept, choose two and reject them, take back: links and forms alone."""
    page = (watched := open_browser(live, width=390, scripts=False)).page
    watched.open("/review")
    link = page.locator(".open-row").first
    id_ = page.locator(".review-row").first.get_attribute("id")
    link.click()
    page.get_by_role("button", name="Accept row").click()
    page.get_by_text("Done: 1 decision").wait_for()
    assert accepted(ledger) == {id_: "accept"}
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Done:").wait_for(state="detached")
    assert accepted(ledger) == {}
    boxes = page.locator(".pick input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator("#bulk").get_by_role("button", name="Reject").click()
    page.get_by_text("Done: 2 decisions").wait_for()
    assert list(accepted(ledger).values()) == ["reject", "reject"]
    assert watched.wrong == []


def test_one_row_is_open_however_fast_one_moves(
    live: str, open_browser: Callable[..., Any]
) -> None:
    """Rows that come late, after one moved on, stay closed; what comes to the last one opens it."""
    watched = open_browser(live)
    page = watched.page
    page.route("**/review/rows/**", lambda route: (page.wait_for_timeout(150), route.continue_()))
    watched.open("/review")
    coder = Coder(page)
    coder.opened()
    for key in ("j", "j", "k", "j", "j", "k"):
        page.keyboard.press(key)
    coder.opened()
    page.wait_for_timeout(1500)
    assert page.locator("#queue [data-open]").count() == 1
    assert coder.row.get_attribute("data-open") is not None
    assert watched.wrong == []
