"""An incident's page, as it is printed."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from sayso.cli.output.incident import incident_page
from sayso.cli.output.sheet import Sheet
from sayso.record.incident import IncidentView

AT_80 = """\
ABDUCTION · 10 Mar 2025 · Odda pier, NOR
incident-7f3a
4 reports · 3 distinct texts · 1 to 2 origins
One source that can be told apart, perhaps two, in the 4 reports held here; none
says that it saw this.
Parties to the conflict among those who speak: port officials.

What became of it, and who said what
 10 Mar 2025
   ▪ 12 abducted (port officials)  c1.1 c3.1 · first said 11 Mar 2025
   HPS says confirmed: “twelve dockers were taken”  c3.1
 11 Mar 2025
   port officials: “armed men took nearly 40 dockers”  c1.1 c2.1
 12 Mar 2025
   ▪ released  c3.2 · when it was is not told
   HPS: “at least 20 came home”  c3.2
 20 Mar 2025
   raiders say not so: “anyone was taken”  c4.1
   Harbour Gazette itself: “The dockers have not been seen since”  c4.2

Each event by itself
 abducted: one source that can be told apart, perhaps two, in the 3 reports held
 here; none says that it saw this  c1.1 c2.1 c3.1 · denied: c4.1
 released: one source that can be told apart, in the one report held here; none
 says that it saw this  c3.2

Figures
 ABDUCTED · 2025
  1  HPS            10 Mar   ·        ·┼       ·       ·        ·  12    c3.1
  2                 12 Mar   ·        ·        ├───~   ·        ·  ≥20   c3.2
  3  port officials 11 Mar   ·        ·        ·       ·     ~──┤  ≤40   c1.1 +1
  4  sailor         no date  ·        ├───┤    ·       ·        ·  10–15 c4.1
                             0       10       20      30       40
   2 and 3: disagreement (port officials: nearly 40; HPS: at least 20; the later
   count is the lower)
   1 and 3: differs, growth not excluded (HPS: 12; port officials: nearly 40;
   growth is not excluded)
   1 and 2: growth (HPS said 12 and later at least 20)

 DEPLOYED, IN ALL · 2025 · log axis
  1  HPS    10 Mar   ·         ┼    ·              ·              ·  50     c3.3
  2  sailor no date  ·              ·              ·            ~┼~  ~9,000 c4.2
                    10             100           1,000        10,000

 ├ ┤ ends that the words give · ~ assumed for a hedge · > open · ┼ the number

Figures by policy
 policy         low  best  high  rests on
 abducted
   lowest        12    12    12  c3.1
   majority       –     –     –  no claims agree
   most recent   12    20    40  c3.2 c1.1 c2.1 and 2 more

Where it comes from
 1  an allied coastal service · agency · not named
 ├── Harbour Gazette › HPS
 │   └── r3 Harbour Gazette, 12 Mar 2025: c3.2
 └── Harbour Gazette › HPS › allied coastal service
     └── r3 Harbour Gazette, 12 Mar 2025: c3.1
 2  port officials · official · not named · party to the conflict · may be HPS:
 same country, same kind
 ├── Fjordwire › port officials
 │   └── r1 Fjordwire, 11 Mar 2025: c1.1
 └── Northern Ledger › Fjordwire › port officials
     └── r2 Northern Ledger, carrying Fjordwire, 11 Mar 2025: c2.1 · same text
         as r1
 says not so: the raiders · group · not named
 └── Harbour Gazette › raiders
     └── r4 Harbour Gazette, 20 Mar 2025: c4.1

Why sources are counted as one
 one: the same text stands in both reports [same text] join-a1
     r1 “armed men took nearly 40 dockers”
     r2 “Armed men took nearly 40 dockers”
 perhaps one: may be HPS: same country, same kind [may be] join-b2

One act of saying in several reports
 port officials, said 11 Mar 2025, in r1 r2 utterance-c3
     both carry the same words [same words] join-d4

