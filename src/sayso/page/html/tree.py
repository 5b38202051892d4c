"""From bytes to an element tree: the charset found, what is hostile kept within bounds.

Nothing is ever fetched and no entity of the page's own is expanded: libxml2's HTML parser knows
only the built-in ones, so an entity bomb stays the characters it is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes
from lxml import etree

from sayso.errors import PageError

MAX_CHARS = 5_000_000  # a long live blog with its scripts is 2 million; beyond this it is no page
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{2,40})", re.IGNORECASE
)
# What browsers decode where a page names the left one (WHATWG Encoding): Latin-1 pages hold
# curly quotes of Windows, and gb2312 pages characters that came later.
_MEANT = {
    "iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252",
    "us-ascii": "windows-1252", "ascii": "windows-1252", "iso-8859-9": "windows-1254",
    "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932", "x-sjis": "cp932", "utf-16": "utf-8", "utf-16le": "utf-8",
    "utf-16be": "utf-8", "unicode": "utf-8", "utf8": "utf-8",
}  # fmt: skip
# Left in where a page is read flat: what carries meaning without nesting.
_KEEP = "p|h[1-6]|br|title|meta|link|script|style|base"
_NESTING = re.compile(rf"</?(?!(?:{_KEEP})\b)[a-zA-Z][^<>]{{0,500}}>", re.IGNORECASE)
# An element's start up to its end or a stray sign. What is quoted may hold any sign.
_TAG = re.compile(
    r"<[a-zA-Z][^\s/>]*+(?:[\s/]++|[^\s/>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))*+"
)
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_ATTRIBUTE = re.compile(r"[\s/]++[^\s/>]")
MOST_ATTRIBUTES = 1_000  # of an element; libxml2 compares each with each
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MAX_DEPTH = 300  # real pages stay under 100; the walk up from a line costs its depth


@dataclass(frozen=True, slots=True)
class Tree:
    """A page's root element, and what to tell of how it was read."""

    root: etree._Element
    warnings: tuple[str, ...] = ()


def decode(content: bytes) -> str:
    """The page's characters: by its byte order mark, by what it declares, else detected.

    Valid UTF-8 beyond ASCII goes before the declaration: a CMS moved to UTF-8 often still sends
    the old template's `charset=iso-8859-1`, while no Latin-1 prose is UTF-8 by chance.
    """
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(charset, "replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    declared = _declared(content)
    seven_bit = declared is not None and declared.startswith(("iso2022", "iso-2022", "hz"))
    if text is not None and not seven_bit:
        return text
    if declared and declared != "utf-8":
        return content.decode(declared, "replace")
    if declared == "utf-8":
        # one broken byte in a page that says UTF-8 (a cut advert) is no reason to guess
        as_declared = content.decode("utf-8", "replace")
        if as_declared.count("\ufffd") <= max(3, len(content) // 2_000):
            return as_declared
    best = from_bytes(content[:200_000]).best()
    return content.decode(best.encoding if best else "windows-1252", "replace")


def _declared(content: bytes) -> str | None:
    """The charset that a meta element in the page's head names, if Python knows it."""
    found = _META.search(content, 0, 8_192)
    if not found:
        return None
    name = found[1].decode("ascii", "replace").lower()
    try:
        return _MEANT.get(name) or codecs.lookup(name).name
    except LookupError:
        return None


def read_tree(content: bytes, name: str) -> Tree:
    """The element tree of a page; raises PageError where there is no element in it."""
    warnings = []
    text = _CONTROL.sub("", decode(content))
    if len(text) > MAX_CHARS:
        warnings.append(f"page of {len(text):,} characters: only the first {MAX_CHARS:,} were read")
        text = text[:MAX_CHARS]
    text, cut = _cut_attributes(text)
    if cut:
        warnings.append(f"{cut} elements had more than {MOST_ATTRIBUTES:,} attributes: left out")
    root, too_deep = _parse(text)
    if too_deep:
        warnings.append("elements are nested beyond any page's need: it was read flat")
        root, _ = _parse(_NESTING.sub("\n", text))
    if root is None:
        raise PageError(name, "no HTML element in it", "check that the file is the saved page")
    return Tree(root, tuple(warnings))


def _cut_attributes(text: str) -> tuple[str, int]:
    """The page without the attributes of elements that have too many, and how many have."""
    cuts = [
        (tag.start() + len(tag[0].split(None, 1)[0].split("/", 1)[0]), tag.end())
        for tag in _TAG.finditer(text)
        if tag.end() - tag.start() > 2 * MOST_ATTRIBUTES
        and sum(1 for _ in _ATTRIBUTE.finditer(_VALUE.sub("=. ", tag[0]))) > MOST_ATTRIBUTES
    ]
    if not cuts:
        return text, 0
    ends = [0, *(end for _, end in cuts)]
    starts = [*(start for start, _ in cuts), len(text)]
    return "".join(text[a:b] for a, b in zip(ends, starts, strict=True)), len(cuts)


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    """The root (None where there is none), and whether nesting made the parser stop early."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, False
    stopped = any("xcessive depth" in entry.message for entry in parser.error_log)
    return root, stopped or (root is not None and _is_deep(root))


def _is_deep(root: etree._Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            return True
    return False
