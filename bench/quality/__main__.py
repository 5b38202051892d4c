"""Measures quality.

usage: python -m bench.quality                             all that is here, against the floors
       python -m bench.quality --only claims/own,time      some of it
       python -m bench.quality --record                    and write the tables of docs/quality.md
       python -m bench.quality NAME --gold FILE --predict OUT    only predictions, in the form that
                       the scorer of that kind reads (NAME: claims, attribution, time, place, …)
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.quality.datasets import DATASETS, KINDS, Dataset, Measures, measure, predict
from bench.quality.page import record

FLOORS = Path(__file__).with_name("floors.json")


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 where a measure lies below its floor or could not be taken."""
    ask = _parse(arguments)
    if ask.name:
        predict(ask.name, ask.gold, ask.predict)
        return 0
    wanted = tuple(ask.only.split(","))
    results: dict[str, Measures] = {}
    for dataset in DATASETS:
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
        record(results)
    low = list(below_floor(results, json.loads(FLOORS.read_text(encoding="utf-8"))))
    for line in low:
        print(f"below its floor: {line}", file=sys.stderr)
    return 1 if low or not all(results.values()) else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    usage = (__doc__ or "").split("usage: ", 1)[1]
    parser = argparse.ArgumentParser("python -m bench.quality", usage=usage)
    parser.add_argument("name", nargs="?", choices=sorted(set(KINDS) - {"pages", "origins"}))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--predict", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--record", action="store_true")
    ask = parser.parse_args(arguments)
    if bool(ask.name) != bool(ask.gold and ask.predict):
        parser.error("NAME, --gold and --predict go together")
    return ask


def _shown(dataset: Dataset, measures: Measures) -> Iterator[tuple[str, float | int | None]]:
    for key in dataset.steer_by or measures:
        yield key, measures.get(key)


def _line(dataset: Dataset, measures: Measures) -> str:
    return "  ".join(f"{k} {'–' if v is None else v}" for k, v in _shown(dataset, measures))


def below_floor(results: dict[str, Measures], floors: dict[str, Measures]) -> Iterator[str]:
    """What lies below its floor, in words; a set that was not measured here is passed over."""
    for name, measures in results.items():
        for key, floor in floors.get(name, {}).items():
            value = measures.get(key)
            if floor is not None and (value is None or value < floor):
                yield f"{name} {key}: {value}, floor {floor}"


if __name__ == "__main__":
    sys.exit(main())
