"""What a person wants to know first of some reports: on whose say-so, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import NotInLedgerError
from sayso.incidents.view import view_incident
from sayso.incidents.words import as_sentence, date_words, day_of, title_words
from sayso.ledger import Ledger
from sayso.linking.origins.words import say_number
from sayso.record.incident import IncidentView, OriginLine

MOST = 30  # reports that are asked about, at most
NAMED = 3  # origins that a sentence names


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """An incident of the reports: its id, what it is called, and the sentence."""

    incident: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One sentence over all the reports, and one for each incident where there are several."""

    sentence: str
    incidents: tuple[IncidentSummary, ...] = ()


def sum_up(ledger: Ledger, reports: Sequence[str]) -> Summary:
    """What reports (their handles) are about and go back to, with all else that is held of it."""
    views = list(_views(ledger, reports[:MOST]))
    told = tuple(
        IncidentSummary(v.id, title_words(v.type, v.place.name if v.place else None), _sentence(v))
        for v in views
    )
    if len(views) == 1:
        return Summary(told[0].sentence, told)
    if not views:
        return Summary("No incident was read in it.")
    held = len({line.report for v in views for line in v.report_lines if line.main})
    words = f"{_count(held, 'report')}, {_count(len(views), 'incident')}"
    return Summary(as_sentence(words), told)


def _views(ledger: Ledger, reports: Sequence[str]) -> Iterator[IncidentView]:
    """The incidents that the reports are about, each once."""
    seen: set[str] = set()
    for report in reports:
        if report in seen:
            continue
        try:
            view = view_incident(ledger, report)
        except NotInLedgerError:  # it tells of none
            continue
        seen |= {line.report for line in view.report_lines if line.main}
        yield view


def _sentence(view: IncidentView) -> str:
    """*Five reports, two texts; all go back to the NIS, which cites an unnamed agency*."""
    one = view.reports == 1
    parts = [f"{_count(view.reports, 'report')}, {_count(view.texts, 'text')}"]
    if not view.origins:
        parts.append("nobody is named for it")
    elif view.at_most == 1:
        whose = _whose(view.origins[0])
        parts.append(f"it goes back to {whose}" if one else f"all go back to {whose}")
    else:
        least = say_number(view.at_least) if view.at_least else "no"
        noun = "origin" if view.at_least == 1 else "origins"
        sure = f"{noun} for sure" if view.at_least < view.at_most else f"{noun} can be told apart"
        most = f", perhaps {say_number(view.at_most)}" if view.at_least < view.at_most else ""
        parts.append(f"{least} {sure}{most}: {_names(view.origins)}")
    if view.denials:
        parts.append(f"{view.denials[0].name} denies it")
    dated = [line for line in view.report_lines if line.published and line.main]
    if not one and dated:
        first = min(dated, key=lambda line: day_of(line.published))
        who = first.publisher or first.name
        parts.append(f"earliest here: {who}, {date_words(first.published)}")
    return as_sentence("; ".join(parts))


def _names(origins: Sequence[OriginLine]) -> str:
    named = [_whose(origin) for origin in origins[:NAMED]]
    more = len(origins) - len(named)
    return " · ".join(named) + (f" · {say_number(more)} more" if more else "")


def _whose(origin: OriginLine) -> str:
    """The origin, and for one without a name who cites it."""
    if origin.kind == "voice":
        return f"{origin.name} in its own voice"
    if not origin.named and len(origin.chain) > 1:
        return f"{origin.chain[-2]}, which cites {origin.name}"
    return origin.name


def _count(number: int, what: str) -> str:
    return f"{say_number(number)} {what}{'' if number == 1 else 's'}"
