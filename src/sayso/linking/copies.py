"""Copies: reports whose passages stand in one another, found through an index that grows.

A text is a run of five-word shingles. A few of them, chosen by winnowing (Schleimer, Wilkerson and
Aiken 2003: the least hash of each window), are posted as its marks; whoever shares marks is a
candidate, and on candidates alone the shares are computed and the passages aligned. Containment and
not Jaccard: a long story swallows a short wire.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.record import Report, Span
from sayso.record.links import Copy, Passage, Postings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

LIST = "marks"
SHINGLE = 5  # words: shorter runs are shared by chance
WINDOW = 4  # shingles: any shared run of eight words leaves a mark
LEAST = 0.1  # containment under which nothing is called a copy
PASSAGE = 8  # words: what is shown as shared; five are a name and a title
_WORD = re.compile(r"\w+")


class _WordHashes(dict[str, int]):
    """Hashes of words, the same on every machine; forgotten when a hostile text fills it."""

    def __missing__(self, word: str) -> int:
        if len(self) > 500_000:
            self.clear()
        code = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = self[word] = int.from_bytes(code)
        return value


_HASHES = _WordHashes()


@dataclass(frozen=True)
class Fingerprint:
    """A text as its shingles by position; the words' places are found when first needed."""

    text: str
    shingles: Hashes
    furniture: tuple[Span, ...] = ()

    @cached_property
    def unique(self) -> Hashes:
        """The distinct shingles, sorted."""
        import numpy as np  # noqa: PLC0415 - the command line must start without it

        return np.unique(self.shingles)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """Start and end of each word, furniture left out."""
        return list(_word_places(self.text, self.furniture))

    @property
    def marks(self) -> list[int]:
        """The shingles that stand for the text in the index: the least of each window."""
        import numpy as np  # noqa: PLC0415

        if len(self.shingles) <= WINDOW:
            return [int(h) >> 1 for h in self.unique]
        windows = np.lib.stride_tricks.sliding_window_view(self.shingles, WINDOW)
        chosen: list[int] = (np.unique(windows.min(axis=1)) >> np.uint64(1)).tolist()
        return chosen


def _word_places(text: str, furniture: tuple[Span, ...]) -> Iterator[tuple[int, int]]:
    """The words of the text, in one pass over it and its furniture (in order, apart)."""
    start = 0
    for span in (*furniture, None):
        end = span.start if span else len(text)
        for match in _WORD.finditer(text, start, max(start, end)):
            yield match.span()
        start = max(start, span.end) if span else len(text)


def fingerprint(text: str, furniture: Iterable[Span] = ()) -> Fingerprint:
    """The fingerprint of a text; furniture (a related link cuts a sentence in two) is left out."""
    import numpy as np  # noqa: PLC0415

    left_out = tuple(sorted(furniture))
    if left_out:
        words = [text[a:b].lower() for a, b in _word_places(text, left_out)]
    else:
        words = _WORD.findall(text.lower())
    hashes = np.fromiter((_HASHES[w] for w in words), np.uint64, len(words))
    count = len(words) - SHINGLE + 1
    if count <= 0:
        return Fingerprint(text, np.zeros(0, np.uint64), left_out)
    shingles = np.zeros(count, np.uint64)
    for i in range(SHINGLE):
        shingles *= np.uint64(0x9E3779B97F4A7C15)  # odd, so that no word is lost; wraps on purpose
        shingles += hashes[i : i + count]
    shingles ^= shingles >> np.uint64(29)  # the low words of a run must reach the high bits
    shingles *= np.uint64(0xBF58476D1CE4E5B9)
    return Fingerprint(text, shingles, left_out)


def fingerprint_of(report: Report) -> Fingerprint:
    """The fingerprint of a report, its furniture left out."""
    furniture = (Span(b.start, b.end) for b in report.blocks if b.is_furniture)
    return fingerprint(report.text, furniture)


def shares(a: Fingerprint, b: Fingerprint) -> tuple[float, float]:
    """How much of a stands in b and of b in a, by distinct shingles."""
    import numpy as np  # noqa: PLC0415

    if not len(a.unique) or not len(b.unique):
        return 0.0, 0.0
    shared = len(np.intersect1d(a.unique, b.unique, assume_unique=True))
    return shared / len(a.unique), shared / len(b.unique)


def find_passages(a: Fingerprint, b: Fingerprint) -> tuple[Passage, ...]:
    """The stretches of eight words or more that two texts share, in b's order."""
    places: dict[int, list[int]] = {}
    for i, shingle in enumerate(a.shingles.tolist()):
        held = places.setdefault(shingle, [])
        if len(held) < 8:  # one sentence again and again must not cost its square
            held.append(i)
    found = []
    first = last = -1  # the run's first and last shingle in a
    other = b.shingles.tolist()
    for j in range(len(other) + 1):
        at = places.get(other[j], ()) if j < len(other) else ()
        if last >= 0 and last + 1 in at:
            last += 1
            continue
        if last >= 0 and (last - first + SHINGLE) >= PASSAGE:
            found.append(_passage(a, b, (first, last), j - 1))
        first = last = next((i for i in at if i > last), at[0] if at else -1)
    return tuple(found)


def _passage(a: Fingerprint, b: Fingerprint, run: tuple[int, int], last_b: int) -> Passage:
    first, last = run
    first_b, tail = last_b - (last - first), SHINGLE - 1
    return Passage(
        Span(a.words[first][0], a.words[last + tail][1]),
        Span(b.words[first_b][0], b.words[last_b + tail][1]),
    )


def compare(a: str, b: str, one: Fingerprint, other: Fingerprint) -> Copy | None:
    """What report b shares with report a, None where too little to be called a copy."""
    share_a, share_b = shares(one, other)
    if max(share_a, share_b) < LEAST:
        return None
    return Copy(a, b, share_a, share_b, find_passages(one, other))


class CopyFinder:
    """Finds the copies of each report among those that came before it.

    `held` gives the fingerprint of a candidate by its id: the ledger makes it from the stored text.
    """

    def __init__(self, postings: Postings, held: Callable[[str], Fingerprint]) -> None:
        self._postings = postings
        self._held = held

    def add(self, report: str, print_: Fingerprint) -> list[Copy]:
        """The copies that a new report makes with those already posted; posts its own marks."""
        marks = print_.marks
        found = self._postings.find(LIST, marks)
        self._postings.post(LIST, report, marks)
        copies = []
        for other, shared in sorted(found.items()):
            if other != report and (shared > 1 or len(marks) < 2 * WINDOW):
                copy = compare(other, report, self._held(other), print_)
                if copy:
                    copies.append(copy)
        return copies


def find_copies(reports: Iterable[Report]) -> tuple[Copy, ...]:
    """All copies among reports, in memory; their order does not matter to what is found."""
    from sayso.linking.index import MemoryPostings  # noqa: PLC0415 - only where no ledger is

    prints: dict[str, Fingerprint] = {}
    finder = CopyFinder(MemoryPostings(), prints.__getitem__)
    copies: list[Copy] = []
    for report in sorted(reports, key=lambda r: r.id):
        prints[report.id] = fingerprint_of(report)
        copies += finder.add(report.id, prints[report.id])
    return tuple(copies)
