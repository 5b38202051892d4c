"""Factuality of words on [-3, 3]: signs of the parse and of our mood rules, weighed by a table.

The scale is a scorer's, not sayso's, which tells certainty by name; so the weights
(`factuality_weights.json`, made by `python -m bench.quality.factuality TRAIN WEIGHTS`) stay here.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.quality.factuality_signs import signs_of
from bench.quality.place import as_body
from sayso.lexicon.cues import load_cues
from sayso.pipeline.read import shared_reader
from sayso.reading.flow import make_flow
from sayso.reading.parsing.parse import parse_flow

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.parsing.parse import Parse

WEIGHTS = Path(__file__).with_name("factuality_weights.json")
_BOUND = 3.0
_SEEN = 5  # times a sign must be seen to weigh
_RIDGE = 10.0
_ROUNDS = 2  # of reweighting, which takes the loss from squares to absolute values
_LEAST = 0.02  # what weighs less is left out


def predict(gold: Path, out: Path) -> None:
    """Write the lines of a gold file with the factuality that we read for each target."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    with out.open("w", encoding="utf-8") as file:
        for row, signs in _read(gold):
            targets = [
                {**target, "label": round(_weigh(weights, found), 3)}
                for target, found in zip(row["targets"], signs, strict=True)
            ]
            file.write(json.dumps({**row, "targets": targets}, ensure_ascii=False) + "\n")


def _weigh(weights: dict[str, float], signs: set[str]) -> float:
    total = weights[""] + sum(weights.get(s, 0.0) for s in signs)
    return min(_BOUND, max(-_BOUND, total))


def _read(gold: Path) -> Iterator[tuple[dict[str, Any], list[set[str]]]]:
    """Each line with the signs at each of its targets."""
    model, cues = shared_reader(learned=True).model, load_cues()
    for line in gold.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        parse = parse_flow(make_flow(as_body("line", row["text"])), model)
        starts = token_starts(row["text"])
        yield (
            row,
            [
                signs_of(target_token(parse, starts[target["span"][0]]), cues)
                for target in row["targets"]
            ],
        )


def token_starts(text: str) -> list[int]:
    """Where each token of a text begins whose tokens stand one space apart."""
    starts, at = [], 0
    for token in text.split(" "):
        starts.append(at)
        at += len(token) + 1
    return starts


def target_token(parse: Parse, start: int) -> Token:
    """The parser's token at a character of the text as given; quotes make the flow shorter."""
    return parse.token_at(next(i for i, at in enumerate(parse.flow.starts) if at >= start))


def fit(train: Path) -> dict[str, float]:
    """The weights that fit a marked file: ridge regression, reweighted towards absolute error."""
    signs, labels = [], []
    for row, found in _read(train):
        signs += found
        labels += [float(t["label"]) for t in row["targets"]]
    counts = Counter(s for found in signs for s in found)
    names = sorted(s for s, n in counts.items() if n >= _SEEN)
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(signs), len(names) + 1))
    table[:, -1] = 1
    for i, held in enumerate(signs):
        table[i, [place[s] for s in held if s in place]] = 1
    fitted = _solve(table, np.array(labels))
    weights = {
        n: round(float(w), 3) for n, w in zip(names, fitted, strict=False) if abs(w) > _LEAST
    }
    return {"": round(float(fitted[-1]), 3), **weights}


def _solve(table: Any, labels: Any) -> Any:
    ridge = np.eye(table.shape[1]) * _RIDGE
    ridge[-1, -1] = 0
    rows = np.ones(len(labels))
    fitted = np.zeros(table.shape[1])
    for _ in range(_ROUNDS):
        weighed = table * rows[:, None]
        fitted = np.linalg.solve(table.T @ weighed + ridge, weighed.T @ labels)
        rows = 0.5 / np.maximum(np.abs(table @ fitted - labels), 0.3)
    return fitted


if __name__ == "__main__":
    made = fit(Path(sys.argv[1]))
    Path(sys.argv[2]).write_text(
        json.dumps(made, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
