"""The weights as they ship: one npz of plain arrays, no pickle, no text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from sayso.reading.attribution.learned.decode import SIGNS
from sayso.reading.attribution.learned.features import Floats
from sayso.reading.attribution.learned.net import Words
from sayso.reading.attribution.learned.tagger import FORMAT
from training.attribution.net import Net

# before a score is fitted
NO_SCORE = (np.zeros(len(SIGNS)), (np.array([0.0, 1.0]), np.array([0.0, 1.0])))


def make_arrays(net: Net, words: Words, score: tuple[Floats, tuple[Floats, Floats]],
                meta: dict[str, Any]) -> dict[str, np.ndarray]:  # fmt: skip
    """What `LearnedTagger` is made of. The network's numbers are halved to 16 bits."""
    weights, (sums, shares) = score
    arrays: dict[str, np.ndarray] = {
        f"net.{name}": value.detach().numpy().astype(np.float16)
        for name, value in net.state_dict().items()
    }
    arrays |= {f"words.{part}": getattr(words, part) for part in ("keys", "rows", "table", "scale")}
    arrays |= {"score.weights": weights, "score.sums": sums, "score.shares": shares}
    held = json.dumps({"format": FORMAT, **meta}, sort_keys=True).encode()
    arrays["meta"] = np.frombuffer(held, dtype=np.uint8)
    return arrays


def write_weights(arrays: dict[str, np.ndarray], path: Path) -> str:
    """Write the weights; returns the file's SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **{name: arrays[name] for name in sorted(arrays)})
    return hashlib.sha256(path.read_bytes()).hexdigest()
