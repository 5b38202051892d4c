"""The learned reader: the attributions that a small network finds in a parse.

Cues are tagged first; then, for each, source and content in the words around it. The weights are
made by training/attribution. They read the encodings of spaCy's small English model, 3.8, and no
other: those are the numbers of `tokens.tensor`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.errors import ModelError
from sayso.reading.attribution.learned_decode import (
    Candidate,
    Run,
    cue_runs,
    keep_best,
    read_candidate,
    score,
)
from sayso.reading.attribution.learned_features import REACH, Floats, Seen, beside, cue_heads, see
from sayso.reading.attribution.learned_net import Network, Words

if TYPE_CHECKING:
    from sayso.reading.parse import Parse

WEIGHTS = "attribution.npz"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in token indexes of the parse: ranges `[first, last + 1)`.

    `source` is empty for an unnamed one. `score` is the chance that source and content are right,
    as measured on articles that the network had not learned from.
    """

    source: tuple[range, ...]
    cue: range
    content: tuple[range, ...]
    score: float


class LearnedTagger:
    """Finds attributions in a parse; the same parse gives the same."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        meta = json.loads(bytes(arrays["meta"]).decode())
        if meta["format"] != FORMAT:
            raise ModelError(f"attribution weights of format {meta['format']}, not {FORMAT}")
        self.meta: dict[str, Any] = meta
        words = Words(*(arrays[f"words.{part}"] for part in ("keys", "rows", "table", "scale")))
        names = [name.removeprefix("net.") for name in arrays if name.startswith("net.")]
        self.network = Network({name: arrays[f"net.{name}"] for name in names}, words)
        self.sign_weights: Floats = arrays["score.weights"].astype(np.float32)
        self.curve: tuple[Floats, Floats] = (arrays["score.sums"], arrays["score.shares"])
        self.least: float = meta["least"]

    @classmethod
    def load(cls, path: Path | None = None) -> LearnedTagger:
        """The tagger with the shipped weights, or with those of a file."""
        source = path or files(__package__).joinpath("weights", WEIGHTS)
        try:
            with source.open("rb") as file, np.load(file, allow_pickle=False) as held:
                return cls(dict(held))
        except (OSError, ValueError, KeyError) as e:
            raise ModelError(f"no attribution weights can be read from {source}: {e}") from e

    def candidates(self, seen: Seen) -> list[Candidate]:
        """Every cue that may be one, with its roles and score."""
        if not len(seen):
            return []
        code = self.network.encode(seen)
        chance = self.network.cues(code, seen.head)
        begin, end = cue_runs(chance)
        if not len(begin):
            return []
        window, features = beside(seen, begin, end, REACH)
        roles, real = self.network.roles(code, cue_heads(seen, begin, end), window, features)
        found = [
            read_candidate(
                seen, (int(a), int(b)), window[i], roles[i], (float(chance[a, 1]), float(real[i]))
            )
            for i, (a, b) in enumerate(zip(begin, end, strict=True))
        ]
        return [score(c, self.sign_weights, self.curve) for c in found]

    def find(self, parse: Parse) -> list[Found]:
        """The attributions of a parse in text order."""
        if parse.tokens.vocab.vectors_length:
            raise ModelError("the learned reader needs spaCy's small model: en_core_web_sm 3.8")
        seen = see(parse)
        return [_found(seen, c) for c in keep_best(self.candidates(seen), self.least)]


def _found(seen: Seen, candidate: Candidate) -> Found:
    return Found(
        tuple(_home(seen, run) for run in candidate.source),
        _home(seen, candidate.cue),
        tuple(_home(seen, run) for run in candidate.content),
        candidate.score,
    )


def _home(seen: Seen, run: Run) -> range:
    return range(int(seen.at[run[0]]), int(seen.at[run[1] - 1]) + 1)
