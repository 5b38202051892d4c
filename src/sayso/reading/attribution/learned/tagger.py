"""The learned reader: the attributions that a small network finds in a parse.

Cues are tagged first; then, for each, source and content in the words around it. The weights are
made by training/attribution. They read the encodings of spaCy's small English model, 3.8, and no
other: those are the numbers of `tokens.tensor`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.errors import ModelError
from sayso.reading.attribution.learned.decode import (
    Candidate,
    Run,
    cue_runs,
    keep_best,
    read_candidate,
    score,
)
from sayso.reading.attribution.learned.features import REACH, Floats, Seen, beside, cue_heads, see
from sayso.reading.attribution.learned.net import Network, Words

if TYPE_CHECKING:
    from sayso.reading.parsing.parse import Parse

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
        return self.candidates_all([seen])[0]

    def candidates_all(self, texts: Sequence[Seen]) -> list[list[Candidate]]:
        """For each text every cue that may be one, with its roles and score."""
        found: list[list[Candidate]] = [[] for _ in texts]
        cues = []
        offset = 0
        codes = self.network.encode_all(texts) if texts else []
        for own, seen, code in zip(found, texts, codes, strict=True):
            chance = self.network.cues(code, seen.head)
            begin, end = cue_runs(chance)
            window, features = beside(seen, begin, end, REACH)
            cues.append((own, seen, chance, begin, end, window, features, offset))
            offset += len(seen)
        if not sum(len(cue[3]) for cue in cues):
            return found
        roles, real = self.network.roles(
            np.concatenate(codes),
            np.concatenate([cue_heads(seen, b, e) + at for _, seen, _, b, e, _, _, at in cues]),
            np.concatenate([np.where(w >= 0, w + at, -1) for *_, w, _, at in cues]),
            np.concatenate([features for *_, features, _ in cues], axis=1),
        )
        first = 0
        for own, seen, chance, begin, end, window, _, _ in cues:
            for i, (a, b) in enumerate(zip(begin.tolist(), end.tolist(), strict=True)):
                chances = float(chance[a, 1]), float(real[first + i])
                read = read_candidate(seen, (a, b), window[i], roles[first + i], chances)
                own.append(score(read, self.sign_weights, self.curve))
            first += len(begin)
        return found

    def find(self, parse: Parse) -> list[Found]:
        """The attributions of a parse in text order."""
        return self.find_all([parse])[0]

    def find_all(self, parses: Sequence[Parse]) -> list[list[Found]]:
        """The attributions of each parse; together they cost less than one by one."""
        if any(parse.tokens.vocab.vectors_length for parse in parses):
            raise ModelError("the learned reader needs spaCy's small model: en_core_web_sm 3.8")
        texts = [see(parse) for parse in parses]
        return [
            [_found(seen, c) for c in keep_best(candidates, self.least)]
            for seen, candidates in zip(texts, self.candidates_all(texts), strict=True)
        ]


def _found(seen: Seen, candidate: Candidate) -> Found:
    return Found(
        tuple(_home(seen, run) for run in candidate.source),
        _home(seen, candidate.cue),
        tuple(_home(seen, run) for run in candidate.content),
        candidate.score,
    )


def _home(seen: Seen, run: Run) -> range:
    return range(int(seen.at[run[0]]), int(seen.at[run[1] - 1]) + 1)
