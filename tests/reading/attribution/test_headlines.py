"""Who speaks in a headline, as the shipped model and the rules read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.lexicon.cues import load_cues
from sayso.reading.attribution.headlines import find_headline_hops
from sayso.reading.attribution.hops import Scene
from sayso.reading.attribution.quotes import find_quotes
from sayso.reading.parsing.parse import Parse
from sayso.reading.reader import Reader
from sayso.record import Block, Report, words_of

Row = tuple[str, str, str]
BODY = "The council of Oda met on Thursday and spoke of a new road."


def spoken(parse: Parse) -> list[Row]:
    """(source, cue, content) of each hop of a headline."""
    scene = Scene(parse, find_quotes(parse.flow), load_cues())
    return [
        (
            parse.words(parse.span_of(hop.source)),
            parse.words(parse.span_of(hop.cue)),
            " | ".join(parse.words(span) for span in hop.content),
        )
        for hop in find_headline_hops(scene)
    ]


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("Wounded Dane held by Oda's rebels, spy agency says",
         ("spy agency", "says", "Wounded Dane held by Oda's rebels")),
        ("At least 31 killed in air raid, medics say",
         ("medics", "say", "At least 31 killed in air raid")),
        ("Kano blast: 12 dead, police say", ("police", "say", "Kano blast: 12 dead")),
        ("Police: 12 dead in Saltby fire", ("Police", ":", "12 dead in Saltby fire")),
        ("Oda mayor: bridge was mined", ("Oda mayor", ":", "bridge was mined")),
        ("Six dead in Oda flood - officials", ("officials", "-", "Six dead in Oda flood")),
        ("Army denies striking market", ("Army", "denies", "striking market")),
        ("Drone hits bus, killing three: governor",
         ("governor", ":", "Drone hits bus, killing three")),
    ],
)  # fmt: skip
def test_a_headline_says_who_speaks(parse: Callable[[str], Parse], words: str, row: Row) -> None:
    """At its end with a verb, or beside a colon or a dash."""
    assert spoken(parse(f"{words}\n\n{BODY}")) == [row]


@pytest.mark.parametrize(
    "words",
    [
        "Explainer: how the ferry sank",
        "Sudan: army retakes a bridge",
        "Saltby fire: 12 dead",
        "Ferry sinks off Saltby - what we know",
        "Police: the year in pictures.",
        "“We have no power”: medics",
        "Rebels seize border town",
        "Court denies bail to the miners",
    ],
)
def test_what_no_one_is_named_for(parse: Callable[[str], Parse], words: str) -> None:
    """A topic, a rubric and a place before a colon say nothing, nor does a sentence."""
    assert spoken(parse(f"{words}\n\n{BODY}")) == []


def test_only_the_headline_is_one(parse: Callable[[str], Parse]) -> None:
    """A paragraph further down is none, however it looks."""
    assert spoken(parse(f"{BODY}\n\nPolice: 12 dead in Saltby fire")) == []


@pytest.mark.parametrize(
    ("body", "denied"),
    [(BODY, ["striking market"]), ("The army denies that it struck a market.", [])],
)
def test_a_denial_in_a_headline_stands(reader: Reader, body: str, denied: list[str]) -> None:
    """Though no event is read in it, unless the body denies too."""
    headline = "Army denies striking market"
    text = f"{headline}\n\n{body}"
    blocks = (Block("headline", 0, len(headline)), Block("body", len(headline) + 2, len(text)))
    report = Report("r", "r", text, headline, None, None, None, None, None, blocks)
    claims = reader.read(report).claims
    held = [c for c in claims if c.content[0].start < len(headline)]
    assert [words_of(text, c.content) for c in held] == denied
    assert all(c.certainty == "denied" for c in held)
