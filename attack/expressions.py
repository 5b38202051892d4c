"""Every regular expression of the package on texts that are made to slow it down.

Modules are looked through for compiled expressions, so that a new one is tried without anybody
thinking of it. Texts repeat what the expression itself repeats, and what reports repeat. An
expression is at fault where twice the text takes far more than twice the processor's time.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import sayso
from attack.tally import Size, Tally

PUMPS = (" ", "\n", " \n", "a", "A", "1", "1,", "A ", "a ", "a, ", "a b, ", "of ", ".", "-", "“",
         '"', "'", "’", "(", "<", "&", "/", "A. ", "A.", "é", "\t", "a-", "A-A ", "http://", "@a")  # fmt: skip
LEAST = 0.01  # seconds below which growth is not asked for
MOST_GROWTH = 3.2  # of the time, for twice the text
SECONDS = 8  # for one expression on one text


Ways = tuple[str, ...]
ANCHORED = {"match", "fullmatch"}


@functools.cache
def _sources() -> str:
    root = Path(sayso.__path__[0])
    return "\n".join(p.read_text("utf-8") for p in sorted(root.rglob("*.py")))


def ways_of(where: str) -> Ways:
    """How an expression is used: only from a text's beginning, or all through it."""
    name = re.escape(where.rpartition(".")[2])
    used = set(re.findall(rf"\b{name}\b(?!\s*[:=])(?:\.(\w+)\()?", _sources()))
    return tuple(sorted(used)) if used and used <= ANCHORED else ("finditer",)


class _TooLongError(Exception):
    """The expression did not come to an end."""


def expressions() -> dict[str, re.Pattern[str]]:
    """All compiled expressions of text that modules of the package hold, by where they stand."""
    found: dict[re.Pattern[str], str] = {}
    for info in pkgutil.walk_packages(sayso.__path__, "sayso."):
        if info.name.endswith(("__main__", "migrations.env")):
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError:  # of an extra that is not installed
            continue
        for name, pattern in _held(module):
            found.setdefault(pattern, f"{module.__name__}.{name}")
    return {where: pattern for pattern, where in found.items()}


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        for pattern in _inside(value, 3):
            yield name, pattern


def _inside(value: Any, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, Mapping):
        for each in (*value.keys(), *value.values()):
            yield from _inside(each, depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _inside(each, depth - 1)


def pumps_of(pattern: re.Pattern[str]) -> list[str]:
    """What the expression itself repeats, as text: one example of the inside of each repeat."""
    found: list[str] = []

    def walk(parsed: Any) -> str:
        said = ""
        for code, arg in parsed:
            if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
                least, most, inner = arg
                one = walk(inner)
                if one and most > 8:
                    found.append(one)
                    found.append(said[-20:] + one)
                said += one * max(1, min(least, 4))
            elif code is op.SUBPATTERN:
                said += walk(arg[3])
            elif code is op.ATOMIC_GROUP:
                said += walk(arg)
            elif code is op.BRANCH:
                said += next(walk(each) for each in arg[1])
            elif code is op.LITERAL:
                said += chr(arg)
            elif code is op.NOT_LITERAL:
                said += "b" if chr(arg) == "a" else "a"
            elif code is op.ANY:
                said += "a"
            elif code is op.IN:
                said += _one_of(arg)
        return said

    whole = walk(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    return list(dict.fromkeys(p for p in (*found, whole) if p))[:14]


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


def hostile(pump: str, length: int) -> str:
    """A text of about a length that repeats something, and ends otherwise."""
    return pump * (length // len(pump)) + "\0!"


def seconds(pattern: re.Pattern[str], text: str, ways: Ways) -> float:
    """Processor's time to use it on a text in some ways; the limit where it does not end."""

    def stop(_: int, __: FrameType | None) -> None:
        raise _TooLongError

    old = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    began = time.process_time()
    try:
        for way in ways:
            if way == "finditer":
                for _ in pattern.finditer(text):
                    pass
            else:
                getattr(pattern, way)(text)
    except _TooLongError:
        return float(SECONDS)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)
    return time.process_time() - began


def growth(pattern: re.Pattern[str], pump: str, length: int, ways: Ways) -> float:
    """How much longer twice the text takes; the least of three, 2 where it takes no time."""
    short, double = hostile(pump, length), hostile(pump, 2 * length)
    if (first := seconds(pattern, short, ways)) < LEAST:
        return 2.0
    if first >= SECONDS:
        return float("inf")
    return min(
        seconds(pattern, double, ways) / max(seconds(pattern, short, ways), 1e-6) for _ in range(3)
    )


def attack(size: Size, _: Path) -> Tally:
    """Each expression on each text."""
    tally = Tally("regular expressions")
    for where, pattern in sorted(expressions().items()):
        ways = ways_of(where)
        for pump in dict.fromkeys((*pumps_of(pattern), *PUMPS)):
            grown = growth(pattern, pump, size.pumped, ways)
            tally.expect(grown < MOST_GROWTH, f"{where} on {pump[:30]!r}: {grown:.1f} times")
    return tally
