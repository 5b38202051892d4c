"""How distinctive words are in a ledger: what ships with sayso, and what this ledger taught."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import cast

from sayso.ledger.store.frequencies import WordCounts, hash_word, hashed
from sayso.linking.incidents.words import Frequencies, load_frequencies

ALL = 4_096  # mentions from which all is learnt; then fewer and fewer: shares need no census


class _Held:
    """Counts by word: the shipped ones, the ledger's, and those of the batch in hand."""

    def __init__(self, shipped: Counter[str], known: dict[int, int], new: Counter[int]) -> None:
        self._parts = shipped, known, new

    def __getitem__(self, word: str) -> int:
        shipped, known, new = self._parts
        key = hash_word(word)
        return shipped.get(word, 0) + known.get(key, 0) + new.get(key, 0)


class _Weights(dict[str, float]):
    """Weights of words, each reckoned when it is first asked for."""

    def __init__(self, reckon: Callable[[str], float]) -> None:
        super().__init__()
        self._reckon = reckon

    def __missing__(self, word: str) -> float:
        found = self[word] = self._reckon(word)
        return found


class LedgerFrequencies(Frequencies):
    """`Frequencies` of a ledger inside one transaction; `new` is what the batch taught."""

    def __init__(self, known: WordCounts) -> None:
        shipped = load_frequencies()
        self.new: Counter[int] = Counter()
        self.taught = 0
        self._learnt = known.mentions
        self._weights = _Weights(super().weight)
        held = _Held(shipped.held, known.counts, self.new)
        super().__init__(shipped.mentions + known.mentions, cast("Counter[str]", held))

    @property
    def mentions_here(self) -> int:
        """How many mentions this ledger learnt from, those of the batch in hand with them."""
        return self._learnt + self.taught

    def wants(self, handle: str) -> bool:
        """True for a mention to learn from: all at first, then an ever smaller part."""
        step = max(1, self._learnt // ALL)
        return zlib.crc32(handle.encode()) % step == 0

    def weight(self, word: str) -> float:
        """As in memory; kept until a word is learnt, since many mentions hold the same."""
        return self._weights[word]

    @property
    def weights(self) -> Callable[[str], float]:
        """As in memory; without a call of ours for a weight that is kept."""
        return self._weights.__getitem__

    def add(self, words: Iterable[str]) -> None:
        """Count one mention's words."""
        self._weights.clear()
        self.mentions += 1
        self.taught += 1
        self.new.update(hashed(set(words)))
