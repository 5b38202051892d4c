"""How the tests are spread over processes (`pytest -n 2 --dist loadfile`): by whole files."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from xdist.scheduler.loadfile import LoadFileScheduling
from xdist.workermanage import WorkerController


class FilesFromBothEnds(LoadFileScheduling):
    """Every other process takes its files from the back, so that a folder's mostly share one.

    What a folder's tests make once a session (readings, ledgers, a browser) is then seldom made
    twice. A test that a process died of counts as failed and is not begun again: xdist 3.8 would
    kill the next process with it, and can wait for ever (its issues 1323, 1327 and 1378).
    """

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        config.option.loadscopereorder = False  # files stay in the order of their folders
        super().__init__(config, log)

    def _assign_work_unit(self, node: WorkerController) -> None:
        if int(node.gateway.id.removeprefix("gw")) % 2:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        # it died while nobody had heard of it: what it was given is taken back by remove_node
        with contextlib.suppress(OSError):
            super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        """As in xdist; and a process never holds a lone test, which it begins only with a next.

        One that is to take a dead one's place is given nothing before it knows the tests.
        """
        if node not in self.registered_collections:
            return
        super()._reschedule(node)
        while self.workqueue and self._pending_of(self.assigned_work[node]) < 2:
            if node.shutting_down:
                return
            self._assign_work_unit(node)
        if not self.workqueue and self._pending_of(self.assigned_work[node]) < 2:
            node.shutdown()  # after what it holds

    def remove_node(self, node: WorkerController) -> str | None:
        """The test that the process died of; what it had not begun is anybody's again."""
        held = self.assigned_work.pop(node)
        open_tests = [
            (file, test) for file in held for test, done in held[file].items() if not done
        ]
        if not open_tests:
            return None
        file, died_of = open_tests[0]
        held[file][died_of] = True
        for name in {file: None for file, _ in reversed(open_tests)}:
            if not all(held[name].values()):
                self.workqueue[name] = held[name]
                self.workqueue.move_to_end(name, last=False)
        for other in self.assigned_work:
            self._reschedule(other)
        return died_of
