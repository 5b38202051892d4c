"""A drafted note on an incident's dispute: figures as their speakers stated them, who denies."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.incidents.words import VERDICTS, measure_name, said_as
from sayso.record.incident import FigureStated, IncidentView
from sayso.record.links import Verdict
from sayso.record.words import number_words, shorten_name, when_words

DISPUTED: tuple[Verdict, ...] = ("disagreement", "differs", "revision")


def dispute_words(view: IncidentView) -> str:
    """The sentences of the note; empty where nothing is disputed."""
    return " ".join([*_figures(view), *_denials(view)])


def _figures(view: IncidentView) -> Iterator[str]:
    """A sentence for each measure that is counted differently, the gravest verdict with it."""
    held = {figure.id: figure for figure in view.figures}
    found: dict[str, dict[Verdict, list[FigureStated]]] = {}
    for each in view.comparisons:
        if each.verdict in DISPUTED and each.a in held and each.b in held:
            by_verdict = found.setdefault(held[each.a].counts, {})
            by_verdict.setdefault(each.verdict, []).extend((held[each.a], held[each.b]))
    for measure, by_verdict in sorted(found.items()):
        verdict = next(v for v in DISPUTED if v in by_verdict)
        told = {(f.speaker, f.words.words): f for some in by_verdict.values() for f in some}
        name = measure_name(measure).capitalize()
        yield f"{name}: {'; '.join(map(_stated, told.values()))} ({VERDICTS[verdict]})."


def _stated(figure: FigureStated) -> str:
    """Who states it, in which words, when: `HPS: “nearly 40” (2 May 2024)`."""
    words = said_as(figure.words.words)
    if figure.best is not None and not any(char.isdigit() for char in words):
        words = f"{words} [{number_words(figure.best)}]"  # "he" is no count that one could look up
    said = f" ({when_words(figure.said)})" if when_words(figure.said) else ""
    return f"{shorten_name(figure.speaker)}: “{words}”{said}"


def _denials(view: IncidentView) -> Iterator[str]:
    names = list(dict.fromkeys(shorten_name(o.name) for o in view.denials))
    if names:
        yield f"Denied by {', '.join(names)}."
