"""What the finder of one form hands over: text as given, typed blocks, what it says of itself.

Each form has one finder, `find_<form>(capture) -> Found` (a bundle's yields several); `find.py`
lays what the caller gave over it and makes the Report.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record import Block, When


@dataclass(frozen=True, slots=True)
class Found:
    """One report as a page shows it, before what the caller gave is laid over it.

    `text` is the text as given that every offset indexes: a text file's decoded characters, an
    HTML page's block texts, a PDF's extracted lines, fixed once. `blocks` lie in it, in order, and
    do not overlap. `publisher` is who put it out, `credit` the wire it carries, `byline` the names
    as printed. `published` has the basis "found". `excerpt` marks a teaser or a consent wall.
    `name` tells reports of one bundle apart ("2": the second one), None for a single report.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    publisher: str | None = None
    credit: str | None = None
    byline: str | None = None
    url: str | None = None
    published: When | None = None
    excerpt: bool = False
    warnings: tuple[str, ...] = ()
    name: str | None = None
