from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# (text, the count that stands, the count that it replaced)
REPLACED = [
    ("The clinic put the number of dead at 14, up from six.", "14", "six"),
    ("The toll rose from 9 to 12 on Friday.", "12", "9"),
    ("The ministry raised the death toll to 13 from 7.", "13", "7"),
    ("The office lowered its count of the dead from 19 to 16.", "16", "19"),
    ("Rescuers said 12 were dead, revising an earlier count of 15.", "12", "15"),
    ("The number of wounded doubled to 60 from about 30.", "60", "about 30"),
    ("The toll, previously given as 12, now stands at 17.", "17", "12"),
    ("The clinic corrected the death toll from the fire to 56 from 54.", "56", "54"),
    ("The governor cut the death toll to 31 from an earlier 33.", "31", "33"),
    ("The office revised the number of people killed in the fire to 8 from 9.", "8", "9"),
    ("The mayor revised the toll to 22 killed from 20 killed.", "22", "20"),
    ("Rescuers amended the number of wounded to 120 from 98.", "120", "98"),
    ("Police said 40 people had died, more than the 25 reported on Thursday.", "40", "25"),
]


@pytest.mark.parametrize(("text", "now", "before"), REPLACED, ids=[t for t, _, _ in REPLACED])
def test_a_replaced_count(find: Callable[..., Any], text: str, now: str, before: str) -> None:
    """A count that the sentence replaces keeps its measure and is marked as the earlier one."""
    found = find(text)
    scopes = {found.parse.words(f.span[0]): f.scope for f in found.figures}
    assert (scopes[now], scopes[before]) == ("incident", "earlier")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Police gave an initial toll of 12 dead.", "12"),  # nothing is better known
        ("Rescuers who cut through the rubble gave an initial toll of 12 dead.", "12"),
        ("Nine of the dead were from the 30 hostages seized in May, the ministry said.", "30"),
        ("The army had earlier put the number of dead at 30.", "30"),
        ("Four men from two villages and 11 from the north were killed.", "11"),
        ("The attack on an earlier convoy killed 15 people and wounded 20.", "15"),
    ],
)
def test_a_count_that_stands(find: Callable[..., Any], text: str, number: str) -> None:
    """A count that no other replaces is no earlier one, whenever it was given."""
    found = find(text)
    scopes = {found.parse.words(f.span[0]): f.scope for f in found.figures}
    assert scopes[number] == "incident"


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank and 31 people drowned, 90 having been aboard.",
        "The boat capsized with 90 people on board and 31 of them died.",
        "The boat capsized; 90 people were aboard, and 31 drowned.",
        "A bus carrying 90 passengers fell into a ravine, killing 31.",
    ],
)
def test_who_is_aboard_is_not_dead(find: Callable[..., Any], text: str) -> None:
    """A number belongs to the word that it is the subject or object of, not to the death beside."""
    found = find(text)
    counts = {found.parse.words(f.span[0]): f.counts for f in found.figures}
    assert counts["31"] == "killed"
    assert counts.get("90", "other") == "other"  # a bare number that counts nothing is left out


def test_all_aboard_may_be_dead(find: Callable[..., Any]) -> None:
    """*All 90 people aboard were killed* counts 90 dead."""
    found = find("All 90 people aboard were killed.")
    assert [f.counts for f in found.figures] == ["killed"]
