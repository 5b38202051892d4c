"""Posting lists in memory: candidates for linking where no ledger is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

# A key that more hold than this is boilerplate ("reporting by", "click here to"), no candidate.
MOST = 5000


class MemoryPostings:
    """`record.links.Postings` in memory; grows with what is posted."""

    def __init__(self) -> None:
        self._lists: dict[str, dict[int, dict[str, None]]] = defaultdict(dict)

    def post(self, list_: str, item: str, keys: Iterable[int]) -> None:
        """Enter an item under keys; entering it twice changes nothing."""
        held = self._lists[list_]
        for key in keys:
            held.setdefault(key, {})[item] = None

    def find(self, list_: str, keys: Iterable[int]) -> Mapping[str, int]:
        """The items that hold any of the keys, with how many of them each holds."""
        held = self._lists[list_]
        found: Counter[str] = Counter()
        for key in dict.fromkeys(keys):
            items = held.get(key)
            if items and len(items) <= MOST:
                found.update(items.keys())
        return found
