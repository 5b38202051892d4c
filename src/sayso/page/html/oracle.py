"""Which lines trafilatura would keep as the body: the one file that knows trafilatura.

It is asked for its judgement only. Its text is folded and thrown away (it drops captions and has
no offsets), it gets the page as
a string, and nothing of it that fetches is ever called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

MAX_ELEMENTS = 15_000  # beyond this its time is not bounded, and no page of one report has more
_NO_WORDS = ("script", "style", "svg", "noscript", "template", "iframe", "head")
_FOLD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What an extractor keeps of a page, folded to bare letters; empty where it was not asked."""

    folded: str

    def keeps(self, words: str) -> bool:
        """True where the line stands in what is kept, whatever its white space and punctuation."""
        line = _FOLD.sub("", words)
        return len(line) > 3 and line in self.folded


def ask_trafilatura(root: etree._Element) -> Kept:
    """What trafilatura keeps of a page; nothing where it fails, is missing, or the page is huge.

    The tree is spent: scripts and styles are taken out of it, since they may be most of a page.
    """
    etree.strip_elements(root, *_NO_WORDS, with_tail=False)
    for number, element in enumerate(root.iter("*")):
        if number > MAX_ELEMENTS:
            return Kept("")
        for name in ("class", "id", "style"):
            if len(element.get(name) or "") > 1_000:  # a bomb; its patterns run over all of it
                del element.attrib[name]
    markup = etree.tostring(root, encoding="unicode", method="html")
    try:
        from trafilatura import extract  # noqa: PLC0415 - half a second, only for HTML
    except ImportError:  # rules alone then judge, at lower quality
        return Kept("")
    try:
        kept = extract(
            markup, fast=True, include_comments=False, include_tables=True, deduplicate=False,
            with_metadata=False,
        )  # fmt: skip
    except Exception:  # noqa: BLE001 - another's code on hostile markup: any error means "no word"
        return Kept("")
    return Kept(_FOLD.sub("", kept or ""))
