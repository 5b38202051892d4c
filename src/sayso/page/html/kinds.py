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
from collections.abc import Callable
from dataclasses import dataclass, field

from sayso.lexicon.publishers import is_wire
from sayso.page.furniture import is_of_kind
from sayso.page.html.dates import dates_in, is_clock
from sayso.page.html.lines import Page, Piece
from sayso.page.html.names import is_byline, is_credit_line, is_names_only
from sayso.page.html.oracle import Kept
from sayso.page.html.zones import FURNITURE_KIND
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
    r"support (?:us|our|independent)|free (?:trial|stories|articles)|create an account|"
    r"whatsapp channel|download our|inbox|mailbox)\b",
    re.IGNORECASE,
)  # fmt: skip
_BRIEFING = re.compile(
    r"(?:get|join|receive) (?:the|our)\b.{0,40}\b(?:briefing|newsletter|alerts|updates)",
    re.IGNORECASE,
)
_TO_READER = re.compile(r"\b(?:you|your|us|our|this newsletter|here)\b", re.IGNORECASE)
_PRINTED = re.compile(
    r"[\W_]{0,3}(?:this (?:page|article) was printed|this entry was posted|"
    r"printed (?:from|on|by)\b|©|\(c\)|copyright\b|"
    r"(?:our )?standards:|all rights reserved|print this|e?-?mail this|mail it|"
    r".{0,12}min(?:ute)?s? read)", re.IGNORECASE,
)  # fmt: skip
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_META_LENGTH = 160  # a byline or a date line is no longer than this


def is_appeal(words: str) -> bool:
    """True where the site speaks of itself to its reader, and nobody is quoted."""
    to_reader = _APPEAL.search(words) and _TO_READER.search(words)
    return bool(to_reader) and not re.search(r"[\"“”]|\bsaid\b", words)


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
        is_prose = is_prose and zone not in FURNITURE_KIND
        if is_prose and (not kept.folded or kept.keeps(page.words(piece))):
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
    if not sure:
        return len(page.pieces), len(page.pieces)
    return sure[0], _last_short(state, sure[-1])


def _last_short(state: Judge, last: int) -> int:
    """The last of the short paragraphs that end a report: "No deaths were reported by midday."."""
    page = state.page
    for number in range(last + 1, min(last + 6, len(page.pieces))):
        piece = page.pieces[number]
        words = page.words(piece)
        is_its = state.kept.keeps(words) and _is_inside(page, piece.node, state.container)
        plain = page.nodes[piece.node].zone is None and piece.link_chars * 3 < len(piece)
        if is_its and plain and len(piece) > 20 and _SENTENCE.search(words):
            last = number
    return last


def _zoned(state: Judge, view: View) -> BlockKind | None:
    """The kind that the markup gives, None where it leaves it to words and place."""
    if view.number == state.title:
        return "headline"
    if view.zone == "bio" and view.number < state.first:
        # "author-info" over the report is its byline, under it a box about a person
        if dates_in(view.words) or is_clock(view.words):
            return "dateline"
        if is_byline(view.words):
            return "byline"
    if view.zone in FURNITURE_KIND:
        return "advert" if is_of_kind("advert", view.words) else FURNITURE_KIND[view.zone]
    if view.zone == "caption":
        shot_by = is_credit_line(view.words, in_caption=True) or is_wire(view.words)
        return "credit" if shot_by else "caption"
    if view.zone == "quote":
        return "quote"
    if view.zone in ("standfirst", "headline") and (view.inside or view.tag in _HEADS):
        return "headline" if len(view.piece) < 400 else None
    return _named(view) if len(view.piece) <= _META_LENGTH else None


