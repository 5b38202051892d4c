"""A report under somebody's hands: words and claims lead to each other, words correct a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sayso.ledger import Filters, Ledger

LIT = "[...document.querySelectorAll('.on')].map((el) => el.dataset.c)"


@pytest.fixture
def claim(ledger: Ledger) -> Any:
    """A claim with a count in digits, in a report that tells of more."""
    found = ledger.claims(Filters(measure="deployed"), limit=50).rows
    return next(c for c in found if any(ch.isdigit() for ch in c.figures[0].words))


def test_words_and_claims_light_up_together(
    live: str, claim: Any, open_browser: Callable[..., Any]
) -> None:
    """By the address, by pointing at the words, at the claim, by focus; Escape ends it."""
    watched = open_browser(live)
    watched.open(f"/claims/{claim.claim}")
    page = watched.page
    assert page.url.endswith(f"/reports/{claim.report.report}#{claim.claim}")
    lit = page.evaluate(LIT)
    assert len(lit) > 1
    assert all(claim.claim in each.split() for each in lit)
    number = page.locator(f'[id="w{claim.claim}"]')
    box = number.bounding_box()
    assert 0 < box["y"] < 900
    page.keyboard.press("Escape")
    assert page.evaluate(LIT) == []
    other = page.locator(".claim").first
    other.hover()
    assert other.get_attribute("id") in " ".join(page.evaluate(LIT))
    page.mouse.move(0, 0)
    number.focus()
    assert claim.claim in " ".join(page.evaluate(LIT))
    assert watched.wrong == []


def test_selected_words_correct_a_claim(
    live: str, claim: Any, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """Select a count: the form comes with it; sent, it stands on the claim, and is undone."""
    watched = open_browser(live)
    watched.open(f"/claims/{claim.claim}")
    page = watched.page
    page.locator(f'.words-of .figure[data-c~="{claim.claim}"]').first.select_text()
    offer = page.locator("#picked [data-correct]")
    offer.wait_for()
    handle = offer.get_attribute("href").split("/")[2]  # the words may be of two claims
    before = ledger.claim(handle).figures[0].best
    offer.click()
    assert page.locator("#reason").input_value().startswith("the text says “")
    page.locator('[id="v-figure.0.best"]').fill("11111")
    page.get_by_role("button", name="Correct").click()
    card = page.locator(f'[id="{handle}"]')
    assert "11,111" in card.locator(".decision").inner_text()
    assert ledger.claim(handle).figures[0].best == 11111
    card.locator(".undo summary").click()
    card.get_by_label("Why it no longer holds").fill("a test")
    card.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    assert page.locator(f'[id="{handle}"] .decision').count() == 0
    assert ledger.claim(handle).figures[0].best == before
    assert watched.wrong == []


def test_selected_words_are_added_as_a_claim(
    live: str, claim: Any, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """Select words, say what they count and why: the claim stands there, and is undone there."""
    watched = open_browser(live)
    watched.open(f"/reports/{claim.report.report}")
    page = watched.page
    page.locator(f'.words-of .figure[data-c~="{claim.claim}"]').first.select_text()
    page.get_by_role("link", name="Add a claim by these words").click()
    assert page.locator("#v-words").input_value()
    page.locator("#v-counts").select_option("missing")
    page.locator("#v-best").fill("4,321")
    page.locator("#reason").fill("it was missed")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/reports/*#c*")
    handle = page.url.partition("#")[2]
    assert ledger.claim(handle).figures[0].best == 4321
    card = page.locator(f'[id="{handle}"]')
    assert "added by hand" in card.inner_text()
    card.locator(".undo summary").click()
    card.get_by_label("Why it no longer holds").fill("a test")
    card.get_by_role("button", name="Undo").click()
    page.locator(f'.claim.rejected[id="{handle}"]').wait_for()
    assert watched.wrong == []


def test_a_report_works_without_scripts(
    live: str, claim: Any, open_browser: Callable[..., Any]
) -> None:
    """From the number in the words to the claim and back; a decision by form."""
    watched = open_browser(live, scripts=False, width=390)
    watched.open(f"/reports/{claim.report.report}")
    page = watched.page
    page.locator(f'[id="w{claim.claim}"]').click()
    page.wait_for_load_state()
    assert page.url.endswith(f"#{claim.claim}")
    card = page.locator(f'[id="{claim.claim}"]')
    card.locator(".claim-n").click()
    page.wait_for_load_state()
    assert page.url.endswith(f"#w{claim.claim}")
    card.locator(".decide summary").click()
    card.get_by_label("Why").fill("rang the office")
    card.get_by_role("button", name="Accept").click()
    assert "accepted" in page.locator(f'[id="{claim.claim}"]').inner_text()


def test_words_that_were_missed_are_noted(
    live: str, claim: Any, ledger: Ledger, open_browser: Callable[..., Any]
) -> None:
    """Select them: the note's field has them, and waits to be sent."""
    watched = open_browser(live)
    watched.open(f"/reports/{claim.report.report}")
    page = watched.page
    page.locator(f'.words-of .figure[data-c~="{claim.claim}"]').first.select_text()
    page.get_by_role("button", name="Note them as missed").click()
    assert page.locator("#note-words").input_value().startswith("missed: “")
    page.locator("#note").get_by_role("button", name="Note", exact=True).click()
    page.wait_for_url("**#note")
    (judged,) = ledger.judgements(claim.report.report)
    assert judged.reason in page.locator("#note").inner_text()
    assert watched.wrong == []
