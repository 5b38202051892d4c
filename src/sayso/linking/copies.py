"""Copies: reports whose passages stand in one another, found through an index that grows.

A text is a run of five-word shingles. A few of them, chosen by winnowing (Schleimer, Wilkerson and
Aiken 2003: the least hash of each window), are posted as its marks; whoever shares marks is a
candidate, and on candidates alone the shares are computed and the passages aligned. Containment and
not Jaccard: a long story swallows a short wire.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.record import Report, Span
from sayso.record.links import Copy, Passage, Postings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]

LIST = "marks"
SHINGLE = 5  # words: shorter runs are shared by chance
WINDOW = 4  # shingles: any shared run of eight words leaves a mark
LEAST = 0.1  # containment under which nothing is called a copy
LOOKED_AT = 200  # candidates: the thousandth copy of a wire need not be held against all others
PASSAGE = 8  # words: what is shown as shared; five are a name and a title
_WIDE = 0x3000  # code points from here on (Han, Hangul, emoji) are looked at without a table
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse: no bit of a word is lost


@dataclass(frozen=True)
class Fingerprint:
    """A text as its shingles by position, and the places of its words."""

    shingles: Hashes
    starts: Places
    ends: Places

    @cached_property
    def unique(self) -> Hashes:
        """The distinct shingles, sorted."""
        import numpy as np  # noqa: PLC0415 - the command line must start without it

        return np.unique(self.shingles)

    @property
    def marks(self) -> list[int]:
        """The shingles that stand for the text in the index: the least of each window."""
        import numpy as np  # noqa: PLC0415

        least = self.shingles
        if len(least) >= WINDOW:  # the least of two, then of two of those: of four
            least = np.minimum(least[:-1], least[1:])
            least = np.minimum(least[:-2], least[2:])
        chosen: list[int] = (least >> np.uint64(1)).tolist()
        return list(dict.fromkeys(chosen))


@functools.cache
def _alphabet() -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """For the code points below `_WIDE` their small letters, and whether they are of a word."""
    import numpy as np  # noqa: PLC0415

    letters = [chr(i) for i in range(_WIDE)]
    small = [ord(low) if len(low := c.lower()) == 1 else ord(c) for c in letters]
    return np.array(small, np.uint64), np.array([c.isalnum() or c == "_" for c in letters])


@functools.cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, wrapping at 64 bits."""
    import numpy as np  # noqa: PLC0415

    inverse = pow(_BASE, -1, 1 << 64)
    up, down = (np.full(size, np.uint64(base)) for base in (_BASE, inverse))
    up[0] = down[0] = 1
    return np.multiply.accumulate(up), np.multiply.accumulate(down)


def fingerprint(text: str, furniture: Iterable[Span] = ()) -> Fingerprint:
    """The fingerprint of a text; furniture (a related link cuts a sentence in two) is left out."""
    import numpy as np  # noqa: PLC0415

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    small, of_word = _alphabet()
    low = np.minimum(points, _WIDE - 1)
    letters = np.where(points < _WIDE, small[low], points)
    inside = np.where(points < _WIDE, of_word[low], points >= _WIDE + 0x40)
    for span in furniture:
        inside[span.start : span.end] = False
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    words = _hash_words(letters, starts, ends)
    count = max(0, len(words) - SHINGLE + 1)
    shingles = np.zeros(count, np.uint64)
    for i in range(SHINGLE if count else 0):
        shingles *= np.uint64(_BASE)  # wraps on purpose
        shingles += words[i : i + count]
    return Fingerprint(_mix(shingles), starts, ends)


def _hash_words(letters: NDArray[np.uint64], starts: Places, ends: Places) -> Hashes:
    """A hash of each word: its letters as a polynomial, cut out of the whole text's."""
    import numpy as np  # noqa: PLC0415

    up, down = _powers(1 << max(10, len(letters).bit_length()))
    whole = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum((letters + np.uint64(1)) * up[: len(letters)], out=whole[1:])
    return _mix((whole[ends] - whole[starts]) * down[starts])


def _mix(hashes: Hashes) -> Hashes:
    """Hashes whose high bits hang on all of their low ones."""
    import numpy as np  # noqa: PLC0415

    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(32)
    return hashes


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
        Span(int(a.starts[first]), int(a.ends[last + tail])),
        Span(int(b.starts[first_b]), int(b.ends[last_b + tail])),
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
        likely = sorted(found.items(), key=lambda f: (-f[1], f[0]))[:LOOKED_AT]
        for other, shared in sorted(likely):
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
