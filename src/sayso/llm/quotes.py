"""Where a model's quotations stand in a text, if they do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.record import Span

MOST = 200  # places of one quotation that are looked at
_SAME = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
})  # fmt: skip
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_EDGES = " \t\n\"'.,;:…"


class Quotable:
    """A text in which quotations are looked up: white space and kinds of marks do not matter."""

    def __init__(self, text: str) -> None:
        chars: list[str] = []
        self._at: list[int] = []
        for i, char in enumerate(text.translate(_SAME)):  # one sign for one
            if _SPACE.fullmatch(char):
                if not chars or chars[-1] == " ":
                    continue
                char = " "  # noqa: PLW2901 - one space for a run of them
            chars.append(char)
            self._at.append(i)
        self._text = "".join(chars)
        lower = self._text.lower()
        self._lower = lower if len(lower) == len(self._text) else self._text  # "İ" is two in lower

    def find(self, quotation: str) -> list[Span]:
        """All places of a quotation, whole words only: as it is, else in any case, else bare."""
        words = _SPACE.sub(" ", quotation.translate(_SAME)).strip()
        for wanted in dict.fromkeys((words, words.strip(_EDGES))):
            if not wanted:
                continue
            found = self._places(self._text, wanted) or self._places(self._lower, wanted.lower())
            if found:
                return found
        return []

    def _places(self, text: str, wanted: str) -> list[Span]:
        found: list[Span] = []
        at = text.find(wanted)
        while at >= 0 and len(found) < MOST:
            end = at + len(wanted)
            if not (_cuts(text, at) or _cuts(text, end)):
                found.append(Span(self._at[at], self._at[end - 1] + 1))
            at = text.find(wanted, at + 1)
        return found


def _cuts(text: str, at: int) -> bool:
    """True where a place between two characters is inside a word or a number ("1|2,000")."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    # "12|,000" and "3|.5"
    if after in ",." and before.isdigit():
        return text[at + 1 : at + 2].isdigit()
    return before in ",." and after.isdigit() and text[at - 2 : at - 1].isdigit()


def nearest_to(places: Iterable[Span], anchor: Span) -> Span | None:
    """The place with the least text between it and an anchor."""
    return min(places, key=lambda p: (p.gap(anchor), p.start), default=None)
