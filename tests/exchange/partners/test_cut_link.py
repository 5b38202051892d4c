"""Two ledgers in networks of their own, and the cable between them pulled for a while.

Unlike a connection that is closed, nothing tells either side: what is on its way is lost, and one
who only listens waits on. It needs the right to make networks (root on Linux).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")
pytest.importorskip("fastapi", reason="the desk is not installed: pip install 'sayso[desk]'")

from sayso.desk.accounts.account import add_account
from sayso.exchange.partners.inbox import taken
from sayso.exchange.partners.keys import own_key
from sayso.exchange.partners.outbox import send, take_back
from sayso.exchange.partners.partner import add_partner, partner_named
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from tests.ledger.conftest import said_by

NEAR, FAR, PORT = "10.77.9.2", "10.77.9.1", 8477


class Cable:
    """Two networks with a cable between them."""

    def __init__(self) -> None:
        self.names = [f"sayso{os.getpid()}{end}" for end in "ab"]
        a, b = self.names
        self._ip("netns", "add", a)
        self._ip("netns", "add", b)
        self._ip("link", "add", "far", "netns", a, "type", "veth", "peer", "near", "netns", b)
        for name, end, address in ((a, "far", FAR), (b, "near", NEAR)):
            self._ip("-n", name, "addr", "add", f"{address}/24", "dev", end)
            self._ip("-n", name, "link", "set", end, "up")

    @staticmethod
    def _ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True, capture_output=True)

    def pull(self) -> None:
        """Nothing comes through any more."""
        self._ip("-n", self.names[0], "link", "set", "far", "down")

    def plug(self) -> None:
        """All comes through again."""
        self._ip("-n", self.names[0], "link", "set", "far", "up")

    def start(self, end: int, *words: str) -> subprocess.Popen[bytes]:
        """`sayso` with some words, in one of the networks."""
        command = ["ip", "netns", "exec", self.names[end], sys.executable, "-m", "sayso", *words]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def close(self) -> None:
        """No networks any more."""
        for name in self.names:
            with contextlib.suppress(subprocess.CalledProcessError):
                self._ip("netns", "del", name)


@pytest.fixture
def cable() -> Iterator[Cable]:
    """Two networks with a cable; a skip where none can be made."""
    if not shutil.which("ip"):
        pytest.skip("networks of one's own need ip (iproute2)")
    try:
        made = Cable()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"networks of one's own cannot be made here: {error.stderr.decode().strip()}")
    yield made
    made.close()


@contextlib.contextmanager
def running(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process, ended behind it."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(holds: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait till something holds."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it never came to hold"
        time.sleep(0.2)


@pytest.mark.slow
def test_a_cable_that_is_pulled_loses_and_doubles_nothing(
    cable: Cable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    """For a while; and while the desk at its other end dies and is started anew."""
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / "keys"))
    urls = [f"sqlite:///{tmp_path / name}.db" for name in "ab"]
    with contextlib.ExitStack() as stack:
        a, b = (stack.enter_context(Ledger.open(url, linking=Linking())) for url in urls)
        keys = [own_key(each.head().ledger) for each in (a, b)]
        add_partner(a, "South", keys[1].public)
        add_partner(b, "North", keys[0].public, url=f"http://{FAR}:{PORT}", inner=True)
        add_account(a, "root", role="admin", by="tests", hash_="x")  # or it serves itself alone
        told: list[str] = []

        def tell(n: int) -> None:
            more = [said_by(f"Ann R{len(told) + i}oe", "Nine fled", url=None) for i in range(n)]
            new = [added.report for added in a.add(more)]
            send(a, partner_named(a, "South"), new, by="ann")
            told.extend(new)

        def came() -> list[int]:
            return [t.n for t in taken(b, partner_named(b, "North"))]

        serve = ("serve", "--ledger", urls[0], "--host", FAR, "--port", str(PORT), "--no-watch")
        desk = stack.enter_context(running(cable.start(0, *serve)))
        stack.enter_context(
            running(cable.start(1, "partner", "follow", "North", "--ledger", urls[1]))
        )
        tell(2)
        until(lambda: len(came()) == 2)
        for _ in range(2):
            cable.pull()
            tell(2)
            time.sleep(3)
            assert len(came()) == len(told) - 2
            cable.plug()
            until(lambda: len(came()) == len(told))
        cable.pull()
        desk.send_signal(signal.SIGKILL)
        desk.wait()
        tell(2)
        stack.enter_context(running(cable.start(0, *serve)))
        cable.plug()
        until(lambda: len(came()) == len(told))
        take_back(a, partner_named(a, "South"), told[:1])
        until(lambda: len(came()) == len(told) + 1)
        assert came() == list(range(1, len(told) + 2))
        assert len(b.reports().rows) == len(told)
        assert [list(each.verify()) for each in (a, b)] == [[], []]
    record_property("faults", 4)  # three times pulled, one desk that died
