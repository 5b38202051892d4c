"""The parser's encoder: a vector for each token in its surroundings, with numpy.

These are the numbers of spaCy's small model, from its own weights; its code computes the part that
depends on the word alone for every token anew and multiplies with a slower library. Here that part
is looked up, and the rest is four matrix products a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.reading.parsing.rows import Floats, Rows, multiply

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What the embedding reads of a token, in the order of its tables.
_FEATURES: list[int | str] = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
_PIECES = 3  # of which each number is the largest
_EDGE = 4  # layers, each of which looks one token to both sides
_MOST = 20_000  # tokens at a time, for the memory that they take
_SMALL = np.float32(1e-8)


class Encoder:
    """spaCy's MultiHashEmbed and MaxoutWindowEncoder, of a loaded pipeline."""

    def __init__(self, model: Language) -> None:
        part: Any = model.get_pipe("tok2vec")
        embed, encode = part.model.layers
        self._embed = embed.layers[2].layers[0]  # the tables, side by side
        self._mix = _Layer(embed.layers[3].layers[0].layers[0])
        self._layers = [
            _Layer(layer.layers[0].layers[1].layers[0]) for layer in encode.layers[0].layers
        ]
        self.width = self._mix.width
        self._rows = Rows(self.width, np.float32)

    def embed(self, tokens: Doc) -> Floats:
        """The vector of each token's word by itself."""
        features: Any = tokens.to_array(["ORTH", *_FEATURES])
        # a word may have another norm here than there ("'s": "is"); products of odd numbers keep
        # the three apart as well as their hashes are
        keys = features[:, 0] ^ (features[:, 1] * np.uint64(3)) ^ (features[:, 5] << np.uint64(7))

        def make(places: list[int]) -> Floats:
            return self._mix(self._embed.predict(np.ascontiguousarray(features[places, 1:])))

        return self._rows.take(keys.tolist(), make)

    def encode(self, tokens: Doc) -> Floats:
        """(tokens, width): the encodings of a text, which never depend on another text."""
        count = len(tokens)
        # rows of zeros on both sides, which take part as tokens do: so it was learned
        values = np.zeros((count + 2 * _EDGE + 2, self.width), dtype=np.float32)
        if count:
            values[_EDGE + 1 : _EDGE + 1 + count] = self.embed(tokens)
        beside = 2 * _EDGE + 2
        if count <= _MOST:
            return self._look_around(values)
        # a long text in pieces, each read as far beyond its ends as a word is seen
        pieces = [values[at : at + _MOST + beside].copy() for at in range(0, count, _MOST)]
        return np.concatenate([self._look_around(piece) for piece in pieces])

    def _look_around(self, values: Floats) -> Floats:
        """The encodings of all rows but those at both edges, which are there to be seen."""
        inner = values[1:-1]
        for layer in self._layers:
            inner += layer(np.concatenate([values[:-2], inner, values[2:]], axis=1))
        return np.ascontiguousarray(inner[_EDGE:-_EDGE])


class _Layer:
    """A product of which the largest of three pieces is kept, levelled: spaCy's Maxout."""

    def __init__(self, layer: Any) -> None:
        maxout, level = layer.layers
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self.width: int = weights.shape[0]
        # the pieces side by side
        beside = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T
        self._weights, self._bias = np.ascontiguousarray(beside), bias.T.ravel()
        self._gain, self._shift = level.get_param("G"), level.get_param("b")

    def __call__(self, rows: Floats) -> Floats:
        pieces, width = multiply(rows, self._weights, self._bias), self.width
        best = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        np.maximum(best, pieces[:, 2 * width :], out=best)
        return _level(best, self._gain, self._shift)


def _level(values: Floats, gain: Floats, shift: Floats) -> Floats:
    """Each row with mean 0 and spread 1, then scaled."""
    values -= values.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", values, values)
    spread /= np.float32(values.shape[1])
    spread += _SMALL
    values /= np.sqrt(spread)[:, None]
    values *= gain
    values += shift
    return values
