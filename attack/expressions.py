"""Every regular expression of the package on texts that are made to slow it down.

`attack.patterns` finds the expressions, `attack.timing` tries them in a process of their own, so
that one that does not end is ended from outside and told, and the next one is tried.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attack.pumps import COMMON, pumps_of
from attack.tally import SHORT, Size, Tally
from attack.timing import MOST

ROOT = Path(__file__).resolve().parents[1]
LIMIT = MOST + 2  # seconds of processor's time for one search
SECONDS = 600  # in which the expressions are found, at most


def expressions() -> list[dict[str, Any]]:
    """All regular expressions of the package, as `attack.patterns` prints them."""
    told = subprocess.run(
        [sys.executable, "-m", "attack.patterns"], cwd=ROOT, check=True, timeout=SECONDS,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return [json.loads(line) for line in told.stdout.splitlines()]


def texts_of(each: dict[str, Any], size: Size) -> list[tuple[str, ...]]:
    """What texts repeat that an expression is tried on: what it repeats itself, what reports repeat.

    In the full form also one of the first before and after each other, and each of the second.
    """
    source = each["pattern"].encode("latin-1") if each["bytes"] else each["pattern"]
    own = pumps_of(source, each["flags"])[: size.pumps]
    if size is SHORT:
        return [(pump,) for pump in dict.fromkeys((*own, *COMMON[::3]))]
    two = [p for a, b in itertools.product(own, COMMON) for p in ((a, b), (b, a))]
    alone = [(pump,) for pump in dict.fromkeys((*own, *COMMON))]
    return [*alone, *itertools.permutations(own[:10], 2), *two]


def _answers(asked: Sequence[dict[str, Any]], limit: float) -> Iterator[list[Any]]:
    """What `attack.timing` says, until it is done or was ended."""
    with tempfile.TemporaryFile("w+") as told:  # a pipe would fill while answers wait
        told.writelines(json.dumps(each) + "\n" for each in asked)
        told.seek(0)
        command = [sys.executable, "-m", "attack.timing", str(limit)]
        with subprocess.Popen(command, cwd=ROOT, stdin=told, stdout=subprocess.PIPE) as child:
            for line in child.stdout or ():
                yield json.loads(line)


def faults(
    found: Sequence[dict[str, Any]], size: Size, limit: float = LIMIT
) -> Iterator[tuple[str, str | None]]:
    """Each expression with what its text repeats, in words, and what is wrong (None: nothing)."""
    left = [{**each, "pumps": pumps} for each in found for pumps in texts_of(each, size)]
    while left:
        done = 0
        for (wrong,) in _answers(left, limit):
            yield _words(left[done]), wrong
            done += 1
        left = left[done:]
        if left:  # it was ended from outside while it was busy with this one
            yield _words(left[0]), "did not come to an end"
            left = left[1:]


def _words(asked: dict[str, Any]) -> str:
    return f"{asked['where']} on {' and '.join(repr(p[:30]) for p in asked['pumps'])}"


def attack(size: Size, _: Path) -> Tally:
    """Each expression on each text."""
    tally = Tally("regular expressions")
    for what, wrong in faults(expressions(), size):
        tally.expect(wrong is None, f"{what}: {wrong}")
    return tally
