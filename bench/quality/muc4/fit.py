"""Fits the weights of MUC-4's mapping: `python -m bench.quality.muc4.fit TRAIN OUT`.

A candidate is right where the scorer beside the checkout would pair it with a marked fill; one
that is paired with an optional fill teaches nothing.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from bench.quality.datasets import SHARED
from bench.quality.muc4 import read_rows
from bench.quality.muc4.doers import Doer
from bench.quality.muc4.report import bucket
from bench.quality.muc4.weigh import Weights, chance, fit
from bench.quality.muc4.weighed import DEGREES, TYPES, Candidates, candidates_of

Json = dict[str, Any]
_PARTS = 4  # of the reports: each part's chances come from weights that the others taught
LEAST = {"report": 0.38, "type": 0.5, "victim": 0.25, "group": 0.25, "people": 0.25}


def load_scorer() -> ModuleType:
    """The scorer's module, for the way in which it pairs."""
    path = SHARED / "scorers/score_muc4.py"
    spec = importlib.util.spec_from_file_location("score_muc4", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Lesson:
    """One report: what was found in it, and which of that is right."""

    def __init__(self, found: Candidates, row: Json, scorer: ModuleType) -> None:
        """Pairs the candidates with what is marked."""
        self.found = found
        self.is_marked = bool(row["templates"])
        self.is_needed = any(not t["optional"] for t in row["templates"])
        gold: Json = scorer.gold_doc(row)
        self.types = {v for values, _ in gold["type"] for v in values}
        self.victims = _pair(
            [v for v, _ in found.victims],
            _once(scorer, gold, "victim_num"),
            lambda fill, v: (
                scorer.nmatch(fill[0], v.names) and any(scorer.fits(x, v.number) for x in fill[1])
            ),
        )

        def names(fill: Any, doer: Doer) -> bool:
            return bool(scorer.nmatch(fill[0], doer.names))

        self.doers: list[bool | None] = [None] * len(found.doers)
        for slot, is_group in (("perp_org", True), ("perp_ind", False)):
            at = [i for i, d in enumerate(found.doers) if d.is_group == is_group]
            right = _pair([found.doers[i] for i in at], _once(scorer, gold, slot), names)
            for i, label in zip(at, right, strict=True):
                self.doers[i] = label
        self.degrees = [
            {v for fill in gold["perp_conf"] if names(fill, d) for v in fill[1]}
            for d in found.doers
        ]


def _once(scorer: ModuleType, gold: Json, slot: str) -> list[Any]:
    return list(scorer.dedup(sorted(gold[slot], key=lambda f: bool(f[-1])), scorer.SG[slot]))


def _pair(
    found: list[Any], fills: list[Any], fits: Callable[[Any, Any], bool]
) -> list[bool | None]:
    """Whether each candidate is right, None where its fill is optional; the often named first."""
    labels: list[bool | None] = [False] * len(found)
    used: set[int] = set()
    for i in sorted(range(len(found)), key=lambda i: -found[i].mentions):
        hit = [k for k, fill in enumerate(fills) if k not in used and fits(fill, found[i])]
        if hit:
            best = min(hit, key=lambda k: bool(fills[k][-1]))
            used.add(best)
            labels[i] = None if fills[best][-1] else True
    return labels


def fit_all(lessons: list[Lesson]) -> dict[str, Weights]:
    """The weights of each question."""
    clear = [s for s in lessons if s.is_needed or not s.is_marked]
    weights = {"report": _fit_report(clear)}
    for name in TYPES:
        weights[name] = fit([s.found.signs for s in clear], [name in s.types for s in clear])
    reports = _chances(lessons)
    weights["victim"] = _fit_labelled(
        (signs | {report}, label)
        for s, report in zip(lessons, reports, strict=True)
        for (_, signs), label in zip(s.found.victims, s.victims, strict=True)
    )
    for question, is_group in (("group", True), ("people", False)):
        weights[question] = _fit_labelled(
            (doer.signs | {report}, label)
            for s, report in zip(lessons, reports, strict=True)
            for doer, label in zip(s.found.doers, s.doers, strict=True)
            if doer.is_group == is_group
        )
    told = [
        (doer.signs, degrees)
        for s in lessons
        for doer, degrees in zip(s.found.doers, s.degrees, strict=True)
        if degrees and doer.is_group
    ]
    for degree in DEGREES:
        weights[degree] = fit([signs for signs, _ in told], [degree in d for _, d in told])
    return {"least": dict(LEAST)} | weights


def _fit_report(lessons: list[Lesson]) -> Weights:
    return fit([s.found.signs for s in lessons], [s.is_needed for s in lessons])


def _fit_labelled(rows: Iterable[tuple[set[str], bool | None]]) -> Weights:
    kept = [(signs, label) for signs, label in rows if label is not None]
    return fit([signs for signs, _ in kept], [label for _, label in kept])


def _chances(lessons: list[Lesson]) -> list[str]:
    """How likely each report counts, as weights say that have not seen it."""
    signs: list[str] = []
    for part in range(_PARTS):
        at = range(part * len(lessons) // _PARTS, (part + 1) * len(lessons) // _PARTS)
        others = [s for i, s in enumerate(lessons) if i not in at]
        weights = _fit_report([s for s in others if s.is_needed or not s.is_marked])
        signs += [bucket(chance(weights, lessons[i].found.signs)) for i in at]
    return signs


def lessons_of(readings: Iterable[Json], rows: Iterable[Json]) -> list[Lesson]:
    """The lessons of readings whose reports are marked."""
    scorer, marked = load_scorer(), {row["id"]: row for row in rows}
    found = (candidates_of(reading) for reading in readings)
    return [Lesson(one, marked[one.name], scorer) for one in found]


def main(train: Path, out: Path) -> None:
    """Read a marked file, fit, and write the weights."""
    rows = [json.loads(row) for row in train.read_text(encoding="utf-8").split("\n") if row]
    with TemporaryDirectory() as folder:
        made = fit_all(lessons_of(read_rows(rows, Path(folder)), rows))
    out.write_text(json.dumps(made, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
