"""Pieces of SVG: escaped words, their width, wrapped lines. Nothing in it names another host."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape

from sayso.record.clean import clean_line

FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
INK, QUIET, LINE, PAPER = "#1d2129", "#5b6270", "#c9ced6", "#ffffff"
# apart for the colour-blind too, and dark enough on white (after Okabe and Ito)
COLOURS = ("#0b64b0", "#b5470a", "#00795a", "#8a3d78", "#7a5c00", "#1b7a94", "#5b6270")
DIFFERS = "#b3261e"
WIDTH = 0.6  # of a letter, in its size: as wide as the widest of these fonts is on average


def text(
    x: float, y: float, words: str, *, size: float = 12, fill: str = INK, weight: int = 400,
    anchor: str = "start",
) -> str:  # fmt: skip
    """Words at a place, their base line at y."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{bold}{at}>'
        f"{escape(clean_line(words))}</text>"
    )


def width_of(words: str, size: float = 12) -> float:
    """About how wide words are: no font is at hand to ask."""
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)
    return wide * size * WIDTH


def wrapped(words: str, room: float, size: float = 12, most: int = 3) -> list[str]:
    """The words in lines of so much room, `most` at most; what is cut off shows that it is."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = [_cut(line, room, size) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(f"{kept[-1]} …", room, size)
    return kept


def _cut(line: str, room: float, size: float) -> str:
    fits = int(room / (size * WIDTH))
    return line if len(line) <= fits else f"{line[: max(fits - 1, 1)].rstrip(' …')}…"


def document(parts: Iterable[str], title: str, width: int, height: int) -> str:
    """The whole picture, with its title for those who hear it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONT}">'
        f"<title>{escape(clean_line(title))}</title>"
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )
