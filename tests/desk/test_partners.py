"""Three instances over real sockets: A and B are partners, C is not.

A protects its source and shares amber claims; B sees the claim and cannot name its source; after
both agreed and compared, B counts one; C sees nothing; what A takes back, B shows as taken back;
the link is cut again and again, and nothing is lost or told twice.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")

from sayso.cli.main import run
from sayso.errors import FetchError
from sayso.exchange.partners import follow
from sayso.exchange.partners.compare import agree
from sayso.exchange.partners.follow import Follower, ask_for, compare
from sayso.exchange.partners.inbox import Told, taken
from sayso.exchange.partners.keys import KeyPair, own_key
from sayso.exchange.partners.names import id_for
from sayso.exchange.partners.outbox import send, take_back
from sayso.exchange.partners.partner import Partner, add_partner, forget_partner, partner_named
from sayso.exchange.partners.requests import sign_request
from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.intake import make_capture
from sayso.intake.fetch import Fetcher
from sayso.ledger import Ledger
from sayso.page import find_reports
from sayso.reading.reader import Reader

NAME = "Quillon Ravenscourt"
DEPOT = "when a shell hit a depot in Porto on Thursday"
OURS = (
    f"Shell kills four at depot in Porto\n\nPORTO, May 2, 2024 (Fjordwire) - Four people were "
    f"killed {DEPOT}, {NAME}, a warehouse clerk, told Fjordwire.\n"
)
THEIRS = (
    f"Depot in Porto shelled\n\nPORTO, May 3, 2024 (Harbour Press) - Four people were killed "
    f"{DEPOT}, {NAME}, who keeps the gate, told the Harbour Press.\n"
)
TOWNS = ((30, "Kassala", 9), (12, "Bamako", 16), (7, "Maiduguri", 23), (5, "Goma", 30))
MORE = [
    f"Gunmen abduct {n} in {town}\n\n{town.upper()}, July {day}, 2024 (Fjordwire) - Gunmen "
    f"abducted {n} villagers in {town} on Monday, the governor said.\n"
    for n, town, day in TOWNS
]
Serve = Callable[..., AbstractContextManager[str]]


class Link:
    """A way to a desk that can be cut: all that goes over it at that moment is lost."""

    def __init__(self, address: str) -> None:
        self.target = int(address.rpartition(":")[2])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.open: list[socket.socket] = []
        self.made = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
                self.open += [near, far]
                self.made += 1
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while held := one.recv(4096):
                other.sendall(held)
        for each in (one, other):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Break all connections."""
        for each in self.open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self.open = []

    def close(self) -> None:
        """No way any more."""
        self.cut()
        self.listener.close()


@dataclass
class House:
    """A ledger, its key, the desk that it serves."""

    ledger: Ledger
    key: KeyPair
    address: str = ""

    def partner(self, name: str) -> Partner:
        """The partner of a name, as it is kept."""
        return partner_named(self.ledger, name)


@pytest.fixture
def houses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served_desk: Serve
) -> Iterator[dict[str, House]]:
    """A, B and C, each with a running desk; each has a file of its own with its key."""
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr(follow, "FIRST_WAIT", 0.05)
    with contextlib.ExitStack() as stack:
        found = {}
        for name in "abc":
            url = f"sqlite:///{tmp_path / name}.db"
            ledger = stack.enter_context(Ledger.open(url, maker="tests", linking=Linking()))
            found[name] = House(ledger, own_key(ledger.head().ledger))
            found[name].address = stack.enter_context(served_desk(ledger, poll_seconds=0.05))
        yield found


@pytest.fixture
def link(houses: dict[str, House]) -> Iterator[Link]:
    """The way from B to A's desk; the two know each other."""
    a, b = houses["a"], houses["b"]
    way = Link(a.address)
    add_partner(a.ledger, "South", b.key.public)
    add_partner(b.ledger, "North", a.key.public, url=way.url, inner=True)
    yield way
    way.close()


@pytest.fixture
def fetcher(link: Link) -> Iterator[Fetcher]:
    """What asks A's desk, which is in this network."""
    port = int(link.url.rpartition(":")[2])
    with Fetcher(inner=[("127.0.0.1", port)], whole=300.0) as made:
        yield made


