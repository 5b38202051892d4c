"""Numbers as they are written: digits, words, and both together."""

from __future__ import annotations

import re

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
} | {"fourty": 40}
SCALES = {
    "hundred": 100, "thousand": 1_000, "lakh": 100_000, "lac": 100_000, "million": 1_000_000,
    "mn": 1_000_000, "crore": 10_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000, "tn": 1_000_000_000_000,
}  # fmt: skip
GROUPS = {"dozen": 12, "score": 20}
LETTERS = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
NUMBER_WORDS = ONES.keys() | TENS.keys() | SCALES.keys() | GROUPS.keys()

_PIECE = re.compile(r"\d[\d,.]*|[a-z]+|\S", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?")
# 12.000 is twelve thousand, since nobody counts to three empty decimals; 1.500 stays 1.5
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})*\.000|\d{1,3}(?:\.\d{3}){2,}")


def parse_digits(digits: str) -> float | None:
    """The number that digits write ("12,000", "3.5", "12.000", "1,20,000"), else None."""
    digits = digits.rstrip(".,")
    if len(digits) > 40:  # no count; and int() of a million digits would take minutes
        return None
    if _CONTINENTAL.fullmatch(digits):
        return float(digits.replace(".", ""))
    if _DIGITS.fullmatch(digits):
        return float(digits.replace(",", ""))
    return None


class _Sum:
    """Adds number words up: "two hundred and twelve thousand" is (2 · 100 + 12) · 1000."""

    def __init__(self) -> None:
        self.total = 0.0
        self.current: float | None = None
        self.room = float(
            "inf"
        )  # the next plain word must be smaller: "twenty three", not "ten two"
        self.scale = 1.0
        self.started = False

    def add(self, value: float, room: float) -> bool:
        if value >= self.room:
            return False
        self.current = (self.current or 0) + value
        self.room, self.started = room, True
        return True

    def multiply(self, by: float) -> None:
        one = 1.0 if self.current is None else self.current
        self.scale, self.started = by, True
        if by == 100 or by in GROUPS.values():
            self.current, self.room = one * by, 100.0 if by == 100 else 1.0
        else:
            self.total += one * by
            self.current, self.room = None, by

    def half_more(self) -> bool:
        """True where "and a half" adds: half of one, or of the scale before it."""
        if not self.started:
            return False
        if self.current is None:
            self.total += self.scale / 2
        else:
            self.current += 0.5
            self.room = 0.0
        return True

    def value(self) -> float | None:
        return self.total + (self.current or 0) if self.started else None


def _parse_share(pieces: list[str]) -> float | None:
    """The value of a share: "half", "a third", "two thirds", "three quarters", else None."""
    if not pieces or len(pieces) > 3 or pieces[-1] not in PARTS:
        return None
    head = [p for p in pieces[:-1] if p != "-"]
    if head in ([], ["a"], ["an"], ["one"]):
        return 1 / PARTS[pieces[-1]] if head or pieces[-1] == "half" else None
    if len(head) == 1 and head[0] in ONES:
        return ONES[head[0]] / PARTS[pieces[-1]]
    return None


def _split_share(pieces: list[str]) -> tuple[float, list[str]]:
    """A leading share of a larger number ("half a million", "a quarter of a million")."""
    for size in (1, 2, 3):
        share = _parse_share(pieces[:size])
        rest = pieces[size:]
        if share is None or not rest:
            continue
        if rest[0] == "of":
            rest = rest[1:]
        if rest and rest[0] in ("a", "an") and len(rest) == 2:
            rest = rest[1:]
        if len(rest) == 1 and (rest[0] in SCALES or rest[0] in GROUPS):
            return share, rest
    return 1.0, pieces


def parse_number(words: str) -> float | None:
    """The number that words or digits write, else None.

    "twenty-three", "two dozen", "half a million", "5.7 million", "three-and-a-half million",
    "12,000", "10k", "a third", "2 lakh".
    """
    if len(words) > 200:
        return None
    pieces = [p.lower() for p in _PIECE.findall(words)]
    share = _parse_share(pieces)
    if share is not None:
        return share
    factor, pieces = _split_share(pieces)
    found = _Sum()
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        if piece in ("and", "-", "&"):
            if pieces[i + 1 : i + 3] in (["a", "half"], ["-", "a"]) or pieces[i + 1 : i + 4] == [
                "-", "a", "-",
            ]:  # fmt: skip
                rest = [p for p in pieces[i + 1 : i + 5] if p != "-"]
                if rest[:2] != ["a", "half"] or not found.half_more():
                    return None
                i += pieces[i + 1 :].index("half") + 2
                continue
            if not found.started or i + 1 == len(pieces):
                return None
        elif piece in ("a", "an"):
            if found.started or i + 1 == len(pieces):
                return None
        elif not _add_piece(found, piece, before=i > 0):
            return None
        i += 1
    value = found.value()
    return None if value is None else factor * value


def _add_piece(found: _Sum, piece: str, *, before: bool) -> bool:
    if piece in ONES:
        return found.add(ONES[piece], 1.0)
    if piece in TENS:
        return found.add(TENS[piece], 10.0)
    if piece in SCALES or piece in GROUPS:
        found.multiply(SCALES.get(piece) or GROUPS[piece])
        return True
    if piece in LETTERS and before and found.started:
        found.multiply(LETTERS[piece])
        return True
    value = parse_digits(piece) if piece[0].isdigit() else None
    return value is not None and not found.started and found.add(value, 0.0)
