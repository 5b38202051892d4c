"""Work spread over threads that wait for others: results in the order of their items."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2  # items a thread that wait or are done


def map_in_threads(work: Callable[[T], R], items: Iterable[T], jobs: int) -> Iterator[R]:
    """The result of each item, in the items' order, begun before all items are there."""
    pool = ThreadPoolExecutor(jobs, "read")
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