def hold(house: House, reader: Reader, *texts: str, marking: Any = None) -> list[str]:
    """The handles of reports, read and added."""
    readings = []
    for n, text in enumerate(texts):
        (report,) = find_reports(make_capture(f"{n}.txt", text.encode()))
        readings.append(reader.read(report))
    return [added.report for added in house.ledger.add(readings, marking=marking)]


def key_of(ledger: Ledger, name: str) -> str:
    """The key of a source."""
    (row,) = [r for r in ledger.sources(name).rows if name.casefold() in r.name.casefold()][:1]
    return row.key


def origins(house: House) -> list[int]:
    """The interval of the only incident."""
    (row,) = house.ledger.incidents()
    return row.origins


def everything(ledger: Ledger) -> str:
    """All that a ledger holds and answers, as one text."""
    held = [ledger.report_page(r.report) for r in ledger.reports(limit=100).rows]
    rows = [view_incident(ledger, r.incident) for r in ledger.incidents(limit=100)]
    return repr((held, rows, ledger.claims(limit=100), ledger.sources(limit=100),
                 ledger.log(limit=100), ledger.kept("taken"), ledger.kept("compared")))  # fmt: skip


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait till something holds."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it never came to hold"
        time.sleep(0.05)


def test_three_instances(houses: dict[str, House], fetcher: Fetcher, reader: Reader) -> None:
    """All of it, in the order in which it happens."""
    a, b, c = houses["a"], houses["b"], houses["c"]
    (told,) = hold(a, reader, OURS, marking="amber")
    secret = key_of(a.ledger, NAME)
    a.ledger.judge("protect", secret, by="ann", reason="asked not to be named")
    (shown,) = [r.report for r in a.ledger.seen_by("amber").reports().rows]
    assert shown != told
    assert send(a.ledger, a.partner("South"), [told, shown], by="ann").count == 1

    # B sees the claim, and nothing of what B holds names its source
    ask_for(b.ledger, b.partner("North"), fetcher)
    held = everything(b.ledger)
    assert "Four people were killed" in held
    assert "amber" in held
    for word in (NAME, "Quillon", "Ravenscourt", "quillon", "ravenscourt"):
        assert word not in held
        assert word not in repr(Path(b.ledger.whole.url.database or "").read_bytes())

    # B's own source is the same person: not known yet, so the interval is wider
    hold(b, reader, THEIRS)
    assert origins(b) == [1, 2]
    own = key_of(b.ledger, NAME)
    b.ledger.judge("protect", own, by="bob", reason="asked not to be named")
    south, north = a.partner("South"), b.partner("North")
    mine, theirs = id_for(a.ledger, south, secret), id_for(b.ledger, north, own)
    assert mine in everything(b.ledger)
    agree(a.ledger, south, secret, theirs)
    agree(b.ledger, north, own, mine)
    same, entry = compare(b.ledger, north, own, mine, fetcher)
    assert same
    assert entry is not None
    assert origins(b) == [1, 1]
    b.ledger.withdraw(entry, by="bob", reason="to see it as before")
    assert origins(b) == [1, 2]

    # C sees nothing
    assert c.ledger.incidents() == []
    stranger = c.key
    for path in ("/api/v1/partners/statements", "/api/v1/partners/stream"):
        url = f"{a.address}{path}"
        signed = {"authorization": sign_request(stranger, "GET", url)}
        answer = httpx.get(url, headers=signed)
        assert answer.status_code == 401
        assert "no partner" in answer.text

    # A takes back, and B shows it
    take_back(a.ledger, a.partner("South"), [told])
    ask_for(b.ledger, b.partner("North"), fetcher)
    (row,) = b.ledger.incidents()
    came = {t.report for t in taken(b.ledger, north) if t.report}
    standing = {
        (x.report in came, x.standing) for x in view_incident(b.ledger, row.incident).claims
    }
    assert standing == {(True, "withdrawn"), (False, "stands")}
    for house in (a, b, c):
        assert list(house.ledger.verify()) == []


def test_a_link_that_is_cut_loses_and_doubles_nothing(
    houses: dict[str, House], link: Link, fetcher: Fetcher, reader: Reader,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    """Cut behind each statement, and while more is told; each number comes once, in order.

    What is taken back while B listens is there at once.
    """
    a, b = houses["a"], houses["b"]
    reports = hold(a, reader, *MORE)
    send(a.ledger, a.partner("South"), reports[:2], by="ann")
    running = Follower(b.ledger, "North", fetcher)
    got: list[int] = []
    broke: list[FetchError] = []

    def take() -> None:
        for each in running.run():
            if isinstance(each, Told):
                got.append(each.n)
                if each.n in (1, 2, 3):
                    link.cut()
            else:
                broke.append(each)

    thread = threading.Thread(target=take)
    thread.start()
    until(lambda: len(got) >= 2)
    send(a.ledger, a.partner("South"), reports[2:], by="ann")
    until(lambda: len(got) >= 4)
    take_back(a.ledger, a.partner("South"), reports[:1])
    until(lambda: len(got) >= 5)
    running.stop.set()
    link.close()
    thread.join(20)
    assert not thread.is_alive()
    assert got == [1, 2, 3, 4, 5]
    assert broke
    assert link.made > 2
    assert [t.n for t in taken(b.ledger, b.partner("North"))] == got
    assert len(b.ledger.reports().rows) == len(reports)
    assert len(b.ledger.incidents()) == len(reports)
    assert list(b.ledger.verify()) == []
    record_property("faults", 3)


@pytest.mark.usefixtures("link")
def test_a_request_is_of_its_partner_once(houses: dict[str, House], reader: Reader) -> None:
    """Unsigned, signed for another thing, old, used before, or of one who was forgotten: 401."""
    a, b = houses["a"], houses["b"]
    send(a.ledger, a.partner("South"), hold(a, reader, MORE[0]), by="ann")
    url = f"{a.address}/api/v1/partners/statements?after=0"

    def asked(said: str, at: str = url) -> int:
        return httpx.get(at, headers={"authorization": said} if said else {}).status_code

    good = sign_request(b.key, "GET", url)
    assert asked(good) == 200
    assert asked(good) == 401
    assert asked("") == 401
    assert asked("Sayso a.b.c.d") == 401
    assert asked(sign_request(b.key, "GET", url), f"{url[:-1]}1") == 401
    assert asked(sign_request(b.key, "POST", url)) == 401
    assert asked(sign_request(b.key, "GET", url, clock=lambda: time.time() - 120)) == 401
    assert asked(sign_request(b.key, "GET", url)) == 200
    forget_partner(a.ledger, "South")
    assert asked(sign_request(b.key, "GET", url)) == 401


@pytest.mark.usefixtures("link")
def test_a_comparison_that_nobody_agreed_to_is_refused(
    houses: dict[str, House], reader: Reader
) -> None:
    """409, in words; what is no message at all too."""
    a, b = houses["a"], houses["b"]
    hold(a, reader, OURS)
    url = f"{a.address}/api/v1/partners/compare"
    for body in (b"{}", json.dumps({"payload": ""}).encode()):
        signed = {"authorization": sign_request(b.key, "POST", url, body)}
        answer = httpx.post(url, content=body, headers=signed)
        assert answer.status_code == 409
    answer = httpx.post(url, content=b"x" * 30_000)
    assert answer.status_code == 413


def test_the_command_asks_a_desk(
    houses: dict[str, House], link: Link, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    """`pull NAME` takes in what is new, `compare` agrees and tells; an inner desk needs leave."""
    a, b = houses["a"], houses["b"]
    (report,) = hold(a, reader, OURS)
    send(a.ledger, a.partner("South"), [report], by="ann")
    hold(b, reader, THEIRS)
    one, other = key_of(a.ledger, NAME), key_of(b.ledger, NAME)

    def said(house: House, *args: str, code: int = 0) -> str:
        capsys.readouterr()
        url = house.ledger.whole.url.render_as_string()
        got = run(["partner", *args, "--ledger", url])
        out, err = capsys.readouterr()
        assert got == code, err
        return out + err

    assert "1  told of  r" in said(b, "pull", "North")
    assert "nothing new" in said(b, "pull", "North")
    mine, theirs = (said(h, "compare", n, k).split()[0]
                    for h, n, k in ((a, "South", one), (b, "North", other)))  # fmt: skip
    assert "no run is agreed" in said(b, "compare", "North", other, mine, code=2)
    assert "1 of 1 runs are left" in said(a, "compare", "South", one, theirs, "--agree")
    said(b, "compare", "North", other, mine, "--agree")
    assert "yes, one source" in said(b, "compare", "North", other, mine)
    assert "runs for" in said(b, "compare", "North", other, mine, code=2)
    said(b, "add", "North", a.key.public.words, "--url", link.url)
    assert "an inner address" in said(b, "pull", "North", code=2)
