"""The reliability of scores as a picture: what is said beside what is right, a panel a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Measures = Mapping[str, float | int | None]
_SIDE, _LEFT, _TOP, _GAP = 220, 46, 34, 60
_INK, _DOT, _LINE = "#888", "#2563eb", "#bbb"


def draw(kinds: Mapping[str, Measures]) -> str:
    """An SVG: for each kind of score its tenths as dots, larger where more were found.

    A dot on the diagonal says what is true: of findings scored .8 eight in ten are right.
    """
    width = _LEFT + len(kinds) * (_SIDE + _GAP)
    height = _TOP + _SIDE + 44
    panels = [
        line
        for i, (name, measures) in enumerate(kinds.items())
        for line in _panel(name, measures, _LEFT + i * (_SIDE + _GAP))
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="12" fill="{_INK}">'
    )
    return "\n".join([head, *panels, "</svg>", ""])


def _panel(name: str, measures: Measures, left: int) -> Iterator[str]:
    bottom, right = _TOP + _SIDE, left + _SIDE
    error = measures.get("ECE")
    title = f"{name.replace('-', ' ')}: error {error:g} points" if error is not None else name
    yield f'<text x="{left}" y="{_TOP - 12}" font-weight="bold">{title}</text>'
    yield (
        f'<rect x="{left}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" '
        f'stroke="{_LINE}"/>'
    )
    yield (
        f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{_TOP}" stroke="{_LINE}" '
        'stroke-dasharray="4 4"/>'
    )
    for percent in (0, 50, 100):
        at = percent * _SIDE / 100
        yield f'<text x="{left + at:g}" y="{bottom + 16}" text-anchor="middle">{percent}</text>'
        yield f'<text x="{left - 6}" y="{bottom - at + 4:g}" text-anchor="end">{percent}</text>'
    middle = left + _SIDE / 2
    yield f'<text x="{middle:g}" y="{bottom + 34}" text-anchor="middle">score, percent</text>'
    yield (
        f'<text x="{left - 32}" y="{_TOP + _SIDE / 2:g}" text-anchor="middle" '
        f'transform="rotate(-90 {left - 32} {_TOP + _SIDE / 2:g})">right, percent</text>'
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
