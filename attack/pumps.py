"""Texts that are made to slow a regular expression down: what it repeats itself, over and over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

# what reports repeat, whatever an expression looks for
COMMON = (" ", "\n", " \n", "a", "A", "1", "1,", "A ", "a ", "a, ", "a b, ", "of ", ".", "-", "“",
          '"', "'", "’", "(", "<", "&", "/", "A. ", "A.", "é", "\t", "a-", "A-A ", "http://", "@a")  # fmt: skip
MANY = 8  # how often something must be allowed to repeat to be a way to slow it down
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


def pumps_of(pattern: str | bytes, flags: int) -> list[str]:
    """What an expression itself repeats: an example of the inside of each repeat, and of it all.

    Each is there alone and after what the expression wants before it.
    """
    found: list[str] = []

    def walk(parsed: Any) -> str:
        said = ""
        for code, arg in parsed:
            if code in _REPEATS:
                least, most, inner = arg
                one = walk(inner)
                if one and most > MANY:
                    found.extend((one, said[-20:] + one))
                said += one * max(1, min(least, 4))
            elif code in (op.ASSERT, op.ASSERT_NOT):
                walk(arg[1])
            elif code is op.BRANCH:
                first, *_ = [walk(each) for each in arg[1]]  # all of them are gone through
                said += first
            elif code is op.SUBPATTERN:
                said += walk(arg[3])
            elif code is op.ATOMIC_GROUP:
                said += walk(arg)
            else:
                said += _character(code, arg)
        return said

    whole = walk(_parser.parse(pattern, flags & ~re.DEBUG))
    return list(dict.fromkeys(p for p in (*found, whole) if p))


def _character(code: Any, arg: Any) -> str:
    if code is op.LITERAL:
        return chr(arg)
    if code is op.NOT_LITERAL:
        return "b" if chr(arg) == "a" else "a"
    if code is op.ANY:
        return "a"
    return _one_of(arg) if code is op.IN else ""


def _one_of(members: Any) -> str:
    if members and members[0][0] is op.NEGATE:
        said = {chr(arg) for code, arg in members[1:] if code is op.LITERAL}
        kinds = {arg for code, arg in members[1:] if code is op.CATEGORY}
        out = {op.CATEGORY_SPACE: " \n", op.CATEGORY_WORD: "a1", op.CATEGORY_DIGIT: "1"}
        said.update(c for kind in kinds for c in out.get(kind, ""))
        return next(c for c in "a 1.,\n\u2603" if c not in said)
    code, arg = members[0]
    if code is op.LITERAL:
        return chr(arg)
    if code is op.RANGE:
        return chr(arg[0])
    category = {op.CATEGORY_SPACE: " ", op.CATEGORY_DIGIT: "1", op.CATEGORY_WORD: "a"}
    return category.get(arg, "a")


def hostile(pumps: Sequence[str], length: int) -> str:
    """A text of about a length that repeats one thing after another, and ends otherwise."""
    share = length // len(pumps)
    return "".join(pump * (share // len(pump)) for pump in pumps) + "\0!"
