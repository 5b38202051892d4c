"""What a line or paragraph is, by its own words: the rules that need no neighbour.

`kind_of` is asked for each line of plain text, a PDF's lines and a document's paragraphs alike.
The order of RULES matters and is explained beside it. What needs the neighbours (headlines, list
items under "Related", captions by place) is in blocks.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sayso.page.dates import LONGEST_DATE, read_date
from sayso.page.furniture import is_of_kind
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
_FILE_PHOTO = re.compile(
    r"(?:(?:file|handout|archive|illustrative) (?:photo|picture|image|pic)|photo caption|caption"
    r"|pictured|image caption)\s?[:.\-–—]",
    re.IGNORECASE,
)
# After the picture word, the participle or place of a phrase that is no sentence.
_PHRASE = re.compile(
    r"[,:]? ?(?:(?:purportedly|allegedly|reportedly|apparently|believed to be)[ ,])?"
    r"(?:\w+ing\b|taken\b|made available\b|released\b|provided\b|obtained\b|distributed\b|from\b"
    r"|of\b|posted\b|shared\b|issued\b|dated\b|published\b|shows?\b)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:(?:in )?(?:this|these) (?!\w+ (?:of|from)\b)|(?:an? |the )?(?:undated|handout|combination|file) )",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did"
    r"|said|says|told|shows?|showed|reported|sparked|prompted|went|appeared|emerged|drew|led)\b"
)
_SEEN_HERE = re.compile(
    r"\((?:pictured|left|right|cent(?:er|re)|top|bottom|above|below|file|l|r|c|file photo)\)"
    r"|\b(?:seen here|pictured (?:here|above|below|left|right)|in this (?:\w+ ){0,3}"
    r"(?:photo|picture|image|grab|screengrab|handout))\b",
    re.IGNORECASE,
)
# How a caption ends: who shot it. Case matters, since "(and/or others)" is no credit; a sentence's
# own full stop after the bracket rules it out ("… the rebel coalition (Fatah/Hamas).").
_SHOT_BY = re.compile(
    r"(?:[(\[|/–—-] ?(?:[Ff]ile )?(?:[Pp]hotos?|PHOTO|[Pp]icture|[Ii]mage|[Cc]redit|AP Photo|[Hh]andout)"
    r"\b[^()\[\]]{0,80}[)\]]?\.?"
    r"|[(\[][A-Z][^()\[\]/]{1,60}/[A-Z][^()\[\]/]{1,60}[)\]]"
    r"|\s/ ?[A-Z][\w ./&'-]{1,50}"
    r"|\bREUTERS(?:/[A-Z][\w .-]{1,50})?"
    r"|\b(?:Getty Images|[Vv]ia (?:Getty|AP|Reuters|REUTERS|AFP|Telegram|Twitter|X|Facebook)"
    r"|Shutterstock|EPA-EFE|EPA|Wikimedia Commons)[)\]]?\.?"
    r"|\b(?:[Pp]hoto|[Pp]icture|[Ii]mage|[Cc]redit|[Cc]ourtesy)(?: (?:by|of|courtesy of)|:)"
    r" [A-Z][^.]{1,60}\.?)$",
)


def is_address(words: str) -> bool:
    """True for a line of addresses, handles and telephone numbers, and the words that tie them."""
    bare = words.strip(" -–—<>()[]|•*:").rstrip(".,;")
    if not _ADDRESS.search(bare) or len(bare) > 300:
        return False
    rest = [w.strip(".,;:()|").casefold() for w in _ADDRESS.sub(" ", bare).split()]
    if all(w in _ADDRESS_WORDS or not w for w in rest):
        return True
    # "Clay Nolan: clay@example.org, @claynolan"
    return len(rest) <= 6 and "@" in bare and all(w[:1].isupper() for w in _ADDRESS.sub(" ", bare).split() if w[:1].isalpha())


def is_navigation(words: str) -> bool:
    """True for menus, breadcrumbs, page numbers, map legends, signs without a letter."""
    if not any(c.isalpha() for c in words):
        return True  # "* * *", "1/5", "___": nothing to read in it
    if _LEGEND.match(words):  # "██ Syrian opposition" beside a map
        return True
    if _PAGE_NUMBER.fullmatch(words) or _CRUMBS.fullmatch(words) or _BAR.fullmatch(words):
        return True
    return is_of_kind("navigation", words)


def is_credit(words: str) -> bool:
    """True for the lines that say who reported, edited, shot or owns it."""
    if _CREDIT.match(words) or _CONTRIBUTED.search(words) or _RIGHTS.search(words):
        return True
    return is_of_kind("credit", words)


def is_byline(words: str) -> bool:
    """True for "By Jane Roe and John Doe, Reuters", never for "By Friday, the town had fallen."."""
    by = _BY.match(words)
    if not by or len(words.split()) > LONGEST_BYLINE:
        return False
    names = re.sub(r"\S+@\S+|[|/•·].*$", " ", words[by.end() :]).split()
    if not names or re.search(r"[!?:;]$", words):
        return False
    bare = [n.strip(",.()") for n in names]
    if bare[0].casefold() in _NOT_NAMES or not bare[0][:1].isalpha():
        return False  # "By Friday", "By 2030"
    return any(n[:1].isupper() for n in bare) and all(
        n[:1].isupper() or n.isdigit() or n.casefold() in _NAME_JOINTS or not n for n in bare
    )


def is_date_line(words: str) -> bool:
    """True where the line is a date and nothing else ("Updated: Dec. 27, 2024, 3:15 PM")."""
    return len(words) <= LONGEST_DATE and read_date(words) is not None and not words.isdigit()


def is_caption(words: str) -> bool:
    """True where the words alone show a picture's caption.

    "A photo purportedly showing two prisoners near the border." is no sentence; "A photo posted by
    the brigade showed two prisoners." is one, and the report's.
    """
    if len(words) > 600:
        return False
    if _FILE_PHOTO.match(words):
        return True
    if _SHOT_BY.search(words[-130:]) and not is_credit(words) and len(words.split()) > 4:
        return True
    lead = _PICTURE_LEAD.match(words)
    if not lead:
        return False
    rest = words[lead.end() :]
    if not _PHRASE.match(rest):
        return False
    # "This handout picture taken on Friday shows …" points at what stands beside it
    return bool(_POINTS.match(words)) or not _FINITE.search(rest)


# In order. Adverts before related: "Advertisement - story continues below" has a dash. Address
# before navigation and credit: "Source: https://example.org" has no letters that name anyone.
# Caption before credit: "Rescuers at the site. Photo: Jane Roe" is a caption with its credit;
# is_caption itself passes over what is a credit only. Byline before credit ("Written by …").
RULES: tuple[tuple[BlockKind, Callable[[str], bool]], ...] = (
    ("advert", lambda words: is_of_kind("advert", words)),
    ("address", is_address),
    ("dateline", is_date_line),
    ("byline", is_byline),
    ("credit", is_credit),
    ("related", lambda words: is_of_kind("related", words)),
    ("navigation", is_navigation),
)


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
    if here in _ALONE or there in {"address", "advert", "dateline"}:
        return True
    if there in {"related", "navigation", "credit", "byline", "caption"} and _ENDED.search(line):
        return True
    if here == "caption":
        return bool(_ENDED.search(line)) or bool(_SHOT_BY.search(line[-130:]))
    if here == "related":
        return not after[:1].islower() and not is_title_case(after)
    return False


def is_title_case(words: str) -> bool:
    """True where most of the longer words begin with a capital, as headlines do."""
    long_words = [w for w in words.split() if len(w) > 3 and w[0].isalpha()]
    return bool(long_words) and sum(w[0].isupper() for w in long_words) >= 0.7 * len(long_words)
