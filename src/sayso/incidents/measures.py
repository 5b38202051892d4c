"""Figures of an incident for charts: measure by measure, who said how many and who differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sayso.incidents.figure_rows import Row, are_alike, compare_rows, find_rows
from sayso.incidents.words import VERDICTS, date_words, stated_words, value_words
from sayso.record.incident import Compared, FigureStated
from sayso.record.links import Verdict
from sayso.record.words import shorten_name

DIFFER = ("disagreement", "differs")
NAMED = 2  # others so few are named, more are numbers of rows
COLOURS = 6  # the last one is for all others
MOST = 5  # comparisons of a measure in words; the table has them all


@dataclass(frozen=True, slots=True)
class Stated:
    """What one speaker stated alike on one day. `words` are the report's, `beside` is compared."""

    number: int
    speaker: str
    name: str
    colour: int
    words: str
    value: str
    when: str
    report: str
    claim: str
    claims: tuple[str, ...]
    quote: str
    start: str | None
    end: str | None
    low: float | None
    best: float | None
    high: float | None
    reaches_from: float | None
    reaches_to: float | None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows (their numbers) that say different things."""

    a: int
    b: int
    verdict: Verdict
    words: str

    @property
    def differs(self) -> bool:
        """True for two speakers who say different things."""
        return self.verdict in DIFFER


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its rows, what can be said of each two, `alike` where all state one number."""

    id: str
    name: str
    alike: bool
    rows: tuple[Stated, ...]
    pairs: tuple[Pair, ...]

    @property
    def shown(self) -> tuple[Pair, ...]:
        """The pairs that are said in words: of two speakers the one that weighs most."""
        speaker = {r.number: r.speaker for r in self.rows}
        first: dict[frozenset[str], Pair] = {}
        for pair in self.pairs:
            first.setdefault(frozenset((speaker[pair.a], speaker[pair.b])), pair)
        return tuple(first.values())[:MOST]

    @property
    def differs(self) -> bool:
        """True where two speakers say different things."""
        return any(p.differs for p in self.pairs)

    def data(self) -> dict[str, Any]:
        """What a chart of it is drawn from."""
        return {"id": self.id, "name": self.name, "rows": [asdict(r) for r in self.rows],
                "pairs": [asdict(p) for p in self.pairs]}  # fmt: skip


def speaker_colours(figures: Iterable[FigureStated]) -> dict[str, int]:
    """A colour a speaker, those first who differ in nothing but order; the rest share the last."""
    names = dict.fromkeys(shorten_name(f.speaker) for f in figures)
    return {name: min(n, COLOURS) for n, name in enumerate(names, 1)}


def measures_of(figures: Sequence[FigureStated], comparisons: Iterable[Compared]) -> list[Measure]:
    """The measures, those first in which speakers differ, those last that all state alike."""
    compared = tuple(comparisons)
    found = [(name, rows, are_alike(rows), compare_rows(rows, compared))
             for name, rows in find_rows(figures)]  # fmt: skip
    drawn = [f for _, rows, alike, _ in _by_weight(found) if not alike for r in rows
             for f in r.figures]  # fmt: skip
    colours = speaker_colours(drawn or figures)
    return [
        _measure(n, name, rows, alike, pairs, colours)
        for n, (name, rows, alike, pairs) in enumerate(_by_weight(found))
    ]


_Found = tuple[str, list[Row], bool, list[tuple[tuple[int, int], Compared]]]


def _by_weight(found: Iterable[_Found]) -> list[_Found]:
    def weight(each: _Found) -> tuple[int, bool, int]:
        verdicts = {c.verdict for _, c in each[3]}
        rank = next((n for n, v in enumerate(DIFFER) if v in verdicts), len(DIFFER))
        return rank, each[2], -len(each[1])

    return sorted(found, key=weight)


def _measure(
    n: int, name: str, rows: list[Row], alike: bool,  # noqa: FBT001 - found with the rows
    compared: list[tuple[tuple[int, int], Compared]], colours: dict[str, int],
) -> Measure:  # fmt: skip
    pairs = tuple(Pair(a, b, c.verdict, c.words) for (a, b), c in compared)
    stated = tuple(_stated(r, colours, tuple(_beside(r, rows, pairs))) for r in rows)
    return Measure(f"measure-{n}", name, alike, stated, pairs)


def _beside(row: Row, rows: list[Row], pairs: Iterable[Pair]) -> Iterator[str]:
    """What can be said of a row beside others: `differs, growth not excluded: 2 (Kyiv)`."""
    found: dict[Verdict, list[int]] = {}
    for pair in pairs:
        if row.number in (pair.a, pair.b):
            found.setdefault(pair.verdict, []).append(pair.a + pair.b - row.number)
    speakers = {r.number: r.speaker for r in rows}
    for verdict, numbers in found.items():
        named = [f"{n} ({speakers[n]})" if len(numbers) <= NAMED else str(n) for n in numbers]
        yield f"{VERDICTS[verdict]}: {', '.join(named)}"


def _stated(row: Row, colours: dict[str, int], beside: tuple[str, ...]) -> Stated:
    f = row.figure
    words = stated_words({"words": f.words.words, "low": f.low, "best": f.best, "high": f.high})
    words = words[:1].lower() + words[1:]
    return Stated(
        row.number, row.speaker, f.speaker, colours.get(row.speaker, COLOURS), words,
        value_words(f), date_words(row.when), f.words.report, f.claim,
        tuple(each.claim for each in row.figures), f.words.words,
        row.when.start if row.when else None, row.when.end if row.when else None,
        f.low, f.best, f.high, f.reaches_from, f.reaches_to, beside,
    )  # fmt: skip
