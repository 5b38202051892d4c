"""Atheris on each parser: inputs that reach new lines of code are kept and changed further.

`python -m attack.guided RUNS FOLDER` prints a JSON object a line: the `parser`, how many `runs`, and
`found`: each kind of error that is none of our own, once, with the input that made it.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

# what reads bytes from outside; the rest would only slow it down
ROOMS = ["sayso.page", "sayso.intake", "sayso.exchange", "sayso.lexicon.load", "sayso.record",
         "sayso.reading.grounding.times.find", "sayso.corpus.inputs"]  # fmt: skip

with atheris.instrument_imports(include=ROOMS):
    from attack.parsers import SLOW, TOKENS, imports, parsers
    from sayso.errors import SaysoError
    from sayso.incidents.batch import Linking
    from sayso.ledger import Ledger
    from sayso.page.pdf import bounds as pdf_bounds
    from tests.ledger.conftest import said_by

LONGEST = 20_000  # bytes of an input
SECONDS, MEGABYTES = 120, 3_000  # for one input


def fuzz(name: str, seeds: list[bytes], parse: Callable[[bytes], Any], runs: int) -> dict[str, Any]:
    """What was found in a process of its own, which the fuzzer ends."""
    out, into = os.pipe()
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w") as words:
        for token in TOKENS:
            words.write('"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n')
        words.flush()
        for n, seed in enumerate(seeds):
            (Path(folder) / f"{n:03}").write_bytes(seed[:LONGEST])
        child = os.fork()
        if not child:
            _in_child(into, folder, words.name, parse, runs)
        os.close(into)
        with os.fdopen(out, "rb") as said:
            found = [json.loads(line) for line in said.read().splitlines()]
        _, status = os.waitpid(child, 0)
        if code := os.waitstatus_to_exitcode(status):
            what = (
                f"the fuzzer ended with {code}: an input of more than {SECONDS} s or {MEGABYTES} MB"
            )
            kept = sorted(Path(folder).glob("kept-*"))
            content = kept[0].read_bytes() if kept else b""
            found.append({"what": what, "input": base64.b64encode(content).decode()})
    return {"parser": name, "runs": runs, "found": found}


def _in_child(into: int, folder: str, words: str, parse: Callable[[bytes], Any], runs: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    seen: set[str] = set()

    def one(content: bytes) -> None:
        try:
            parse(content)
        except SaysoError:
            return
        except Exception as error:  # noqa: BLE001 - that is the finding
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
            if where not in seen:
                seen.add(where)
                row = {
                    "what": f"{where}: {error}"[:300],
                    "input": base64.b64encode(content).decode(),
                }
                os.write(into, (json.dumps(row) + "\n").encode())

    atheris.Setup(
        ["guided", folder, f"-runs={runs}", "-seed=9", f"-max_len={LONGEST}", f"-timeout={SECONDS}",
         f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={folder}/kept-", f"-dict={words}", "-verbosity=0"],
        one,
    )  # fmt: skip
    atheris.Fuzz()  # ends the process
    os._exit(0)


def main(runs: int, folder: Path) -> None:
    """Each parser; of those that take long, a tenth of the runs."""
    pdf_bounds.MOST_STEPS = 100_000  # the fuzzer looks for errors; `attack.apart` for what is slow
    with Ledger.open(f"sqlite:///{folder / 'asked.db'}", linking=Linking()) as ledger:
        ledger.add([said_by("Ann Roe", "Four soldiers were killed in Sudzha")])
        held = parsers(ledger, folder)
        with imports(folder) as (payload, take):
            for name, (seeds, parse) in {**held, "bundle import": ([payload], take)}.items():
                some = max(20, runs // 10) if name in SLOW else runs
                print(json.dumps(fuzz(name, seeds, parse, some)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
