"""Makes the weights of src/sayso/linking/paraphrase.json from pairs marked same or not.

usage: python -m training.paraphrase TRAIN.jsonl [DEV.jsonl]
       each line {"id", "same": 0|1, "a", "b"}, as in the Microsoft Research Paraphrase Corpus

A logistic regression by Newton's steps with a ridge of 10 on standardised features; the ridge was
chosen by ten-fold cross-validation on the training part. Only the weights are kept, no text.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from sayso.linking.paraphrase import features
from training import logistic

RIDGE = 10.0
OUT = Path(__file__).resolve().parents[2] / "src/sayso/linking/paraphrase.json"

Rows = list[dict[str, Any]]


def load(path: str) -> Rows:
    """The marked pairs of a file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def table(rows: Rows) -> tuple[list[str], Any, Any]:
    """Names of the features, their values a pair, and which pairs are the same."""
    found = [features(r["a"], r["b"]) for r in rows]
    names = list(found[0])
    values = np.array([[f[n] for n in names] for f in found])
    return names, values, np.array([float(r["same"]) for r in rows])


def fit(values: Any, same: Any) -> dict[str, Any]:
    """The weights of each feature as it stands, with the base, as numpy values."""
    mean, spread = values.mean(0), values.std(0) + 1e-9
    design = np.c_[np.ones(len(values)), (values - mean) / spread]
    weights = logistic.fit(design, same, [0.0] + [RIDGE] * values.shape[1])
    own = weights[1:] / spread
    return {"base": weights[0] - own @ mean, "own": own}


def right(found: dict[str, Any], values: Any, same: Any) -> float:
    """The share of pairs judged right."""
    return float((((values @ found["own"] + found["base"]) > 0) == same).mean())


def main(arguments: list[str]) -> int:
    """0 after the weights are written."""
    names, values, same = table(load(arguments[0]))
    order = np.random.default_rng(0).permutation(len(same))
    folds = [order[i::10] for i in range(10)]
    scores = []
    for fold in folds:
        rest = np.setdiff1d(order, fold)
        scores.append(right(fit(values[rest], same[rest]), values[fold], same[fold]))
    found = fit(values, same)
    print(f"ten folds {100 * np.mean(scores):.1f}, all {100 * right(found, values, same):.1f}")
    for path in arguments[1:]:
        _, others, known = table(load(path))
        print(f"{Path(path).name} {100 * right(found, others, known):.1f}")
    weights = {"base": round(float(found["base"]), 5)}
    weights |= {n: round(float(w), 5) for n, w in zip(names, found["own"], strict=True)}
    OUT.write_text(json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
