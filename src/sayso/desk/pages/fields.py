"""The fields of a claim that a person may correct: in a form, and as the ledger takes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from sayso.desk.answers.new_claim import numbers_in, place_given, when_given
from sayso.desk.pages.choices import certainties, event_types, measures
from sayso.errors import UsageError
from sayso.ledger.asking.report_page import ReportPage
from sayso.ledger.layout.corrections import figures_of, together
from sayso.record import words_of
from sayso.record.reading import Bound, Polarity, Scope
from sayso.record.span import Span
from sayso.record.wire import to_wire

Wire = dict[str, Any]
YES, NO = "yes", "no"
NUMBERS = frozenset({"low", "best", "high"})
TRUTHS = frozenset({"negated", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Field:
    """One value: what the ledger calls it, its label, how it stands, what it may be."""

    name: str
    label: str
    value: str
    kind: str = "text"  # text, number, date, or choice
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of the claim itself, of one figure or one event, and the words that state it."""

    title: str
    words: str
    fields: tuple[Field, ...]


def groups_of(page: ReportPage, n: int) -> list[Group]:
    """All that can be corrected of a claim, as it stands."""
    wire = to_wire(page.reading)
    claim, text = wire["claims"][n], page.reading.report.text
    own = [
        Field("certainty", "How sure", claim["certainty"], "choice", certainties()),
        Field("polarity", "Says that it is so", claim["polarity"], "choice", get_args(Polarity)),
        *_speaker(wire, claim),
    ]
    groups = [Group("The claim", _words(text, claim["content"]), tuple(own))]
    figures = {f["id"]: f for f in wire["figures"]}
    for i, id_ in enumerate(figures_of(wire, claim)):
        figure = figures[id_]
        groups.append(Group(
            "Figure", _words(text, figure["span"]), tuple(figure_fields(f"figure.{i}.", figure))
        ))  # fmt: skip
    events = {e["id"]: e for e in wire["events"]}
    for i, id_ in enumerate(claim["events"]):
        if id_ in events:
            event = events[id_]
            groups.append(Group(
                "Event", _words(text, event["trigger"]), tuple(_event(f"event.{i}.", event))
            ))  # fmt: skip
    return groups


def _words(text: str, spans: list[list[int]]) -> str:
    return words_of(text, (Span(*s) for s in spans))


def _speaker(wire: Wire, claim: Wire) -> Iterator[Field]:
    by = next((a for a in wire["attributions"] if a["id"] == claim["attribution"]), None)
    source = by and next((s for s in wire["sources"] if s["id"] == by["source_id"]), None)
    if source:
        yield Field("speaker", "Who says it", source["name"])


def figure_fields(at: str, figure: Wire) -> Iterator[Field]:
    """The fields of a figure, whose names begin with `at`."""
    for name, label in (("low", "At least"), ("best", "Best"), ("high", "At most")):
        yield Field(at + name, label, _number(figure[name]), "number")
    yield Field(at + "bound", "As the words bound it", figure["bound"], "choice", get_args(Bound))
    yield Field(at + "counts", "Counts", figure["counts"], "choice", measures())
    yield Field(at + "scope", "Over", figure["scope"], "choice", get_args(Scope))


def _event(at: str, event: Wire) -> Iterator[Field]:
    when, place = event["time"] or {}, event["place"] or {}
    yield Field(at + "type", "What happened", event["type"], "choice", event_types())
    yield Field(at + "time.start", "First day", (when.get("start") or "")[:10], "date")
    yield Field(at + "time.end", "Last day", (when.get("end") or "")[:10], "date")
    yield Field(at + "place.name", "Where", place.get("name") or "")
    yield Field(at + "place.country", "Country (three letters)", place.get("country") or "")
    for name, label in (("negated", "Said not to be so"), ("hypothetical", "Only supposed")):
        yield Field(at + name, label, YES if event[name] else NO, "choice", (NO, YES))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value != int(value) else str(int(value))


def number_of(words: str) -> str | None:
    """The first number that words hold, as a form has it."""
    found = next(numbers_in(words, Span(0, len(words))), None)
    return _number(found[0]) if found else None


def suggested(groups: list[Group], words: str) -> dict[str, str]:
    """The field that words which somebody selected are most likely meant for, and its value."""
    names = [f.name for g in groups for f in g.fields]
    number = number_of(words)
    if number is not None and "figure.0.best" in names:
        return {"figure.0.best": number}
    return {"speaker": words} if words[:1].isupper() and "speaker" in names else {}


def changes_of(groups: list[Group], typed: Mapping[str, str]) -> list[Wire]:
    """The corrections that a form asks for, in its order; the numbers of a figure are one.

    Raises UsageError for a value that cannot be meant.
    """
    held = {f.name: f.value for g in groups for f in g.fields}
    changed = {n: v.strip() for n, v in typed.items() if n in held and v.strip() != held[n]}
    found: dict[str, Any] = {}
    for name, value in changed.items():
        field, _, part = name.rpartition(".")
        if field.endswith((".time", ".place")):
            parts = {n.rpartition(".")[2]: n for n in held if n.startswith(f"{field}.")}
            now = {k: typed.get(n, held[n]).strip() for k, n in parts.items()}
            found[field] = _of_time_or_place(field, now)
        elif part in NUMBERS:
            found[name] = read_number(value)
        else:
            found[name] = value == YES if part in TRUTHS else value
    return together(found)


def read_number(words: str) -> float | None:
    """The number that somebody typed; raises UsageError where it is none."""
    if not words:
        return None
    try:
        return float(words.replace(",", ""))
    except ValueError:
        raise UsageError(f"{words!r:.40} is no number; write 3000") from None


def _of_time_or_place(field: str, now: Mapping[str, str]) -> Any:
    if field.endswith(".time"):
        return when_given(now["start"], now["end"])
    return place_given(now["name"], now["country"])
