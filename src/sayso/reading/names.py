"""Names and their types, read off the parser's own encoder.

spaCy's entity recogniser has an encoder of its own and takes most of a pipeline's time. The
parser's encoder already knows much of what is a name: a small network over its vectors
(`tokens.tensor`) and the words, taught by the recogniser (training/names), gives the same types at
a tenth of the cost.
"""

from __future__ import annotations

import zlib
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.lexicon.load import load_table

if TYPE_CHECKING:
    from spacy.tokens import Doc

    Array = np.ndarray[Any, np.dtype[np.float32]]

_FILE = "names.npz"
# Labels: 0 no name, 1 + 2k the first word of a name of type k, 2 + 2k a further word.
TYPES = (
    "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP",
    "ORDINAL", "ORG", "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
)  # fmt: skip
# Buckets of the word, its last three letters, its shape, its first two letters.
BUCKETS = (8192, 1024, 256, 512)
_PEOPLE = 1 + 2 * TYPES.index("NORP")
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

    def __init__(self, weights: dict[str, Array]) -> None:
        self.tables = [weights[f"e_{i}_weight"] for i in range(len(BUCKETS))]
        # a convolution over three tokens, as one matrix: rows before, here, after
        self.layers = [
            (weights[f"{name}_weight"].transpose(2, 1, 0).reshape(-1, bias.shape[0]), bias)
            for name in ("c1", "c2", "o")
            for bias in (weights[f"{name}_bias"],)
        ]
        self.rows: dict[int, Array] = {}
        self.peoples = _peoples()

    @classmethod
    def load(cls) -> NameTagger:
        """The tagger with the shipped weights; read without pickle."""
        with (
            resources.files("sayso.reading").joinpath(_FILE).open("rb") as file,
            np.load(file, allow_pickle=False) as stored,
        ):
            return cls({name: stored[name].astype(np.float32) for name in stored.files})

    def write(self, tokens: Doc) -> None:
        """Set the entities of tokens that went through the encoder."""
        from spacy.tokens import Span  # noqa: PLC0415 - spaCy loads late

        if not len(tokens):
            return
        values = np.concatenate([np.asarray(tokens.tensor), self._words(tokens)], axis=1)
        for weight, bias in self.layers:
            values = _beside(values) @ weight + bias
            if bias is not self.layers[-1][1]:
                np.maximum(values, 0, out=values)
        labels = values.argmax(axis=1).tolist()
        self._write_peoples(tokens, labels)
        tokens.ents = [
            Span(tokens, start, end, label=TYPES[kind])
            for start, end, kind in _runs(labels, [t.is_space for t in tokens])
        ]

    def _write_peoples(self, tokens: Doc, labels: list[int]) -> None:
        """Label what the country table knows to be a people ("other North Koreans")."""
        for i, token in enumerate(tokens):
            for rest in self.peoples.get(token.lower_, ()) if token.text[0].isupper() else ():
                following = tokens[i + 1 : i + 1 + len(rest)]
                if tuple(t.lower_ for t in following) == rest:
                    labels[i] = _PEOPLE
                    labels[i + 1 : i + 1 + len(rest)] = [_PEOPLE + 1] * len(rest)
                    break

    def _words(self, tokens: Doc) -> Array:
        known = self.rows
        rows = []
        for token in tokens:
            row = known.get(token.orth)
            if row is None:
                buckets = bucket_words(token.text, token.shape_)
                parts = [table[b] for table, b in zip(self.tables, buckets, strict=True)]
                row = known[token.orth] = np.concatenate(parts)
            rows.append(row)
        return np.stack(rows)


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


def _beside(values: Array) -> Array:
    """Each row with the one before and the one after it."""
    count, width = values.shape
    wide = np.zeros((count, 3 * width), dtype=np.float32)
    wide[1:, :width] = values[:-1]
    wide[:, width : 2 * width] = values
    wide[:-1, 2 * width :] = values[1:]
    return wide


def _runs(labels: list[int], spaces: list[bool]) -> list[tuple[int, int, int]]:
    """(start, end, type) of each name; a further word without a first one begins a name."""
    found: list[tuple[int, int, int]] = []
    for i, label in enumerate(labels):
        if not label or spaces[i]:
            continue
        kind, further = divmod(label - 1, 2)
        if further and found and found[-1][1] == i and found[-1][2] == kind:
            found[-1] = (found[-1][0], i + 1, kind)
        else:
            found.append((i, i + 1, kind))
    return found
