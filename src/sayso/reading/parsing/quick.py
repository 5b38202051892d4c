"""spaCy's small model run quickly: the same tags, heads and relations from the same weights.

spaCy takes some 180 microseconds a word with all its parts. Here the encoder and the parser are
written out with numpy (encoder.py, arcs.py), lemmas and parts of speech are looked up (words.py)
and names are read off the encoder (names.py); texts go through together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sayso.reading.parsing.arcs import ArcParser, Encoded
from sayso.reading.parsing.encoder import Encoder
from sayso.reading.parsing.names import NameTagger
from sayso.reading.parsing.rows import Floats, multiply, whole_tiles
from sayso.reading.parsing.words import WordTable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_READ: list[int | str] = ["ORTH", "LOWER", "IS_SPACE", "SENT_START"]
_WRITTEN: list[int | str] = ["TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]


class Tagger:
    """The tag that the model's own last layer gives to an encoding."""

    def __init__(self, model: Language) -> None:
        part: Any = model.get_pipe("tagger")
        layer = part.model.layers[1].layers[0]
        weights: Floats = layer.get_param("W")
        self._labels = np.array([model.vocab.strings.add(x) for x in part.labels], np.uint64)
        self._weights = whole_tiles(weights.T)
        self._bias: Floats = layer.get_param("b")

    def tag(self, vectors: Floats) -> npt.NDArray[np.uint64]:
        """The hash of each token's tag."""
        scores = multiply(vectors, self._weights)[:, : len(self._labels)] + self._bias
        tags: npt.NDArray[np.uint64] = self._labels[scores.argmax(axis=1)]
        return tags


class Quick:
    """All parts of the small model, for many texts at a time."""

    def __init__(self, model: Language) -> None:
        self.encoder = Encoder(model)
        self.tagger = Tagger(model)
        self.parser = ArcParser(model)
        self.words = WordTable(model)
        self.names = NameTagger.load(model.vocab.strings)

    def annotate(self, texts: Sequence[Doc]) -> None:
        """Set tags, parts of speech, lemmas, heads, relations, sentences and names."""
        given: list[Any] = [text.to_array(_READ) for text in texts]
        vectors = [self.encoder.encode(text) for text in texts]
        trees = self.parser.parse(
            [
                Encoded(own, columns[:, 3] == 1, columns[:, 2] == 1)
                for own, columns in zip(vectors, given, strict=True)
            ]
        )
        for text, own, columns, tree in zip(texts, vectors, given, trees, strict=True):
            self._write(text, own, columns, *tree)

    def _write(
        self,
        text: Doc,
        vectors: Floats,
        columns: npt.NDArray[np.uint64],
        heads: npt.NDArray[np.int64],
        relations: npt.NDArray[np.uint64],
    ) -> None:
        encodings: Any = vectors  # spaCy's own type for it is another
        text.tensor = encodings
        if not len(text):
            return
        found: Any = np.empty((len(text), len(_WRITTEN)), dtype=np.uint64)
        found[:, 0] = self.tagger.tag(vectors)
        found[:, 1:3] = self.words.find(columns[:, 0], found[:, 0], relations)
        found[:, 3], found[:, 4] = heads.astype(np.uint64), relations
        found[:, 5:] = self.names.find(text, vectors, columns)
        text.from_array(_WRITTEN, found)
