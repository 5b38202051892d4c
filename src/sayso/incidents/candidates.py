"""What linking sees of a ledger inside one batch: only what its keys lead to, looked up once."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from sayso.errors import WireError
from sayso.incidents.packed import unpack
from sayso.ledger import LinkBatch
from sayso.ledger.entries.readings import load_readings
from sayso.linking.incidents.mentions import Mention, read_mentions

BEST = 20  # mentions that a new one may be compared with, those with most keys in common
KEPT = 4_000  # mentions that a process keeps at hand
COPIES = 8  # texts that a new one is aligned with
SHARED = 0.04  # of its marks, under which a text is no copy worth aligning
MOST = 60  # mentions of one report: a chronicle has more, and is the incident of none


def mentions_of(reading_entry: int, mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions under their handles in the ledger, each of the reading with that number."""
    own = f"e{reading_entry}"
    return [
        dataclasses.replace(m, id=f"m{reading_entry}.{n}", report=own)
        for n, m in enumerate(list(mentions)[:MOST])
    ]


class Cache:
    """Mentions that a process has at hand, by handle and entry; the least used go first."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, Mention] = OrderedDict()

    def get(self, entry: int) -> Mention | None:
        """The mention of an entry, where it is at hand."""
        found = self._held.get(entry)
        if found is not None:
            self._held.move_to_end(entry)
        return found

    def put(self, entry: int, mention: Mention) -> None:
        """Keep a mention."""
        self._held[entry] = mention
        while len(self._held) > KEPT:
            self._held.popitem(last=False)

    def clear(self) -> None:
        """Keep nothing."""
        self._held.clear()


class HeldMentions(MutableMapping[str, Mention]):
    """Mentions by handle, looked up in the ledger when first asked for."""

    def __init__(self, batch: LinkBatch, cache: Cache) -> None:
        self._batch = batch
        self._cache = cache
        self._here: dict[str, Mention] = {}

    def load(self, handles: Iterable[str]) -> None:
        """Look up several at once."""
        missing = [h for h in handles if h not in self._here]
        for handle, row in self._batch.packed(missing) if missing else ():
            mention = self._cache.get(row.entry)
            if mention is None:
                mention = self._unpack(handle, row)
                self._cache.put(row.entry, mention)
            self._here[handle] = mention

    def _unpack(self, handle: str, row: Any) -> Mention:
        try:
            return unpack(row.packed, handle)
        except WireError:
            entry, n = int(row.reading), int(row.n)
            reading = load_readings(self._batch.conn, [entry])[entry]
            found = mentions_of(entry, read_mentions(reading))
            return found[min(n, len(found) - 1)]

    def __getitem__(self, handle: str) -> Mention:
        if handle not in self._here:
            self.load([handle])
        return self._here[handle]

    def __setitem__(self, handle: str, mention: Mention) -> None:
        self._here[handle] = mention

    def __delitem__(self, handle: str) -> None:
        del self._here[handle]

    def __iter__(self) -> Iterator[str]:
        return iter(self._here)

    def __len__(self) -> int:
        return len(self._here)


def _best(hits: Mapping[str, int], most: int) -> list[str]:
    """The items with most keys in common; of those with as many, by their handles."""
    if len(hits) > most:
        least = sorted(hits.values(), reverse=True)[most - 1]
        hits = {item: count for item, count in hits.items() if count >= least}
    return sorted(hits, key=lambda item: (-hits[item], item))[:most]


class LikelyCopies:
    """`Postings` that finds the few texts that share most marks.

    A wire's thousandth copy need not be held against all others.
    """

    def __init__(self, batch: LinkBatch) -> None:
        self._batch = batch

    def post(self, list_: str, item: str, keys: Iterable[int]) -> None:
        """Enter an item under keys."""
        self._batch.postings.post(list_, item, keys)

    def find(self, list_: str, keys: Iterable[int]) -> Mapping[str, int]:
        """The items that hold enough of the keys for a copy."""
        wanted = set(keys)
        hits = self._batch.postings.find(list_, wanted)
        least = max(2, len(wanted) * SHARED)
        best = _best(hits, COPIES)
        return {r: hits[r] for r in best if hits[r] >= least}


class Candidates:
    """`Postings` that, where it finds mentions, has their incidents looked up for the linker."""

    def __init__(self, batch: LinkBatch, found: Callable[[list[str]], None]) -> None:
        self._batch = batch
        self._found = found

    def post(self, list_: str, item: str, keys: Iterable[int]) -> None:
        """Enter an item under keys."""
        self._batch.postings.post(list_, item, keys)

    def find(self, list_: str, keys: Iterable[int]) -> Mapping[str, int]:
        """The items that hold most of the keys."""
        hits = self._batch.postings.find(list_, keys)
        best = _best(hits, BEST)
        self._found(best)
        return {m: hits[m] for m in best}
