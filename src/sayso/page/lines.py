"""What a line or paragraph is, by its own words: the rules that need no neighbour.

`kind_of` is asked for each line of plain text, a PDF's lines and a document's paragraphs alike.
The order of RULES matters and is explained beside it. What needs the neighbours (headlines, list
items under "Related", captions by place) is in blocks.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from sayso.page.dateline import is_dateline
from sayso.page.dates import LONGEST_DATE, split_date
from sayso.page.furniture import is_menu, is_of_kind
from sayso.record import BlockKind

LONGEST_FURNITURE = 240  # a longer paragraph is read, whatever it begins with
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")

_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|@\w{2,30}|(?:twitter|x|facebook|instagram|youtube|t)\.(?:com|me|co)/\S+"
    r"|\(?\d{3}\)?[ -.]\d{3}[-.]\d{4})",
    re.IGNORECASE,
)
_ADDRESS_WORDS = frozenset(
    "or and on at via call e-mail email mail tel phone contact reach follow him her them us the"
    " author reporter writer twitter x facebook telegram instagram link url web source address"
    " website".split()
)
_LEGEND = re.compile(r"[█■▪▬●◼◆▓░]{1,3}\s")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]|\d{1,4} ?/ ?\d{1,4}"
    r"|\d{1,3} min(?:ute)?s? (?:read|listen)|\d{1,6} (?:comments?|shares?|views?|likes?)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[\w&' ]{2,30}(?: [>»›] [\w&' ]{2,40}){1,6}(?: [>»›].{0,120})?")
_DOTTED = re.compile(
    r"[\w&'.]+(?: [\w&'.]+){0,3} [·•] [\w&'.]+(?: [\w&'.]+){0,2}(?: [·•] .{1,30})?"
)
_BAR = re.compile(r"[\w&'. ]{1,25}(?: \| [\w&'. ]{1,25}){2,}")

_CREDIT = re.compile(
    r"\(?(?:additional |further )?(?:reporting|writing|editing|compiled|translated|edited)"
    r"(?: and (?:writing|editing|reporting))? (?:in [A-Z]\w+ )?by\b"
    r"|[\(\[]?(?:©|\(c\)|copyright\b)"
    r"|\((?:with|additional) (?:inputs?|reporting|agenc|files|material)"
    r"|[a-z]{2,4}(?:-[a-z]{2,4}){0,3}/[a-z]{1,4}(?:/[a-z]{1,4})?(?:$| \()",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting|to (?:this|the) (?:report|story|article))\b")
_RIGHTS = re.compile(r"\ball rights reserved\b", re.IGNORECASE)

_BY = re.compile(r"(?:(?:written|reported|words|story|text|report) )?by:? (?=\S)", re.IGNORECASE)
_NAME_JOINTS = frozenset(
    "and & in at for of the with von van de der den da di del la le el al bin ibn ben ter ul"
    " staff writer writers reporter reporters correspondent correspondents editor contributor"
    " our special senior chief bureau news agencies agency desk digital political diplomatic"
    " foreign defence defense security".split()
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june"
    " july august september october november december noon midnight".split()
)
LONGEST_BYLINE = 18

_PICTURE = (
    r"(?:photo(?:graph)?s?|pictures?|images?|screengrabs?|screenshots?|video grabs?|frame grabs?"
    r"|stills?|footage|map|graphic|illustration|portrait|view)"
)
_PICTURE_LEAD = re.compile(
    r"(?:an?|the|this|these|in this|two|combination)? ?"
    r"(?:(?:file|handout|undated|aerial|archive|archival|combination|combo|composite|satellite"
    r"|screen|general|drone|video|still|pool|official|family|police|courtesy|released|recent"
    r"|social media|press|black-and-white|colour|color)[ -]?){0,3}" + _PICTURE + r"\b",
    re.IGNORECASE,
)
_ONE_PICTURE = re.compile(
    r"(?:an?|the|this) (?:\w+ ){0,2}(?:photo(?:graph)?|picture|image|screengrab|screenshot)\b",
    re.IGNORECASE,
)
_SHOWS = re.compile(r"[^.!?]{0,120}?\b(?:shows|depicts|captures)\b[^.!?]*[.!?]?$")
_FILE_PHOTO = re.compile(
    r"(?:(?:file|handout|archive|illustrative) (?:photo|picture|image|pic)|photo caption|caption"
    r"|pictured|image caption)\s?[:.\-–—]",
    re.IGNORECASE,
)
# After the picture word, the participle or place of a phrase that is no sentence.
_PHRASE = re.compile(
    r"[,:]? ?(?:(?:purportedly|allegedly|reportedly|apparently|believed to be)[ ,])?"
    r"(?:\w{1,40}ing\b|taken\b|made available\b|released\b|provided\b|obtained\b|distributed\b"
    r"|posted\b|shared\b|issued\b|dated\b|published\b|shows?\b|(?P<place>of\b|from\b))",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:(?:in )?(?:this|these) (?!\w+ (?:of|from)\b)"
    r"|(?:an? |the )?(?:undated|handout|combination|file) )",
    re.IGNORECASE,
)
_FINITE_WORDS = (
    r"is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|said|says"
    r"|told|went|took|came|made|began|fell|held|met|won|lost|hit|struck|fought|rose|gave|got|saw|put"
    r"|led|set|sent|broke|fled|blew|drew|knew|understood|thought|felt|became|kept|brought|stood|ran"
    r"|goes|comes|takes|makes|gives|says|remains|became"
)
_FINITE = re.compile(
    rf"\b(?:{_FINITE_WORDS}|shows?|showed|reported|sparked|prompted|appeared|emerged)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"\b(?:{_FINITE_WORDS}|be|been|\w{{2,}}ed|left|shot|killed|cut|found)\b", re.IGNORECASE
)
# How a caption ends: who shot it. Case matters, since "(and/or others)" is no credit, and so does
# the full stop: "… the rebel coalition (Fatah/Hamas)." and "… stop using his image." are sentences.
_SHOT_BY = re.compile(
    r"(?:[(\[|/–—-] ?(?:[Ff]ile )?(?:[Pp]hotos?|PHOTO|[Pp]icture|[Ii]mage|[Cc]redit|[Ss]ource"
    r"|AP Photo|[Hh]andout)(?: (?:by|courtesy)\b[^()\[\]]{0,80}|[:/][^()\[\]]{0,80})?[)\]]?\.?"
    r"|[(\[][A-Z][^()\[\]/]{1,60}/[A-Z][^()\[\]/]{1,60}[)\]]"
    r"|\bREUTERS(?:/[A-Z][\w .-]{1,50})?"
    r"|\b(?:Getty Images|[Vv]ia (?:Getty|AP|Reuters|REUTERS|AFP)|Shutterstock|EPA-EFE"
    r"|Wikimedia Commons)[)\]]?"
    r"|\b(?:Photo|PHOTO|Picture|Image|Credit|Courtesy)(?: by| of| courtesy of|:)"
    r" [A-Z][^.]{1,60}\.?)$"
)
# So too, but short lines of this look are names ("Jane Roe / AFP").
_SLASHED = re.compile(r"\s/ ?[A-Z][\w ./&'-]{1,50}$")


def _is_shot(words: str) -> bool:
    """True where a line ends with who took the picture."""
    end = words[-130:]
    return bool(_SHOT_BY.search(end)) or (len(words.split()) > 4 and bool(_SLASHED.search(end)))


def has_verb(words: str) -> bool:
    """True where some word may be a finite verb; participles in -ed count, to be safe."""
    return bool(_VERB.search(words))


def is_address(words: str) -> bool:
    """True for a line of addresses, handles and telephone numbers, and the words that tie them."""
    bare = words.strip(" -–—<>()[]|•*:").rstrip(".,;")
    if not _ADDRESS.search(bare) or len(bare) > 300:
        return False
    rest = [w.strip(".,;:()|").casefold() for w in _ADDRESS.sub(" ", bare).split()]
    if all(w in _ADDRESS_WORDS or not w for w in rest):
        return True
    # a writer's name before the writer's own: Clay Nolan: clay@example.org, @claynolan
    names = [w for w in _ADDRESS.sub(" ", bare).split() if w[0].isalpha()]
    return "@" in bare and len(rest) <= 6 and all(w[0].isupper() for w in names)


def is_navigation(words: str) -> bool:
    """True for menus, breadcrumbs, page numbers, map legends, signs without a letter."""
    if not any(c.isalpha() for c in words):
        return True  # "* * *", "1/5", "___": nothing to read in it
    if _LEGEND.match(words):  # "██ Syrian opposition" beside a map
        return True
    if _PAGE_NUMBER.fullmatch(words) or _CRUMBS.fullmatch(words) or _BAR.fullmatch(words):
        return True
    if _DOTTED.fullmatch(words):  # "Harbour Courier · War"
        return True
    return is_menu(words) or is_of_kind("navigation", words)


def is_credit(words: str) -> bool:
    """True for the lines that say who reported, edited, shot or owns it."""
    if _CREDIT.match(words) or _CONTRIBUTED.search(words) or _RIGHTS.search(words):
        return True
    return is_of_kind("credit", words)


def is_byline(words: str) -> bool:
    """True for "By Jane Roe and John Doe, Reuters", never for "By Friday, the town had fallen."."""
    by = _BY.match(words)
    longest = 7 if words.isupper() else LONGEST_BYLINE  # all in capitals, any clause looks named
    if not by or len(words.split()) > longest:
        return False
    names = re.sub(r"(?<!\S)\S+@\S+|[|/•·].*", " ", words[by.end() :]).split()
    if not names or re.search(r"[!?:;]$", words):
        return False
    bare = [n.strip(",.()") for n in names]
    if bare[0].casefold() in _NOT_NAMES or not bare[0][:1].isalpha():
        return False  # "By Friday", "By 2030"
    return any(n[:1].isupper() for n in bare) and all(
        n[:1].isupper() or n.isdigit() or n.casefold() in _NAME_JOINTS or not n for n in bare
    )


def is_date_line(words: str) -> bool:
    """True for a date alone, or beside a paper's or a place's name.

    "Updated: Dec. 27, 2024, 3:15 PM", "Volga Chronicle | 27 December 2024".
    """
    if len(words) > 2 * LONGEST_DATE or words.isdigit():
        return False
    found = split_date(words)
    if found is None or not found[0]:
        return found is not None
    beside = found[0].split()
    return (
        len(beside) <= 6
        and not _ENDED.search(words)
        and all(
            w[0].isupper() or not w[0].isalpha() or w.casefold() in _NAME_JOINTS for w in beside
        )
    )


def is_caption(words: str) -> bool:
    """True where the words alone show a picture's caption.

    "A photo purportedly showing two prisoners near the border." is no sentence; "A photo posted by
    the brigade showed two prisoners." is one, and the report's.
    """
    if len(words) > 600:
        return False
    if _FILE_PHOTO.match(words):
        return True
    if _is_shot(words) and not is_credit(words):
        return True
    lead = _PICTURE_LEAD.match(words)
    phrase = _PHRASE.match(words, lead.end()) if lead else None
    if not phrase or words.isupper():
        return False
    # "This handout picture taken on Friday shows …" points at what stands beside it
    if _POINTS.match(words):
        return True
    rest = words[phrase.end() :]
    if phrase["place"]:  # "The footage of the raid drew crowds": any verb makes it a sentence
        return len(rest.split()) <= 25 and not has_verb(rest)
    return not _FINITE.search(rest)


def shows_picture(words: str) -> bool:
    """True for a sentence that says what one picture shows ("A photo … shows the two men.").

    A caption where it stands before the text; within it, the report's own words.
    """
    found = _ONE_PICTURE.match(words)
    return found is not None and len(words) < 300 and bool(_SHOWS.match(words, found.end()))


# In order. Adverts before related: "Advertisement - story continues below" has a dash. Address
# before navigation and credit: "Source: https://example.org" has no letters that name anyone.
# Caption before credit: "Rescuers at the site. Photo: Jane Roe" is a caption with its credit;
# is_caption itself passes over what is a credit only. Byline before credit ("Written by …")
# and before dateline ("By Jane Roe, 24 December 2024").
RULES: tuple[tuple[BlockKind, Callable[[str], bool]], ...] = (
    ("advert", lambda words: is_of_kind("advert", words)),
    ("address", is_address),
    ("byline", is_byline),
    ("dateline", lambda words: is_date_line(words) or is_dateline(words)),
    ("credit", is_credit),
    ("related", lambda words: is_of_kind("related", words)),
    ("navigation", is_navigation),
)


@functools.lru_cache(maxsize=4096)  # asked of a line and of both its neighbours
def kind_of(words: str) -> BlockKind | None:
    """What a line is by its words alone; None where only its place can tell body from headline.

    `words` has its white space folded to single spaces. Captions may be of any usual length, all
    else only up to LONGEST_FURNITURE: a long paragraph is read, whatever it begins with.
    """
    if len(words) <= LONGEST_FURNITURE:
        for kind, holds in RULES:
            if holds(words):
                return kind
    return "caption" if is_caption(words) else None


# What is a thing of its own though it stands against the text's lines.
_ALONE = frozenset({"address", "advert", "navigation", "dateline", "byline"})


def breaks_between(line: str, after: str) -> bool:
    """True where two lines that touch are not one paragraph, by their words.

    An address line cuts a sentence in two; a caption's line ends, and the text begins under it.
    """
    here, there = kind_of(line), kind_of(after)
    if here in _ALONE or there in {"address", "advert", "dateline", "byline"}:
        return True
    if there in {"related", "navigation", "credit", "caption"} and _ENDED.search(line):
        return True
    if here == "caption":
        return bool(_ENDED.search(line)) or _is_shot(line)
    if here == "related":
        return not after[:1].islower() and not is_title_case(after)
    return False


def is_title_case(words: str, share: float = 0.7) -> bool:
    """True where most of the longer words begin with a capital, as headlines do."""
    longer = [w for w in words.split() if len(w) > 3 and w[0].isalpha()]
    return bool(longer) and sum(w[0].isupper() for w in longer) >= share * len(longer)
