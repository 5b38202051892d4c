"""A reading made by hand, rich enough to show: chains, denials, overlaps, furniture, odd signs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from sayso.record import (
    Actor,
    Attribution,
    Block,
    Claim,
    Event,
    Figure,
    Participant,
    Place,
    Reading,
    Report,
    Source,
    Span,
    Time,
    When,
    report_id,
)

TEXT = (
    "Two guards taken in raid on Odda pier\n"
    "By Ilse Marrow, Fjordwire\n\n"
    "A picture said to show the burnt pier.\n\n"
    "Port officials said on Tuesday that armed men took two guards at Odda pier.\n\n"
    "Read also: Storm closes <b>northern</b> road & bridge\n\n"
    "“It was confirmed through a friendly coastal service that nearly 40 dockers have fled,” "
    "the Harbour Patrol Service (HPS)\nsaid.\n\n"
    "The raiders denied that anyone was hurt. Where the boat went is not known, a sailor said.\n\n"
    "=cmd|' /C calc'!A0 stood on the wall, \x1b[31mred\x1b[0m and \u202etxet\u202c, it was said.\n"
)


def span_of(words: str, text: str = TEXT) -> Span:
    """Where words stand in a text; they must stand there once."""
    assert text.count(words) == 1, words
    start = text.index(words)
    return Span(start, start + len(words))


def _blocks() -> tuple[Block, ...]:
    kinds = ("headline", "byline", "caption", "body", "related", "body", "body", "body")
    blocks, at = [], 0
    first, *others = TEXT.split("\n\n")
    lines = [*first.split("\n"), *others]
    for kind, words in zip(kinds, lines, strict=True):
        start = TEXT.index(words, at)
        at = start + len(words.rstrip("\n"))
        blocks.append(Block(kind, start, at))  # type: ignore[arg-type]
    return tuple(blocks)


REPORT = Report(
    id=report_id(TEXT, "The Northern Ledger", None, None),
    name="pier.txt",
    text=TEXT,
    title="Two guards taken in raid on Odda pier",
    publisher="The Northern Ledger",
    credit="Fjordwire",
    byline="Ilse Marrow",
    url=None,
    published=When("2025-03-11", "2025-03-11", "day", "found"),
    blocks=_blocks(),
    language="en",
)
TUESDAY = When("2025-03-11", "2025-03-11", "day", "resolved")
PIER = Place((span_of("at Odda pier"),), "Odda pier", "geonames:3144096", "NOR", None, 60.07, 6.55,
             "town")  # fmt: skip
PATROL = Actor("Harbour Patrol Service", "NOR", "police")
SOURCES = tuple(
    Source(key, words, kind, named, actor, ((span_of(words),),))
    for key, words, kind, named, actor in (
        ("s1", "Port officials", "official", True, None),
        ("s2", "the Harbour Patrol Service (HPS)", "official", True, PATROL),
        ("s3", "a friendly coastal service", "unnamed", False, None),
        ("s4", "The raiders", "group", True, None),
        ("s5", "a sailor", "witness", False, None),
    )
)
CONTENTS = {
    1: span_of("A picture said to show the burnt pier"),
    2: span_of("armed men took two guards at Odda pier"),
    3: span_of("nearly 40 dockers have fled"),
    4: span_of("anyone was hurt"),
    5: span_of("Where the boat went is not known"),
    6: span_of("=cmd|' /C calc'!A0 stood on the wall, \x1b[31mred\x1b[0m and \u202etxet\u202c"),
}
ATTRIBUTIONS = (
    Attribution("a2", (span_of("Port officials"),), "s1", (span_of("said on"),), (CONTENTS[2],),
                said=TUESDAY),
    Attribution("a3out", (span_of("the Harbour Patrol Service (HPS)"),), "s2",
                (span_of("\nsaid."),), (Span(span_of("“It").start, span_of("fled,”").end),),
                quotation="direct"),
    Attribution("a3in", (span_of("a friendly coastal service"),), "s3",
                (span_of("was confirmed"),), (CONTENTS[3],), within="a3out", quotation="direct"),
    Attribution("a4", (span_of("The raiders"),), "s4", (span_of("denied"),), (CONTENTS[4],)),
    Attribution("a5", (span_of("a sailor"),), "s5", (span_of("said.\n\n="),), (CONTENTS[5],)),
    Attribution("a6", (), None, (span_of("was said"),), (CONTENTS[6],)),
)  # fmt: skip
CLAIMS = (
    Claim("c1", (CONTENTS[1],), None, "purported", "positive", (span_of("said to show"),)),
    Claim("c2", (CONTENTS[2],), "a2", "stated", "positive", (), ("e2",), ("f2",)),
    Claim("c3", (CONTENTS[3],), "a3in", "confirmed", "positive", (span_of("was confirmed"),),
          ("e3",), ("f3",)),
    Claim("c4", (CONTENTS[4],), "a4", "denied", "negative", (span_of("denied"),), ("e4",)),
    Claim("c5", (CONTENTS[5],), "a5", "unknown", "positive", (span_of("not known"),)),
    Claim("c6", (CONTENTS[6],), "a6", "stated", "positive"),
)  # fmt: skip
EVENTS = (
    Event("e2", "abduction", (span_of("took"),), time=TUESDAY, place=PIER, figures=("f2",),
          participants=(Participant("agent", (span_of("armed men"),)),
                        Participant("patient", (span_of("two guards at Odda"),),
                                    Actor("guards", "NOR", "police")))),
    Event("e3", "displacement", (span_of("fled"),), figures=("f3",)),
    Event("e4", "injury", (span_of("hurt"),), negated=True),
)  # fmt: skip
FIGURES = (
    Figure("f2", (span_of("two guards at"),), 2, 2, 2, "exact", "abducted"),
    Figure("f3", (span_of("nearly 40"),), None, 40, 40, "below", "displaced",
           of=(span_of("dockers"),)),
)  # fmt: skip
TIMES = (Time((span_of("Tuesday"),), "2025-03-11", "2025-03-11", "day", "2025-03-11", "resolved"),)
READING = Reading(
    REPORT, SOURCES, ATTRIBUTIONS, CLAIMS, EVENTS, FIGURES, TIMES, (PIER,), ("a warning <i>",)
)


@pytest.fixture
def reading() -> Reading:
    """The reading of TEXT, by hand."""
    return READING


@pytest.fixture
def reading_of() -> Callable[[str], Reading]:
    """A reading without claims of any text."""

    def make(text: str) -> Reading:
        return Reading(
            dataclasses.replace(REPORT, text=text, blocks=(), title=None, name="any.txt")
        )

    return make
