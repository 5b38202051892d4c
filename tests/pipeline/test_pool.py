"""Work spread over processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from sayso.pipeline.pool import AHEAD, Pool

DIE = "__import__('os')._exit(9)"


def test_results_come_in_the_order_of_their_items() -> None:
    """The first item is the slowest, and still the first out."""
    items = ["__import__('time').sleep(0.4) or 'a'", "'b'", "'c'", "'d'"]
    assert list(Pool(eval, str, 2).map(items)) == ["a", "b", "c", "d"]


def test_few_items_wait_in_memory() -> None:
    """A file of a million lines is not read ahead of the work."""
    taken = []

    def items() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield str(number)

    results = Pool(eval, str, 2).map(items())
    assert next(results) == 0
    assert len(taken) <= 2 * AHEAD + 1
    results.close()  # type: ignore[attr-defined]


def test_a_killed_process_costs_its_own_item_only() -> None:
    """As where memory runs out: its neighbours are done again, those after it go on."""

    def lost(item: str) -> str:
        assert item == DIE
        return "lost"

    items = ["1", "2", DIE, "4", "5", "6", "7", "8", "9"]
    assert list(Pool(eval, lost, 2).map(items)) == [1, 2, "lost", 4, 5, 6, 7, 8, 9]


# A test run in the background has Ctrl-C switched off, and its children inherit that.
HEEDING_CTRL_C = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


def test_an_interrupt_ends_it_quietly() -> None:
    """Ctrl-C reaches the whole group of processes; none of them prints a trace."""
    script = (
        "import time; from sayso.pipeline.pool import Pool\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        nap = '__import__(\"time\").sleep(20)'\n"
        "        for done in Pool(eval, str, 2).map(['1'] + [nap] * 4):\n"
        "            print(done, flush=True)\n"
        "    except KeyboardInterrupt:\n"
        "        print('stopped', flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING_CTRL_C, "-c", script], text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "1\n"
        start = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.readline() == "stopped\n"
        assert process.stderr.read() == ""
    assert time.monotonic() - start < 10
