"""Lists of who holds a key: the ledger's are those in memory."""

from __future__ import annotations

from sayso.ledger import Ledger
from sayso.linking.index import MemoryPostings


def test_postings_count_shared_keys(ledger: Ledger) -> None:
    """As the index in memory does; entering twice changes nothing."""
    both = []
    with ledger.postings() as stored:
        for postings in (stored, MemoryPostings()):
            postings.post("marks", "r1", [1, 2, 3])
            postings.post("marks", "r2", [3, 4, 2**62])
            postings.post("marks", "r1", [3, 2, 3])
            postings.post("days", "m3.0", [3])
            both.append(
                [
                    dict(postings.find("marks", keys))
                    for keys in ([3], [1, 2, 3, 3], [2**62], [9], list(range(2_000)))
                ]
            )
    assert both[0] == both[1]
    assert both[0][1] == {"r1": 3, "r2": 1}
