"""Mentions linked anew: one grouping whatever order they come in, and what is held stays."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.linking.incidents.score import load_weights, terms_of
from sayso.linking.incidents.together import group_anew, in_order
from sayso.linking.incidents.words import Frequencies, load_frequencies
from sayso.reading.reader import Reader
from sayso.record import Block, Report, When, report_id

TOLD = (
    ("2024-05-02", "Shells hit the bakery of Oda on Thursday, killing two men, the mayor said."),
    ("2024-05-03", "Two men died when shells hit the bakery of Oda on Thursday, a doctor said."),
    ("2024-05-03", "The shelling of the bakery of Oda on Thursday killed two men, police said."),
    ("2024-05-02", "A ferry sank off Saltby on Thursday with nine sailors aboard, the navy said."),
    ("2024-05-03", "Nine sailors drowned when a ferry sank off Saltby on Thursday, the navy said."),
)


@pytest.fixture(scope="module")
def mentions(reader: Reader) -> list[Mention]:
    """The mentions of a shelling that three tell of, and of a ferry that two do."""
    found = []
    for n, (day, text) in enumerate(TOLD):
        when = When(day, day, "day", "given")
        own, body = report_id(text, None, str(n), when), (Block("body", 0, len(text)),)
        report = Report(own, str(n), text, None, None, None, None, None, when, body)
        found += [replace(m, id=f"m{n}.0") for m in read_mentions(reader.read(report))]
    return found


def words_of_all(mentions: list[Mention]) -> Frequencies:
    """Frequencies that know the words of all."""
    found = load_frequencies()
    for mention in mentions:
        found.add(terms_of(mention))
    return found


def grouped(
    mentions: list[Mention], held: dict[str, str] | None = None
) -> dict[frozenset[str], str | None]:
    """The groups as sets of handles, each with the incident that is held in it."""
    found = group_anew(mentions, held or {}, words_of_all(mentions), load_weights())
    return {frozenset(members): name for name, members in found}


@pytest.mark.parametrize("seed", range(20))
def test_any_order_gives_the_same_groups(mentions: list[Mention], seed: int) -> None:
    """The three of the shelling, the two of the ferry, whoever comes first."""
    order = random.Random(seed).sample(mentions, len(mentions))  # noqa: S311 - for a test
    shelling, ferry = {"m0.0", "m1.0", "m2.0"}, {"m3.0", "m4.0"}
    assert grouped(order) == {frozenset(shelling): None, frozenset(ferry): None}


def test_what_is_held_stays(mentions: list[Mention]) -> None:
    """A mention that a person put with the ferry stays there, and its incident keeps its name."""
    found = grouped(mentions, {"m2.0": "i7", "m3.0": "i7"})
    (named,) = [members for members, name in found.items() if name == "i7"]
    assert {"m2.0", "m3.0"} <= named


def test_no_mention_is_lost(mentions: list[Mention]) -> None:
    """Each comes out once, in one group, two of one content too."""
    twice = [*mentions, replace(mentions[0], id="m9.0", report="another")]
    assert sorted(m for group in grouped(twice) for m in group) == sorted(m.id for m in twice)


def test_the_order_is_that_of_days(mentions: list[Mention]) -> None:
    """Earlier reports come first, those of one day by what they say."""
    ordered = in_order(reversed(mentions))
    assert [m.published for m in ordered] == sorted(m.published or 0 for m in mentions)
    assert in_order(mentions) == ordered
