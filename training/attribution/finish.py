"""A trained network to the file that ships: score fitted, weights written, both measured."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sayso.reading.attribution.learned.net import Words
from sayso.reading.attribution.learned.tagger import LearnedTagger
from training.attribution.calibrate import Read, folded_error, learn_score, measure, scored
from training.attribution.data import Example
from training.attribution.export import NO_SCORE, make_arrays, write_weights
from training.attribution.narrow import narrow
from training.attribution.net import Net


def finish(net: Net, words: Words, parts: dict[str, Sequence[Example]], meta: dict[str, Any],
           out: Path) -> dict[str, Any]:  # fmt: skip
    """What was made and how it scores; writes attribution.npz and scores.json.

    `parts` are articles that the network did not learn from. The score that ships is fitted on all
    of them; the figures of each part are with a score fitted on the other parts.
    """
    meta = {**meta, "least": 0.0}
    texts = [e.seen for examples in parts.values() for e in examples]
    blank = LearnedTagger(narrow(make_arrays(net, words, NO_SCORE, meta), texts))
    read = {name: _read(blank, examples) for name, examples in parts.items()}
    every = [r for part in read.values() for r in part]
    score = learn_score(every)
    # keeping what is likelier right than half of F1 gives the best F1 (Lipton et al. 2014)
    half = measure([(e, scored(cs, *score)) for e, cs in every], 0.35)["f1"] / 200
    meta["least"] = round(half, 2)
    told: dict[str, Any] = {}
    for name, part in read.items():
        others = [
            r for other, rows in read.items() if other != name or len(read) == 1 for r in rows
        ]
        fitted = learn_score(others)
        told[name] = measure([(e, scored(cs, *fitted)) for e, cs in part], meta["least"])
    digest = write_weights(
        narrow(make_arrays(net, words, score, meta), texts), out / "attribution.npz"
    )
    all_told = {**meta, "sha256": digest, "scores": told, "calibration_error": folded_error(every)}
    (out / "scores.json").write_text(json.dumps(all_told, indent=1) + "\n", encoding="utf-8")
    return all_told


def _read(tagger: LearnedTagger, examples: Sequence[Example]) -> Read:
    return [(e, tagger.candidates(e.seen)) for e in examples]
