"""How well reports were read, beside readings that somebody marked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.api.frames import Framed
from sayso.exchange.formats.tables import Row, Table, TableColumn
from sayso.record import Claim, Reading, Spans
from sayso.record.match import HALF, match_by_words, share_of
from sayso.record.view import path_of

_TABLE = Table(
    "score",
    "one kind of thing that was marked",
    (
        TableColumn("part", "text", "claims, speakers, certainty, events, figures"),
        TableColumn("marked", "whole", "how many the marks have"),
        TableColumn("read", "whole", "how many were read"),
        TableColumn("right", "whole", "how many of these are marked"),
        TableColumn("precision", "number", "right of those read; null: none were read"),
        TableColumn("recall", "number", "right of those marked; null: none were marked"),
        TableColumn("f1", "number", "the harmonic mean of the two"),
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing: how many are marked, how many were read, how many of these are right."""

    marked: int
    read: int
    right: int

    @property
    def precision(self) -> float | None:
        """Right of those read; None where none were read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Right of those marked; None where none were marked."""
        return self.right / self.marked if self.marked else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing is marked and read."""
        both = self.read + self.marked
        return 2 * self.right / both if both else None


@dataclass(frozen=True, slots=True)
class Score(Framed):
    """Readings beside marks, part by part.

    A claim is right where half of the characters of both contents are shared, each marked one being
    matched once; a speaker or a certainty is right on a right claim alone. An event is right by its
    type and a shared trigger, a figure by what it counts, its best number and a shared place.
    """

    claims: Part
    speakers: Part
    certainty: Part
    events: Part
    figures: Part

    def _tables(self) -> Sequence[Table]:
        return (_TABLE,)

    def _rows(self, table: str) -> Iterator[Row]:  # noqa: ARG002 - there is one
        for name in ("claims", "speakers", "certainty", "events", "figures"):
            part: Part = getattr(self, name)
            yield {"part": name, "marked": part.marked, "read": part.read, "right": part.right,
                   "precision": part.precision, "recall": part.recall, "f1": part.f1}  # fmt: skip

    def _repr_html_(self) -> str:
        from sayso.api.html.table import table_html  # noqa: PLC0415 - when a notebook asks

        columns = [c.name for c in _TABLE.columns]
        rows = [tuple(row.values()) for row in self._rows("score")]
        return table_html("Readings beside marks", columns, rows)


def score_readings(pairs: Iterable[tuple[Reading, Reading]]) -> Score:
    """The score of readings; each pair is the marked one and the one that was read."""
    parts: dict[str, list[int]] = {}
    for marked, read in pairs:
        for name, counts in _counts(marked, read):
            held = parts.setdefault(name, [0, 0, 0])
            for n, count in enumerate(counts):
                held[n] += count
    none = [0, 0, 0]
    return Score(*(Part(*parts.get(name, none)) for name in Score.__dataclass_fields__))


def _counts(marked: Reading, read: Reading) -> Iterator[tuple[str, tuple[int, int, int]]]:
    pairs = match_by_words([c.content for c in marked.claims], [c.content for c in read.claims])
    matched = [(marked.claims[i], read.claims[j]) for i, j in pairs]
    totals = len(marked.claims), len(read.claims)
    yield "claims", (*totals, len(matched))
    right = sum(_same_speaker(_speaker(marked, a), _speaker(read, b)) for a, b in matched)
    yield "speakers", (*totals, right)
    yield "certainty", (*totals, sum(a.certainty == b.certainty for a, b in matched))
    yield (
        "events",
        _by_key(
            [(e.type, e.trigger) for e in marked.events], [(e.type, e.trigger) for e in read.events]
        ),
    )
    yield (
        "figures",
        _by_key(
            [((f.counts, f.best), f.span) for f in marked.figures],
            [((f.counts, f.best), f.span) for f in read.figures],
        ),
    )


def _speaker(reading: Reading, claim: Claim) -> Spans:
    path = path_of(reading, claim)
    return path[-1].source if path else ()


def _same_speaker(a: Spans, b: Spans) -> bool:
    return not (a or b) or share_of(a, b) >= HALF


def _by_key(
    marked: list[tuple[Hashable, Spans]], read: list[tuple[Hashable, Spans]]
) -> tuple[int, int, int]:
    left = list(marked)
    right = 0
    for key, spans in read:
        hit = next((m for m in left if m[0] == key and _meet(m[1], spans)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return len(marked), len(read), right


def _meet(a: Spans, b: Spans) -> bool:
    return any(x.meets(y) for x in a for y in b)
