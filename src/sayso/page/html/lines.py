"""The text of an HTML page as given, in pieces that know where they stand on the page.

"Text as given" for HTML is fixed here: what a reader sees, in document order; white space folded;
each block element a line of its own, lines parted by one empty line (so that the same text read
again as plain text parts at the same places), a `<br>` as a line end, the cells of a table row
parted by a tab. Menus, adverts and boxes stay in it. Scripts, styles, form values, alternative
texts and what is hidden (`hidden`, `display:none`, screen readers' texts) are not text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

MAX_TEXT = 250_000  # no page of one report is longer, live blogs included
MAX_ELEMENTS = 120_000
MAX_PIECES = 8_000

_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend "
    "li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul "
    "amp-ad amp-sidebar amp-img amp-embed".split()
)
_SKIPPED = frozenset(
    "head script style noscript template svg math iframe object embed select textarea audio video "
    "canvas map datalist amp-analytics amp-consent-data xml".split()
)
_SMALL = re.compile(
    r"font-size\s{0,3}:\s{0,3}(?:(?:\d|1[0-3])(?:\.\d)?px|x?-?small|0?\.\d{1,3}r?em)|"
    r"text-align\s{0,3}:\s{0,3}center",
    re.IGNORECASE,
)
_IMAGES = frozenset("img picture video iframe amp-img".split())
_FLOW_PARTS = frozenset("div p ul ol table h1 h2 h3 h4 h5 h6 blockquote figure section br".split())
_HIDDEN_STYLE = re.compile(
    r"(?:display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden)", re.IGNORECASE
)
# Whole class names only: Drupal's `field--label-hidden` stands on a field that is seen.
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|u-hidden|u-hide|is-hidden|"
    r"hide-visually|element-invisible|offscreen|a11y-hidden|hidden|hide|d-none)(?:$|\s)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f\u3000]+")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z])")


@dataclass(slots=True)
class Node:
    """An element that can tell what its text is: tag, words of its class and id, roles, sums."""

    tag: str
    parent: int  # index of the node that holds it, -1 for the root
    label: str  # class and id as written, lower case
    role: str
    prop: str  # itemprop and rel
    small: bool = False  # set in small letters or centred, by its own style
    chars: int = 0
    link_chars: int = 0
    prose: int = 0  # characters of long, hardly linked lines inside
    in_h1: bool = False
    has_h1: bool = False
    has_main: bool = False
    zone: str | None = None  # filled by zones.py


@dataclass(slots=True)
class Piece:
    """A stretch of the page's text that stands in one element, `[start, end)`."""

    start: int
    end: int
    node: int
    link_chars: int
    own_line: bool  # False where it goes on in the line of the piece before
    hrefs: tuple[str, ...] = ()
    moment: str | None = None  # the datetime attribute of a <time> in it
    bold_chars: int = 0
    by_image: bool = False  # an image stands in the same block, right before it
    image_box: int = -1  # the block of an image that stands right before it, if it lies in that

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(slots=True)
class Page:
    """A page's text as given, its pieces in order, and the elements that they stand in."""

    text: str
    pieces: list[Piece]
    nodes: list[Node]
    cut: bool = False

    def words(self, piece: Piece) -> str:
        """The characters of one piece."""
        return self.text[piece.start : piece.end]

    def way_up(self, index: int) -> Iterator[Node]:
        """The node and those that hold it, inside out."""
        while index >= 0:
            yield self.nodes[index]
            index = self.nodes[index].parent


@dataclass(slots=True)
class _Line:
    """Pieces under way: text, link characters, node of each."""

    parts: list[str] = field(default_factory=list)
    node: int = 0
    links: int = 0
    hrefs: list[str] = field(default_factory=list)
    moment: str | None = None
    bold: int = 0
    image: int = -1  # the block of the image seen last


def _attr(element: etree._Element, *names: str) -> str:
    return " ".join(str(element.get(n)) for n in names if element.get(n))[:2_000]


def is_hidden(element: etree._Element) -> bool:
    """True where a reader does not see the element, by its own attributes."""
    if element.get("hidden") is not None or (
        element.tag == "dialog" and element.get("open") is None
    ):
        return True
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style[:2_000]):
        return True
    label = element.get("class")
    return bool(label and _HIDDEN_CLASS.search(label[:500]))