def _named(view: View) -> BlockKind | None:
    """Credit, byline or date by the markup's name; a name around both is told by the words."""
    dated = bool(dates_in(view.words))
    if view.zone == "byline":
        return "dateline" if dated else "byline"
    if view.zone == "dateline":
        return "byline" if is_byline(view.words) and not dated else "dateline"
    return "credit" if view.zone == "credit" else None


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
    if _BRIEFING.match(words) and view.tag in _HEADS:
        return "advert"
    heads = view.tag in _HEADS or view.piece.bold_chars
    tailed = _SECTION_TAIL.search(words) and len(words) < 30
    return "related" if heads and (_SECTION.match(words) or tailed) else None


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
    size = len(view.piece)
    if view.inside and is_clock(view.words):
        return "dateline"  # before navigation: "07:40" over an entry of a live blog
    if view.inside and view.number >= state.last and view.words.startswith(("©", "Copyright")):
        return "credit"
    if size < 240:
        for test, kind in _BY_WORDS:
            if test(view):
                return kind
    before_body = view.number < state.first and (state.title is None or view.number > state.title)
    if size <= _META_LENGTH and (view.inside or before_body):
        kind_of_line = _meta_of(state, view, before_body=before_body)
        if kind_of_line:
            return kind_of_line
    if view.inside and view.among:
        is_bold = view.piece.bold_chars * 10 >= size * 9 and not view.ends and 3 < size < 80
        if (is_bold or view.tag in _HEADS) and not view.all_link:
            return "headline"
    if view.inside and size < 300 and _captions(state.page, view):
        return "caption"
    return None


def _meta_of(state: Judge, view: View, *, before_body: bool) -> BlockKind | None:
    """Date, byline or credit by the form of a short line and where it stands."""
    words = view.words
    if dates_in(words) or is_clock(words) or (view.piece.moment and len(words) < 60):
        return "dateline"
    if view.number > state.first and is_credit_line(words, in_caption=False):
        return "credit"  # before bylines: "(Yonhap)" under the last paragraph
    nameless = before_body and not state.has_byline and not view.ends
    if is_byline(words) or (nameless and is_names_only(words)):
        return "byline"
    return None


def _captions(page: Page, view: View) -> bool:
    """True for words that say they are a caption, or stand in one box with a picture."""
    if is_caption(view.words):
        return True
    box = view.piece.image_box
    # a box with a picture and a few words, whatever it is called
    boxed = box > 0 and page.nodes[box].chars < 350 and page.nodes[box].tag != "body"
    return view.tag not in ("p", "li", "td") and (view.piece.by_image or boxed)


def _prose_or_rest(state: Judge, view: View) -> BlockKind:
    """Body or the rest, by trafilatura's word, links, sentences and place."""
    size = len(view.piece)
    # `<p><a>Ukraine's allies meet in Berlin</a></p>` between two paragraphs is a link box
    is_box = view.all_link or (view.linked and not view.ends)
    before_title = state.title is not None and view.number < state.title and size < 400
    if is_box or before_title or not (view.inside or view.kept):
        return _beside(view)
    if view.number < state.first and view.among and not view.ends:
        # between headline and text, without a stop: a standfirst, or the CMS's own words
        return "headline" if size > 30 and not view.linked else "navigation"
    return "body" if _is_body(state, view) else _beside(view)


def _is_body(state: Judge, view: View) -> bool:
    size = len(view.piece)
    if view.kept:
        return view.among or size > 60
    if view.among:
        return not view.linked and (size > 20 or view.ends or view.tag in _LISTS)
    # "Hale reported from Kyiv." under the last paragraph is short, and the report's
    is_note = view.tag == "p" and view.ends and size > 20 and not view.linked
    is_next = view.number in (state.first - 1, state.last + 1)
    return view.inside and is_next and (view.prose or is_note)


def _beside(view: View) -> BlockKind:
    """What is not of the report: a headline's length of link is another story's."""
    is_story = view.linked and len(view.words.split()) >= 4
    return "related" if is_story or (view.prose and view.tag == "p") else "navigation"


_LISTS = frozenset({"li", "td", "th", "tr", "dd", "dt", "pre", "p"})
# In order: address before advert and navigation, as in page/lines.py. "Read more" counts as a link
# only where it is one, at least in part: "Explained: how …" may open a paragraph.
_BY_WORDS: tuple[tuple[Callable[[View], bool], BlockKind], ...] = (
    (lambda v: is_address(v.words), "address"),
    (lambda v: is_of_kind("advert", v.words), "advert"),
    (lambda v: is_of_kind("related", v.words) and v.piece.link_chars * 3 > len(v.piece), "related"),
    (lambda v: is_appeal(v.words), "advert"),
    (lambda v: bool(_PRINTED.match(v.words)) and not v.kept, "navigation"),
    (lambda v: len(v.piece) < 140 and bool(_PRINTED.match(v.words)), "navigation"),
    (lambda v: is_navigation(v.words) and len(v.piece) < 120, "navigation"),
)  # fmt: skip
