"""How far scores can be trusted: what is said beside what is right, as figures and as a picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Measures = Mapping[str, float | int | None]
Rated = tuple[float, bool]  # a score, and whether the finding is right
KINDS = ("attributions", "events", "times", "places")
_BINS = 10
_SIDE, _LEFT, _TOP, _GAP, _BELOW = 220, 46, 34, 60, 44
_ACROSS = 3  # panels
_INK, _DOT, _LINE = "#888", "#2563eb", "#bbb"


def measure(rated: list[Rated]) -> dict[str, float]:
    """`ECE` in points, `apart`, and for each tenth of the scale how many, said, right (percent).

    ECE is the expected calibration error; `apart` the chance that a right finding is scored above
    a wrong one (the area under the curve of ROC, in percent): 50 is a coin's.
    """
    bins: list[list[Rated]] = [[] for _ in range(_BINS)]
    for value, right in rated:
        bins[min(int(value * _BINS), _BINS - 1)].append((value, right))
    table: dict[str, float] = {}
    for i, inside in enumerate(bins):
        if inside:
            name = f"{i / _BINS:.1f}"
            table[f"{name} n"] = len(inside)
            table[f"{name} said"] = round(100 * sum(v for v, _ in inside) / len(inside), 1)
            table[f"{name} right"] = round(100 * sum(r for _, r in inside) / len(inside), 1)
    apart = _apart(rated)
    return {"ECE": error_of(table), **({} if apart is None else {"apart": apart}), **table}


def pool(tables: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """The tables of several sets as one, with its error."""
    sums: defaultdict[str, float] = defaultdict(float)
    for table in tables:
        for name in _tenths(table):
            count = table[f"{name} n"]
            sums[f"{name} n"] += count
            for key in (f"{name} said", f"{name} right"):
                sums[key] += table[key] * count
    pooled: dict[str, float] = {}
    for name in sorted(_tenths(sums)):
        count = pooled[f"{name} n"] = sums[f"{name} n"]
        for key in (f"{name} said", f"{name} right"):
            pooled[key] = round(sums[key] / count, 1)
    return {"ECE": error_of(pooled), **pooled} if pooled else {}


def error_of(table: Mapping[str, float]) -> float:
    """The expected calibration error of a table of tenths: the mean gap between said and right."""
    names = _tenths(table)
    gaps = [abs(table[f"{n} said"] - table[f"{n} right"]) * table[f"{n} n"] for n in names]
    return round(sum(gaps) / sum(table[f"{n} n"] for n in names), 1)


def _tenths(table: Mapping[str, Any]) -> list[str]:
    return [key.removesuffix(" n") for key in table if key.endswith(" n")]


def _apart(rated: Iterable[Rated]) -> float | None:
    """Percent of pairs of a right and a wrong finding in which the right one is scored higher."""
    scores: dict[bool, list[float]] = {True: [], False: []}
    for value, right in rated:
        scores[right].append(value)
    if not scores[True] or not scores[False]:
        return None
    won = sum((r > w) + (r == w) / 2 for r in scores[True] for w in scores[False])
    return round(100 * won / (len(scores[True]) * len(scores[False])), 1)


def draw(kinds: Mapping[str, Measures]) -> str:
    """An SVG: for each kind of score its tenths as dots, larger where more were found.

    A dot on the diagonal says what is true: of findings scored .8 eight in ten are right.
    """
    across = min(len(kinds), _ACROSS)
    width = _LEFT + across * (_SIDE + _GAP)
    height = -(-len(kinds) // _ACROSS) * (_TOP + _SIDE + _BELOW)
    panels = [
        line
        for i, (name, measures) in enumerate(kinds.items())
        for line in _panel(
            name,
            measures,
            _LEFT + i % _ACROSS * (_SIDE + _GAP),
            _TOP + i // _ACROSS * (_TOP + _SIDE + _BELOW),
        )
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="12" fill="{_INK}">'
    )
    return "\n".join([head, *panels, "</svg>", ""])


def _panel(name: str, measures: Measures, left: int, top: int) -> Iterator[str]:
    bottom, right = top + _SIDE, left + _SIDE
    error = measures.get("ECE")
    title = f"{name}: error {error:g} points" if error is not None else name
    yield f'<text x="{left}" y="{top - 12}" font-weight="bold">{title}</text>'
    yield (
        f'<rect x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}" fill="none" '
        f'stroke="{_LINE}"/>'
    )
    yield (
        f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{top}" stroke="{_LINE}" '
        'stroke-dasharray="4 4"/>'
    )
    for percent in (0, 50, 100):
        at = percent * _SIDE / 100
        yield f'<text x="{left + at:g}" y="{bottom + 16}" text-anchor="middle">{percent}</text>'
        yield f'<text x="{left - 6}" y="{bottom - at + 4:g}" text-anchor="end">{percent}</text>'
    middle = left + _SIDE / 2
    yield f'<text x="{middle:g}" y="{bottom + 34}" text-anchor="middle">score, percent</text>'
    yield (
        f'<text x="{left - 32}" y="{top + _SIDE / 2:g}" text-anchor="middle" '
        f'transform="rotate(-90 {left - 32} {top + _SIDE / 2:g})">right, percent</text>'
    )
    yield from _dots(measures, left, bottom)


def _dots(measures: Measures, left: int, bottom: int) -> Iterator[str]:
    counts = {key.split(" ")[0]: int(v or 0) for key, v in measures.items() if key.endswith(" n")}
    most = max(counts.values(), default=1)
    for tenth, count in counts.items():
        said, right = measures.get(f"{tenth} said"), measures.get(f"{tenth} right")
        if said is None or right is None:
            continue
        x, y = left + said * _SIDE / 100, bottom - right * _SIDE / 100
        radius = 2 + 7 * (count / most) ** 0.5
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{_DOT}" fill-opacity="0.7">'
            f"<title>{count} scored {said:g}, {right:g} right</title></circle>"
        )
