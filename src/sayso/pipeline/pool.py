"""Work spread over processes: results in the order of their items, and a killed process survived.

By processes, since reading is Python and thinc holds to one thread; started afresh ("spawn"),
since a fork would copy half-used locks.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 3  # items a process that wait or are done: enough to keep it busy, few to hold in memory


class Pool(Generic[T, R]):
    """`jobs` processes that do `work`; where one is killed (memory), `lost` says what stands.

    A killed process takes the results of its neighbours with it, so the items then under way are
    done again one by one, and only the one that kills its process again is lost.
    """

    def __init__(self, work: Callable[[T], R], lost: Callable[[T], R], jobs: int) -> None:
        self._work, self._lost, self._jobs = work, lost, jobs
        self._pool = self._start(jobs)

    def map(self, items: Iterable[T]) -> Iterator[R]:
        """The result of each item, in the items' order, begun before all items are there."""
        waiting: deque[tuple[T, Future[R]]] = deque()
        try:
            for item in items:
                waiting.append((item, self._submit(item)))
                if len(waiting) >= self._jobs * AHEAD:
                    yield self._settle(*waiting.popleft())
            while waiting:
                yield self._settle(*waiting.popleft())
        except BaseException:
            self._stop()
            raise
        self._pool.shutdown()

    @staticmethod
    def _start(jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))

    def _stop(self) -> None:
        """End the processes now: who pressed Ctrl-C doesn't wait for reports half read."""
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        with _no_interrupt():  # a second Ctrl-C would break off the wait with a trace
            for process in processes:  # from Python 3.14 on: terminate_workers()
                process.terminate()
            # waited for: a thread that still closes the pool while Python ends prints a trace
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, item: T) -> Future[R]:
        with _interrupt_later():
            try:
                return self._pool.submit(self._work, item)
            except BrokenProcessPool:
                self._pool = self._start(self._jobs)
                return self._pool.submit(self._work, item)

    def _settle(self, item: T, future: Future[R]) -> R:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._do_alone(item)

    def _do_alone(self, item: T) -> R:
        with self._start(1) as pool:
            with _interrupt_later():
                future = pool.submit(self._work, item)
            try:
                return future.result()
            except BrokenProcessPool:
                return self._lost(item)


@contextlib.contextmanager
def _interrupt_later() -> Iterator[None]:
    """Ctrl-C waits till the end, and is never heard by processes begun here.

    Their parent alone answers. Ignored, it would be lost where it came just then.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C is not heard here: what it asks for is done already."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