Shared text
 100 % of r1 stands in r2, 42 % the other way copy-e5

What the grounds exclude
 not 1 (confirmed by other independent sources: one for sure)
 Sources stand at F, cannot be judged, until a person grades them.

What would raise this
 · no second origin: find one that does not rest on the first  c1.1 c2.1 c3.1
 and 1 more

Decided by people
 2025-03-12 Ilse: undo join-x (two press officers) e9

Reports
 r1 Fjordwire, 11 Mar 2025 · same event, place and day (sayso, e4)
 r2 Northern Ledger, carrying Fjordwire, 11 Mar 2025 · same event, place and day
 (sayso, e4)
     for it: alike in their words, on the same day
     against it: published days apart
 r3 Harbour Gazette, 12 Mar 2025 · Dockers free again · same event, place and
 day (sayso, e4)
 r4 Harbour Gazette, 20 Mar 2025 · in its background · same event, place and day
 (sayso, e4)
"""

FIGURES_AT_60 = """\
Figures
 ABDUCTED · 2025
  1  HPS         10 Mar   ·   ·┼   ·    ·   ·  12    c3.1
  2              12 Mar   ·   ·    ├─~  ·   ·  ≥20   c3.2
  3  port offic… 11 Mar   ·   ·    ·    · ~─┤  ≤40   c1.1 +1
  4  sailor      no date  ·   ├──┤ ·    ·   ·  10–15 c4.1
                          0  10   20   30  40
   2 and 3: disagreement (port officials: nearly 40; HPS: at
   least 20; the later count is the lower)
   1 and 3: differs, growth not excluded (HPS: 12; port
   officials: nearly 40; growth is not excluded)
   1 and 2: growth (HPS said 12 and later at least 20)

 DEPLOYED, IN ALL · 2025 · log axis
  1  HPS    10 Mar   ·     ┼ ·        ·       ·  50     c3.3
  2  sailor no date  ·       ·        ·      ~┼~ ~9,000 c4.2
                    10      100     1,000 10,000

 ├ ┤ ends that the words give · ~ assumed for a hedge · >
 open · ┼ the number

Figures by policy
 policy         low  best  high  rests on
 abducted
   lowest        12    12    12  c3.1
   majority       –     –     –  no claims agree
   most recent   12    20    40  c3.2 c1.1 c2.1 and 2 more
"""


def incident_text(
    view: IncidentView, width: int, *, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """The page as `sayso incident` prints it on a sheet of this width."""
    sheet = Sheet(width, colour=colour, encoding=encoding)
    sheet.console.print(incident_page(view))
    return sheet.text()


HOSTILE = "[red]x[/red] \x1b]0;owned\x07 \u202egnp.exe\u202c \u2066a\u2069 \x9b31m\nnext"


def test_the_page_at_80_columns(view: IncidentView) -> None:
    """States and statements by day, figures with their ends, chains, grounds, the work list."""
    assert incident_text(view, 80) == AT_80


def test_the_figures_at_60_columns(view: IncidentView) -> None:
    """The chart takes the room that there is; what it shows is the same."""
    assert FIGURES_AT_60 in incident_text(view, 60)


@pytest.mark.parametrize("width", [40, 46, 60, 72, 80, 100, 132])
def test_no_line_is_wider_than_the_window(view: IncidentView, width: int) -> None:
    """Nothing wraps by itself, whatever the width."""
    assert max(map(len, incident_text(view, width).split("\n"))) <= width


def test_a_narrow_page_has_numbers_without_bars(view: IncidentView) -> None:
    """Where a chart has no room, each figure stands in numbers, with its claim."""
    page = incident_text(view, 40)
    assert "0       10" not in page
    assert "≥20   c3.2" in page


def test_no_colour_is_needed(view: IncidentView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Colour adds nothing: without it the page has the same characters and no escape."""
    monkeypatch.setenv("TERM", "xterm-256color")  # a dumb terminal gets none anyhow
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = incident_text(view, 80)
    assert "\x1b" not in plain
    assert "\x1b" in incident_text(view, 80, colour=True)


