"""The chain picture as SVG: reports on the left, who carries and speaks, where say-so ends.

Laid out in layers: each node stands one to the right of all that lead to it, origins in the last
layer; within a layer in the order that lets the fewest lines cross (the mean of the neighbours).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.api.pictures.picture import Picture
from sayso.api.pictures.svg import INK, LINE, QUIET, document, text, width_of, wrapped
from sayso.errors import UsageError
from sayso.incidents.chains import Chains, Edge, Node, chains_of
from sayso.record.html import plain
from sayso.record.incident import IncidentView

ROOM = 170  # pixels of a node's words
LINES, SIZE, SMALL = 3, 11.5, 10
GAP_X, GAP_Y, EDGE = 64, 12, 16
SWEEPS = 6
LAST = ("origin", "denial")
_FILL = {"report": "#f1f3f6", "carrier": "#ffffff", "speaker": "none", "origin": "#e3effa",
         "denial": "#fbe9e7"}  # fmt: skip
_STROKE = {"report": "#9aa2af", "carrier": "#9aa2af", "speaker": "none", "origin": "#0b64b0",
           "denial": "#b3261e"}  # fmt: skip


@dataclass(slots=True)
class _Box:
    """A node in its place."""

    node: Node
    lines: list[str]
    beside: list[str]
    layer: int = 0
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        return 12 + 14 * len(self.lines) + 12 * len(self.beside)

    @property
    def width(self) -> float:
        bold = 1.12 if self.node.kind in LAST else 1.0
        held = [width_of(w, SIZE) * bold for w in self.lines]
        held += [width_of(w, SMALL) for w in self.beside]
        return max(held, default=20) + 16


def draw_chains(view: IncidentView) -> Picture:
    """The picture of an incident; raises UsageError where nothing in it has an origin."""
    chains = chains_of(view)
    if not chains.nodes:
        raise UsageError("no chain to draw: nobody says anything of this incident")
    return _Layout(chains).picture()


class _Layout:
    """One picture in the making."""

    def __init__(self, chains: Chains) -> None:
        self.chains = chains
        self.boxes = {
            n.id: _Box(n, wrapped(n.label, ROOM, SIZE, LINES),
                       wrapped(n.beside, ROOM, SMALL, 2) if n.beside else [])
            for n in chains.nodes
        }  # fmt: skip
        self.firm = [e for e in chains.edges if e.kind in ("carries", "rests")]
        self.loose = [e for e in chains.edges if e.kind not in ("carries", "rests")]
        self.layers = self._order(self._layer())

    def _layer(self) -> list[list[_Box]]:
        for _ in range(len(self.boxes)):  # a ring of reports ends here too
            moved = False
            for e in self.firm:
                a, b = self.boxes[e.a], self.boxes[e.b]
                if b.layer <= a.layer < len(self.boxes):
                    b.layer, moved = a.layer + 1, True
            if not moved:
                break
        last = max(min(b.layer for b in self.boxes.values() if b.node.kind in LAST), 1)
        last = max([last, *(b.layer for b in self.boxes.values())])
        for box in self.boxes.values():
            if box.node.kind in LAST:
                box.layer = last
        used = sorted({box.layer for box in self.boxes.values()})
        found: list[list[_Box]] = [[] for _ in used]
        for box in self.boxes.values():
            box.layer = used.index(box.layer)
            found[box.layer].append(box)
        return found

    def _order(self, layers: list[list[_Box]]) -> list[list[_Box]]:
        beside: dict[str, list[str]] = {}
        for e in self.firm:
            beside.setdefault(e.a, []).append(e.b)
            beside.setdefault(e.b, []).append(e.a)
        for sweep in range(SWEEPS):
            place = {
                box.node.id: n / max(len(layer) - 1, 1)
                for layer in layers for n, box in enumerate(layer)
            }  # fmt: skip
            for layer in layers if sweep % 2 else reversed(layers):
                means = {
                    box.node.id: sum(place[i] for i in beside.get(box.node.id, [box.node.id]))
                    / len(beside.get(box.node.id, [1])) for box in layer
                }  # fmt: skip
                layer.sort(key=lambda box: means[box.node.id])
                place |= {b.node.id: n / max(len(layer) - 1, 1) for n, b in enumerate(layer)}
        return layers

    def _place(self) -> tuple[int, int]:
        """The size of the picture, after each box has its place."""
        heights = [sum(b.height + GAP_Y for b in layer) for layer in self.layers]
        tall = max(heights)
        x = float(EDGE)
        for layer, height in zip(self.layers, heights, strict=True):
            wide = max(box.width for box in layer)
            y = EDGE + (tall - height) / 2
            more = (tall - height) / (len(layer) + 1)
            y = EDGE + more
            for box in layer:
                box.x, box.y = x, y
                y += box.height + GAP_Y + more
            x += wide + GAP_X
        return math.ceil(x - GAP_X + EDGE), math.ceil(tall + 2 * EDGE)

    def picture(self) -> Picture:
        """All of it."""
        width, height = self._place()
        parts = [*map(self._loose, self.loose), *map(self._firm, self.firm)]
        parts += [part for box in self.boxes.values() for part in _box(box)]
        if left := self.chains.left_out:
            words = f"{left} reports with the text of one that is drawn are left out"
            parts.append(text(EDGE, height + 4, words, size=SMALL, fill=QUIET))
            height += 16
        title = "Where it comes from: from reports to where say-so ends"
        return Picture(document(parts, title, width, height), title, width, height)

    def _firm(self, edge: Edge) -> str:
        a, b = self.boxes[edge.a], self.boxes[edge.b]
        x1, y1 = a.x + a.width, a.y + a.height / 2
        x2, y2 = b.x - 2, b.y + b.height / 2
        if x2 < x1:  # backwards, in a ring
            x1, x2 = a.x, b.x + b.width
        bend = max((x2 - x1) / 2, 24)
        return (
            f'<path d="M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} '
            f'{x2 - 6:.1f} {y2:.1f}" fill="none" stroke="#7d8694"/>'
            f'<path d="M{x2 - 7:.1f} {y2 - 3.5:.1f}l7 3.5l-7 3.5z" fill="#7d8694"/>'
        )

    def _loose(self, edge: Edge) -> str:
        """Shared text, or two that count as one: a broken line on the left of both."""
        a, b = self.boxes[edge.a], self.boxes[edge.b]
        colour = "#0b64b0" if edge.kind == "join" else LINE
        x1, y1, x2, y2 = a.x, a.y + a.height / 2, b.x, b.y + b.height / 2
        away = min(x1, x2) - 14
        return (
            f"<g><title>{plain(edge.words)}</title>"
            f'<path d="M{x1:.1f} {y1:.1f}C{away:.1f} {y1:.1f} {away:.1f} {y2:.1f} {x2:.1f} '
            f'{y2:.1f}" fill="none" stroke="{colour}" stroke-width="1.5" '
            'stroke-dasharray="5 3"/></g>'
        )


def _box(box: _Box) -> Iterator[str]:
    kind = box.node.kind
    round_ = box.height / 2 if kind in LAST else 3
    dashed = ' stroke-dasharray="3 2"' if kind == "carrier" else ""
    yield (f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
           f'height="{box.height:.1f}" rx="{min(round_, 14):.1f}" fill="{_FILL[kind]}" '
           f'stroke="{_STROKE[kind]}"{dashed}/>')  # fmt: skip
    y = box.y + 17.0
    weight = 600 if kind in LAST else 400
    for line in box.lines:
        yield text(box.x + 8, y, line, size=SIZE, weight=weight, fill=INK)
        y += 14
    for line in box.beside:
        yield text(box.x + 8, y - 2, line, size=SMALL, fill=QUIET)
        y += 12
