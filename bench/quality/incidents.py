"""Reports to incidents, as `sayso link` groups them, in the form that a cluster scorer reads.

Serves reports with `doc`, `dct`, `uri` (GVA, GVC) and claim lines with `date` and `leaf` (the
portal; those whose heading names one event). The figures lie beside the predictions, one
`{"incident", "killed", "injured"}` a line, for each incident that the gold knows.
"""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.quality.where import find
from sayso.linking.rows import link_readings, rows_of
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading

Row = dict[str, Any]
_FIELDS = {"id": ("id", "doc"), "text": ("text",), "title": ("title",),
           "published": ("published", "dct", "date"), "url": ("url", "uri")}  # fmt: skip


def predict(gold: Path, out: Path) -> None:
    """Write the incident of each report as `{"id": "incident"}`, and the figures beside it."""
    given = [row for row in _rows(gold) if row.get("leaf_is_event", True)]
    with TemporaryDirectory() as folder:
        asked = Path(folder) / "reports.jsonl"
        asked.write_text("".join(json.dumps(_input(row)) + "\n" for row in given), "utf-8")
        outcomes = read_all([str(asked)], Ask(form="jsonl"))
        readings = [o for o in outcomes if isinstance(o, Reading)]
    rows = list(rows_of(link_readings(readings)))
    found = {name: row["incident"] for row in rows for name in row["main"]}
    for row in rows:  # who only denies an incident is a report of it, and main in none
        for name in row["reports"]:
            found.setdefault(name, row["incident"])
    out.write_text(json.dumps(found), "utf-8")
    lines = [json.dumps(row) for row in _figures(given, rows)]
    figures_beside(out).write_text("".join(line + "\n" for line in lines), "utf-8")


def figures_beside(out: Path) -> Path:
    """Where `predict` writes the figures."""
    return out.with_suffix(".figures.jsonl")


def _rows(path: Path) -> list[Row]:
    lines = path.read_text(encoding="utf-8").split("\n")  # a text may hold U+2028
    return [json.loads(line) for line in lines if line.strip()]


def _input(row: Row) -> Row:
    """A row of the gold as a line that `sayso link --from jsonl` takes."""
    values = {key: next((row[n] for n in names if row.get(n)), None)
              for key, names in _FIELDS.items()}  # fmt: skip
    return {key: value for key, value in values.items() if value is not None}


def _figures(given: list[Row], rows: list[Row]) -> list[Row]:
    """For each gold incident the figures of the row that most of its reports stand in."""
    row_of = {name: row for row in rows for name in row["main"]}
    members: dict[str, Counter[str]] = {}
    by_id = {row["incident"]: row for row in rows}
    for report in given:
        name = _input(report)["id"]
        if "incident" in report and name in row_of:
            held = members.setdefault(str(report["incident"]), Counter())
            held[row_of[name]["incident"]] += 1
    return [
        {"incident": incident, **_killed_and_injured(by_id[held.most_common(1)[0][0]])}
        for incident, held in members.items()
    ]


def _killed_and_injured(row: Row) -> dict[str, list[float] | float | None]:
    """The estimate: best, and `[low, high]` under `…_range`."""
    found: dict[str, list[float] | float | None] = {}
    for key, measure in (("killed", "killed"), ("injured", "wounded")):
        low, best, high = row["estimate"].get(measure, (None, None, None))
        found[key] = best
        end = float("inf") if high is None else high  # of "at least nine"
        found[f"{key}_range"] = None if low is None else [low, end]
    return found


def score(gold: Path) -> dict[str, float | int | None]:
    """Pairs F1, B3, CoNLL F1 (where scipy is there), and the figures against the registry's."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        predict(gold, out)
        found = json.loads(out.read_text("utf-8"))
        figures = _rows(figures_beside(out))
    rows = [row for row in _rows(gold) if row.get("leaf_is_event", True)]
    clusters = {_input(row)["id"]: str(row.get("incident") or row["leaf"]) for row in rows}
    scorer = _load(find("scorers/score_clusters.py"))
    try:
        scores = scorer.score(clusters, found)
        measures = {"pairs": scores["pairs"]["F1"], "CoNLL": scores["CoNLL_F1"]}
    except ModuleNotFoundError:  # the scorer's CEAF needs scipy, which sayso itself doesn't
        measures = {"pairs": _pairs_f1(scorer, clusters, found), "CoNLL": None}
    return {**measures, **_score_figures(gold.with_name(f"incidents.{gold.name}"), figures)}


def _pairs_f1(scorer: Any, gold: dict[str, str], found: dict[str, str]) -> float:
    both = scorer.clusters({name: (gold[name], found.get(name, name)) for name in gold})
    shared = scorer.pairs(both)
    held = scorer.pairs(scorer.clusters(gold)) + scorer.pairs(scorer.clusters(found))
    return round(200 * shared / held, 1) if held else 0.0


def _score_figures(registry: Path, figures: list[Row]) -> dict[str, float | int | None]:
    """Exact best values and ranges that hold the truth, of incidents that the registry knows."""
    if not registry.exists():
        return {}
    told = {row["incident"]: row for row in figures}
    gold = {str(row["incident"]): row for row in _rows(registry)}
    known = {i: row for i, row in gold.items() if i in told}
    scorer = _load(find("scorers/score_figures.py"))
    exact = scorer.score(known, told)
    ranges = scorer.score(known, {
        i: {k: row[f"{k}_range"] for k in ("killed", "injured")} for i, row in told.items()
    })  # fmt: skip
    return {
        "killed exact": exact["killed"]["exact"],
        "injured exact": exact["injured"]["exact"],
        "killed in range": ranges["killed"]["covered"],
        "injured in range": ranges["injured"]["covered"],
    }


def _load(path: Path) -> Any:
    """A scorer as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
