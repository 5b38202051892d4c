"""The table for people: a heading a report, its claims by event, who says so and how sure.

Written by rich; without colours where the output is not a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.cli.output.clean import clean_text
from sayso.cli.output.groups import by_event
from sayso.cli.output.sheet import NARROWEST, WIDEST, Sheet
from sayso.record import Event, Reading, Report
from sayso.record.claim_words import (
    carriers,
    certainty_words,
    chain_names,
    event_words,
    figure_words,
    published_words,
    said_words,
)
from sayso.record.view import ClaimView, view_claims
from sayso.record.words import place_words, shorten_name, when_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table as RichTable
    from rich.text import Text

HEAD = ("who, on whose word", "what", "how sure, and how said")
NO_EVENT = "OTHER STATEMENTS · of no event that sayso knows"


class Table:
    """Readings as tables for people, `width` columns wide, with or without colours."""

    warns = False

    def __init__(self, width: int, *, colour: bool = False, encoding: str = "utf-8") -> None:
        self.width = max(NARROWEST, min(width, WIDEST))
        self.colour = colour
        self.encoding = encoding
        self._written = 0

    def put(self, reading: Reading) -> str:
        """The table of one reading."""
        sheet = Sheet(self.width, colour=self.colour, encoding=self.encoding)
        console = sheet.console
        if self._written:
            console.print()
        self._written += 1
        for line in _heading(reading.report):
            console.print(line)
        console.print()
        views = list(view_claims(reading))
        if views:
            for part in _claims(views, self.width):
                console.print(part)
        else:
            console.print(clean_text("  no claims", "dim"))
        for line in _short_forms(views):
            console.print()
            console.print(line)
        return sheet.text()

    def end(self) -> str:
        """Nothing: a table is whole by itself."""
        return ""


def _heading(report: Report) -> Iterator[Text]:
    publisher = report.publisher or "Publisher not known"
    carried = report.credit and shorten_name(report.credit) != shorten_name(publisher)
    head = clean_text(publisher, "bold")
    if carried:
        head.append_text(clean_text(f", carrying {report.credit}"))
    head.append_text(clean_text(f" · {published_words(report)}"))
    yield head
    if report.title:
        yield clean_text(report.title, "bold")
    about = [report.name, f"by {report.byline}" if report.byline else "",
             "an excerpt, not the whole" if report.excerpt else ""]  # fmt: skip
    yield clean_text(" · ".join(part for part in about if part), "dim")


def _claims(views: list[ClaimView], width: int) -> Iterator[RenderableType]:
    head = _grid(width)
    head.add_row("", *(clean_text(words, "dim") for words in HEAD))
    yield head
    for event, group in by_event(views):
        yield clean_text("")
        yield _event_line(event)
        table = _grid(width)
        for view in group:
            table.add_row(clean_text(str(view.number), "dim"), _chain(view), _content(view),
                          _certainty(view))  # fmt: skip
        yield table


def _grid(width: int) -> RichTable:
    """Four columns of one width in every group: the number, who, what, how sure."""
    from rich.table import Table as RichTable

    table = RichTable.grid(padding=(0, 2, 0, 0))
    who, sure = width * 26 // 100, width * 29 // 100
    table.add_column(width=3, justify="right")
    table.add_column(width=who)
    table.add_column(width=width - who - sure - 9)
    table.add_column(width=sure)
    return table


def _event_line(event: Event | None) -> Text:
    if event is None:
        return clean_text(f" {NO_EVENT}", "dim")
    line = clean_text(f" {event.type.replace('_', ' ').upper()}", "bold")
    where = [part for part in (when_words(event.time), place_words(event.place)) if part]
    for part in where:
        line.append_text(clean_text(f" · {part}"))
    if not where:
        line.append_text(clean_text(" · time and place not stated", "dim"))
    return line


def _chain(view: ClaimView) -> Text:
    names = chain_names(view)
    carried = len(carriers(view.report))
    line = clean_text("")
    for i, name in enumerate(names):
        last = i == len(names) - 1
        line.append_text(clean_text(name, "bold" if last else "dim" if i < carried else ""))
        if not last:
            line.append(" › ", "dim")
    return line


def _content(view: ClaimView) -> Text:
    words = clean_text(view.content or "(no words of its own)")
    first = view.events[:1]
    if view.claim.polarity == "negative" or any(event.negated for event in first):
        words.append(" [negative]", "dim")
    if any(event.hypothetical for event in first):
        words.append(" [hypothetical]", "dim")
    for figure in view.figures:
        words.append("\n▪ ", "dim")
        words.append_text(clean_text(figure_words(figure, view.report.text), "bold"))
    for event in view.events[1:]:
        where = ", ".join(p for p in (when_words(event.time), place_words(event.place)) if p)
        words.append("\n▪ ", "dim")
        words.append_text(
            clean_text(f"also {event_words(event)}" + (f", {where}" if where else ""))
        )
    return words


def _certainty(view: ClaimView) -> Text:
    owner, word = certainty_words(view)
    line = clean_text(f"{owner} ")
    line.append_text(clean_text(word, "" if view.claim.certainty == "stated" else "bold underline"))
    if view.cue:
        line.append_text(clean_text(f" (“{view.cue}”)", "dim"))
    line.append("\n")
    line.append_text(clean_text(said_words(view.outer), "dim"))
    return line


def _short_forms(views: list[ClaimView]) -> Iterator[Text]:
    """The short forms used in the chains, spelt out once."""
    full = {hop.name: shorten_name(hop.name) for view in views for hop in view.hops}
    spelt = [f"{short}: {name}" for name, short in full.items() if name.endswith(f"({short})")]
    if spelt:
        yield clean_text(" · ".join(spelt), "dim")
