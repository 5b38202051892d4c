"""A PDF page's words to lines, columns and paragraphs, in the order in which people read them.

Works on boxes only: `Word` and `Line` are plain, so that no PDF library shows outside find.py and
bounds.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]{0,3}$")
_COLUMN_GAP = 1.6  # of the letter's size: wider than any space of justified text
_GUTTER = 7.0  # points: the least white between two columns


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points from the page's top left, with its letter."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str


@dataclass(slots=True)
class Line:
    """Words that stand on one line of one column."""

    words: list[Word]
    page: int
    links: tuple[str, ...] = ()
    linked: float = 0.0  # the share of its width that is a link

    @property
    def text(self) -> str:
        """Its words, one space between."""
        return " ".join(w.text for w in self.words)

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(w.x1 for w in self.words)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(w.bottom for w in self.words)

    @property
    def size(self) -> float:
        """The size of most of its letters, to half a point."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def is_bold(self) -> bool:
        """True where all of it is bold."""
        return all("bold" in w.font.lower() or "black" in w.font.lower() for w in self.words)

    @property
    def is_italic(self) -> bool:
        """True where all of it is italic."""
        return all("ital" in w.font.lower() or "obli" in w.font.lower() for w in self.words)


@dataclass(slots=True)
class Box:
    """A paragraph of a PDF: its lines, over columns and pages where it runs on."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines, a line end between, as the text as given has them."""
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]


def make_lines(words: Iterable[Word], page: int) -> list[Line]:
    """Lines of a page: words of one height, apart where a column's gap is between them."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        middle = (word.top + word.bottom) / 2
        # a drop cap or a raised footnote number reaches over its row: the row's own height decides
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda w: w.x0)
        lines.append(Line([row[0]], page))
        for before, word in pairwise(row):
            if word.x0 - before.x1 > _COLUMN_GAP * max(word.size, before.size):
                lines.append(Line([word], page))
            else:
                lines[-1].words.append(word)
    return lines


def _find_gutters(lines: Sequence[Line]) -> list[float]:
    """Where columns part: x that no narrow line crosses, with several lines on both sides."""
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    narrow = [line for line in lines if line.x1 - line.x0 < 0.62 * (right - left)]
    if len(narrow) < 6:
        return []
    edges = sorted((line.x0, line.x1) for line in narrow)
    gutters, reach = [], edges[0][1]
    for x0, x1 in edges[1:]:
        if x0 - reach >= _GUTTER:
            gutters.append((reach + x0) / 2)
        reach = max(reach, x1)
    kept = []
    for gutter in gutters:
        before = [line for line in narrow if line.x1 < gutter]
        after = [line for line in narrow if line.x0 > gutter]
        if min(len(before), len(after)) >= 3:
            kept.append(gutter)
    return kept


def order_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines in reading order, each run of one column.

    A line across a gutter (a headline over two columns) ends the columns above it.
    """
    gutters = _find_gutters(lines)
    runs: list[list[Line]] = []
    band: list[Line] = []

    def close_band() -> None:
        columns: dict[int, list[Line]] = {}
        for line in band:
            columns.setdefault(sum(line.x0 > g for g in gutters), []).append(line)
        runs.extend(sorted(columns[c], key=lambda ln: (ln.top, ln.x0)) for c in sorted(columns))
        band.clear()

    wide: list[Line] = []
    for line in sorted(lines, key=lambda ln: (ln.top, ln.x0)):
        crosses = any(line.x0 < g < line.x1 for g in gutters)
        if crosses:
            if band:
                close_band()
            wide.append(line)
        else:
            if wide:
                runs.append(wide)
                wide = []
            band.append(line)
    if wide:
        runs.append(wide)
    close_band()
    return runs


def _pitch(lines: Sequence[Line], size: float) -> float:
    """The usual distance from line to line at one letter size."""
    steps = Counter(
        round((b.top - a.top) * 2) / 2
        for a, b in pairwise(lines)
        if a.size == b.size == size and 0.5 * size < b.top - a.top < 2.4 * size
    )
    if not steps:
        return 1.35 * size
    most = max(steps.values())
    return min(step for step, n in steps.items() if n >= 0.5 * most)


def _is_new(before: Line, line: Line, pitch: float, left: float, right: float) -> bool:
    """True where a line begins a paragraph: by the gap, the letter, the indent or a short line."""
    if abs(line.size - before.size) > 0.6 or line.is_bold != before.is_bold:
        return True
    if line.top - before.top > 1.22 * pitch or line.top < before.top - 1:
        return True
    if line.linked > 0.8 and before.linked > 0.8 and line.links != before.links:
        return True
    indented = line.x0 - left > 0.6 * line.size and line.x0 - before.x0 > 0.6 * line.size
    if indented and line.x0 - left < 6 * line.size:
        return True
    short = right - before.x1 > 0.25 * (right - left)
    return short and bool(_ENDS.search(before.text)) and line.text[:1].isupper()


def make_boxes(runs: Sequence[Sequence[Line]]) -> list[Box]:
    """Paragraphs of a page's runs, in order."""
    boxes: list[Box] = []
    for run in runs:
        if not run:
            continue
        left, right = min(line.x0 for line in run), max(line.x1 for line in run)
        pitches = {size: _pitch(run, size) for size in {line.size for line in run}}
        boxes.append(Box([run[0]]))
        for before, line in pairwise(run):
            if _is_new(before, line, pitches[line.size], left, right):
                boxes.append(Box([line]))
            else:
                boxes[-1].lines.append(line)
    return boxes


def runs_on(box: Box, after: Box) -> bool:
    """True where a paragraph goes on in the next column or page, by its words and letter."""
    words, next_words = box.text, after.text
    return (
        box.size == after.size
        and len(words) > 40
        and not _ENDS.search(words)
        and (next_words[:1].islower() or words.endswith("-") or words[-1].isalpha())
        and len(next_words.split()) > 3
    )


_HALVES = re.compile(r"\b([A-Za-z]*[a-z])-\n([a-z]+)(\S*) ?")
_COMPOUND = re.compile(r"\b[a-z]+-[a-z]+")
# what stands before a hyphen that is the word's own, wherever the line ends
_OWN = frozenset(
    "self well half vice twenty thirty forty fifty sixty seventy eighty ninety".split()
)


def compounds_in(lines: Iterable[str]) -> frozenset[str]:
    """The words with a hyphen inside a line: their hyphen stays at a line's end too."""
    return frozenset(word for line in lines for word in _COMPOUND.findall(line.lower()))


def join_halves(text: str, compounds: frozenset[str]) -> str:
    r"""A paragraph with the words whole that its lines' ends cut in two.

    "two sol-\ndiers of" becomes "two soldiers\nof". The hyphen stays where the page has that word
    with one inside a line, or its first half asks for one: "self-\nproclaimed".
    """

    def join(match: re.Match[str]) -> str:
        first, second, rest = match.groups()
        own = first.lower() in _OWN or f"{first}-{second}".lower() in compounds
        ended = "\n" if match.group().endswith(" ") else ""
        return f"{first}{'-' if own else ''}{second}{rest}{ended}"

    return _HALVES.sub(join, text)
