"""Names and their types, read off the parser's own encoder.

spaCy's entity recogniser has an encoder of its own and takes most of a pipeline's time. The
parser's encoder already knows much of what is a name: a small network over its vectors
(`tokens.tensor`) and the words, taught by the recogniser (training/names), gives the same types at
a tenth of the cost.
"""

from __future__ import annotations

import zlib
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sayso.lexicon.load import load_table
from sayso.reading.parsing.rows import Floats, Rows, multiply, whole_tiles

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

_FILE = "names.npz"
# Labels: 0 no name, 1 + 2k the first word of a name of type k, 2 + 2k a further word.
TYPES = (
    "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP",
    "ORDINAL", "ORG", "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
)  # fmt: skip
# Buckets of the word, its last three letters, its shape, its first two letters.
BUCKETS = (8192, 1024, 256, 512)
_PEOPLE = 1 + 2 * TYPES.index("NORP")
_INSIDE, _OUTSIDE, _FIRST = 1, 2, 3  # spaCy's ENT_IOB
WIDTH = 96  # numbers in a vector of the encoder


def bucket_words(word: str, shape: str) -> tuple[int, int, int, int]:
    """The buckets of a word: hashes, so that no list of words is shipped."""
    low = word.lower()
    parts = (low, low[-3:], shape, low[:2])
    return tuple(  # type: ignore[return-value]
        zlib.crc32(p.encode()) % n for p, n in zip(parts, BUCKETS, strict=True)
    )


class NameTagger:
    """Three convolutions, each over a token and its neighbours, over vector and word."""

    def __init__(self, weights: dict[str, Floats], strings: StringStore) -> None:
        self.tables = [weights[f"e_{i}_weight"] for i in range(len(BUCKETS))]
        # a convolution over three tokens, as one matrix: rows before, here, after
        self.layers = [
            (
                whole_tiles(weights[f"{name}_weight"].transpose(2, 1, 0).reshape(-1, len(bias))),
                whole_tiles(bias),
            )
            for name in ("c1", "c2", "o")
            for bias in (weights[f"{name}_bias"],)
        ]
        self._rows: Rows[np.float32] = Rows(sum(t.shape[1] for t in self.tables), np.float32)
        self._types = np.array([0, *(strings.add(t) for t in TYPES)], dtype=np.uint64)
        # by the hash of the first word, the hashes of those that follow it
        self._peoples = {
            strings.add(first): [[strings.add(w) for w in rest] for rest in forms]
            for first, forms in _peoples().items()
        }

    @classmethod
    def load(cls, strings: StringStore) -> NameTagger:
        """The tagger with the shipped weights; read without pickle."""
        with (
            resources.files("sayso.reading.parsing").joinpath(_FILE).open("rb") as file,
            np.load(file, allow_pickle=False) as stored,
        ):
            return cls({name: stored[name].astype(np.float32) for name in stored.files}, strings)

    def find(
        self, tokens: Doc, vectors: Floats, columns: npt.NDArray[np.uint64]
    ) -> npt.NDArray[np.uint64]:
        """(tokens, 2): outside, inside or first of a name, in spaCy's numbers, and its type.

        `vectors` are the tokens' encodings, `columns` their words, in small letters too, and
        whether they are white space.
        """
        values = np.concatenate([vectors, self._words(tokens, columns[:, 0])], axis=1)
        for layer, (weight, bias) in enumerate(self.layers, start=1):
            values = multiply(_beside(values), weight, bias)
            if layer < len(self.layers):
                np.maximum(values, 0, out=values)
        labels = values[:, : 1 + 2 * len(TYPES)].argmax(axis=1)
        self._write_peoples(tokens, labels, columns[:, 1])
        labels[columns[:, 2] == 1] = 0
        return self._marks(labels)

    def _marks(self, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
        """A further word without a first one of its type begins a name."""
        kind = (labels + 1) // 2  # 0: no name
        before = np.concatenate([[0], kind[:-1]])
        inside = (kind > 0) & (kind == before) & (labels % 2 == 0)
        found = np.empty((len(labels), 2), dtype=np.uint64)
        found[:, 0] = np.where(kind == 0, _OUTSIDE, np.where(inside, _INSIDE, _FIRST))
        found[:, 1] = self._types[kind]
        return found

    def _write_peoples(
        self, tokens: Doc, labels: npt.NDArray[np.int64], lower: npt.NDArray[np.uint64]
    ) -> None:
        """Label what the country table knows to be a people ("other North Koreans")."""
        words = lower.tolist()
        for i, word in enumerate(words):
            if word not in self._peoples or not tokens[i].text[0].isupper():
                continue
            for rest in self._peoples[word]:
                if words[i + 1 : i + 1 + len(rest)] == rest:
                    labels[i] = _PEOPLE
                    labels[i + 1 : i + 1 + len(rest)] = _PEOPLE + 1
                    break

    def _words(self, tokens: Doc, orths: npt.NDArray[np.uint64]) -> Floats:
        def make(places: list[int]) -> Floats:
            buckets = np.array([bucket_words(tokens[i].text, tokens[i].shape_) for i in places])
            parts = [table[buckets[:, i]] for i, table in enumerate(self.tables)]
            return np.concatenate(parts, axis=1)

        return self._rows.take(orths.tolist(), make)


def _peoples() -> dict[str, list[tuple[str, ...]]]:
    """The demonyms of the country table by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in load_table("countries").values():
        for demonym in row.get("demonyms", ()):
            first, *rest = demonym.lower().split()
            whole = [first, *rest]
            plural = [*whole[:-1], whole[-1] + "s"]
            for words in (whole, plural):
                found.setdefault(words[0], []).append(tuple(words[1:]))
    for forms in found.values():
        forms.sort(key=len, reverse=True)
    return found


def _beside(values: Floats) -> Floats:
    """Each row with the one before and the one after it."""
    count, width = values.shape
    wide = np.zeros((count, 3 * width), dtype=np.float32)
    wide[1:, :width] = values[:-1]
    wide[:, width : 2 * width] = values
    wide[:-1, 2 * width :] = values[1:]
    return wide
