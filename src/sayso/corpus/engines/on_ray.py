"""Tasks on a Ray cluster: tasks of Ray Core, each done again by Ray where its node is lost.

Not Ray Data: what is a copy hangs on the order of the input, so one process sees all rows between
finding and reading, and rows go into shards where they are read. A dataset's plan would hold that
order up at every step.
"""

from __future__ import annotations

import os
from typing import Any

import ray
from ray.exceptions import RayError, RayTaskError

from sayso.corpus.engines.engine import Done, Lost, Task

RETRIES = 3  # by Ray, where a node is lost or a process ends
TRIES = 2  # of a task whose process ends though its node lives


class RayEngine:
    """`jobs` tasks at a time on the cluster that `ray.init` finds ($RAY_ADDRESS), else one here."""

    def __init__(self, jobs: int | None = None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
        if not ray.is_initialized():
            ray.init(include_dashboard=False, log_to_driver=False, configure_logging=False)
        self.jobs = jobs or max(1, int(_resources().get("CPU", 1)))
        self._call = ray.remote(_do).options(
            num_cpus=1, max_retries=RETRIES, retry_exceptions=False
        )
        self._under_way: dict[Any, Task] = {}
        self._tries: dict[Any, int] = {}

    def submit(self, task: Task) -> None:
        """As `Engine` says."""
        self._under_way[self._call.remote(task.work, task.given)] = task

    def next(self) -> Done | Lost:
        """As `Engine` says."""
        while True:
            ready, _ = ray.wait(list(self._under_way), num_returns=1)
            task = self._under_way.pop(ready[0])
            try:
                return Done(task, ray.get(ready[0]))
            except RayTaskError as error:
                cause = error.cause
                return Done(task, error=cause if isinstance(cause, Exception) else error)
            except RayError as error:
                self._tries[task.key] = self._tries.get(task.key, 0) + 1
                if self._tries[task.key] >= TRIES:
                    return Lost(task, f"its process ended ({type(error).__name__})")
                self.submit(task)

    def close(self) -> None:
        """As `Engine` says; the cluster itself is whoever's made it."""
        for ref in self._under_way:
            ray.cancel(ref, force=True)
        self._under_way.clear()


def _do(work: Any, given: tuple[Any, ...]) -> Any:
    return work(*given, _no_beat)


def _no_beat() -> None:
    """Nobody listens: Ray itself sees whether a process lives, and one that hangs is waited for."""


def _resources() -> dict[str, float]:
    found: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return found
