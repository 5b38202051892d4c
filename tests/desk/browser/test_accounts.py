"""Signing in, being refused and signing out, in a browser; without scripts too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sayso.desk.accounts.account import add_account
from sayso.desk.accounts.passwords import Passwords
from sayso.ledger import Ledger

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect
PASSWORD = "nine herons over the weir"
CHEAP = (1, 8, 1)
# what a browser says of a page of that status
REFUSED = r"console: Failed to load resource.*40[13]"


@pytest.fixture
def guarded(ledger: Ledger, served_desk: Callable[..., Any]) -> Iterator[str]:
    """The address of a desk on the examples, with an admin, a coder and a reader."""
    hash_ = Passwords(CHEAP).hash(PASSWORD)
    for name, role in (("Ada", "admin"), ("Bo", "coder"), ("Cy", "reader")):
        add_account(ledger, name, role=role, by="tests", hash_=hash_, clearance="red")
    with served_desk(ledger) as address:
        yield address


def sign_in(desk: Any, name: str, password: str = PASSWORD) -> None:
    """Fill the form in and send it."""
    desk.page.get_by_label("Name", exact=True).fill(name)
    desk.page.get_by_label("Password").fill(password)
    desk.page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_one_signs_in_is_refused_and_signs_out(
    guarded: str, open_browser: Callable[..., Any], *, scripts: bool
) -> None:
    """The page that was asked for, what a reader may not, and the way out."""
    desk = open_browser(guarded, scripts=scripts)
    desk.open("/sources")
    expect(desk.page).to_have_title("Sign in · sayso")
    expect(desk.page.get_by_role("link", name="Incidents")).to_have_count(0)
    sign_in(desk, "Cy", "a wrong password")
    expect(desk.page.get_by_role("alert")).to_have_text("The name or the password is not right.")
    expect(desk.page.get_by_label("Name", exact=True)).to_have_value("Cy")
    sign_in(desk, "Cy")
    expect(desk.page).to_have_url(re.compile("/sources$"))
    expect(desk.page.get_by_role("link", name="Add", exact=True)).to_have_count(0)
    desk.open("/add")
    expect(desk.page.locator("h1")).to_contain_text("Your role, reader, may not do this")
    desk.open("/incidents")
    desk.page.locator("summary", has_text="Cy").click()
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page).to_have_title("Sign in · sayso")
    desk.open("/incidents")
    expect(desk.page).to_have_title("Sign in · sayso")
    assert [w for w in desk.wrong if not re.match(REFUSED, w)] == []


def test_a_coder_reviews_by_keyboard_under_their_own_name(
    guarded: str, open_browser: Callable[..., Any], ledger: Ledger
) -> None:
    """What the page's script sends carries the seal: nothing is refused, the name is theirs."""
    desk = open_browser(guarded)
    desk.open("/review")
    sign_in(desk, "Bo")
    expect(desk.page).to_have_url(re.compile("/review$"))
    expect(desk.page.locator(".review-row[data-open]")).to_have_count(1)  # it hears keys
    desk.page.keyboard.press("a")
    expect(desk.page.locator("#said")).to_contain_text("Accepted")
    assert ledger.log(limit=1).rows[0].by == "Bo"
    assert desk.wrong == []


def test_an_admin_makes_an_account_and_the_new_one_its_password(
    guarded: str, open_browser: Callable[..., Any]
) -> None:
    """Shown once, changed at the first sign-in; both pages hold at a phone's width."""
    admin = open_browser(guarded, width=390)
    admin.open("/accounts")
    sign_in(admin, "Ada")
    admin.page.get_by_label("Name, under which they decide").fill("Di")
    admin.page.get_by_role("button", name="Add", exact=True).click()
    password = admin.page.locator(".banner .mono").inner_text()
    new = open_browser(guarded, width=390)
    new.open("/incidents")
    sign_in(new, "Di", password)
    expect(new.page).to_have_url(re.compile("/account$"))
    new.page.get_by_label("Present password").fill(password)
    new.page.get_by_label("New password").fill(PASSWORD)
    new.page.get_by_label("Once more").fill(PASSWORD)
    new.page.get_by_role("button", name="Change").click()
    expect(new.page.get_by_text("Where you are signed in")).to_be_visible()
    for each in (admin, new):
        width = each.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
        assert each.wrong == []
