"""Bundles of news databases: many reports in one file (Nexis, Factiva, ProQuest and their like).

A report of a bundle has as its text its own stretch of the file, from its first line to its last,
nothing changed; its offsets start there. What stands before the first report (the search, the list
of titles) belongs to none and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.page.bundle.fields import type_section
from sayso.page.found import Found

# What stands on a line of its own at a report's head, or right after its end.
_HEAD = re.compile(r"(?:Document\s+)?\d{1,5} of \d{1,5}(?:\s+DOCUMENTS?)?", re.IGNORECASE)
_END = re.compile(r"End of Document|(?:AN\s+)?Document [A-Za-z]{2,10}\w{0,4}\d{8}\w{5,16}")
# One of these must stand in a stretch for it to be a database's report, not "1 of 3" by chance.
_PROOF = re.compile(
    r"^[ \t]*(?:LENGTH:|Length:|WC[ \t]|\d[\d,]{0,6} words[ \t]*\r?$|LOAD-DATE:|Load-Date:"
    r"|Publication (?:title|date|info|year):|Full text:|Copyright[: ]|SN[ \t]{2})",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str


def _read_lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for raw in text.splitlines(keepends=True):
        lines.append(_Line(at, at + len(raw), raw.strip()))
        at += len(raw)
    return lines


def _cut(text: str, lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """The stretches between heads and ends; a head opens one, an end closes it."""
    heads = [ln for ln in lines if len(ln.words) < 40 and _HEAD.fullmatch(ln.words)]
    ends = [ln for ln in lines if len(ln.words) < 60 and _END.fullmatch(ln.words)]
    if heads:
        bounds = [*(h.start for h in heads), len(text)]
    elif ends:
        bounds = [0, *(e.end for e in ends)]
        if text[bounds[-1] :].strip():
            bounds.append(len(text))  # the file breaks off in its last report
    else:
        return []
    return list(pairwise(bounds))


def split_bundle(text: str) -> list[Found]:
    """The reports of a bundle in order, empty where the text is no bundle.

    Each has its publisher, date, byline and headline from its own head. A stretch without a
    database's fields is none (a cover page, "2 of 3" in a story).
    """
    found: list[Found] = []
    for start, end in _cut(text, _read_lines(text)):
        section = text[start:end]
        if not _PROOF.search(section):
            continue
        first = len(section) - len(section.lstrip())
        one = section[first:].rstrip()
        found.append(type_section(one, str(len(found) + 1)))
    return found
