"""Tasks on this machine: processes that each do one at a time, watched by this one.

A pool of the standard library loses all that is under way where one process is killed; here one
that ends takes only its own task along, which is done again by another.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

from sayso.corpus.engines.engine import Done, Lost, Task
from sayso.errors import UsageError

TRIES = 2
PATIENCE = 120.0  # seconds without a sign of life, after which a process is taken for hung


class _Worker:
    """One process, and what it is at."""

    def __init__(self, context: ForkServerContext) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _deaf():
            self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.seen = 0.0

    def give(self, task: Task) -> None:
        self.task, self.seen = task, time.monotonic()
        self.pipe.send((task.work, task.given))

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def warm_up(reader: str) -> None:
    """Begin to load the reader in the process that others are forked from, while we go on.

    Nothing is said where that cannot be: the engine says it, once it has something to do.
    """
    with _deaf(), suppress(OSError):
        multiprocessing.get_context("forkserver").set_forkserver_preload([_warm(reader)])
        forkserver.ensure_running()


def _warm(reader: str) -> str:
    return f"sayso.corpus.engines.warm_{reader}"


class LocalEngine:
    """`jobs` processes, forked from one that has loaded the reader; see `Engine`."""

    def __init__(self, jobs: int, reader: str, patience: float = PATIENCE) -> None:
        self.jobs = jobs
        self.patience = patience
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([_warm(reader)])
        self._waiting: deque[Task] = deque()
        self._tries: dict[Any, int] = {}
        self._workers: list[_Worker] = []
        self._ended: deque[Done | Lost] = deque()

    def submit(self, task: Task) -> None:
        """As `Engine` says."""
        self._waiting.append(task)
        self._assign()

    def next(self) -> Done | Lost:
        """As `Engine` says."""
        while not self._ended:
            self._assign()
            self._listen()
        self._assign()
        return self._ended.popleft()

    def close(self) -> None:
        """As `Engine` says."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _assign(self) -> None:
        idle = [w for w in self._workers if w.task is None]
        while self._waiting:
            if idle:
                worker = idle.pop()
            elif len(self._workers) < self.jobs:
                worker = self._start()
            else:
                return
            task = self._waiting.popleft()
            try:
                worker.give(task)
            except OSError:  # it was killed while it had nothing to do
                worker.task = None
                self._drop(worker)
                self._waiting.appendleft(task)

    def _start(self) -> _Worker:
        try:
            worker = _Worker(self._context)
        except OSError as error:
            what = error.strerror or type(error).__name__
            words = f"no process could be started ({what}); use fewer --jobs"
            raise UsageError(words) from error
        self._workers.append(worker)
        return worker

    def _listen(self) -> None:
        busy = [w for w in self._workers if w.task is not None]
        ready = wait([w.pipe for w in busy], timeout=1.0)
        for worker in [w for w in busy if w.pipe in ready]:
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._lose(worker, "its process was killed")
                continue
            worker.seen = time.monotonic()
            if said is not None:
                task, worker.task = worker.task, None
                assert task is not None  # noqa: S101 - for the type checker
                self._tries.pop(task.key, None)
                result, error = said
                self._ended.append(Done(task, result, error))
        now = time.monotonic()
        for worker in [w for w in busy if w.task and now - w.seen > self.patience]:
            self._lose(worker, f"its process said nothing for {self.patience:.0f} seconds")

    def _lose(self, worker: _Worker, why: str) -> None:
        task = worker.task
        self._drop(worker)
        if task is None:
            return
        self._tries[task.key] = self._tries.get(task.key, 0) + 1
        if self._tries[task.key] < TRIES:
            self._waiting.appendleft(task)
        else:
            del self._tries[task.key]
            self._ended.append(Lost(task, why))

    def _drop(self, worker: _Worker) -> None:
        worker.end()
        if worker in self._workers:
            self._workers.remove(worker)


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started here never hears of Ctrl-C, which is for us; we hear of it afterwards.

    The process that others are forked from loads the reader before it can say so itself, and would
    end with a trace on the terminal.
    """
    resource_tracker.ensure_running()  # it lifts what is held back, and would do so in between
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection) -> None:
    """A process's life: a task, its result, the next."""

    def beat() -> None:
        pipe.send(None)

    while True:
        try:
            work, given = pipe.recv()
        except (EOFError, OSError):
            return
        said: tuple[Any, Exception | None]
        try:
            said = (work(*given, beat), None)
        except Exception as error:  # noqa: BLE001 - whoever gave the task decides
            said = (None, error)
        try:
            pipe.send(said)
        except OSError:
            return
        except Exception as error:  # noqa: BLE001 - a result that cannot be sent
            pipe.send((None, RuntimeError(f"{type(error).__name__}: {error}")))
