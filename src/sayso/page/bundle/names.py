"""The fields of news databases' reports: which names they have, what kind each line is."""

from __future__ import annotations

import re

from sayso.record import BlockKind

# Field → kind of its line. Names as Nexis, ProQuest and Factiva print them, case-folded.
FIELDS: dict[str, BlockKind] = {
    "byline": "byline", "author": "byline", "authors": "byline", "by": "byline", "cr": "credit",
    "dateline": "dateline", "publication date": "dateline", "pd": "dateline", "date": "dateline",
    "headline": "headline", "title": "headline", "hd": "headline", "highlight": "headline",
    "copyright": "credit", "cy": "credit", "credit": "credit", "credits": "credit",
    "graphic": "caption", "caption": "caption", "art": "caption",
    "publication title": "credit", "publication": "credit", "publication info": "credit",
    "source": "credit", "sn": "credit", "journal": "credit",
    "section": "navigation", "length": "navigation", "load-date": "navigation",
    "language": "navigation", "publication-type": "navigation", "subject": "navigation",
    "organization": "navigation", "geographic": "navigation", "industry": "navigation",
    "person": "navigation", "company": "navigation", "type": "navigation", "series": "navigation",
    "classification": "navigation", "city": "navigation", "state": "navigation",
    "country": "navigation", "correction": "navigation", "correction-date": "navigation",
    "distribution": "navigation", "edition": "navigation", "page": "navigation",
    "pages": "navigation", "publication year": "navigation", "publisher": "navigation",
    "place of publication": "navigation", "country of publication": "navigation",
    "issn": "navigation", "source type": "navigation", "document type": "navigation",
    "proquest document id": "navigation", "document url": "navigation", "database": "navigation",
    "last updated": "navigation", "identifier / keyword": "navigation", "abstract": "navigation",
    "links": "navigation", "location": "navigation", "people": "navigation", "jnl": "navigation",
    "wc": "navigation", "et": "navigation", "sc": "navigation", "ed": "navigation",
    "pg": "navigation", "la": "navigation", "co": "navigation", "in": "navigation",
    "ns": "navigation", "re": "navigation", "ipc": "navigation", "ipd": "navigation",
    "pub": "navigation", "an": "navigation", "se": "navigation", "clm": "navigation",
    "rf": "navigation", "notes": "navigation", "body": "navigation", "full text": "navigation",
    "lp": "navigation", "td": "navigation",
}  # fmt: skip
OPENS_BODY = frozenset({"body", "full text", "lp", "td"})
# Factiva's codes stand without a colon: "SN    Reuters News". Three are words too, so that they
# count only in capitals.
_CODES = frozenset(name for name in FIELDS if len(name) <= 3)
_ALONE = frozenset({"body", "graphic", "classification", "full text"})
_NAMED = re.compile(r"(?P<name>[A-Za-z][A-Za-z/ -]{1,24}?)\s?:(?:\s+|$)")
_CODE = re.compile(r"(?P<name>[A-Z]{2,3})(?:[ \t]{2,}|\t|$)")
HEAD_LINE = re.compile(
    r"(?:Document\s+)?\d{1,5} of \d{1,5}(?:\s+DOCUMENTS?)?|\d[\d,]{0,12} words|End of Document",
    re.IGNORECASE,
)
WORD_COUNT = re.compile(r"\d[\d,]{0,12} words", re.IGNORECASE)
TAIL = re.compile(
    r"(?:LOAD-DATE|Load-Date|CLASSIFICATION|Classification|SUBJECT|Subject|GRAPHIC|Graphic"
    r"|PUBLICATION-TYPE|Publication-Type|LANGUAGE|Language|CORRECTION-DATE|End of Document"
    r"|Copyright:|Publication title|ProQuest document ID|Document [A-Za-z]{2,10}\w{0,4}\d{8}\w+)"
    r"(?::|$|\s)"
)
_OWNED = re.compile(r"(?:copyright|©|\(c\))", re.IGNORECASE)
# What else stands in a head and is neither headline nor paper.
SMALL = re.compile(
    r"\d[\d,]{0,12} words|\d{1,2}:\d\d(?: [AP]M)?(?: [A-Z]{2,4})?|english|[A-Z]{2,8}\d?"
    r"|pg?\.? ?\w{1,6}|.{0,40}\bedition\b.{0,30}|(?:section|page) \w{1,8}.{0,60}"
    r"|correction appended",
    re.IGNORECASE,
)
COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Documents \(\d+\)|Client/Matter|Search Terms"
    r"|Search Type|Narrowed by|Download Request|Time Of Request)\b",
    re.IGNORECASE,
)


def field_of(words: str, raw: str | None = None) -> tuple[str, str] | None:
    """The field that a line is, and its value ("BYLINE: By Jane Roe"), else None.

    `raw` is the line as given, where white space tells a code ("IN    russ") from a word.
    """
    code = _CODE.match(raw or words)
    if code and code["name"].casefold() in _CODES:
        return code["name"].casefold(), words[len(code["name"]) :].strip()
    named = _NAMED.match(words)
    name = named["name"].casefold() if named else words.casefold()
    if name in FIELDS and (named or name in _ALONE):
        return name, words[named.end() :].strip() if named else ""
    return None


def is_owned(words: str) -> bool:
    """True for a copyright line."""
    return len(words) < 200 and bool(_OWNED.match(words))
