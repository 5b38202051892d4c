"""Measures quality.

usage: python -m bench.quality                             all that is here, against the floors
       python -m bench.quality time                        the sets of one kind (NAME: claims,
                       attribution, time, place, muc4, factuality, copies, paraphrase, …)
       python -m bench.quality --only claims/own,time      some of it
       python -m bench.quality --data DIR                  where other people's texts lie
       python -m bench.quality --split train               another part of the sets that have some
       python -m bench.quality --record                    and write the tables of docs/quality.md
       python -m bench.quality NAME --gold FILE --predict OUT    only predictions, in the form that
                       the scorer of that kind reads
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.quality import datasets
from bench.quality.datasets import KINDS, Dataset, Measures, measure, predict
from bench.quality.errors import record_errors
from bench.quality.page import record
from bench.quality.rows import GoldError
from bench.quality.where import ENVIRONMENT

FLOORS = Path(__file__).with_name("floors.json")


def main(arguments: list[str] | None = None) -> int:
    """0; 1 where a measure lies below its floor or could not be taken; 2 for a broken gold file."""
    ask = _parse(arguments)
    if ask.data:
        os.environ[ENVIRONMENT] = str(ask.data)  # the readers' own processes look there too
    if ask.gold:
        try:
            predict(ask.name, ask.gold, ask.predict)
        except (GoldError, RuntimeError) as error:
            print(f"bench.quality: {error}", file=sys.stderr)
            return 2
        return 0
    wanted = (f"{ask.name}/",) if ask.name else tuple(ask.only.split(","))
    results: dict[str, Measures] = {}
    for dataset in datasets.datasets_of(ask.split) if ask.split else datasets.datasets():
        if dataset.id.startswith(wanted):
            if dataset.missing:
                print(f"{dataset.id:22} left out: {dataset.missing}")
                continue
            start = time.monotonic()
            try:
                results[dataset.id] = measure(dataset)
            except RuntimeError as error:  # a reader or scorer that ended badly: the others go on
                results[dataset.id] = {}
                print(f"{dataset.id:22} FAILED: {error}")
                continue
            seconds = time.monotonic() - start
            print(f"{dataset.id:22} {seconds:5.1f} s  {_line(dataset, results[dataset.id])}")
    if ask.record:
        if "claims/own" in results:
            record_errors()
        record(results)
    low = list(below_floor(results, json.loads(FLOORS.read_text(encoding="utf-8"))))
    for line in low:
        print(f"below its floor: {line}", file=sys.stderr)
    return 1 if low or not all(results.values()) else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    usage = (__doc__ or "").split("usage: ", 1)[1]
    parser = argparse.ArgumentParser("python -m bench.quality", usage=usage)
    parser.add_argument("name", nargs="?", choices=sorted(KINDS))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--predict", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--record", action="store_true")
    ask = parser.parse_args(arguments)
    if bool(ask.gold) != bool(ask.predict) or (ask.gold and not ask.name):
        parser.error("--gold and --predict go together, and with NAME")
    if ask.gold and ask.name in {"pages", "origins"}:
        parser.error(f"{ask.name} is scored where it lies, and writes no predictions")
    if ask.name and ask.only:
        parser.error("NAME or --only, not both")
    if ask.split and (ask.record or ask.gold):
        parser.error("--split goes with neither --record nor --gold: the page shows one part")
    if ask.data and not ask.data.is_dir():
        parser.error(f"--data {ask.data}: no such folder")
    return ask


def _shown(dataset: Dataset, measures: Measures) -> Iterator[tuple[str, float | int | None]]:
    for key in dataset.steer_by or measures:
        yield key, measures.get(key)


def _line(dataset: Dataset, measures: Measures) -> str:
    return "  ".join(f"{k} {'–' if v is None else v}" for k, v in _shown(dataset, measures))


def below_floor(results: dict[str, Measures], floors: dict[str, Measures]) -> Iterator[str]:
    """What lies below its floor, in words; a set that was not measured here is passed over.

    Of an error of calibration (`… ECE`) less is better: its floor is a ceiling.
    """
    for name, measures in results.items():
        for key, floor in floors.get(name, {}).items():
            value = measures.get(key)
            less = key.endswith("ECE")
            if floor is not None and (value is None or (value > floor if less else value < floor)):
                yield f"{name} {key}: {value}, floor {floor}"


if __name__ == "__main__":
    sys.exit(main())