def _is_data_table(table: etree._Element) -> bool:
    """True for a table of values; one that lays out a page holds paragraphs and tables."""
    rows, cells, chars = 0, 0, 0
    for part in table.iterdescendants():
        if part.tag in _FLOW_PARTS:
            return False
        rows += part.tag == "tr"
        if part.tag in ("td", "th"):
            cells += 1
            chars += len(part.text or "")
        if cells > 2_000:
            break
    return rows > 1 and cells >= 2 * rows and chars < 60 * cells


class _Walker:
    """Walks a tree once, without recursion, and writes the page."""

    def __init__(self, splits: Callable[[Node], bool]) -> None:
        self.splits = splits
        self.nodes: list[Node] = []
        self.stack: list[int] = []  # open nodes
        self.pieces: list[Piece] = []
        self.out: list[str] = []
        self.size = 0
        self.line = _Line()
        self.fresh = True  # the next piece starts a line
        self.in_link: str | None = None
        self.room = MAX_TEXT
        self.pre = 0
        self.bold = 0
        self.image = -1
        self.rows = 0  # open data tables
        self.breaks = 0

    # -- text

    def put(self, text: str | None) -> None:
        if not text:
            return
        words = (text if self.pre else _SPACE.sub(" ", text))[: self.room]
        self.room -= len(words)
        if words.strip():
            self.breaks = 0
            if self.in_link is not None:
                self.line.links += len(words.strip())
            if self.bold:
                self.line.bold += len(words.strip())
        self.line.parts.append(words)

    def end_piece(self, *, line_too: bool = True) -> None:
        """Close the piece under way; its words, trimmed, become text where there are any."""
        text = _tidy("".join(self.line.parts))
        if text:
            gap = ("\n\n" if self.fresh else " ") if self.pieces else ""
            start = self.size + len(gap)
            self.out += (gap, text)
            self.size = start + len(text)
            self.pieces.append(self._piece(start))
            self.image = -1
            self.fresh = False
        if line_too:
            self.fresh = True
        self.line = _Line(node=self.stack[-1] if self.stack else 0)

    def _piece(self, start: int) -> Piece:
        line = self.line
        return Piece(
            start, self.size, line.node, min(line.links, self.size - start), self.fresh,
            tuple(line.hrefs[:8]), line.moment, min(line.bold, self.size - start),
            by_image=self._is_by_image(line.node),
            image_box=self.image if self._lies_in(line.node, self.image) else -1,
        )  # fmt: skip

    def _lies_in(self, index: int, box: int) -> bool:
        while index > box >= 0:
            index = self.nodes[index].parent
        return index == box

    def _is_by_image(self, index: int) -> bool:
        """True right after an image in the same box, or under it in small letters."""
        block = self._block(index)
        if self.image < 0 or self.image == block:
            return self.image >= 0
        near = self._block(self.nodes[block].parent) in (self.nodes[self.image].parent, self.image)
        return near and self.nodes[block].small

    def _block(self, index: int) -> int:
        """The block element that a node is or stands in."""
        while index > 0 and self.nodes[index].tag not in _BLOCKS:
            index = self.nodes[index].parent
        return index

    # -- elements

    def open(self, element: etree._Element, tag: str) -> None:
        node = self._node(element, tag)
        is_cell = self.rows > 0 and tag in ("td", "th")
        splits = tag not in _BLOCKS and tag != "br" and self.splits(node)
        self._part_lines(element, tag, is_cell=is_cell, splits=splits)
        if tag in _BLOCKS or splits or node.label:
            self.nodes.append(node)
            self.stack.append(len(self.nodes) - 1)
            if (tag in _BLOCKS and not is_cell) or splits:
                self.line.node = self.stack[-1]
        else:
            self.stack.append(self.stack[-1] if self.stack else 0)
        self._mark(element, tag)
        self.put(element.text)

    def _part_lines(
        self, element: etree._Element, tag: str, *, is_cell: bool, splits: bool
    ) -> None:
        """End the line, the piece or the cell that the element's start ends."""
        if is_cell:
            if "".join(self.line.parts).strip():
                self.line.parts.append("\t")
        elif tag in _BLOCKS:
            self.end_piece()
        elif tag == "br":
            self._line_break()
        elif splits:
            self.end_piece(line_too=False)
        elif element.text:
            self._part(element.text)

    def _mark(self, element: etree._Element, tag: str) -> None:
        """Note what the element says of the words in it: a link, a moment, bold."""
        if tag == "a" and element.get("href"):
            self.in_link = str(element.get("href"))[:500]
            self.line.hrefs.append(self.in_link)
        elif tag == "time" and element.get("datetime"):
            self.line.moment = str(element.get("datetime"))[:60]
        elif tag == "pre":
            self.pre += 1
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag == "table" and _is_data_table(element):
            self.rows += 1

    def close(self, tag: str) -> None:
        index = self.stack.pop()
        if tag == "a":
            self.in_link = None
        elif tag == "pre":
            self.pre -= 1
        elif tag in ("b", "strong"):
            self.bold -= 1
        elif tag == "table" and self.rows:
            self.rows -= 1
        parent = self.stack[-1] if self.stack else 0
        if tag in _BLOCKS and not (self.rows and tag in ("td", "th")):
            self.end_piece()
        elif index != parent and tag not in _BLOCKS and self.splits(self.nodes[index]):
            self.end_piece(line_too=False)
        self.line.node = parent if not self.line.parts else self.line.node

    def _part(self, after: str) -> None:
        """Keep words of two elements apart that only a style sheet parts ("Read next" "A town")."""
        before = self.line.parts[-1] if self.line.parts else ""
        ends = bool(before) and (before[-1].islower() or before[-1] in ".:!?0123456789")
        if ends and after[0].isupper():
            self.line.parts.append(" ")

    def see_image(self) -> None:
        """Remember where an image stands, for the words right after it."""
        self.image = self._block(self.stack[-1] if self.stack else 0)

    def _line_break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self.end_piece()  # two in a row part paragraphs, as pages without <p> do
        else:
            self.line.parts.append("\n")

    def _node(self, element: etree._Element, tag: str) -> Node:
        label = _attr(element, "class", "id")
        return Node(
            tag, self.stack[-1] if self.stack else -1, _CAMEL.sub("-", label).lower(),
            _attr(element, "role").lower(), _attr(element, "itemprop", "rel").lower(),
            bool(_SMALL.search(_attr(element, "style"))),
        )  # fmt: skip


