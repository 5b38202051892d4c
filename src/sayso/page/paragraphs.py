"""Plain text to its paragraphs: which line breaks are the page's and which are the writer's.

Text comes in three manners: hard-wrapped at a column, with paragraphs apart by blank lines or by
an indent; a paragraph a line; and a mixture, where a caption or a link stands on a line of its
own against the text. A text's manner is measured, not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

WIDEST_WRAP = 160  # nobody wraps a text wider; longer lines are paragraphs
NARROWEST_WRAP = 38  # shorter lines are headlines, names and dates under each other
# A line is full where the next line's first word would not have stood on it any more. Copied from
# a proportional font, lines of one column differ by about so much in characters.
_FULL = 0.85
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_BULLET = re.compile(r"[•·▪◦*‣]\s|[-–—]\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its white space: `[start, end)`, and how far it is indented."""

    start: int
    end: int
    indent: int
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are read as one: `[start, end)` without outer white space, and how they stand.

    `apart` tells that a blank line (or the text's edge) is before it, `set_in` that all of it is
    indented beyond the rest of the text, as a quoted block is.
    """

    start: int
    end: int
    apart: bool
    set_in: bool
    lines: int


def _read_lines(text: str) -> list[list[Line]]:
    """Runs of lines between blank ones."""
    runs: list[list[Line]] = [[]]
    at = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            indent = len(raw) - len(raw.lstrip())
            runs[-1].append(Line(at + indent, at + indent + len(words), indent, words))
        elif runs[-1]:
            runs.append([])
        at += len(raw)
    return [run for run in runs if run]


def _is_full(line: Line, after: Line, width: int) -> bool:
    first_word = after.words.split(None, 1)[0]
    return line.indent + len(line.words) + 1 + len(first_word) > width * _FULL


def _wrap_width(runs: list[list[Line]]) -> int | None:
    """The column at which a text is wrapped; None where its lines are paragraphs."""
    # an indent begins a paragraph, so what stands before it says nothing of the column
    pairs = [(a, b) for run in runs for a, b in pairwise(run) if b.indent <= a.indent]
    if not pairs:
        return None
    lengths = sorted(a.indent + len(a.words) for a, _ in pairs)
    width = lengths[(len(lengths) - 1) * 95 // 100]  # a pasted address may stick out
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    full = sum(_is_full(a, b, width) for a, b in pairs)
    # a list of short lines is full by chance about half of the time; a wrapped text nearly always.
    # Lines that break between sentences only are paragraphs that happen to be of one length.
    broken = sum(not _ENDS.search(a.words) for a, _ in pairs)
    return width if full >= 0.6 * len(pairs) and broken >= 0.5 * len(pairs) else None


def _common_indent(runs: list[list[Line]]) -> int:
    """How far most lines are indented."""
    indents = sorted(line.indent for run in runs for line in run)
    return indents[len(indents) // 2] if indents else 0


def _is_begun(line: Line, after: Line, base: int, *, set_in: bool) -> bool:
    """True where an indent or a bullet begins a new paragraph in mid-run."""
    if _BULLET.match(after.words) and _BULLET.match(line.words):
        return True
    if set_in:
        # two indented lines, each a paragraph, against none of the text's others
        return bool(_ENDS.search(line.words)) and after.words[:1].isupper()
    return after.indent > base and (after.indent > line.indent or line.indent > base)


def _is_joined(line: Line, after: Line, width: int | None) -> bool:
    """True where the words of two lines run on."""
    ends = bool(_ENDS.search(line.words))
    if width is not None and _is_full(line, after, width):
        return True
    # a short line within a sentence, by hand: "… said in\na statement"
    return not ends and after.words[:1].islower() and len(line.words) <= WIDEST_WRAP


def split_paragraphs(
    text: str, stands_alone: Callable[[str, str], bool] = lambda _line, _after: False
) -> list[Paragraph]:
    """The paragraphs of a plain text, in order.

    `stands_alone(line, after)` tells where a line is a thing of its own against the line that
    follows (an address, a caption), though neither blank line nor indent says so.
    """
    runs = _read_lines(text)
    width = _wrap_width(runs)
    usual = _common_indent(runs)
    found: list[Paragraph] = []
    for run in runs:
        base = min(line.indent for line in run)
        set_in = base > usual
        first = 0
        for i in range(1, len(run) + 1):
            if (
                i < len(run)
                and not (
                    _is_begun(run[i - 1], run[i], base, set_in=set_in and len(run) < 3)
                    or stands_alone(run[i - 1].words, run[i].words)
                )
                and _is_joined(run[i - 1], run[i], width)
            ):
                continue
            found.append(Paragraph(run[first].start, run[i - 1].end, first == 0, set_in, i - first))
            first = i
    return found
