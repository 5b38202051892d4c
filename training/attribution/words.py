"""The word table: general word vectors, cut to few numbers, for words that training never saw.

Made from the vectors of spaCy's en_core_web_md (MIT), which was made from web text; nothing of the
marked articles enters it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SIZE = 96


def make_words(vocab_folder: Path) -> dict[str, np.ndarray]:
    """`keys` (sorted hashes of lower-case words, 32 bits), `rows` (row of each), `table` (int8).

    Row 0 stands for every word that is not in the table.
    """
    from spacy.vocab import Vocab  # noqa: PLC0415 - slow to import

    vocab = Vocab().from_disk(vocab_folder)
    words = {}
    for key, row in vocab.vectors.key2row.items():
        if key in vocab.strings:
            word = vocab.strings[key]
            if word.isascii() and word.isalpha() and word == word.lower():
                words[key & 0xFFFFFFFF] = row
    used = np.unique(np.fromiter(words.values(), dtype=np.int64))
    data = vocab.vectors.data[used]
    data = data / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-6)
    centred = data - data.mean(axis=0)
    # the sign of a component is arbitrary: pin it, so that a rerun gives the same table
    values, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, np.argsort(-values)[:SIZE]]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(SIZE)])
    small = centred @ axes
    scale = np.abs(small).max(axis=0) / 127
    table = np.zeros((len(used) + 1, SIZE), dtype=np.int8)
    table[1:] = np.rint(small / scale)
    keys = np.array(sorted(words), dtype=np.uint32)
    place = {int(row): i + 1 for i, row in enumerate(used)}
    rows = np.array([place[words[int(key)]] for key in keys], dtype=np.uint16)
    return {
        "keys": keys,
        "rows": rows,
        "table": table,
        "scale": (scale / small.std()).astype(np.float32),
    }
