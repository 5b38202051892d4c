"""An incident for people: timeline, figures, chains, origins and their grounds, the work list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sayso.cli.output.chart import FiguresChart
from sayso.cli.output.clean import clean_text
from sayso.cli.output.incident_cells import cells_table
from sayso.cli.output.incident_chains import (
    copy_lines,
    join_lines,
    origin_trees,
    utterance_lines,
)
from sayso.cli.output.timeline import timeline
from sayso.incidents.words import as_sentence, report_words, some
from sayso.record.incident import EventLine, IncidentView
from sayso.record.words import place_words, when_words

_GROUNDS = 4  # on each side of a decision; `--format jsonl` has all


def incident_page(view: IncidentView, coded: Sequence[str] = ()) -> Group:
    """The whole page, part by part; parts that hold nothing are left out.

    `coded` is how the incident stands to what a team coded, a line each.
    """
    parts: list[RenderableType] = [*_head(view)]
    for title, lines in (*_sections(view), ("What is coded already", map(clean_text, coded))):
        held = list(lines)
        if held:
            parts += [Text(""), clean_text(title, "bold underline")]
            parts += [Padding(line, (0, 0, 0, 1)) for line in held]
    return Group(*parts)


def _sections(view: IncidentView) -> Iterator[tuple[str, Iterable[RenderableType]]]:
    yield "What became of it, and who said what", [timeline(view)] if view.claims else []
    yield "Each event by itself", map(_event, view.events)
    chart = FiguresChart(view.figures, view.comparisons)
    yield "Figures", [chart] if view.figures else []
    yield "Figures by policy", [cells_table(view.cells)] if view.cells else []
    yield "Where it comes from", origin_trees(view)
    yield "Why sources are counted as one", join_lines(view.joins)
    yield "One act of saying in several reports", utterance_lines(view.utterances)
    yield "Shared text", copy_lines(view.copies)
    yield "What the grounds exclude", _excluded(view)
    yield "What would raise this", (_task(t.words, t.claims) for t in view.tasks)
    yield "Decided by people", _judgements(view)
    yield "Reports", _reports(view)


def _head(view: IncidentView) -> Iterator[Text]:
    where = (when_words(view.time), place_words(view.place))
    what = (view.type or "incident").replace("_", " ").upper()
    head = clean_text(what, "bold")
    head.append_text(clean_text("".join(f" · {part}" for part in where if part)))
    yield head
    own = [view.id]
    joined = view.asked.startswith("incident-") and not view.id.startswith(view.asked)
    own += [f"asked for as {view.asked}, joined to this"] if joined else []
    own += [f"as known at {view.as_known_at}"] if view.as_known_at else []
    yield clean_text(" · ".join(own), "dim")
    yield clean_text(f"{_many(view.reports, 'report')} · {_texts(view.texts)} · {_origins(view)}")
    yield clean_text(as_sentence(view.origin_words))
    if view.parties:
        yield clean_text(f"Parties to the conflict among those who speak: {some(view.parties, 9)}.")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _texts(number: int) -> str:
    return "1 distinct text" if number == 1 else f"{number:,} distinct texts"


def _origins(view: IncidentView) -> str:
    least, most = view.at_least, view.at_most
    return _many(most, "origin") if least == most else f"{least} to {most} origins"


def _event(event: EventLine) -> Text:
    """How many say that this happened, and on which claims that rests."""
    line = clean_text(f"{event.state or event.event.replace('_', ' ')}: ", "bold")
    line.append_text(clean_text(f"{event.words}  "))
    line.append_text(clean_text(some(event.claims), "dim"))
    denied = f" · denied: {some(event.denials)}" if event.denials else ""
    line.append_text(clean_text(denied, "dim"))
    return line


def _excluded(view: IncidentView) -> Iterator[Text]:
    """Admiralty grades that cannot be; sources stand at F until a person grades them."""
    for grade in view.excluded:
        line = clean_text(f"not {grade.grade} ", "bold")
        line.append_text(clean_text(f"({grade.words})"))
        yield line
    if view.excluded:
        yield clean_text("Sources stand at F, cannot be judged, until a person grades them.", "dim")


def _task(words: str, claims: tuple[str, ...]) -> Text:
    line = clean_text(f"· {words}")
    line.append_text(clean_text(f"  {some(claims)}" if claims else "", "dim"))
    return line


def _judgements(view: IncidentView) -> Iterator[Text]:
    for judged in view.judgements:
        words = f"{judged.at[:10]} {judged.by}: {judged.action} {judged.target} ({judged.reason}) "
        line = clean_text(words)
        line.append_text(clean_text("no longer applies " if judged.lapsed else "", "bold"))
        line.append_text(clean_text(judged.entry, "dim"))
        yield line


def _reports(view: IncidentView) -> Iterator[RenderableType]:
    for report in view.report_lines:
        line = clean_text(report_words(report))
        line.append_text(clean_text(f" · {report.title}" if report.title else ""))
        if not report.main:
            line.append_text(clean_text(" · in its background"))
        line.append_text(clean_text(f" · {report.why} ({report.by}, {report.entry})", "dim"))
        yield line
        for head, grounds in (("for", report.weighs_for), ("against", report.weighs_against)):
            if grounds:
                words = f"{head} it: {', '.join(grounds[:_GROUNDS])}"
                yield Padding(clean_text(words, "dim"), (0, 0, 0, 4))
