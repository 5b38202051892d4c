"""What does the work of a run: tasks in, results out as they come; one that is lost comes back.

`local` is processes of this machine, `on_ray` those of a cluster. Neither knows what the tasks are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

Beat = Callable[[], None]  # a sign of life: a task that gives none for long is taken for hung


@dataclass(frozen=True, slots=True)
class Task:
    """A call that may be made anywhere, and more than once: `work(*given, beat)`."""

    key: Any
    work: Callable[..., Any]
    given: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A task's result, or the error that it rose with."""

    task: Task
    result: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose process ended, or said nothing for too long, each time that it was tried."""

    task: Task
    why: str


class Engine(Protocol):
    """Where tasks are done."""

    jobs: int

    def submit(self, task: Task) -> None:
        """Have a task done; returns at once."""

    def next(self) -> Done | Lost:
        """What a task came to, whichever is first; waits for it."""

    def close(self) -> None:
        """End all processes, whatever they are at."""
