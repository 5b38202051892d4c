"""Which kind of block each piece of a page is.

Order of judgement, each with the page that forced it:
1. furniture by its zone: a related box in mid-text has good prose, and trafilatura may keep it;
2. headline, caption, credit, byline, date by zone, or by form and place;
3. furniture by its words ("Read more: …"), where the markup says nothing;
4. trafilatura: what it keeps is body;
5. our own rules for the rest: prose among body is body (it drops short paragraphs and lists).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.page.furniture import is_of_kind
from sayso.page.html_dates import dates_in, is_clock
from sayso.page.html_lines import Page, Piece
from sayso.page.html_names import is_byline, is_credit_line, is_names_only
from sayso.page.html_oracle import Kept
from sayso.page.html_zones import FURNITURE_KIND
from sayso.page.lines import is_address, is_caption, is_navigation
from sayso.record import BlockKind

_KINDS: tuple[BlockKind, ...] = ("advert", "related", "navigation")
_SECTION = re.compile(
    r"(?:more|also|other|latest|recent|popular|most|related|recommended|you (?:may|might)|top)\b"
    r"[^.!?:]{0,50}$|(?:\d{1,6} )?(?:comments?|responses?|thoughts)\b[^.]{0,40}$|"
    r"(?:about|written by) [^.]{0,40}$", re.IGNORECASE,
)  # fmt: skip
_SECTION_TAIL = re.compile(
    r"\b(?:stories|news|headlines|posts|articles|reading|picks)$", re.IGNORECASE
)
# The site about itself, in the middle of a report: it says "you" or "us" and wants something.
_APPEAL = re.compile(
    r"\b(?:newsletter|sign(?:ed)? up|subscrib\w{1,5}|donat\w{1,4}|(?:paying )?member(?:ship)?|"
    r"support (?:us|our|independent)|free trial|whatsapp channel|download our|inbox)\b", re.IGNORECASE,
)  # fmt: skip
_TO_READER = re.compile(r"\b(?:you|your|us|our|this newsletter|here)\b", re.IGNORECASE)
_PRINTED = re.compile(
    r"[\W_]{0,3}(?:this (?:page|article) was printed|printed (?:from|on|by)\b|©|\(c\)|copyright\b|"
    r"(?:our )?standards:|all rights reserved|print this|e?-?mail this|mail it|.{0,12}min(?:ute)?s? "
    r"read)", re.IGNORECASE,
)  # fmt: skip
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_META_LENGTH = 160  # a byline or a date line is no longer than this


@dataclass(slots=True)
class Judge:
    """What is known of the page while its pieces are judged one by one."""

    page: Page
    kept: Kept
    title: int | None  # the piece that is the headline
    container: int = 0  # the node that holds the headline and the body
    first: int = 0  # the first and the last piece that are surely body
    last: int = 0
    has_byline: bool = False
    section: BlockKind | None = None  # furniture that a heading opened ("Related stories")
    section_node: int = -1
    kinds: list[BlockKind] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class View:
    """One piece as its judge sees it."""

    number: int
    piece: Piece
    words: str
    tag: str
    zone: str | None
    inside: bool
    kept: bool
    among: bool  # between the headline and the last sure paragraph

    @property
    def linked(self) -> bool:
        """True where more than half of it is a link."""
        return self.piece.link_chars * 2 > len(self.piece)

    @property
    def all_link(self) -> bool:
        """True where it is nothing but a link."""
        return self.piece.link_chars * 10 >= len(self.piece) * 9

    @property
    def ends(self) -> bool:
        """True where it ends as sentences do."""
        return bool(_SENTENCE.search(self.words))

    @property
    def prose(self) -> bool:
        """True for a sentence or more that is hardly a link."""
        return len(self.piece) > 40 and self.ends and self.piece.link_chars * 3 < len(self.piece)


def judge(page: Page, kept: Kept, title: int | None) -> list[BlockKind]:
    """The kind of each piece of a page, in order."""
    state = Judge(page, kept, title)
    state.container = find_container(page, kept, title)
    state.first, state.last = _body_range(state)
    for number in range(len(page.pieces)):
        view = _view(state, number)
        kind = _zoned(state, view) or _sectioned(state, view) or _worded(state, view)
        state.kinds.append(kind or _prose_or_rest(state, view))
        state.has_byline = state.has_byline or state.kinds[-1] == "byline"
    return state.kinds


def _view(state: Judge, number: int) -> View:
    page, piece = state.page, state.page.pieces[number]
    words = " ".join(page.words(piece).split())
    node = page.nodes[piece.node]
    start = state.first if state.title is None else min(state.title, state.first)
    return View(
        number, piece, words, node.tag, node.zone, _is_inside(page, piece.node, state.container),
        state.kept.keeps(words), start <= number <= state.last,
    )  # fmt: skip


def _is_inside(page: Page, index: int, container: int) -> bool:
    while index > container:
        index = page.nodes[index].parent
    return index == container


def find_container(page: Page, kept: Kept, title: int | None) -> int:
    """The innermost node that holds the headline and nearly all of the body."""
    weights = [0] * len(page.nodes)
    total = 0
    for piece in page.pieces:
        zone = page.nodes[piece.node].zone
        is_prose = len(piece) > 60 and piece.link_chars * 3 < len(piece)
        if is_prose and zone not in FURNITURE_KIND:
            if not kept.folded or kept.keeps(page.words(piece)):
                weights[piece.node] += len(piece)
                total += len(piece)
    best = 0
    for index in range(len(page.nodes) - 1, -1, -1):
        if total and weights[index] * 10 >= total * 9:
            best = index
            break
        if page.nodes[index].parent >= 0:
            weights[page.nodes[index].parent] += weights[index]
    if title is not None:
        at = page.pieces[title].node
        while best > 0 and not _is_inside(page, at, best):
            best = page.nodes[best].parent
    return best


def _body_range(state: Judge) -> tuple[int, int]:
    """The first and last piece that is surely body (past the end where there is none)."""
    page = state.page
    after = -1 if state.title is None else state.title
    sure = [
        number
        for number, piece in enumerate(page.pieces)
        if len(piece) > 80 and piece.link_chars * 2 < len(piece)
        and page.nodes[piece.node].zone not in FURNITURE_KIND
        and _is_inside(page, piece.node, state.container)
        and (not state.kept.folded or state.kept.keeps(page.words(piece)))
    ]  # fmt: skip
    # a headline below its report is a wrong guess, and then bounds nothing
    sure = [number for number in sure if number > after] or sure
    return (sure[0], sure[-1]) if sure else (len(page.pieces), len(page.pieces))


def _zoned(state: Judge, view: View) -> BlockKind | None:
    """The kind that the markup gives, None where it leaves it to words and place."""
    if view.number == state.title:
        return "headline"
    if view.zone in FURNITURE_KIND:
        return "advert" if is_of_kind("advert", view.words) else FURNITURE_KIND[view.zone]
    if view.zone == "caption":
        return "credit" if is_credit_line(view.words, in_caption=True) else "caption"
    if view.zone == "quote":
        return "quote"
    if view.zone in ("standfirst", "headline") and (view.inside or view.tag in _HEADS):
        return "headline" if len(view.piece) < 400 else None
    if len(view.piece) > _META_LENGTH:
        return None
    if view.zone == "credit":
        return "credit"
    if view.zone == "byline":
        return "dateline" if dates_in(view.words) else "byline"
    if view.zone == "dateline":
        return "byline" if is_byline(view.words) and not dates_in(view.words) else "dateline"
    return None


def _sectioned(state: Judge, view: View) -> BlockKind | None:
    """The furniture that a heading opens ("Most read"), for as long as it lasts."""
    is_head = view.tag in _HEADS or (
        len(view.piece) < 60 and view.piece.link_chars == 0 and not view.ends
    )
    kind = _section_of(view) if is_head else None
    if kind:
        state.section, state.section_node = kind, state.page.nodes[view.piece.node].parent
        return kind
    if state.section and _ends_section(state, view):
        state.section = None
    return state.section


def _section_of(view: View) -> BlockKind | None:
    words = view.words.strip(" :»>|•-…")
    for kind in _KINDS:
        if is_of_kind(kind, words):
            return kind
    if view.tag in _HEADS or view.piece.bold_chars:
        if _SECTION.match(words) or (_SECTION_TAIL.search(words) and len(words) < 30):
            return "related"
    return None


def _ends_section(state: Judge, view: View) -> bool:
    """True where a section of furniture is over: its box is left, or the report goes on."""
    in_box = _is_inside(state.page, view.piece.node, state.section_node)
    if not in_box:
        return True
    is_wide = _is_inside(state.page, state.container, state.section_node)
    # in a box of its own only what trafilatura keeps ends it: teasers have sentences too
    return view.prose and (view.kept or (is_wide and view.among)) and view.inside


def _worded(state: Judge, view: View) -> BlockKind | None:
    """The kind by form and place, where the markup gives no name."""
    words, size = view.words, len(view.piece)
    before_body = view.number < state.first and (state.title is None or view.number > state.title)
    for test, kind in _BY_WORDS:
        if size < 240 and test(view):
            return kind
    if size <= _META_LENGTH and (view.inside or before_body):
        if dates_in(words) or is_clock(words) or (view.piece.moment and size < 60):
            return "dateline"
        if view.number > state.last - 1 and is_credit_line(words, in_caption=False):
            return "credit"
        if is_byline(words):
            return "byline"
        if before_body and not state.has_byline and not view.ends and is_names_only(words):
            return "byline"
    if view.tag in _HEADS and view.inside and view.among and not view.all_link:
        return "headline"
    is_bold = view.piece.bold_chars * 10 >= size * 9
    if is_bold and view.among and view.inside and not view.ends and 3 < size < 80:
        return "headline"
    if size < 300 and view.inside and (view.piece.by_image or is_caption(words)):
        if view.tag not in ("p", "li", "td") or is_caption(words):
            return "caption"
    return None


def _prose_or_rest(state: Judge, view: View) -> BlockKind:
    """Body or the rest, by trafilatura's word, links, sentences and place."""
    size, many = len(view.piece), len(view.words.split()) >= 4
    if view.all_link or (view.linked and not view.ends):
        # `<p><a>Ukraine's allies meet in Berlin</a></p>` between two paragraphs: a link box
        return "related" if many else "navigation"
    before_title = state.title is not None and view.number < state.title and size < 400
    if before_title or not (view.inside or view.kept):
        return "related" if view.prose and view.tag != "div" else "navigation"
    if view.number < state.first and view.among and not view.ends:
        # between headline and text, without a stop: a standfirst, or the CMS's own words
        return "headline" if size > 30 and not view.linked else "navigation"
    if view.kept and (view.among or size > 60):
        return "body"
    if view.among and not view.linked and (size > 20 or view.ends or view.tag in _LISTS):
        return "body"
    if view.inside and view.number in (state.first - 1, state.last + 1):
        # "Hale reported from Kyiv." under the last paragraph is short, and the report's
        if view.prose or (view.tag == "p" and view.ends and size > 20 and not view.linked):
            return "body"
    return "related" if view.linked and many else "navigation"


_LISTS = frozenset({"li", "td", "th", "tr", "dd", "dt", "pre", "p"})
# In order: address before advert and navigation, as in lines.py. "Read more" counts as a link
# only where it is one, at least in part: "Explained: how …" may open a paragraph.
_BY_WORDS = (
    (lambda v: is_address(v.words), "address"),
    (lambda v: is_of_kind("advert", v.words), "advert"),
    (lambda v: is_of_kind("related", v.words) and v.piece.link_chars * 3 > len(v.piece), "related"),
    (lambda v: bool(_APPEAL.search(v.words) and _TO_READER.search(v.words))
     and not re.search(r"[\"“”]|\bsaid\b", v.words), "advert"),
    (lambda v: bool(_PRINTED.match(v.words)) and not v.kept, "navigation"),
    (lambda v: len(v.piece) < 140 and bool(_PRINTED.match(v.words)), "navigation"),
    (lambda v: is_navigation(v.words) and len(v.piece) < 120, "navigation"),
)  # fmt: skip
