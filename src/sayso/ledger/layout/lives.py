"""The lives of a reading's claims: which row held from when until when.

Rows are never changed: a correction closes one and opens another. All follows from the reading,
the corrections and the masks, so that the writer and `verify` work it out by the same code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sayso.ledger.layout.corrections import Correction, corrected
from sayso.ledger.layout.masking import mask_wire
from sayso.ledger.layout.project import ClaimRow, Projection, SourceRow, Wire, project

Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Life:
    """A claim's row and the time for which it held; `until` None: it still does."""

    row: ClaimRow
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class ReadingKnown:
    """What is known of one reading: contents, times, corrections, the names to hide."""

    report: Wire
    reading: Wire
    since: int
    until: int | None = None
    corrections: tuple[Correction, ...] = ()
    mask: Mask | None = None

    def shown(self, wire: Wire) -> Wire:
        """The wire form with names hidden where they must be."""
        shown: Wire = mask_wire(wire, self.mask) if self.mask else wire
        return shown


def lives_of(told: ReadingKnown) -> tuple[list[Life], tuple[SourceRow, ...]]:
    """The lives of all claims, in the order in which they began; and the sources as they are."""
    open_: dict[int, tuple[ClaimRow, ClaimRow, int]] = {}  # bare, shown, since
    ended: list[Life] = []
    projection = Projection((), ())
    for at in _moments(told):
        holding = [c for c in told.corrections if c.holds_at(at)]
        bare, projection = _project(told, corrected(told.reading, holding))
        for plain, shown in zip(bare.claims, projection.claims, strict=True):
            before = open_.get(plain.n)
            if before is not None:
                if before[0] == plain:
                    continue
                ended.append(Life(before[1], before[2], at))
            open_[plain.n] = (plain, shown, at)
    lives = [*ended, *(Life(shown, since, told.until) for _, shown, since in open_.values())]
    return sorted(lives, key=lambda e: (e.since, e.row.n)), projection.sources


def _moments(told: ReadingKnown) -> list[int]:
    """The instants at which something changes, the beginning first."""
    changes = {t for c in told.corrections for t in (c.since, c.until) if t is not None}
    last = told.until
    return [told.since, *sorted(t for t in changes if t > told.since and (not last or t < last))]


def _project(told: ReadingKnown, reading: Wire) -> tuple[Projection, Projection]:
    bare = project(told.report, reading)
    if told.mask is None:
        return bare, bare
    return bare, project(told.shown(told.report), told.shown(reading))


def claim_values(
    life: Life, row: int, reading: int, report: int, public_at: int
) -> tuple[Any, ...]:
    """The columns of `claim`."""
    c = life.row
    return (
        row, reading, c.n, c.claim_id, report, life.since, life.until, public_at, c.certainty,
        c.polarity, c.starts, c.ends, c.long, c.content, c.view,
    )  # fmt: skip


def source_values(
    source: SourceRow, reading: int, since: int, until: int | None
) -> tuple[Any, ...]:
    """The columns of `source`."""
    s = source
    return (
        reading, s.n, s.key, s.name, s.kind, s.named, s.country, s.actor_kind, s.claims,
        since, until,
    )  # fmt: skip
