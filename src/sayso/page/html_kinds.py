"""Which kind of block each piece of a page is.

Order of judgement, each with the page that forced it:
1. furniture by its zone: a related box in mid-text has good prose, and trafilatura may keep it;
2. headline, caption, credit, byline, date by zone or by form and place;
3. furniture by its words ("Read more: …"), where the markup says nothing;
4. trafilatura: what it keeps is body;
5. our own rules for the rest: prose among body is body (it drops short paragraphs and lists).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.page.dates import read_date
from sayso.page.html_lines import Page, Piece
from sayso.page.html_names import is_byline, is_credit_line
from sayso.page.html_oracle import Kept
from sayso.page.html_zones import FURNITURE_KIND
from sayso.record import BlockKind

_RELATED_HEAD = re.compile(
    r"(?:related|read (?:more|also|next|on)|more (?:from|on|about|stories|news|in|like)|"
    r"most (?:read|popular|viewed|shared)|recommended|see also|also (?:read|on|in)|"
    r"you (?:may|might)|trending|latest|top stories|editor'?s'? picks?|don'?t miss|up next|"
    r"further reading|popular|what to read|keep reading|in other news|elsewhere|"
    r"related (?:stories|articles|topics|news|coverage)|our picks|must[- ]reads?)\b"
    r"(?:[^.!?]{0,60})$", re.I,
)  # fmt: skip
_COMMENT_HEAD = re.compile(
    r"(?:\d{1,6} )?(?:comments?|responses?|leave a (?:reply|comment)|join the (?:discussion|"
    r"conversation)|post a comment|reader comments?|discussion)\b[^.]{0,40}$", re.I,
)  # fmt: skip
_ADVERT_HEAD = re.compile(
    r"(?:advertisements?|sponsored|ad|promoted|paid content|sign up (?:for|to)|subscribe|"
    r"get (?:the|our) [^.]{0,40}newsletter|newsletter|support (?:our|independent)|donate)\b"
    r"[^.]{0,60}$", re.I,
)  # fmt: skip
_NAV_HEAD = re.compile(
    r"(?:share(?: this)?|tags?|topics?|follow us|filed under|print|sections?|menu|search|"
    r"categor(?:y|ies)|about us|contact)\b[^.]{0,40}$", re.I,
)  # fmt: skip
_INLINE_RELATED = re.compile(
    r"[\W_]{0,4}(?:related(?: (?:article|story|news|reading|coverage|content))?s?|read(?: more| also|"
    r" next| on)?|also read|see also|more(?: on this| here)?|watch|recommended|don'?t miss|"
    r"(?:more )?background|go deeper|explained|opinion|analysis)\s{0,2}[:>»|–—-]", re.I,
)  # fmt: skip
_ADVERT_WORDS = re.compile(
    r"[\W_]{0,4}(?:advertisement|advertisements|sponsored(?: content)?|ad|promoted|publicité|"
    r"anzeige|story continues below(?: this)? ad\w*|article continues (?:after|below)[^.]{0,40}|"
    r"(?:continue|scroll)[^.]{0,30} advertisement)[\W_]{0,4}$", re.I,
)  # fmt: skip
_NAV_WORDS = re.compile(
    r"(?:share|tweet|email|print|copy link|save|listen|comments?|follow us|\d{1,3} min(?:ute)?s? "
    r"(?:read|ago)|read in app|home|©.{0,80}|copyright .{0,80}|all rights reserved.{0,40}|"
    r"our standards:.{0,80}|back to top|skip to .{0,30}|loading.{0,10}|report an? (?:error|typo)"
    r".{0,40}|photo gallery|view gallery|\d{1,3} ?/ ?\d{1,3}|enlarge(?: this)? image|toggle caption"
    r"|hide caption|click to expand|play video|facebook|twitter|whatsapp|telegram|x|linkedin)$",
    re.I,
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{3,2000}$", re.I)
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BODY_TAGS = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "pre"})
_META_LENGTH = 160  # a byline or a date line is no longer than this


@dataclass(slots=True)
class Judge:
    """What is known of the page while its pieces are judged one by one."""

    page: Page
    kept: Kept
    title: int | None  # the piece that is the headline
    container: int  # the node that holds the body
    kinds: list[BlockKind | None] = field(default_factory=list)
    section: BlockKind | None = None  # furniture that a heading opened ("Related stories")
    section_node: int = -1

    def inside(self, piece: Piece) -> bool:
        """True where the piece stands in the container of the body."""
        index = piece.node
        while index > self.container:
            index = self.page.nodes[index].parent
        return index == self.container


def judge(page: Page, kept: Kept, title: int | None) -> list[BlockKind]:
    """The kind of each piece of a page, in order."""
    state = Judge(page, kept, title, find_container(page, kept))
    first, last = _body_range(state)
    for number, piece in enumerate(page.pieces):
        kind = _zoned(state, number, piece)
        if kind is None:
            kind = _by_words(state, number, piece, first, last)
        state.kinds.append(kind)
    return [kind or "navigation" for kind in state.kinds]


def find_container(page: Page, kept: Kept) -> int:
    """The innermost node that holds nearly all of the body, by what was kept, else by prose."""
    weights = [0] * len(page.nodes)
    total = 0
    for piece in page.pieces:
        words = page.words(piece)
        is_prose = len(piece) > 60 and piece.link_chars * 3 < len(piece)
        zone = page.nodes[piece.node].zone
        if is_prose and zone not in FURNITURE_KIND and (not kept.folded or kept.keeps(words)):
            weights[piece.node] += len(piece)
            total += len(piece)
    best = 0
    for index in range(len(page.nodes) - 1, -1, -1):
        if weights[index] * 10 >= total * 9 and total:
            best = index
            break
        if page.nodes[index].parent >= 0:
            weights[page.nodes[index].parent] += weights[index]
    while page.nodes and page.nodes[best].tag in _BODY_TAGS and page.nodes[best].parent >= 0:
        best = page.nodes[best].parent  # a report of one paragraph
    return best


def _body_range(state: Judge) -> tuple[int, int]:
    """The first and last piece that is surely body (past the end where there is none)."""
    sure = [
        number
        for number, piece in enumerate(state.page.pieces)
        if len(piece) > 80 and state.inside(piece) and piece.link_chars * 2 < len(piece)
        and state.page.nodes[piece.node].zone not in FURNITURE_KIND
        and (not state.kept.folded or state.kept.keeps(state.page.words(piece)))
    ]  # fmt: skip
    return (sure[0], sure[-1]) if sure else (len(state.page.pieces), len(state.page.pieces))


def _zoned(state: Judge, number: int, piece: Piece) -> BlockKind | None:
    """The kind that the markup gives, None where it leaves it to words and place."""
    page, words = state.page, state.page.words(piece)
    node = page.nodes[piece.node]
    if number == state.title:
        return "headline"
    if node.zone in FURNITURE_KIND:
        if node.zone == "advert" or _ADVERT_WORDS.match(words):
            return "advert"
        return FURNITURE_KIND[node.zone]  # type: ignore[return-value]
    if _ADDRESS.match(words):
        return "address"
    if _ADVERT_WORDS.match(words):
        return "advert"
    match node.zone:
        case "caption":
            return "credit" if is_credit_line(words, in_caption=True) else "caption"
        case "credit" if len(piece) <= _META_LENGTH:
            return "credit"
        case "byline" if len(piece) <= _META_LENGTH:
            return "dateline" if _is_date(piece, words) else "byline"
        case "dateline" if len(piece) <= _META_LENGTH:
            return "byline" if is_byline(words) and not _is_date(piece, words) else "dateline"
        case "quote":
            return "quote"
        case "standfirst" if state.inside(piece) or number < len(page.pieces):
            return "headline"
    return None


def _is_date(piece: Piece, words: str) -> bool:
    return read_date(words) is not None or (piece.moment is not None and len(words) < 60)


def _by_words(state: Judge, number: int, piece: Piece, first: int, last: int) -> BlockKind | None:
    """The kind by tag, words and place, where the markup gives no name."""
    page, words = state.page, state.page.words(piece)
    node = page.nodes[piece.node]
    linked = piece.link_chars * 2 > len(piece)
    inside = state.inside(piece)
    if node.tag in _HEADS or _is_heading_line(words, piece):
        kind = _open_section(state, piece, words)
        if kind:
            return kind
        if node.tag in _HEADS and inside and first - 3 <= number <= last and not linked:
            state.section = None
            return "headline"
    if state.section:
        if _ends_section(state, piece, words):
            state.section = None
        else:
            return state.section
    if _INLINE_RELATED.match(words) and len(piece) < 220 and piece.link_chars * 3 > len(piece):
        return "related"
    if _NAV_WORDS.match(words):
        return "navigation"
    near = first - 8 <= number < first or last < number <= last + 3
    if len(piece) <= _META_LENGTH and not (linked and len(words.split()) > 6):
        if _is_date(piece, words) and (near or inside):
            return "dateline"
        if is_byline(words) and (near or number == first):
            return "byline"
        if is_credit_line(words, in_caption=False) and number > first:
            return "credit"
    return _prose_or_rest(state, number, piece, (first, last), inside=inside, linked=linked)


def _prose_or_rest(
    state: Judge, number: int, piece: Piece, bounds: tuple[int, int], *, inside: bool, linked: bool
) -> BlockKind:
    words = state.page.words(piece)
    tag = state.page.nodes[piece.node].tag
    first, last = bounds
    among = first <= number <= last
    if piece.link_chars * 10 >= len(piece) * 9:
        # `<p><a>Ukraine's allies meet in Berlin</a></p>` between two paragraphs: a link box
        return "related" if len(words.split()) >= 4 else "navigation"
    is_short = len(piece) < 25 and not _SENTENCE.search(words)
    if state.kept.keeps(words) and inside and not (is_short and not among):
        return "body"
    if state.kept.keeps(words) and len(piece) > 60 and not state.inside(piece) and not linked:
        return "body"
    if inside and not linked and (among or number in (first - 1, last + 1)):
        if among and (tag in _BODY_TAGS or len(piece) > 40) and (len(piece) > 20 or among):
            return "body"
        if _SENTENCE.search(words) and len(piece) > 40:
            return "body"
    return "related" if linked and len(words.split()) >= 5 else "navigation"


def _is_heading_line(words: str, piece: Piece) -> bool:
    """True for a short line that heads something though its tag does not say so."""
    return len(piece) < 60 and piece.link_chars == 0 and not _SENTENCE.search(words)


def _open_section(state: Judge, piece: Piece, words: str) -> BlockKind | None:
    """The furniture that a heading opens ("Most read"), if it does."""
    for pattern, kind in (
        (_RELATED_HEAD, "related"), (_COMMENT_HEAD, "related"), (_ADVERT_HEAD, "advert"),
        (_NAV_HEAD, "navigation"),
    ):  # fmt: skip
        if pattern.match(words.strip(" :»>|•-")):
            state.section, state.section_node = kind, state.page.nodes[piece.node].parent  # type: ignore[assignment]
            return kind  # type: ignore[return-value]
    return None


def _ends_section(state: Judge, piece: Piece, words: str) -> bool:
    """True where a section of furniture is over: prose that is no link, or its box is left."""
    if state.section_node > 0 and all(
        node is not state.page.nodes[state.section_node] for node in state.page.way_up(piece.node)
    ):
        return True
    is_prose = (
        len(piece) > 60 and piece.link_chars * 3 < len(piece) and bool(_SENTENCE.search(words))
    )
    return is_prose and (state.kept.keeps(words) or state.page.nodes[piece.node].tag == "p")