def test_ascii_is_enough(view: IncidentView) -> None:
    """An output without our signs gets them spelt in ASCII."""
    assert incident_text(view, 80, encoding="ascii").isascii()


def test_hostile_words_are_shown_not_obeyed(view: IncidentView) -> None:
    """Markup, escapes and bidirectional overrides in any text are characters like others."""
    bad = dataclasses.replace(
        view,
        claims=tuple(
            dataclasses.replace(
                c,
                speaker=HOSTILE,
                chain=(HOSTILE,),
                content=dataclasses.replace(c.content, words=HOSTILE),
            )
            for c in view.claims
        ),
        figures=tuple(dataclasses.replace(f, speaker=HOSTILE, best=None) for f in view.figures),
        report_lines=tuple(
            dataclasses.replace(r, publisher=HOSTILE, title=HOSTILE, why=HOSTILE)
            for r in view.report_lines
        ),
        origins=tuple(dataclasses.replace(o, name=HOSTILE, may_be=HOSTILE) for o in view.origins),
        joins=tuple(dataclasses.replace(j, words=HOSTILE) for j in view.joins),
        tasks=tuple(dataclasses.replace(t, words=HOSTILE) for t in view.tasks),
        judgements=tuple(dataclasses.replace(j, reason=HOSTILE) for j in view.judgements),
        origin_words=HOSTILE,
    )
    for colour in (False, True):
        page = incident_text(bad, 100, colour=colour)
        assert "[red]x[/red]" in page
        assert "<U+202E>" in page
        assert "␛]0;owned" in page
        assert not {"\x07", "\u202e", "\u2066", "\x9b"} & set(page)
        assert "\x1b]" not in page
    assert "\x1b" not in incident_text(bad, 100)


def test_an_incident_of_nothing_has_a_head_only(view: IncidentView) -> None:
    """Parts that hold nothing are left out, headings too."""
    held = [f.name for f in dataclasses.fields(view) if isinstance(getattr(view, f.name), tuple)]
    nothing: dict[str, Any] = dict.fromkeys(held, ())
    bare = dataclasses.replace(view, **nothing)
    page = incident_text(bare, 80)
    assert page == "".join(AT_80.splitlines(keepends=True)[:5])


def test_what_was_asked_for_and_when_is_said(view: IncidentView) -> None:
    """An incident that was joined to another says so, and a page of an earlier day."""
    page = incident_text(
        dataclasses.replace(view, asked="incident-old", as_known_at="2025-03-11T10:00:00Z"), 100
    )
    assert "asked for as incident-old, joined to this" in page
    assert "as known at 2025-03-11T10:00:00Z" in page


def test_the_three_numbers_stand_together(view: IncidentView) -> None:
    """Reports, distinct texts and origins are one line, in numbers that agree with their noun."""
    one = dataclasses.replace(view, reports=1, texts=1, at_least=1, at_most=1)
    assert "\n1 report · 1 distinct text · 1 origin\n" in incident_text(one, 80)
    none = dataclasses.replace(view, at_least=0, at_most=0)
    assert "\n4 reports · 3 distinct texts · 0 origins\n" in incident_text(none, 80)


def test_the_beginning_of_an_id_is_no_other_incident(view: IncidentView) -> None:
    """Asked for by its id's beginning, or by a report, an incident is not said to be joined."""
    for asked in ("7f3", "incident-7f", "r2"):
        assert "joined" not in incident_text(dataclasses.replace(view, asked=asked), 80)


def test_policies_that_agree_are_one_row(view: IncidentView) -> None:
    """Where every policy makes the same of a measure, that is said once."""
    cells = tuple(dataclasses.replace(view.cells[0], policy=p) for p in ("lowest", "highest"))
    page = incident_text(dataclasses.replace(view, cells=cells), 80)
    assert "  every policy   12    12    12  c3.1" in page
    assert "highest" not in page
