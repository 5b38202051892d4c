"""A speaker beside others in the same incidents: who agrees, who does not, who counts as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.incidents.figures import figure_lines
from sayso.incidents.opened import Opened, open_page
from sayso.ledger import IncidentRow, Ledger
from sayso.ledger.layout.instants import Instant
from sayso.ledger.layout.project import key_of, source_key
from sayso.linking.figures.compare import compare_all
from sayso.linking.speakers.identity import Identity, identify
from sayso.linking.speakers.same import BY_HAND, same_speaker
from sayso.record import Source
from sayso.record.incident import FigureStated
from sayso.record.links import Verdict

MOST_INCIDENTS = 10
MOST_REPORTS = 60  # of these incidents together: each is read for it
SMALL = 10  # reports of an incident
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


@dataclass(frozen=True, slots=True)
class AlikeSource:
    """Another source that rules count as one with a speaker, and in which words they say why."""

    key: str
    name: str
    words: str


def open_beside(
    ledger: Ledger, names: Iterable[str], rows: Sequence[IncidentRow], at: Instant | None
) -> list[Opened]:
    """The first few of some incidents, of those in which a figure of such names stands.

    Of one who counts nobody the first that is small: there is whom rules take for the same.
    """
    keys = {source_key(name) for name in names}
    stated = list(_few([row for row in rows if _speaks(row, keys)]))
    small = [row for row in rows if len(row.handles) <= SMALL]
    few = stated or small[:1]
    return [open_page(ledger.incident_page(row.incident, as_known_at=at)) for row in few]


def others_beside(opened: Iterable[Opened], names: Iterable[str]) -> list[OtherSpeaker]:
    """Who speaks of the same counts as one who is called by names, who disagrees most first.

    The same two counts of the same two are told once.
    """
    keys = {source_key(name) for name in names}
    found: dict[str, dict[tuple[str, ...], Beside]] = {}
    for each in opened:
        for pair in _pairs(each, keys):
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


def alike_by_rule(opened: Iterable[Opened], keys: Iterable[str]) -> list[AlikeSource]:
    """The sources that rules count as one with one of these keys where both speak, by name."""
    own, others = dict[Identity, None](), dict[str, Source]()
    wanted = set(keys)
    for source in (s for each in opened for r in each.basis.readings.values() for s in r.sources):
        key = key_of(source.name, source.kind, source.actor.country if source.actor else None)
        if key in wanted:
            own[identify(source)] = None
        else:
            others.setdefault(key, source)
    told = (x for key, source in others.items() if (x := _by_rule(key, source, own)) is not None)
    return sorted(told, key=lambda a: a.name)


def _by_rule(key: str, source: Source, own: Iterable[Identity]) -> AlikeSource | None:
    found = (same_speaker(who, identify(source)) for who in own)
    words = next((rule[1] for rule in found if rule and rule[0] != BY_HAND), None)
    return AlikeSource(key, source.name, words) if words else None


def _pairs(opened: Opened, keys: set[str]) -> Iterator[Beside]:
    incident = opened.page.id
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
