"""The table for people, as it is printed."""

from __future__ import annotations

import dataclasses
import re

import pytest

from sayso.cli.output.table import Table
from sayso.record import Reading, words_of

AT_80 = """\
The Northern Ledger, carrying Fjordwire · 11 Mar 2025, as found on the page
Two guards taken in raid on Odda pier
pier.txt · by Ilse Marrow

     who, on whose word    what                          how sure, and how said

 ABDUCTION · 11 Mar 2025 · Odda pier, NOR
  2  Northern Ledger ›     armed men took two guards at  Port officials say so
     Fjordwire › Port      Odda pier                     indirect speech, said
     officials             ▪ 2 abducted (“two guards     11 Mar 2025
                           at”)

 DISPLACEMENT · time and place not stated
  3  Northern Ledger ›     nearly 40 dockers have fled   the HPS says: confirmed
     Fjordwire › HPS ›     ▪ nearly 40 dockers           (“was confirmed”)
     friendly coastal      displaced                     direct quotation
     service

 INJURY · time and place not stated
  4  Northern Ledger ›     anyone was hurt [negative]    The raiders say: not so
     Fjordwire › raiders                                 (“denied”)
                                                         indirect speech

 OTHER STATEMENTS · of no event that sayso knows
  1  Northern Ledger ›     A picture said to show the    the report says:
     Fjordwire             burnt pier                    purported (“said to
                                                         show”)
                                                         its own voice
  5  Northern Ledger ›     Where the boat went is not    a sailor says: not
     Fjordwire › sailor    known                         known (“not known”)
                                                         indirect speech
  6  Northern Ledger ›     =cmd|' /C calc'!A0 stood on   an unnamed source says
     Fjordwire ›           the wall, ␛[31mred␛[0m and    so
     (unnamed)             <U+202E>txet<U+202C>          indirect speech

HPS: the Harbour Patrol Service (HPS)
"""


def test_the_table_at_80_columns(reading: Reading) -> None:
    """Heading, claims by event, chain, words, certainty with its owner, hedged figures."""
    assert Table(80).put(reading) == AT_80


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 132])
def test_no_line_is_wider_than_the_window(reading: Reading, width: int) -> None:
    """Nothing wraps by itself, whatever the width."""
    lines = Table(width).put(reading).splitlines()
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize("width", [80, 120])
def test_no_word_is_lost(reading: Reading, width: int) -> None:
    """A table is narrower than the text, not shorter."""
    words = set(Table(width).put(reading).split())
    for claim in reading.claims:
        said = words_of(reading.report.text, claim.content)
        assert {word for word in said.split() if word.isalnum()} <= words


def test_what_did_not_happen_is_marked(reading: Reading) -> None:
    """A threatened raid is no raid, and a denied one is none either."""
    event = dataclasses.replace(reading.events[0], hypothetical=True)
    table = Table(120).put(dataclasses.replace(reading, events=(event,)))
    assert "[hypothetical]" in table
    assert "anyone was hurt [negative]" in table


def test_colours_are_for_terminals(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    """Piped, not one escape; on a terminal, the same words."""
    monkeypatch.setenv("TERM", "xterm-256color")  # a bare CI's "dumb" has no colours
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain, coloured = Table(100).put(reading), Table(100, colour=True).put(reading)
    assert "\x1b" not in plain
    assert "\x1b[1m" in coloured
    stripped = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_a_report_cannot_act_on_the_terminal(reading: Reading) -> None:
    """Escapes and overrides in a title, a name or the words are shown, not obeyed."""
    report = dataclasses.replace(
        reading.report, title="\x1b]0;x\x07\u202eevil", name="\x9b31m", byline="[red]x[/red]"
    )
    for colour in (False, True):
        table = Table(100, colour=colour).put(dataclasses.replace(reading, report=report))
        assert not set("\x07\x9b\u202e") & set(table)
        assert "\x1b]" not in table
        assert "␛]0;x␇<U+202E>evil" in table
        assert "[red]x[/red]" in table  # rich's own markup is a report's words as well


def test_a_report_without_claims_says_so(reading: Reading) -> None:
    """An empty table is told from one that was not made."""
    assert "no claims" in Table(80).put(Reading(reading.report))


def test_two_reports_are_parted(reading: Reading) -> None:
    """A blank line between them, none before the first."""
    table = Table(80)
    first, second = table.put(reading), table.put(reading)
    assert second == "\n" + first


def test_an_old_console_gets_signs_that_it_has(reading: Reading) -> None:
    """In ASCII or code page 437 the chain is still a chain."""
    table = Table(120, encoding="ascii").put(reading)
    assert "Northern Ledger > Fjordwire >" in table
    assert "* nearly 40 dockers displaced" in table
    table.replace("␛", "").encode("ascii")
