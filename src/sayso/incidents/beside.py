"""A speaker's figures beside those of others in the same incidents: who agrees, who does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.incidents.figures import figure_lines
from sayso.incidents.opened import open_page
from sayso.ledger import IncidentRow, Ledger
from sayso.ledger.instants import Instant
from sayso.ledger.project import source_key
from sayso.linking.figures_compare import compare_all
from sayso.record.incident import FigureStated
from sayso.record.links import Verdict

MOST_INCIDENTS = 10
MOST_REPORTS = 60  # of these incidents together: each is read for it
AGREES = frozenset({"agrees"})
DISAGREES = frozenset({"disagreement", "differs"})


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of the speaker beside another's of the same incident, and the verdict."""

    incident: str
    other: str
    verdict: Verdict
    words: str
    own_figure: FigureStated
    other_figure: FigureStated


@dataclass(frozen=True, slots=True)
class OtherSpeaker:
    """Another speaker, and how often their figures and the speaker's can be one, or cannot."""

    name: str
    agrees: int
    disagrees: int
    pairs: tuple[Beside, ...]


def others_beside(
    ledger: Ledger, names: Iterable[str], rows: Sequence[IncidentRow], at: Instant | None
) -> list[OtherSpeaker]:
    """Who speaks of the same counts as one who is called by names, who disagrees most first.

    Of the first few incidents in which a figure of theirs stands; the same two counts of the same
    two are told once.
    """
    keys = {source_key(name) for name in names}
    found: dict[str, dict[tuple[str, ...], Beside]] = {}
    for row in _few([row for row in rows if _speaks(row, keys)]):
        for pair in _pairs(ledger, row.incident, keys, at):
            same = (pair.incident, pair.verdict, *sorted(
                (pair.own_figure.words.words, pair.other_figure.words.words)
            ))  # fmt: skip
            found.setdefault(source_key(pair.other), {}).setdefault(same, pair)
    others = [_other(list(pairs.values())) for pairs in found.values()]
    return sorted(others, key=lambda o: (-o.disagrees, -o.agrees, o.name))


def _few(rows: Sequence[IncidentRow]) -> Iterator[IncidentRow]:
    """The first rows of which the reports are not too many; a larger one is passed over."""
    left = MOST_REPORTS
    for row in rows[:MOST_INCIDENTS]:
        if len(row.handles) <= left:
            left -= len(row.handles)
            yield row


def _speaks(row: IncidentRow, keys: set[str]) -> bool:
    return any(source_key(each["speaker"]) in keys for each in row.stated)


def _pairs(ledger: Ledger, incident: str, keys: set[str], at: Instant | None) -> Iterator[Beside]:
    opened = open_page(ledger.incident_page(incident, as_known_at=at))
    told = figure_lines(opened.basis, opened.numbers)
    lines = {line.id: line for line in told.lines}
    texts = {id_: reading.report.text for id_, reading in opened.basis.readings.items()}
    for each in compare_all(told.statements, texts):
        a, b = lines[told.id_of(each.a)], lines[told.id_of(each.b)]
        own, other = (a, b) if source_key(a.speaker) in keys else (b, a)
        if source_key(own.speaker) not in keys or source_key(other.speaker) in keys:
            continue
        if each.verdict in AGREES | DISAGREES:
            yield Beside(incident, other.speaker, each.verdict, each.words, own, other)


def _other(pairs: list[Beside]) -> OtherSpeaker:
    verdicts = [pair.verdict for pair in pairs]
    return OtherSpeaker(
        pairs[0].other,
        sum(v in AGREES for v in verdicts),
        sum(v in DISAGREES for v in verdicts),
        tuple(sorted(pairs, key=lambda p: p.verdict in AGREES)),
    )