def _tidy(text: str) -> str:
    """Text without space at its ends and around its line breaks."""
    if "\n" not in text:
        return text.strip(" \t").replace("  ", " ")
    lines = (line.strip(" \t\r") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def read_page(root: etree._Element, splits: Callable[[Node], bool]) -> Page:
    """The page under a root element. `splits` tells an inline element that parts its line."""
    walker = _Walker(splits)
    shown = _overlaid(root)
    walk = etree.iterwalk(root, events=("start", "end"))
    count, cut = 0, False
    skipped: set[etree._Element] = set()
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            count += 1
            if count > MAX_ELEMENTS or walker.room <= 0 or len(walker.pieces) > MAX_PIECES:
                cut = True
                break
            hidden = is_hidden(element) or element.get("aria-hidden") == "true"
            if not tag or tag in _SKIPPED or (hidden and element not in shown):
                skipped.add(element)
                if tag in _IMAGES:
                    walker.see_image()
                walk.skip_subtree()
                continue
            if tag in _IMAGES:
                walker.see_image()
            walker.open(element, tag)
        else:
            if element in skipped:
                skipped.discard(element)
            else:
                walker.close(tag)
            walker.put(element.tail)
    walker.end_piece()
    return _sum_up(Page("".join(walker.out), walker.pieces, walker.nodes, cut))


def _overlaid(root: etree._Element) -> set[etree._Element]:
    """Elements called hidden that hold the story all the same, and what holds them.

    A page saved while a consent box was open has `aria-hidden="true"` on all the rest.
    """
    heads = root.findall(".//h1")[:3]
    shown: set[etree._Element] = set()
    for head in heads:
        for above in head.iterancestors():
            if above.get("aria-hidden") == "true" and not is_hidden(above):
                shown.add(above)
    return shown


def _sum_up(page: Page) -> Page:
    """The page, with each node's sums over the pieces inside it."""
    for piece in page.pieces:
        node = page.nodes[piece.node]
        node.chars += len(piece)
        node.link_chars += piece.link_chars
        if len(piece) > 80 and piece.link_chars * 3 < len(piece):
            node.prose += len(piece)
    for node in page.nodes:
        node.in_h1 = node.tag == "h1" or (node.parent >= 0 and page.nodes[node.parent].in_h1)
    for node in reversed(page.nodes):
        node.has_h1 = node.has_h1 or node.tag == "h1"
        node.has_main = (
            node.has_main or node.tag == "main" or node.role == "main" or "articlebody" in node.prop
        )
        if node.parent >= 0:
            above = page.nodes[node.parent]
            above.chars += node.chars
            above.link_chars += node.link_chars
            above.prose += node.prose
            above.has_h1 = above.has_h1 or node.has_h1
            above.has_main = above.has_main or node.has_main
    return page
