"""Names of those harmed that stand beside the event, not in it: lists, inclusions, houses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PART = r"[A-Z][\w'-]+"
_FULL = rf"{_PART}(?: (?:de |del |de la |y )?{_PART})+"
NAME = re.compile(_FULL)
_TITLED = rf"(?:[\w'-]+ ){{0,6}}?{_FULL}"
# ", including Eva Roth and Jo Lund"
_BEHIND = re.compile(rf",? ?(?:including|among them)? ?{_FULL}(?:(?:, | and |, and ){_FULL})*")
_INCLUDED = re.compile(rf"\b(?i:including|among them) {_TITLED}")
_LISTED = re.compile(
    r"(?i:\b(they|the (?:dead|deceased|victims?|injured|wounded|names)[^.,;:]{0,40}|"
    r"has been|have been|was|were)"
    r"(?: are| were| was| is| as|:| identified as)+:? )([^.;]{3,300})"
)
_INVERTED = re.compile(
    r"(?i:\b(killed|dead|injured|wounded)(?: by [^.:]{1,40})? (?:was|were):? )([^.]{3,300})"
)
_HURT = re.compile(r"(?i)injured|wounded")
_HOUSE_OF = re.compile(
    rf"\b(?i:residences?|homes?|houses?) (?i:of|belonging to) {_TITLED}"
    rf"(?:(?:, | and |, and ){_FULL})*"
)
_S_HOUSE = re.compile(rf"({_FULL})'s (?i:residence|home|house|car|vehicle)\b")
_ESCAPED = re.compile(
    rf"({_FULL})[^.]{{0,60}}?\b(?i:escaped|emerged|unharmed|unhurt|unscathed|unwounded)\b"
)


def names_behind(text: str, end: int) -> list[str]:
    """The names right behind a mention: "the mayor, Ana Diaz", "two nuns, including Eva Roth"."""
    match = _BEHIND.match(text, end)
    return NAME.findall(match[0]) if match else []


def names_included(sentence: str) -> list[str]:
    """Those who are named among the counted: "ten people were killed, including judge Eva Roth"."""
    return [NAME.findall(m[0])[-1] for m in _INCLUDED.finditer(sentence)]


def names_listed(text: str) -> Iterator[tuple[int, bool, list[str]]]:
    """(place, whether hurt, names) of "the dead were Ana Diaz and Eva Roth"."""
    for pattern in (_LISTED, _INVERTED):
        for match in pattern.finditer(text):
            yield match.start(), bool(_HURT.search(match[1])), NAME.findall(match[2])


def names_missed(sentence: str) -> Iterator[str]:
    """Those whom an attack meant and did not hurt: at whose house it was, who escaped it."""
    for match in _HOUSE_OF.finditer(sentence):
        yield from NAME.findall(match[0])
    for pattern in (_S_HOUSE, _ESCAPED):
        yield from (m[1].removesuffix("'s") for m in pattern.finditer(sentence))
