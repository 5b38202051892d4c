"""Any bytes, and true files broken, into each parser: a report, or one of our errors."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

from attack import api
from attack.parsers import ROOT, SLOW, TOKENS, imports, parsers
from attack.tally import Size, Tally
from sayso.errors import SaysoError
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from tests.ledger.conftest import said_by

PARSERS = 20
FOUND = ROOT / "dist" / "attack"


def broken(seed: bytes, pick: random.Random) -> bytes:
    """A seed with some of its bytes changed, cut, doubled, or a hostile token put in."""
    held = bytearray(seed)
    for _ in range(pick.randint(1, 6)):
        at, to = sorted(pick.choices(range(len(held) + 1), k=2))
        to = min(to, at + 400)
        match pick.randrange(5):
            case 0:
                held[at:at] = pick.choice(TOKENS)
            case 1:
                del held[at:to]
            case 2:
                held[at:at] = held[at:to]
            case 3 if at < len(held):
                held[at] ^= 1 << pick.randrange(8)
            case _:
                held[at : at + 8] = pick.randbytes(pick.randint(0, 8))
    return bytes(held)


def cases(seeds: list[bytes], runs: int, name: str) -> Iterator[bytes]:
    """The inputs of one parser, the same each time."""
    pick = random.Random(name)  # noqa: S311 - the same inputs each time
    for n in range(runs):
        yield (
            pick.randbytes(pick.randint(0, 300))
            if n % 10 == 0
            else broken(pick.choice(seeds), pick)
        )


def attack(size: Size, folder: Path) -> Tally:
    """So many runs for each parser, of slow ones a tenth; then the interface, with rights."""
    tally = Tally("fuzzing")
    try:
        import atheris  # noqa: F401, PLC0415 - not everywhere
    except ImportError:
        _unguided(tally, size, folder)
    else:
        _guided(tally, size, folder)
    api.attack(tally, size, folder)
    return tally


def _guided(tally: Tally, size: Size, folder: Path) -> None:
    """By Atheris, in processes of their own."""
    with subprocess.Popen(
        [sys.executable, "-m", "attack.guided", str(size.runs), str(folder)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None  # noqa: S101 - it is a pipe
        seen = 0
        for line in running.stdout:
            told = json.loads(line)
            seen += 1
            tally.tried += told["runs"]
            tally.faults += [
                f"{told['parser']}: {each['what']} on {_kept(b64decode(each['input']))}"
                for each in told["found"]
            ]
    tally.expect(running.returncode == 0, f"attack.guided ended with {running.returncode}")
    tally.expect(seen >= PARSERS, f"only {seen} parsers were fuzzed")


def _unguided(tally: Tally, size: Size, folder: Path) -> None:
    """By chance alone, where Atheris is not: it has no wheel for this Python or system."""
    tally.left_out.append("inputs by what they reach: Atheris is not installed, chance chose them")
    with (
        Ledger.open(f"sqlite:///{folder / 'asked.db'}", linking=Linking()) as ledger,
        imports(folder) as (payload, take),
    ):
        ledger.add([said_by("Ann Roe", "Four soldiers were killed in Sudzha")])
        held = {**parsers(ledger, folder), "bundle import": ([payload], take)}
        for name, (seeds, parse) in held.items():
            runs = size.runs // 10 if name in SLOW else size.runs
            for content in cases(seeds, runs, name):
                tally.tried += 1
                try:
                    parse(content)
                except SaysoError:
                    continue
                except Exception as error:  # noqa: BLE001 - that is the finding
                    what = f"{name}: {type(error).__name__}: {error}"[:300]
                    if not any(fault.startswith(what[:60]) for fault in tally.faults):
                        tally.faults.append(f"{what} on {_kept(content)}")


def _kept(content: bytes) -> Path:
    """The file in which an input is kept that was not held, to be tried again."""
    place = FOUND / hashlib.sha256(content).hexdigest()[:16]
    FOUND.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place.relative_to(ROOT)
