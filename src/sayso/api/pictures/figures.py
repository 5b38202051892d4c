"""Figures over time as SVG: an interval a statement, those that differ shaded, the words below.

A solid bar is what the words bound, a broken one where a hedge may reach, a dot the number itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.api.pictures.picture import Picture
from sayso.api.pictures.svg import (
    COLOURS,
    DIFFERS,
    INK,
    LINE,
    QUIET,
    document,
    text,
    width_of,
    wrapped,
)
from sayso.errors import UsageError
from sayso.incidents.measures import Measure, Stated, measures_of
from sayso.incidents.words import VERDICTS
from sayso.record.html import plain
from sayso.record.incident import Compared, FigureStated

LOG_FROM = 30  # from this ratio on a linear axis hides the small ones
PLOT = 200  # pixels of a panel's height that numbers have
LEFT, RIGHT = 64, 16
STEP = 24  # between statements of one day
LINE_HEIGHT = 16
MOST = 12  # panels; the rest is counted
Group = tuple[str, Sequence[FigureStated], Sequence[Compared]]


def chart_of(groups: Iterable[Group], *, width: int = 760) -> Picture:
    """A panel a measure of each group (its name, its figures, what is said of each two).

    Those in which speakers differ come first. Raises UsageError where there is no figure.
    """
    panels = [
        (name, measure)
        for name, figures, comparisons in groups
        for measure in measures_of(figures, comparisons)
        if any(_ends(row) for row in measure.rows)
    ]
    if not panels:
        raise UsageError("no figures to draw; ask for other incidents, or another measure")
    # one number, or the same from all, is no picture: it is drawn where there is nothing else
    panels = [p for p in panels if len(p[1].rows) > 1 and not p[1].alike] or panels
    width = max(width, 320)
    panels.sort(key=lambda p: not p[1].differs)
    parts: list[str] = []
    top = 12.0
    for name, measure in panels[:MOST]:
        drawn, height = _Panel(measure, name, width, top).draw()
        parts.append(drawn)
        top += height + 18
    if len(panels) > MOST:
        parts.append(text(12, top + 6, f"… and {len(panels) - MOST} more measures", fill=QUIET))
        top += 20
    names = ", ".join(dict.fromkeys(m.name for _, m in panels[:MOST]))
    title = f"Who stated how many, by the day on which it was said: {names}"
    height = math.ceil(top)
    return Picture(document(parts, title, width, height), title, width, height)


def _ends(row: Stated) -> list[float]:
    ends = (row.reaches_from, row.low, row.best, row.high, row.reaches_to)
    return [n for n in ends if n is not None]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Numbers to heights."""

    low: float
    high: float
    log: bool
    top: float

    def y(self, number: float) -> float:
        held = min(max(number, self.low), self.high)
        if self.log:
            part = math.log(held / self.low) / math.log(self.high / self.low)
        else:
            part = (held - self.low) / (self.high - self.low)
        return self.top + PLOT * (1 - part)

    def ticks(self) -> list[float]:
        """Round numbers, some five of them."""
        if self.log:
            first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
            return [10.0**p for p in range(first, last + 1, max(1, (last - first) // 5))]
        step = _nice(self.high / 5)
        return [n * step for n in range(int(self.high / step) + 1)]


def _nice(number: float) -> float:
    unit = 10.0 ** math.floor(math.log10(max(number, 1)))
    return max(1.0, next(unit * m for m in (1, 2, 5, 10) if unit * m >= number))


class _Panel:
    """One measure in the making."""

    def __init__(self, measure: Measure, name: str, width: int, top: float) -> None:
        self.measure, self.name, self.width, self.top = measure, name, width, top
        self.rows = [row for row in measure.rows if _ends(row)]
        ends = [n for row in self.rows for n in _ends(row)]
        most, least = max(*ends, 1.0), min((n for n in ends if n > 0), default=1.0)
        log = most / least >= LOG_FROM and 0 not in ends
        low, high = (least / 1.5, most * 2) if log else (0.0, most * 1.12)
        self.axis = _Axis(low, high, log, top + 44)
        self.places = dict(zip([r.number for r in self.rows], self._places(), strict=True))

    def _places(self) -> list[float]:
        """Where each statement stands: by its day, side by side on one day, undated ones last."""
        days = [_day(row) for row in self.rows]
        known = [d for d in days if d is not None]
        first, last = (min(known), max(known)) if known else (0.0, 0.0)
        apart = last + max((last - first) / 4, 1.0)
        at = [apart if d is None else d for d in days]
        same = {d: [i for i, other in enumerate(at) if other == d] for d in set(at)}
        widest = max(len(held) for held in same.values()) * STEP / 2 + 14
        begin, end = LEFT + widest, self.width - RIGHT - widest
        span = max(at) - min(at) or 1.0
        found = []
        for i, d in enumerate(at):
            middle = (
                begin + (end - begin) * (d - min(at)) / span if len(same) > 1 else (begin + end) / 2
            )
            held = same[d]
            found.append(middle + (held.index(i) - (len(held) - 1) / 2) * STEP)
        return found

    def draw(self) -> tuple[str, float]:
        """The panel and how high it is."""
        heading = f"{self.measure.name}" + (f" · {self.name}" if self.name else "")
        parts = [text(12, self.top + 14, heading, size=14, weight=650), *self._grid()]
        # one shade, however many gaps lie over one another
        parts += [f'<g fill="{DIFFERS}" opacity="0.09">', *self._gaps(), "</g>"]
        for row in self.rows:
            parts += self._mark(row)
        parts += self._days()
        y = self.axis.top + PLOT + 40
        for part in self._legend():
            parts.append(f'<g transform="translate(0 {y:.1f})">{part}</g>')
            y += LINE_HEIGHT
        return "".join(parts), y - self.top

    def _grid(self) -> Iterator[str]:
        for tick in self.axis.ticks():
            y = self.axis.y(tick)
            yield f'<path d="M{LEFT} {y:.1f}H{self.width - RIGHT}" stroke="{LINE}"/>'
            yield text(LEFT - 8, y + 4, f"{tick:,.0f}", size=11, fill=QUIET, anchor="end")

    def _days(self) -> Iterator[str]:
        """The days below, as many as there is room for."""
        groups: dict[str, list[float]] = {}
        for row in self.rows:
            groups.setdefault(row.when, []).append(self.places[row.number])
        edge = 0.0
        for when, held in sorted(groups.items(), key=lambda g: sum(g[1]) / len(g[1])):
            half = width_of(when, 11) / 2
            x = min(max(sum(held) / len(held), LEFT + half - 40), self.width - half - 4)
            if x - half > edge:
                yield text(x, self.axis.top + PLOT + 18, when, size=11, fill=QUIET, anchor="middle")
                edge = x + half + 8

    def _bounds(self, row: Stated) -> tuple[float, float]:
        """From where to where a statement reaches; an open end goes to the edge."""
        from_ = row.reaches_from if row.reaches_from is not None else self.axis.low
        to = next((n for n in (row.reaches_to, row.high) if n is not None), self.axis.high)
        return from_, to

    def _mark(self, row: Stated) -> Iterator[str]:
        x, y = self.places[row.number], self.axis.y
        colour = COLOURS[min(row.colour, len(COLOURS)) - 1]
        from_, to = self._bounds(row)
        told = [n for n in (row.low, row.best, row.high) if n is not None]
        low = row.low if row.low is not None else min(told, default=from_)
        high = row.high if row.high is not None else max(told, default=to)
        words = f"{row.number}: {row.name}: {row.words}, {row.when}"
        yield f"<g><title>{plain(words)}</title>"
        for a, b, more in (
            (from_, low, ' stroke-dasharray="2 3" stroke-opacity=".8"'),
            (high, to, ' stroke-dasharray="2 3" stroke-opacity=".8"'),
            (low, high, ' stroke-opacity=".5"'),
        ):
            if b > a:
                yield (f'<path d="M{x:.1f} {y(a):.1f}V{y(b):.1f}" stroke="{colour}" '
                       f'stroke-width="8"{more}/>')  # fmt: skip
        if row.best is not None:
            yield f'<circle cx="{x:.1f}" cy="{y(row.best):.1f}" r="5" fill="{colour}"/>'
        open_above = row.high is None and row.reaches_to is None
        if open_above:
            tip = self.axis.top
            yield f'<path d="M{x - 5:.1f} {tip + 7}h10l-5 -8z" fill="{colour}"/>'
        above = self.axis.top if open_above else y(max([*told, to]))
        yield text(x, above - 10, str(row.number), size=12, weight=650, anchor="middle")
        yield "</g>"

    def _gaps(self) -> Iterator[str]:
        """The room between two statements that differ."""
        rows = {row.number: row for row in self.rows}
        for pair in self.measure.pairs:
            if not pair.differs or pair.a not in rows or pair.b not in rows:
                continue
            (a1, a2), (b1, b2) = self._bounds(rows[pair.a]), self._bounds(rows[pair.b])
            low, high = (a2, b1) if a2 < b1 else (b2, a1)
            if low >= high:
                continue
            xs = sorted((self.places[pair.a], self.places[pair.b]))
            top, bottom = self.axis.y(high), self.axis.y(low)
            x, wide = xs[0] - 12, xs[1] - xs[0] + 24
            yield (
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{bottom - top:.1f}"/>'
            )

    def _legend(self) -> Iterator[str]:
        """Who said what, then how these stand to each other, line by line."""
        room = self.width - 48.0
        for row in self.rows:
            colour = COLOURS[min(row.colour, len(COLOURS)) - 1]
            said = f"{row.name}: {row.words} ({row.when})"
            for n, line in enumerate(wrapped(said, room)):
                head = text(12, 0, f"{row.number}", weight=650, fill=colour) if not n else ""
                yield head + text(34, 0, line, fill=INK)
        for pair in self.measure.shown:
            words = f"{pair.a} and {pair.b}: {VERDICTS[pair.verdict]} ({pair.words})"
            fill = DIFFERS if pair.differs else QUIET
            for line in wrapped(words, room + 24):
                yield text(12, 0, line, fill=fill, size=11.5)


def _day(row: Stated) -> float | None:
    """The middle of the days on which it was said; None where that is not known."""
    ends = [date.fromisoformat(d[:10]).toordinal() for d in (row.start, row.end) if d]
    return sum(ends) / len(ends) if ends else None
